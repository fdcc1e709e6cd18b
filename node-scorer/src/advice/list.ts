import type { Account } from './account.ts';
import { factsOf, isSilent, sharpDrop, type Fact } from './facts.ts';
import { keptPlan } from './kept-plan.ts';
import type { EvidenceTable } from './share.ts';
import type { State } from './state.ts';
import { coversOf, linkOf, plainSteps, type Cover, type Link, type PlainStep } from './steps.ts';
import { byWorth, candidatesOf, isEasy, type Season, type Task } from './tasks.ts';

/** One line of the next steps. */
export type Item =
  | Link
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'task'; readonly task: Task }
  | PlainStep
  | Cover;

export interface List {
  /** At most three, as they are shown but for the order of steps among themselves. */
  readonly items: readonly Item[];
  /** Facts that had no room. */
  readonly rest: readonly Fact[];
}

export const MOST_ITEMS = 3;

/** What the evidence says of an account, as of the day of its score. */
export interface Judged {
  readonly drop: Fact | null;
  /** Tasks of an earlier score that still stand, best first. */
  readonly kept: readonly Task[];
  /** New tasks that similar accounts have managed, best first, the easy ones last. */
  readonly fresh: readonly Task[];
}

/**
 * Judges an account by what similar ones did.
 *
 * @param byItself the state at the horizon if nothing is done; null for an account that gets facts only
 * @example judge(account, table, state, byItself).fresh[0]?.metric // => 'messaging'
 */
export function judge(account: Account, table: EvidenceTable, state: State, byItself: State | null): Judged {
  const drop = sharpDrop(account);
  if (byItself === null) return { drop, kept: [], fresh: [] };
  const season = seasonNow(account, state, byItself.asOf, drop);
  const kept = keptPlan(account, season);
  const taken = [...season.taken, ...kept.map(({ metric }) => metric)];
  return { drop, kept, fresh: candidatesOf(account, table, { ...season, taken }) };
}

/**
 * Chooses what is worth a reader's time: urgent facts first, then what was agreed, then what brings most and lasts.
 *
 * @param byItself null for an account that gets facts only
 * @param keepsTop the account is at the top and stays there by itself
 * @example listOf(account, judged, state, byItself, false).items.length // => 3
 */
export function listOf(
  account: Account,
  judged: Judged,
  state: State,
  byItself: State | null,
  keepsTop: boolean,
): List {
  const facts = factsOf(account, state, judged.drop);
  const link = linkOf(account);
  const queue: Item[] = [
    ...(link === null ? [] : [link]),
    ...facts.map((fact): Item => ({ kind: 'fact', fact })),
    ...(byItself === null ? [] : stepsOf(account, judged, byItself, keepsTop)),
  ];
  const items = queue.slice(0, MOST_ITEMS);
  const shown = items.filter(({ kind }) => kind === 'fact').length;
  return { items, rest: facts.slice(shown) };
}

function stepsOf(account: Account, { kept, fresh }: Judged, byItself: State, keepsTop: boolean): Item[] {
  const taskItem = (task: Task): Item => ({ kind: 'task', task });
  const keptItems = kept.map(taskItem);
  if (keepsTop) return keptItems;
  const ranked = [
    ...plainSteps(account, byItself).map((step) => ({ worth: step.worth, metric: step.metric, item: step })),
    ...fresh
      .filter((task) => !isEasy(task))
      .map((task) => ({ worth: task.worth, metric: task.metric, item: taskItem(task) })),
  ];
  return [
    ...keptItems,
    ...ranked.sort(byWorth).map(({ item }) => item),
    ...fresh.filter(isEasy).map(taskItem),
    ...coversOf(account),
  ];
}

/** What tasks are judged by today. */
function seasonNow(account: Account, state: State, by: string, drop: Judged['drop']): Season {
  const { earlier, off } = account;
  return {
    state,
    scoreBefore:
      earlier === null
        ? undefined
        : (metric) => {
            const value = earlier.input.readings[metric]?.value;
            return typeof value === 'number' ? account.score(metric, value) : null;
          },
    tier: account.tier,
    silent: isSilent(account),
    // A drop that is not told takes no task away.
    taken: drop?.code === 'sharp_drop' && !off.has(drop.code) ? [drop.metric] : [],
    by,
  };
}
