import type { Segment } from '../scoring/index.ts';

/** One number for each month and account; null where there is none. The index of a month is its calendar month. */
export type Months = readonly (readonly (number | null)[])[];

/** Final scores of a portfolio and the projections made in each month for so many months later. */
export interface History {
  readonly segments: readonly Segment[];
  /** After caps, before rounding; the last month is the present one. */
  readonly scores: Months;
  /** `projections[t][i]`: made in month t for month t + horizon. */
  readonly projections: Months;
  readonly horizon: number;
}

/** A projection that can be compared with what came. */
export interface Origin {
  readonly account: number;
  readonly month: number;
  readonly projected: number;
  /** The score `horizon` months later. */
  readonly came: number;
}

/**
 * The projections made in a month whose later score is there, in account order.
 *
 * @example originsOf(history, 3).map(({ came, projected }) => came - projected)
 */
export function originsOf({ scores, projections, horizon }: History, month: number): Origin[] {
  const origins: Origin[] = [];
  const later = scores[month + horizon];
  if (month < 0 || later === undefined) return origins;
  (projections[month] ?? []).forEach((projected, account) => {
    const came = later[account] ?? null;
    if (projected != null && came !== null) origins.push({ account, month, projected, came });
  });
  return origins;
}

/**
 * Months from the first to the last, those before the history left out.
 *
 * @example monthsBetween(-2, 1) // => [0, 1]
 */
export function monthsBetween(first: number, last: number): number[] {
  const months: number[] = [];
  for (let month = Math.max(0, first); month <= last; month++) months.push(month);
  return months;
}

/** How many of the newest origins a judgement of the projections looks at. */
export const JUDGED_ORIGINS = 12;

/**
 * The newest origins whose later month is there.
 *
 * @example judgedMonths(history) // => [11, …, 22] for 24 months and a horizon of one
 */
export function judgedMonths({ scores, horizon }: History): number[] {
  const last = scores.length - 1 - horizon;
  return monthsBetween(last - JUDGED_ORIGINS + 1, last);
}
