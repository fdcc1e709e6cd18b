import type { Account } from './account.ts';
import { factsOf, isSilent, type Fact } from './facts.ts';
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
  readonly more: number;
}

export const MOST_ITEMS = 3;

/**
 * Chooses what is worth a reader's time: urgent facts first, then what was agreed, then what brings most and lasts.
 *
 * @param byItself null for an account that gets facts only
 * @param keepsTop the account is at the top and stays there by itself
 * @example listOf(account, table, state, byItself, false).items.length // => 3
 */
export function listOf(
  account: Account,
  table: EvidenceTable,
  state: State,
  byItself: State | null,
  keepsTop: boolean,
): List {
  const facts = factsOf(account, state);
  const link = linkOf(account);
  const queue: Item[] = [
    ...(link === null ? [] : [link]),
    ...facts.map((fact): Item => ({ kind: 'fact', fact })),
    ...(byItself === null ? [] : stepsOf(account, table, state, byItself, facts, keepsTop)),
  ];
  const items = queue.slice(0, MOST_ITEMS);
  const shown = items.filter(({ kind }) => kind === 'fact').length;
  return { items, more: facts.length - shown };
}

function stepsOf(
  account: Account,
  table: EvidenceTable,
  state: State,
  byItself: State,
  facts: readonly Fact[],
  keepsTop: boolean,
): Item[] {
  const season = seasonNow(account, state, byItself.asOf, facts);
  const kept = keptPlan(account, season);
  const keptItems = kept.map((task): Item => ({ kind: 'task', task }));
  if (keepsTop) return keptItems;
  const taken = [...season.taken, ...kept.map(({ metric }) => metric)];
  const tasks = candidatesOf(account, table, { ...season, taken });
  const taskItem = (task: Task): Item => ({ kind: 'task', task });
  const ranked = [
    ...plainSteps(account, byItself).map((step) => ({ worth: step.worth, metric: step.metric, item: step })),
    ...tasks
      .filter((task) => !isEasy(task))
      .map((task) => ({ worth: task.worth, metric: task.metric, item: taskItem(task) })),
  ];
  return [
    ...keptItems,
    ...ranked.sort(byWorth).map(({ item }) => item),
    ...tasks.filter(isEasy).map(taskItem),
    ...coversOf(account),
  ];
}

/** What tasks are judged by today. */
function seasonNow(account: Account, state: State, by: string, facts: readonly Fact[]): Season {
  const { earlier } = account;
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
    taken: facts.flatMap((fact) => (fact.code === 'sharp_drop' ? [fact.metric] : [])),
    by,
  };
}
