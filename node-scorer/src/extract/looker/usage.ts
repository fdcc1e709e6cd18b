import type { FeatureUsage, Known, SessionUsage, UsageFacts } from '../../facts/index.ts';
import type { Answer } from './ask.ts';

const SESSION_MEASURES = ['dau', 'mau', 'login_frequency'];
const FEATURE_MEASURES = ['features_used', 'features_licensed'];

/** The answers that hold some of the measures of one part of usage. */
const answersWith = (answers: readonly Answer[], wanted: (measure: string) => boolean): Answer[] =>
  answers.filter(({ measures }) => measures.some(wanted));

const isPillar = (measure: string): boolean =>
  !SESSION_MEASURES.includes(measure) && !FEATURE_MEASURES.includes(measure);

/** Nobody logs in less than not at all. */
const hasNegative = (
  values: Readonly<Record<string, number | null>>,
  wanted: (measure: string) => boolean,
): boolean =>
  Object.entries(values).some(([measure, value]) => wanted(measure) && value !== null && value < 0);

/** Was this customer ever seen, in the window or before it, by any question that was answered? */
export const wasSeen = (answers: readonly Answer[], customerId: string): boolean =>
  answers.some(
    ({ window, earlier, spoilt }) =>
      window?.has(customerId) === true || spoilt.has(customerId) || earlier.has(customerId),
  );

/**
 * Usage of one customer from all answers. A customer who is known and absent from the window is silent, a
 * measured zero; a question that failed is `source_down` and no silence; a customer whom no answered question
 * has ever seen is `not_mapped`.
 *
 * @param known an earlier score knows this customer, so that absence is silence also beyond the look-back
 * @param had does an earlier score hold a value of this measure? A pillar that a silent customer had is a measured
 *   zero: 40 % of the weight, shared out among the rest, would make silence look like health
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example usageOf(answers, '7').sessions
 * // => { known: { silent: false, dau: 30, mau: 120, loginFrequency: 3.5, earlierMau: [118, 121, 119] } }
 */
export function usageOf(
  answers: readonly Answer[],
  customerId: string,
  known = false,
  had: (measure: string) => boolean = () => false,
): UsageFacts {
  const seen = known || wasSeen(answers, customerId);
  const part = <T>(
    wanted: (measure: string) => boolean,
    read: (value: (measure: string) => number | null, silent: boolean) => T,
  ): Known<T> => {
    const own = answersWith(answers, wanted);
    // A pillar below 0 is the metric's own matter: it spoils that pillar and not the others.
    const isPillarPart = wanted === isPillar;
    if (own.length === 0) return { missing: 'not_configured' };
    if (own.some(({ window }) => window === null)) return { missing: 'source_down' };
    if (own.every(({ never }) => never === true)) return { missing: 'no_history' };
    if (own.some(({ spoilt }) => spoilt.has(customerId))) return { missing: 'invalid' };
    if (!seen) return { missing: 'not_mapped' };
    const rows = own.map(({ window }) => window?.get(customerId)).filter((row) => row !== undefined);
    if (!isPillarPart && rows.some(({ values }) => hasNegative(values, wanted)))
      return { missing: 'invalid' };
    const value = (measure: string): number | null =>
      rows.find(({ values }) => measure in values)?.values[measure] ?? null;
    return { known: read(value, rows.length === 0) };
  };
  const sessions = part(
    (measure) => SESSION_MEASURES.includes(measure),
    (value, silent): SessionUsage => ({
      silent,
      dau: value('dau'),
      mau: value('mau'),
      loginFrequency: value('login_frequency'),
      earlierMau: answers.flatMap(({ earlier }) => earlier.get(customerId) ?? []).filter((mau) => mau >= 0),
    }),
  );
  const active = 'known' in sessions && !sessions.known.silent;
  const unanswered = 'missing' in sessions && sessions.missing !== 'not_configured';
  const hadPillar = (pillar: string): boolean =>
    had(pillar) || answers.some((answer) => answer.had.get(customerId)?.has(pillar) === true);
  return {
    sessions,
    features: part(
      (measure) => FEATURE_MEASURES.includes(measure),
      (value, silent): FeatureUsage => ({
        silent,
        used: value('features_used'),
        licensed: value('features_licensed'),
      }),
    ),
    platform: part(isPillar, (value, silent) =>
      Object.fromEntries(
        answersWith(answers, isPillar)
          .flatMap(({ measures }) => measures.filter(isPillar))
          .map((pillar) => [
            pillar,
            silent && !active && !unanswered && hadPillar(pillar) ? 0 : value(pillar),
          ]),
      ),
    ),
  };
}
