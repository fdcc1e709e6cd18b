import { judgedMonths, originsOf, type History } from './history.ts';
import { mean } from './moments.ts';
import { Z95_ONE_SIDED } from './normal.ts';

/** Whether the projections have been closer than the last score. */
export interface Worth {
  /** Cases compared. */
  readonly n: number;
  /** Mean absolute error, in points; null without a case. */
  readonly maeLast: number | null;
  readonly maeProjection: number | null;
  /** Share of the last score's error that the projection saves; null while unknown. */
  readonly skill: number | null;
  /** Lower end of what is saved, in points; only where it is known. */
  readonly lower?: number;
  readonly verdict: 'unknown' | 'better' | 'no_better';
}

const FEWEST_CASES = 100;
const FEWEST_MONTHS = 6;
const FEWEST_ACCOUNTS = 10;
const LEAST_SKILL = 0.01;

/**
 * Compares, over the last 12 origins, the projection's error with that of taking the last score. The standard error
 * is clustered by account and by month, and the larger one counts: errors of one account, or of one month, are alike.
 *
 * @example worthOf(history).verdict // => 'better'
 */
export function worthOf(history: History): Worth {
  const cases = judgedMonths(history)
    .flatMap((month) => originsOf(history, month))
    .flatMap(({ account, month, projected, came }) => {
      const last = history.scores[month]?.[account] ?? null;
      if (last === null) return [];
      return [{ account, month, ofLast: Math.abs(last - came), ofProjection: Math.abs(projected - came) }];
    });
  const n = cases.length;
  const maeLast = n === 0 ? null : mean(cases.map(({ ofLast }) => ofLast));
  const maeProjection = n === 0 ? null : mean(cases.map(({ ofProjection }) => ofProjection));
  const clusters = (key: 'account' | 'month'): number => new Set(cases.map((one) => one[key])).size;
  const known =
    maeLast !== null &&
    n >= FEWEST_CASES &&
    clusters('month') >= FEWEST_MONTHS &&
    clusters('account') >= FEWEST_ACCOUNTS;
  if (!known) return { n, maeLast, maeProjection, skill: null, verdict: 'unknown' };

  const saved = cases.map(({ account, month, ofLast, ofProjection }) => ({
    account,
    month,
    saved: ofLast - ofProjection,
  }));
  const usual = mean(saved.map((one) => one.saved));
  const error = Math.max(
    ...(['account', 'month'] as const).map((key) => {
      const sums = new Map<number, number>();
      for (const one of saved) sums.set(one[key], (sums.get(one[key]) ?? 0) + one.saved - usual);
      let squares = 0;
      for (const sum of sums.values()) squares += sum * sum;
      return Math.sqrt((sums.size / (sums.size - 1)) * squares) / n;
    }),
  );
  const lower = usual - Z95_ONE_SIDED * error;
  // Scores that never move leave no error to save.
  const skill = maeLast > 0 ? usual / maeLast : 0;
  const verdict = lower > 0 && skill >= LEAST_SKILL ? 'better' : 'no_better';
  return { n, maeLast, maeProjection, skill, lower, verdict };
}
