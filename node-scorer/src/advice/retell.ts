/**
 * Advice that outlives its day: what the evidence said is stored with the score, and a card says it anew on each day of
 * its reader without the evidence.
 */
import type { Model } from '../scoring/model.ts';
import { nineDecimals } from '../scoring/round.ts';
import {
  accountOf,
  percentOf,
  type Account,
  type AdviceInput,
  type Earlier,
  type StoredTask,
} from './account.ts';
import { adviceOf, withEvidence, type Judge } from './advise.ts';
import type { AdviceItem, Advised, Stored } from './advice.ts';
import { headlineOf, withFact } from './headline.ts';
import { worthOf } from './kinds.ts';
import { itemOf } from './numbers.ts';
import type { EvidenceTable } from './share.ts';
import type { Task } from './tasks.ts';

/** So many tasks are kept for later: at most three are shown at a time. */
const KEPT = 6;

/**
 * Advises on an account and keeps what it takes to say it anew.
 *
 * @example adviseToStore(model, table, input, previous, '2026-11-01', []).tasks.length // => 6
 */
export function adviseToStore(
  model: Model,
  table: EvidenceTable,
  input: AdviceInput,
  previous: Earlier | null,
  today: string,
  off: readonly string[],
): Stored {
  const account = accountOf(model, input, previous, today, new Set(off));
  const by = withEvidence(account, table);
  const { advice, items, judged, done } = adviceOf(account, by);
  const tasks = judged === null ? [] : [...judged.kept, ...judged.fresh.slice(0, KEPT)];
  return {
    advice,
    headline: headlineOf(account, items),
    tasks: tasks.map(toStored),
    drop: judged?.drop?.code === 'sharp_drop' ? judged.drop : null,
    later: done && by.later(done.state, done.signals),
    off,
  };
}

/** Advice on a day, and the facts that had no room among its items. */
export type Retold = Advised & { readonly rest: readonly AdviceItem[] };

/**
 * Says a stored advice on another day: facts come and go with the calendar, the steps in their places move up.
 *
 * @param input of the stored score
 * @example retell(model, input, stored, '2026-12-03').advice.items[0]?.code // => 'renewal_soon'
 */
export function retell(model: Model, input: AdviceInput, stored: Stored, today: string): Retold {
  const account = accountOf(model, input, null, today, new Set(stored.off));
  const { advice, items, rest } = adviceOf(account, asStored(account, stored));
  return {
    advice,
    headline: stored.headline && withFact(stored.headline, items),
    rest: rest.map((fact) => itemOf({ kind: 'fact', fact }, null)),
  };
}

function asStored(account: Account, { tasks, drop, later }: Stored): Judge {
  const all = tasks.flatMap((task) => taskOf(account, task));
  return {
    judge: () => ({
      drop,
      kept: all.filter(({ kept }) => kept),
      fresh: all.filter(({ kept }) => !kept),
    }),
    // Without numbers there was nothing to look past.
    later: () => later ?? { code: 'beyond_a_year' },
  };
}

function toStored({ metric, from, target, share, basis, of, by, kept }: Task): StoredTask {
  const { to, count } = target;
  return {
    metric,
    from,
    to,
    by,
    share,
    of,
    basis,
    ...(count === null ? {} : { n: count[1] }),
    ...(kept ? { kept } : {}),
  };
}

/** A stored task over the score as it is; none for a metric that is not read. */
function taskOf(account: Account, { n, kept = false, ...stored }: StoredTask): Task[] {
  const { metric, to } = stored;
  const now = account.value(metric);
  const k = n === undefined ? 0 : Math.round((to * n) / 100);
  const target =
    n === undefined
      ? { to, count: null, score: account.score(metric, to) }
      : { to, count: [k, n] as const, score: account.score(metric, percentOf([k, n])) };
  const points = nineDecimals(account.weight(metric) * (target.score - account.score(metric, now)));
  if (Number.isNaN(points)) return [];
  return [{ ...stored, target, kept, points, worth: worthOf(metric, points) }];
}
