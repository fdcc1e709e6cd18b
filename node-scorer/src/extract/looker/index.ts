import type { LookerSource } from './settings.ts';
import type { Known, UsageFacts } from '../../facts/index.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import { collectWarnings, type Warnings } from '../warnings.ts';
import { askAll, askBefore, type Answer, type SeenBefore } from './ask.ts';
import type { LookerSdk } from './sdk.ts';
import { mayHaveBeenSeen, pillarsOf, usageOf, wasSeen } from './usage.ts';

export { checkLookerNames } from './names.ts';
export { makeLookerSdk, type LookerCredentials, type LookerSdk } from './sdk.ts';

export interface LookerDeps {
  readonly sdk: LookerSdk;
  readonly settings: LookerSource;
}

const NOT_MAPPED = { missing: 'not_mapped' } as const;
const NO_HISTORY = { missing: 'no_history' } as const;

/**
 * Reads the usage of all customers: one question per entry of the settings and none per account. A complete
 * window costs the sign-in and one call per entry; the running window one call more, for the months before.
 *
 * An account without a customer id, or with one that was never seen in any month nor known to an earlier score, is
 * `not_mapped`; only where one was not seen in the look-back of three months is each entry asked for all of the past.
 * Each entry may fail by itself and costs its own readings only; names that Looker does not know cost the readings that
 * need them (`unknown_name`). A refused sign-in ends the read.
 *
 * @throws ScorerError SOURCE_REFUSED; SOURCE_DOWN when the sign-in fails
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example (await extractLooker({ sdk, settings }, request)).facts.get('001…') // => { known: { sessions, … } }
 */
export async function extractLooker(
  { sdk, settings }: LookerDeps,
  { accounts, window, now, knownBefore = () => false, hadBefore = () => false, ...asking }: ExtractionRequest,
): Promise<Extraction<UsageFacts>> {
  const notes = collectWarnings('looker');
  const observedAt = new Date(now()).toISOString();
  const mapped = accounts.flatMap(({ lookerCustomerId }) =>
    lookerCustomerId === null ? [] : [lookerCustomerId],
  );
  if (mapped.length === 0) {
    return { facts: new Map(accounts.map(({ id }) => [id, NOT_MAPPED])), observedAt, notes: [] };
  }
  const shared = new Set(mapped.filter((id, i) => mapped.indexOf(id) !== i));
  await sdk.login();
  const asked = await askAll(sdk, settings, window, notes);
  const knewAny = accounts.some(({ id }) => knownBefore(id, 'looker'));
  const answers =
    asking.acceptsNothing === true
      ? asked
      : withoutFailedReads(asked, mapped, notes, { knewAny, someOnly: asking.someOnly ?? false });
  if (answers.every(({ never }) => never === true)) {
    return {
      facts: new Map(
        accounts.map(({ id, lookerCustomerId }) => [id, lookerCustomerId === null ? NOT_MAPPED : NO_HISTORY]),
      ),
      observedAt,
      notes: notes.all(),
    };
  }
  const open = accounts.filter(({ id, lookerCustomerId }) => {
    if (lookerCustomerId === null || shared.has(lookerCustomerId)) return false;
    if (!wasSeen(answers, lookerCustomerId))
      return isUnseen(answers, lookerCustomerId) && !knownBefore(id, 'looker');
    // The running window's question has no months before it, but for the one with `mau`.
    return (
      !window.complete &&
      isSilent(answers, lookerCustomerId) &&
      !pillarsOf(answers).some((pillar) => hadBefore(id, pillar))
    );
  });
  const before = open.length === 0 ? NOBODY : await askBefore(sdk, settings, window, answers, notes);
  const facts = new Map(
    accounts.map(({ id, lookerCustomerId }): [string, Known<UsageFacts>] => {
      if (lookerCustomerId === null) return [id, NOT_MAPPED];
      if (shared.has(lookerCustomerId)) {
        notes.add(
          'shared_customer',
          `customer ${lookerCustomerId} is mapped to several accounts, so its usage is nobody's; correct the mapping`,
          id,
        );
        return [id, NOT_MAPPED];
      }
      const wasBefore = before.had.get(lookerCustomerId);
      const unseen = isUnseen(answers, lookerCustomerId);
      const known = knownBefore(id, 'looker') || wasBefore !== undefined;
      if (unseen && known) {
        notes.add(
          'silent_customer',
          `customer ${lookerCustomerId} has not been seen for months, and was before: counted as silent; correct the mapping if its id has changed`,
          id,
        );
      } else if (unseen && !before.whole) {
        // Nobody can tell silence from a wrong id now.
        return [id, { missing: 'source_down' }];
      } else if (unseen) {
        notes.add('unknown_customer', `customer ${lookerCustomerId} was never seen; correct the mapping`, id);
        return [id, NOT_MAPPED];
      }
      const had = (measure: string): boolean => hadBefore(id, measure) || wasBefore?.has(measure) === true;
      return [id, { known: usageOf(answers, lookerCustomerId, { known, had }) }];
    }),
  );
  return { facts, observedAt, notes: notes.all() };
}

const NOBODY: SeenBefore = { had: new Map(), whole: true };

/** Did every question answer, and none of them with this customer? */
const isUnseen = (answers: readonly Answer[], customerId: string): boolean =>
  !wasSeen(answers, customerId) &&
  !mayHaveBeenSeen(answers, customerId) &&
  answers.every(({ window }) => window !== null);

const isSilent = (answers: readonly Answer[], customerId: string): boolean =>
  answers.every((answer) => answer.window?.has(customerId) !== true);

/**
 * An answer in which nobody has used the product, although people did before, is a failed read and not the
 * silence of every customer at once: the table behind it has not been filled, or we may no longer see it. Where
 * only some of all accounts are asked for, rows of others prove that the question works. A table without any row, now
 * or before, whose customers no earlier score knows, had nothing yet: that is no history.
 */
function withoutFailedReads(
  answers: readonly Answer[],
  mapped: readonly string[],
  notes: Warnings,
  { knewAny, someOnly }: { readonly knewAny: boolean; readonly someOnly: boolean },
): Answer[] {
  const everSeen = mapped.filter((id) => wasSeen(answers, id));
  return answers.map((answer) => {
    const { window, measures, earlier } = answer;
    if (window === null || mapped.some((id) => window.has(id))) return answer;
    if (window.size === 0 && earlier.size === 0 && everSeen.length === 0) {
      if (!knewAny) {
        notes.add('no_history', `${measures.join(', ')}: no row for any customer, now or before: no history`);
        return { ...answer, never: true };
      }
      return failed(answer, notes, `${measures.join(', ')}: no row for any customer at all`);
    }
    const before = earlier.size === 0 ? everSeen : mapped.filter((id) => earlier.has(id));
    const believable = before.length === 0 || ((someOnly || before.length === 1) && window.size > 0);
    if (believable) return answer;
    return failed(
      answer,
      notes,
      `${measures.join(', ')}: no row for any mapped customer, although ${before.length} had some before`,
    );
  });
}

function failed(answer: Answer, notes: Warnings, why: string): Answer {
  notes.add('no_rows', `${why}; a failed read, not silence`);
  return { ...answer, window: null };
}
