import { labelOf } from '../metrics/for-scoring.ts';
import { formatNumber, formatPoints } from '../scoring/format-value.ts';
import { SECOND_TIER } from './account.ts';
import type { Advice, Waiting } from './advice.ts';
import type { Reach } from './reach.ts';
import type { Told } from './sentences.ts';
import { dayName } from './words.ts';

type Full = Extract<Advice, { code: 'advice' }>;

/** What the calendar alone does, by metric. */
const BY_ITSELF: Readonly<Record<string, string>> = {
  days_to_renewal: 'the renewal is nearer',
  payment_health: 'payment problems drop off',
  contract_changes: 'downgrades drop off',
  qbr_attendance: 'old reviews drop off',
  champion_stability: 'the champion has been there longer',
};

/**
 * Where the score goes by itself, with all of it done, and when the next tier can be had.
 *
 * @example outlookSentences(advice, told)[1] // => 'With all of this done 78.8, Healthy'
 */
export function outlookSentences({ byItself, ifDone, items, reach, horizon }: Full, told: Told): string[] {
  const day = (on: string): string => dayName(on, told.today);
  const parts = Object.entries(byItself.parts).map(
    ([metric, points]) => `${BY_ITSELF[metric] ?? labelOf(metric)} ${formatPoints(points)}`,
  );
  const why = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  const ends = byItself.ends
    .map(({ category, on }) => `; "${category ?? 'the signal'}" stops counting ${day(on)}`)
    .join('');
  const brings = items.some(({ points }) => points !== null) || ifDone.final !== byItself.final;
  return [
    `By itself ${byItself.final.toFixed(1)} by ${day(horizon)}${why}${ends}`,
    ...(brings ? [`With all of this done ${ifDone.final.toFixed(1)}, ${ifDone.tier}`] : []),
    ...reachSentences(reach, horizon, told),
  ];
}

function reachSentences(reach: Reach, horizon: string, told: Told): string[] {
  const day = (on: string): string => dayName(on, told.today);
  if (reach.code === 'top') {
    if (reach.keeps) return [];
    return [
      reach.ifDone
        ? `The highest tier is kept through ${day(horizon)} with all of this done`
        : `The highest tier is lost by ${day(horizon)} at this pace`,
    ];
  }
  const { tier, needs, similar = null, code, on = horizon } = reach;
  const name = `${tier} (${formatNumber(needs, 1)})`;
  const said = {
    by_itself: `${tier} by itself by ${day(horizon)}`,
    in_reach: `${name} is within reach by ${day(on)}`,
    later: `${name} takes longer: ${day(on)} at the earliest`,
    // From the second-highest tier up it is no news that the highest is far.
    beyond_a_year: told.tier > SECOND_TIER ? `${name} is more than a year away at this pace` : null,
  }[code];
  const share = similar === null ? 0 : similar.share < 0.01 ? 'Under 1' : Math.round(100 * similar.share);
  return [
    ...(said === null ? [] : [said]),
    ...(similar === null
      ? []
      : [
          `${String(share)}% of ${String(similar.of)} similar starts rose ${similar.points.toFixed(1)} points in three months`,
        ]),
  ];
}

/**
 * What only waiting lowers.
 *
 * @example waitingSentences(waiting, told)[0] // => 'Payment problems (1, −2.3): drops off Sep 23, 2027'
 */
export const waitingSentences = (waiting: readonly Waiting[], { today }: Told): string[] =>
  waiting.map(({ metric, count, lost, next, last }) => {
    const cost = `${labelOf(metric)} (${formatNumber(count, 0)}, ${formatPoints(-lost)})`;
    if (count === 1) return `${cost}: drops off ${dayName(last, today)}`;
    return next === null
      ? `${cost}: the last drops off by ${dayName(last, today)}`
      : `${cost}: the first drops off ${dayName(next, today)}, the last ${dayName(last, today)}`;
  });
