/** A renewal signed for a year moves the next one by about 365 days; by this much at least. */
const SIGNED_FROM = 180;

/**
 * Was a renewal that fell due signed in time? Told by the later reading of days to renewal.
 *
 * @param then days to renewal at the earlier day
 * @param days between the two readings
 * @param now days to renewal at the later day
 * @example renewedInTime(20, 31, 354) // => true
 */
export const renewedInTime = (then: number, days: number, now: number): boolean =>
  now > then - days + SIGNED_FROM;

/** How many renewals that fell due tell something, and which share of them has to be signed in time. */
const FEWEST_CASES = 10;
const LEAST_SHARE = 1 / 2;

/**
 * Which projection is the point forecast: the one with the renewal signed where most were signed in time before.
 *
 * @param cases for each renewal that fell due: whether it was signed in time
 * @example pointBranch([true, true, false]) // => 'open': three cases tell nothing yet
 */
export const pointBranch = (cases: readonly boolean[]): 'open' | 'renewed' =>
  cases.length >= FEWEST_CASES && cases.filter(Boolean).length / cases.length >= LEAST_SHARE
    ? 'renewed'
    : 'open';
