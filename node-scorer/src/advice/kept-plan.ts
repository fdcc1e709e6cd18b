import { nineDecimals } from '../scoring/round.ts';
import { isRead, percentOf, type Account, type Count, type StoredTask } from './account.ts';
import { COUNTED, familyOf, worthOf } from './kinds.ts';
import { byWorth, type Season, type Target, type Task } from './tasks.ts';

const MAY_FALL = 10;
const LEAST_POINTS = 0.05;
/** Stored shares have six decimals: a whole event must not be lost to the last. */
const SLACK = 1e-6;

/**
 * Tasks advised with an earlier score that still stand, best first. They keep their start, day and share.
 *
 * @example keptPlan(account, season)[0]?.kept // => true
 */
export const keptPlan = (account: Account, season: Season): Task[] =>
  account.input.plan
    .flatMap((stored) => {
      const task = standing(account, season, stored);
      return task === null ? [] : [task];
    })
    .sort(byWorth);

function standing(account: Account, season: Season, stored: StoredTask): Task | null {
  const { metric, from, by, share, basis } = stored;
  const family = familyOf(metric);
  const planned = account.metric(metric);
  const now = season.state.values[metric];
  if (family === undefined || planned === undefined || now === undefined) return null;
  if (account.off.has(metric) || season.taken.includes(metric) || !isRead(account, metric)) return null;
  if (season.silent && (family === 'usage' || family === 'pillar')) return null;
  if (by <= account.input.asOf) return null;
  const { sign } = planned.scale;
  const target = expressed(account, stored, sign, season.state.counts[metric]);
  if (target === null || sign * now >= sign * target.to) return null;
  const score = account.score(metric, now);
  if (score < nineDecimals(account.score(metric, from) - MAY_FALL)) return null;
  const points = nineDecimals(account.weight(metric) * (target.score - score));
  if (points < LEAST_POINTS) return null;
  const worth = worthOf(metric, points);
  return { metric, from, target, share, basis, of: stored.of ?? null, by, kept: true, points, worth };
}

/** The target in whole events of this month's number; null where that number is not known. */
function expressed(
  account: Account,
  { metric, to }: StoredTask,
  sign: 1 | -1,
  count: Count | undefined,
): Target | null {
  if (!COUNTED.includes(metric)) return { to, count: null, score: account.score(metric, to) };
  if (count === undefined) return null;
  const events = (to * count[1]) / 100;
  const k = sign < 0 ? Math.floor(events + SLACK) : Math.ceil(events - SLACK);
  const whole: Count = [k, count[1]];
  const value = percentOf(whole);
  return { to: value, count: whole, score: account.score(metric, value) };
}
