import type { FeatureUsage, Given, Known, SessionUsage, UsageFacts } from '../../facts/index.ts';
import type { MissingReason } from '../../scoring/index.ts';
import type { Answer } from './ask.ts';

const SESSION_MEASURES = ['dau', 'mau', 'login_frequency'];
const FEATURE_MEASURES = ['features_used', 'features_licensed'];

/** The answers that hold some of the measures of one part of usage. */
const answersWith = (answers: readonly Answer[], wanted: (measure: string) => boolean): Answer[] =>
  answers.filter(({ measures }) => measures.some(wanted));

const isPillar = (measure: string): boolean =>
  !SESSION_MEASURES.includes(measure) && !FEATURE_MEASURES.includes(measure);

/** Was this customer ever seen, in the window or before it, by any question that was answered? */
export const wasSeen = (answers: readonly Answer[], customerId: string): boolean =>
  answers.some(({ window, had }) => window?.has(customerId) === true || had.has(customerId));

/** The pillars that the settings ask for. */
export const pillarsOf = (answers: readonly Answer[]): string[] =>
  answersWith(answers, isPillar).flatMap(({ measures }) => measures.filter(isPillar));

/** May rows of this customer be among those that nobody can tell whose they are? */
export const mayHaveBeenSeen = (answers: readonly Answer[], customerId: string): boolean =>
  answers.some(({ lost }) => lost.ever(customerId));

/** Why an answer has no rows: its question failed, or Looker does not know what it asks for. */
const whyNone = ({ measures, unknown }: Answer): MissingReason =>
  unknown.length === measures.length ? 'unknown_name' : 'source_down';

/** A customer whom no answer shows is not mapped, unless the answer that would have is lost. */
const whyUnseen = (answers: readonly Answer[], perhapsSeen: boolean): MissingReason =>
  perhapsSeen ? 'invalid' : (answers.filter(({ window }) => window === null).map(whyNone)[0] ?? 'not_mapped');

/** What is known of a customer beyond the answers of the look-back. */
export interface Beyond {
  /** An earlier score or usage row knows this customer: absence is silence, however long it lasts. */
  readonly known: boolean;
  /** Did an earlier score or usage row hold a value of this measure? */
  readonly had: (measure: string) => boolean;
}

const NOTHING_BEYOND: Beyond = { known: false, had: () => false };

/**
 * Usage of one customer from all answers. A customer who is known and absent from the window is silent, a
 * measured zero; a question that failed is `source_down` and no silence; a customer whom no answered question
 * has ever seen is `not_mapped`. What cannot be read is lost by itself: a cell, or a row that may be this customer's.
 *
 * A pillar that a silent customer had is a measured zero: 40 % of the weight, shared out among the rest, would make
 * silence look like health.
 *
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example usageOf(answers, '7').sessions
 * // => { known: { silent: false, dau: 30, mau: 120, loginFrequency: 3.5, earlierMau: [118, 121, 119] } }
 */
export function usageOf(
  answers: readonly Answer[],
  customerId: string,
  { known, had }: Beyond = NOTHING_BEYOND,
): UsageFacts {
  const seen = known || wasSeen(answers, customerId);
  const perhapsSeen = mayHaveBeenSeen(answers, customerId);
  const part = <T>(
    wanted: (measure: string) => boolean,
    read: (value: (measure: string) => Given<number | null>, silent: boolean) => T,
  ): Known<T> => {
    const own = answersWith(answers, wanted);
    const answered = own.filter(({ window }) => window !== null);
    if (own.length === 0) return { missing: 'not_configured' };
    if (answered.length === 0) {
      return { missing: own.map(whyNone).find((why) => why === 'source_down') ?? 'unknown_name' };
    }
    if (own.every(({ never }) => never === true)) return { missing: 'no_history' };
    if (!seen) return { missing: whyUnseen(answers, perhapsSeen) };
    const rows = answered.map(({ window }) => window?.get(customerId)).filter((row) => row !== undefined);
    const isLost = answered.some(({ lost }) => lost.inWindow(customerId));
    if (rows.length === 0 && isLost) return { missing: 'invalid' };
    const value = (measure: string): Given<number | null> => {
      const answer = own.find(({ measures }) => measures.includes(measure));
      if (answer === undefined) return null;
      if (answer.unknown.includes(measure)) return 'unknown_name';
      if (answer.window === null) return whyNone(answer);
      const row = answer.window.get(customerId);
      if (row === undefined) return answer.lost.inWindow(customerId) ? 'invalid' : null;
      const cell = row.values[measure] ?? null;
      // Nobody logs in less than not at all. A pillar outside its bounds is its metric's own matter.
      return typeof cell === 'number' && cell < 0 && !isPillar(measure) ? 'invalid' : cell;
    };
    return { known: read(value, rows.length === 0) };
  };
  const sessions = part(
    (measure) => SESSION_MEASURES.includes(measure),
    (value, silent): SessionUsage => ({
      silent,
      dau: value('dau'),
      mau: value('mau'),
      loginFrequency: value('login_frequency'),
      earlierMau: earlierMau(answers, customerId),
    }),
  );
  const active = 'known' in sessions && !sessions.known.silent;
  const unanswered =
    'missing' in sessions && sessions.missing !== 'not_configured' ? sessions.missing : undefined;
  const hadPillar = (pillar: string): boolean =>
    had(pillar) || answers.some((answer) => answer.had.get(customerId)?.has(pillar) === true);
  /** Of a customer without a row of pillars. */
  const ofSilent = (pillar: string): Given<number | null> => {
    if (active) return null;
    // Nobody can tell whether the customer is silent, or had any.
    if (unanswered !== undefined) return hadPillar(pillar) ? unanswered : null;
    if (hadPillar(pillar)) return 0;
    return perhapsSeen ? 'invalid' : null;
  };
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
        pillarsOf(answers).map((pillar) => [
          pillar,
          silent ? (value(pillar) ?? ofSilent(pillar)) : value(pillar),
        ]),
      ),
    ),
  };
}

/** Users of the months before; a month whose row may be lost is lost. */
const earlierMau = (answers: readonly Answer[], customerId: string): Given<number>[] =>
  answers
    .filter(({ measures }) => measures.includes('mau'))
    .flatMap(({ earlier, lost }): Given<number>[] => [
      ...(earlier.get(customerId) ?? []),
      ...Array.from({ length: lost.before(customerId) }, () => 'invalid' as const),
    ]);
