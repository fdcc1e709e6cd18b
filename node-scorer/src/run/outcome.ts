import type { Fields } from '../load/health-score.ts';
import type { Limits, Segment } from '../scoring/index.ts';
import type { TierMove } from './tier-moves.ts';

/** One account's score, and whether it differs from what is stored. */
export interface Outcome {
  readonly accountId: string;
  readonly name: string;
  readonly status: 'scored' | 'unscored';
  readonly tier: string | null;
  /** Score_Key__c. */
  readonly key: string;
  /** Id of this period's record, where it was stored before this run. */
  readonly storedId: string | null;
  /** Differs from what is stored. */
  readonly write: boolean;
  /** Was written by this very run before it was stopped: counted as written, and not sent again. */
  readonly writtenBefore: boolean;
}

/** What came of making one account's record: the record as well, or why there is none. */
export type Made = { readonly outcome: Outcome; readonly fields: Fields } | { readonly failure: Failure };

/** What the guard decides by, and the records, which are made only then. */
export interface Scored {
  /**
   * Makes the records of those that did not fail, one by one, in the order of their keys. What an account was scored
   * from is let go of with its record: a second pass would find none.
   */
  readonly records: Iterable<Made>;
  /** How many records there will be at most. */
  readonly due: number;
  /** No account had a score of this period before. */
  readonly firstOfPeriod: boolean;
  /** Accounts that could not be scored. */
  readonly failures: readonly Failure[];
  /** Sources that were down, or that some accounts lost readings to: any of them makes the run Degraded. */
  readonly shortfalls: readonly string[];
  /** Reads that gave nothing for anybody where there was some before: failed until an admin releases them. */
  readonly empty: readonly string[];
  /** Scored before and now. */
  readonly comparable: number;
  /** Those of them whose tier what was read would move. */
  readonly moves: readonly TierMove[];
  /** Accounts whose stored scorecard could be scored again with the run's model. */
  readonly ruleComparable: number;
  /** Those of them whose tier that model moves by itself. */
  readonly ruleMoves: readonly TierMove[];
  /** What accounts did in the three months before, as it is stored; null for a run that counts nothing. */
  readonly evidence: string | null;
  /** What the best tenth of each segment reaches; null for a run of some accounts that found none. */
  readonly limits: Readonly<Record<Segment, Limits>> | null;
}

/** An account without a new score, and why. */
export interface Failure {
  readonly accountId: string;
  readonly name: string;
  readonly error: string;
}
