import type { Change, NoChange, NoPath, PathToTier, Scorecard } from '../scoring/index.ts';

/** One account, explained. */
export interface Explanation {
  readonly present: Scorecard;
  /** Newest scorecard of an earlier period that has a score. */
  readonly earlier: Scorecard | null;
  readonly change: Change | NoChange;
  readonly path: PathToTier | NoPath;
}
