import { nineDecimals, shownScore } from '../scoring/round.ts';
import { metricById, SOURCES } from '../metrics/catalogue.ts';
import type { SourceName } from '../metrics/define-metric.ts';
import { isRead, percentOf, type Account, type Count } from './account.ts';
import type { State } from './state.ts';

/** A step that no history is needed for. */
export interface PlainStep {
  readonly kind: 'tier' | 'review';
  readonly metric: string;
  readonly to: number;
  readonly count: Count | null;
  /** What the target scores. */
  readonly score: number;
  readonly points: number;
  readonly worth: number;
}

/** Something that nobody has recorded. */
export interface Cover {
  readonly kind: 'cover';
  readonly metric: string;
}

/** A source that would settle what the score may be. */
export interface Link {
  readonly kind: 'link';
  readonly source: SourceName;
  readonly reason: (typeof LINK_REASONS)[number];
  /** Percent of what counts that it would add, with one decimal. */
  readonly coverage: number;
}

const LEAST_POINTS = 0.3;
const LASTS = { tier: 1, review: 0.8 } as const;
const LINK_REASONS = ['not_mapped', 'not_configured', 'no_permission', 'no_field'] as const;
const COVERED = ['champion_stability', 'qbr_attendance'] as const;

/**
 * Moving the account to the success tier that fits, and holding the next review.
 *
 * @param byItself the state at the horizon if nothing is done
 * @example plainSteps(account, byItself)[0]?.kind // => 'tier'
 */
export function plainSteps(account: Account, byItself: State): PlainStep[] {
  const steps: PlainStep[] = [];
  const add = (kind: PlainStep['kind'], metric: string, to: number, count: Count | null): void => {
    const now = byItself.values[metric];
    if (now === undefined || account.off.has(metric) || !isRead(account, metric)) return;
    const score = account.score(metric, to);
    const points = nineDecimals(account.weight(metric) * (score - account.score(metric, now)));
    if (!(points >= LEAST_POINTS)) return;
    steps.push({ kind, metric, to, count, score, points, worth: nineDecimals(points * LASTS[kind]) });
  };
  const alignment = account.metric('tier_alignment');
  if (alignment !== undefined) add('tier', 'tier_alignment', alignment.green, null);
  const held = byItself.counts.qbr_attendance;
  if (held !== undefined) {
    const next: Count = [held[0] + 1, held[1] + 1];
    add('review', 'qbr_attendance', percentOf(next), next);
  }
  return steps;
}

/**
 * What weighs and was never recorded.
 *
 * @example coversOf(account) // => [{ kind: 'cover', metric: 'champion_stability' }]
 */
export const coversOf = ({ input, metric, off }: Account): Cover[] =>
  COVERED.filter(
    (id) => input.readings[id]?.missing === 'no_activity' && (metric(id)?.nominal ?? 0) > 0 && !off.has(id),
  ).map((id) => ({ kind: 'cover', metric: id }));

/**
 * The source that most of what is unknown would come from, when the score is in doubt for it.
 *
 * @example linkOf(account) // => { kind: 'link', source: 'looker', reason: 'not_mapped', coverage: 40 }
 */
export function linkOf({ card, plan, input, off }: Account): Link | null {
  if ((card.status === 'scored' && !card.provisional) || off.has('link')) return null;
  const missing = plan.metrics.flatMap(({ id, nominal }) => {
    const reason = LINK_REASONS.find((one) => one === (input.readings[id]?.missing ?? 'not_configured'));
    const known = typeof input.readings[id]?.value === 'number';
    return known || reason === undefined || nominal <= 0
      ? []
      : [{ nominal, reason, source: metricById(id)?.source }];
  });
  const weightOf = (list: readonly { nominal: number }[]): number =>
    nineDecimals(list.reduce((sum, { nominal }) => sum + nominal, 0));
  const heaviest = <T>(keys: readonly T[], listOf: (key: T) => readonly { nominal: number }[]): T | null =>
    keys.reduce<T | null>((best, key) => {
      const weight = weightOf(listOf(key));
      return weight > 0 && (best === null || weight > weightOf(listOf(best))) ? key : best;
    }, null);
  const source = heaviest(SOURCES, (one) => missing.filter((metric) => metric.source === one));
  if (source === null) return null;
  const own = missing.filter((metric) => metric.source === source);
  const reason = heaviest(LINK_REASONS, (one) => own.filter((metric) => metric.reason === one));
  return reason && { kind: 'link', source, reason, coverage: shownScore(100 * weightOf(own)) };
}
