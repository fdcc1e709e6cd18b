/** How many more retries a run may make. Without it every call of a limping vendor costs several. */
export interface RetryBudget {
  /** Takes one retry; false when none is left. */
  readonly take: () => boolean;
  /** Gives a tenth of a retry back for a call that went well. */
  readonly refill: () => void;
}

/**
 * A budget of retries that refills by a tenth per good call, never above what it began with.
 *
 * @example
 * const budget = makeRetryBudget(1);
 * [budget.take(), budget.take()] // => [true, false]
 */
export function makeRetryBudget(most = 50): RetryBudget {
  let tenths = most * 10;
  return {
    take: () => {
      if (tenths < 10) return false;
      tenths -= 10;
      return true;
    },
    refill: () => {
      tenths = Math.min(tenths + 1, most * 10);
    },
  };
}
