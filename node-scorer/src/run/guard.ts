import type { Metric, SourceName } from '../metrics/define-metric.ts';
import { SOURCES } from '../metrics/define-metric.ts';
import type { Readings } from './readings.ts';

/**
 * The sources that are down for the run: those of which at least `outageShare` of the accounts lost a weighted
 * reading to a failed read. Every lost reading stays `source_down` whatever the share (DESIGN §2, hold).
 *
 * @param weighted metrics that the model weighs
 * @param outageShare 0 to 1, from the model's guards
 * @example downSources([{ csat_score: { value: null, missing: 'source_down' } }], [csat], 0.3) // => ['intercom']
 */
export function downSources(
  accounts: readonly Readings[],
  weighted: readonly Metric[],
  outageShare: number,
): SourceName[] {
  return SOURCES.filter((source) => {
    const own = weighted.filter((metric) => metric.source === source);
    const lost = accounts.filter((readings) => own.some(({ id }) => readings[id]?.missing === 'source_down'));
    return lost.length > 0 && lost.length >= outageShare * accounts.length;
  });
}

/**
 * Would this score look better because a source is down? Until a hold caps it, such a score is not written.
 *
 * @param shown the new final score; null when unscored
 * @param earlier the newest stored score of this or an earlier period; null without one
 * @example risesInOutage(70.1, 61.2, true) // => true
 */
export const risesInOutage = (shown: number | null, earlier: number | null, lostReading: boolean): boolean =>
  lostReading && shown !== null && earlier !== null && shown > earlier;
