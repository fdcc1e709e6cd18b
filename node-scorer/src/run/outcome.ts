import type { Fields } from '../load/health-score.ts';
import type { Scorecard } from '../scoring/index.ts';

/** One account's score, and whether it differs from what is stored. */
export interface Outcome {
  readonly card: Scorecard;
  readonly fields: Fields;
  readonly write: boolean;
}

export interface Scored {
  readonly outcomes: readonly Outcome[];
  readonly failures: readonly Failure[];
  /** Sources that count as down for the run. */
  readonly down: readonly string[];
}

/** An account without a new score, and why. */
export interface Failure {
  readonly accountId: string;
  readonly name: string;
  readonly error: string;
}
