import type { Account, Known, Window } from '../facts/index.ts';
import type { Population } from './salesforce/soql.ts';

/** What every extractor is asked: these accounts, this window. */
export interface ExtractionRequest {
  readonly accounts: readonly Account[];
  /**
   * Everybody who is mapped, those asked for among them: whose something is, is decided among all of them, so that a
   * run of some accounts reads of each what a run of all does. Absent: there is nobody else.
   */
  readonly mapped?: readonly Account[] | undefined;
  readonly window: Window;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Does an earlier score of this account hold a reading of this source? Who was known once has gone silent, also
   * after the look-back has forgotten it. Absent: nothing is known of earlier scores.
   */
  readonly knownBefore?: (accountId: string, source: string) => boolean;
  /** Are they only some of all accounts? Then nothing for any of them may well be true. Absent: they are all. */
  readonly someOnly?: boolean;
  /** Does an admin say that nothing for anybody is true? */
  readonly acceptsNothing?: boolean;
  /** Does an earlier score of this account hold a value of this metric? Absent: nothing is known of earlier scores. */
  readonly hadBefore?: (accountId: string, metric: string) => boolean;
  /** The accounts as the org names them, and what it said of each when it told who they are. */
  readonly population?: Population;
  readonly accountRows?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** Something worth telling a person that did not stop the read: a bad record, an unknown project. */
export interface Note {
  readonly source: string;
  readonly code: string;
  readonly message: string;
  readonly accountId?: string;
}

/** What every extractor answers: facts of each account asked for, or why there are none. */
export interface Extraction<T> {
  readonly facts: ReadonlyMap<string, Known<T>>;
  /** ISO time of the read. */
  readonly observedAt: string;
  readonly notes: readonly Note[];
}
