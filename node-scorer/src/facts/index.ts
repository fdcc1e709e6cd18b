/** Facts: typed records a source gives us, before any arithmetic. Times are milliseconds since the epoch, days `YYYY-MM-DD`. */
import type { MissingReason } from '../scoring/index.ts';

export type { Account } from './account.ts';
export type { Window } from './window.ts';

/** Something a source told us, or why it could not. */
export type Known<T> = { readonly known: T } | { readonly missing: MissingReason };

/**
 * What one field of a record says, or why nobody can tell: a field that cannot be read is `invalid` and the record
 * keeps its others, a test whose names the source does not know is `unknown_name`. Never a text itself.
 */
export type Given<T> = T | MissingReason;

/** A conversation with support that a customer began (Intercom). */
export interface Conversation {
  readonly id: string;
  /** Null when nobody can tell whether it belongs to the window: then none of its other fields counts either. */
  readonly createdAt: number | null;
  readonly p1p2: Given<boolean>;
  readonly escalated: Given<boolean>;
  /** Seconds until the team's first reply; null while nobody has replied. */
  readonly firstResponseSeconds: Given<number | null>;
  /** Seconds until it was last closed; null when it never was. */
  readonly resolutionSeconds: Given<number | null>;
  /** Was a rating asked for? */
  readonly ratingRequested: Given<boolean>;
  /** 1 to 5, null when none was given. */
  readonly rating: Given<number | null>;
}

/** A part of a record, or that it was there and could not be read, or could be this or that. */
export type Told<T extends number | boolean | null> = T | 'unreadable';

/** A bug as Jira knows it, with the moves that its history tells. */
export interface Bug {
  readonly id: string;
  readonly createdAt: Told<number>;
  readonly critical: Told<boolean>;
  /** Done as of the window's end? */
  readonly doneAtEnd: Told<boolean>;
  /** When it was last moved into a done state before the window's end; null when it is open there. */
  readonly resolvedAt: Told<number | null>;
  /** Moved out of a done state inside the window? */
  readonly reopenedInWindow: Told<boolean>;
}

/** All bugs of an account. */
export interface BugFacts {
  readonly bugs: readonly Bug[];
  /** Why no bug can be told to be critical: no configured priority exists. Null: it can. */
  readonly criticalMissing: MissingReason | null;
}

/** One customer's usage (Looker): each query by itself, because each may fail by itself. */
export interface UsageFacts {
  readonly sessions: Known<SessionUsage>;
  readonly features: Known<FeatureUsage>;
  /** Platform value pillars, 0–100 each; a pillar without a value is null. */
  readonly platform: Known<Readonly<Record<string, Given<number | null>>>>;
}

export interface SessionUsage {
  /** `silent`: mapped, seen earlier in the look-back, absent from the window: a measured zero. */
  readonly silent: boolean;
  readonly dau: Given<number | null>;
  readonly mau: Given<number | null>;
  readonly loginFrequency: Given<number | null>;
  /** Monthly active users of the three months before the window, those that have a reading or lost it. */
  readonly earlierMau: readonly Given<number>[];
}

export interface FeatureUsage {
  readonly silent: boolean;
  readonly used: Given<number | null>;
  readonly licensed: Given<number | null>;
}

/** What Salesforce says of an account's contract and relationship as of the window's end. */
export interface AccountFacts {
  /** Days `YYYY-MM-DD` of open renewals, or of contract ends where there is no renewal. */
  readonly renewals: Known<readonly string[]>;
  /** Days of the payment problems opened in the twelve months to the window's end; null for one that is no day. */
  readonly paymentProblems: Known<readonly (string | null)[]>;
  /** Days of the downgrades won in those twelve months. */
  readonly contractChanges: Known<readonly (string | null)[]>;
  /** Yearly revenue as of the window's end and the oldest snapshot of those twelve months. */
  readonly arr: Known<number>;
  readonly oldestArr: Known<number>;
  /** ARR above which the success tier no longer fits; null: this tier has no limit. */
  readonly tierLimit: Known<number | null>;
  /** Quarterly reviews held in those twelve months. */
  readonly qbrs: Known<readonly Review[]>;
  readonly champions: Known<readonly ChampionTerm[]>;
  readonly openExpansions: Known<number>;
}

/** A quarterly review; its day is null where that is no day. */
export interface Review {
  readonly day: string | null;
  readonly attended: boolean;
}

/** Time in which one person held the champion role. */
export interface ChampionTerm {
  readonly since: string | null;
  readonly until: string | null;
}
