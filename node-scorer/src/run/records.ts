import { ScorerError } from '../errors.ts';
import { isOwn } from '../extract/salesforce/own-score.ts';
import type { Account } from '../facts/index.ts';
import type { Hold } from '../scoring/index.ts';
import type { Failure, Made } from './outcome.ts';
import { keyOf, makeRecord, type ScoreRequest } from './score-one.ts';

/** What a run's records have in common. */
type Common = Pick<ScoreRequest, 'window' | 'model' | 'cards' | 'limits' | 'advice' | 'runId' | 'scoredAt'>;

/** An account that was scored and waits for its record. */
export interface Waiting extends Omit<ScoreRequest, keyof Common> {
  readonly hold: Hold | null;
}

/**
 * Makes the records of scored accounts one by one, in the order of their ids, and lets go of each: by the end of a
 * large run nothing is left of what was read.
 *
 * @param waiting emptied on the way
 */
export function* makeRecords(waiting: Waiting[], common: Common): Generator<Made> {
  waiting.sort(({ account: a }, { account: b }) => (a.id > b.id ? -1 : 1));
  for (let own = waiting.pop(); own !== undefined; own = waiting.pop()) yield madeOf(own, common);
}

function madeOf({ hold, ...own }: Waiting, common: Common): Made {
  const { account, current } = own;
  try {
    const { card, fields, write } = makeRecord({ ...common, ...own }, hold);
    // To write it would move it back from where somebody has put it.
    if (write && current !== undefined && !isOwn(current)) {
      throw new ScorerError(
        'WRITE_REJECTED',
        `Health_Score__c ${keyOf(fields)}: found it below account ${String(current['Account__c'])}, expected below its own; move it back or delete it`,
      );
    }
    const outcome = {
      accountId: account.id,
      name: account.name,
      status: card.status,
      tier: card.tier,
      key: keyOf(fields),
      storedId: typeof current?.['Id'] === 'string' ? current['Id'] : null,
      write,
      writtenBefore: !write && common.runId !== null && current?.['Run__c'] === common.runId,
    };
    return { outcome, fields };
  } catch (error) {
    return { failure: failureOf(account, error) };
  }
}

/**
 * Why an account has no new score.
 *
 * @example failureOf(account, 'signals could not be read (invalid)').error
 * // => 'signals could not be read (invalid): not scored, its earlier score stays'
 */
export function failureOf({ id, name }: Account, why: unknown): Failure {
  const reason = why instanceof Error ? why.message : String(why);
  return { accountId: id, name, error: `${reason}: not scored, its earlier score stays` };
}
