import { CATALOGUE } from '../metrics/catalogue.ts';
import { SOURCE_NAMES, type SourceName } from '../extract/registry.ts';
import type { Metric } from '../metrics/define-metric.ts';

/**
 * The sources that are down for the run: those of which at least `outageShare` of the accounts lost a weighted
 * reading to a failed read. Every lost reading stays lost whatever the share (docs/glossary.md, "outage cap").
 *
 * @param lost of each account that was read, the metrics that a failed read lost
 * @param weighted metrics that the model weighs
 * @param outageShare 0 to 1, from the model's guards
 * @example downSources([['csat_score']], [csat], 0.3) // => ['intercom']
 */
export function downSources(
  lost: readonly (readonly string[])[],
  weighted: readonly Metric[],
  outageShare: number,
): SourceName[] {
  return SOURCE_NAMES.filter((source) => {
    const own = new Set(weighted.filter((metric) => metric.source === source).map(({ id }) => id));
    const accounts = lost.filter((ids) => ids.some((id) => own.has(id)));
    return accounts.length > 0 && accounts.length >= outageShare * lost.length;
  });
}

/**
 * What a run fell short of, as it is told: a source that is down by its name, one that some accounts lost readings to
 * with how many they are. Any of them makes the run Degraded: incomplete is not whole (docs/glossary.md, "failed read").
 *
 * @param lost of each account that was read, the metrics that a failed read lost, context ones too
 * @param down as {@link downSources} gives them
 * @example shortfallsOf([['csat_score'], [], [], []], []) // => ['intercom (1 of 4 accounts)']
 */
export const shortfallsOf = (
  lost: readonly (readonly string[])[],
  down: readonly string[],
): readonly string[] =>
  SOURCE_NAMES.flatMap((source) => {
    if (down.includes(source)) return [source];
    const own = new Set(CATALOGUE.filter((metric) => metric.source === source).map(({ id }) => id));
    const accounts = lost.filter((ids) => ids.some((id) => own.has(id))).length;
    return accounts === 0 ? [] : [`${source} (${accounts} of ${lost.length} accounts)`];
  });
