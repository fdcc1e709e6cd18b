import type { Count } from './account.ts';
import { familyOf } from './kinds.ts';
import { countName, metricSlots, say, valueName, type Speech } from './speech.ts';

/** A metric then and now. */
export interface Moved {
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  readonly countFrom: Count | null;
  readonly countTo: Count | null;
  readonly unit: string;
  /** Whether the account scores more for it. */
  readonly better: boolean;
}

/**
 * What happened to a metric, with a verb that agrees with it.
 *
 * @example movedSentence(ENGLISH_SPEECH, { metric: 'p1_p2_pct', countFrom: [0, 6], countTo: [1, 5], … })
 * // => 'urgent conversations rose to 1 of 5 (was 0 of 6)'
 */
export function movedSentence(
  speech: Speech,
  { metric, from, to, countFrom, countTo, unit, better }: Moved,
): string {
  const counted = countFrom !== null && countTo !== null;
  const [then, now] = counted
    ? [countName(speech, countFrom), countName(speech, countTo)]
    : [valueName(speech, from, unit), valueName(speech, to, unit)];
  if (metric === 'csat_score' && counted) {
    return say(speech, better ? 'good_ratings' : 'few_good_ratings', { now, then });
  }
  const up = to > from;
  const verb = familyOf(metric) === 'time' ? (up ? 'slowed' : 'quickened') : up ? 'rose' : 'fell';
  return say(speech, verb, { now, then, ...metricSlots(speech, metric) });
}
