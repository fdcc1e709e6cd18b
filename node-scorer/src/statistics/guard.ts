import { FEWEST_MONTHS, MOST_MONTHS } from './moments.ts';
import { moveLimit } from './move-limit.ts';

/** Tiers that moved up, and down. */
export type UpDown = readonly [up: number, down: number];

/** Tier moves of one month by what caused them, of the accounts scored before and then. */
export interface Moves {
  /** Readings came or went. */
  readonly data: UpDown;
  /** What was measured, the calendar included. */
  readonly behaviour: UpDown;
  readonly of: number;
}

export interface MovesNow extends Moves {
  /** By both causes together. */
  readonly read: UpDown;
}

export interface GuardSettings {
  /** 0 to 1: share of moves that passes while there is no history. */
  readonly tierMoveShare: number;
  /** With fewer accounts, moves say nothing. */
  readonly minAccounts: number;
}

export interface Judgement {
  readonly held: boolean;
  /** `alarm:METRIC:KIND`, `moves:CAUSE:total|up|down`, `moves:read`. */
  readonly why: readonly string[];
  /** By cause and direction, how many moves pass; empty without enough history. */
  readonly limits: Readonly<Record<string, number>>;
}

const DIRECTIONS: Readonly<Record<string, (moves: UpDown) => number>> = {
  total: ([up, down]) => up + down,
  up: ([up]) => up,
  down: ([, down]) => down,
};

/**
 * Should a run over all accounts be held for a person to look at? Yes with a red alarm, when more tiers move by one
 * cause than the portfolio's own months let expect, or, before there are three of them, when more than a set share
 * moves.
 *
 * @param past earlier months, oldest first, without those that were held and not released
 * @param red names of red alarms on metrics that weigh anything, `METRIC:KIND`, and of sources mixed up
 * @example guardOf([], { ...moves, of: 60 }, ['messaging:missing'], settings)
 * // => { held: true, why: ['alarm:messaging:missing'], limits: {} }
 */
export function guardOf(
  past: readonly Moves[],
  now: MovesNow,
  red: readonly string[],
  { tierMoveShare, minAccounts }: GuardSettings,
): Judgement {
  const why = red.map((name) => `alarm:${name}`);
  const limits: Record<string, number> = {};
  const months = past.filter(({ of }) => of >= minAccounts).slice(-MOST_MONTHS);
  const enough = now.of >= minAccounts;
  if (enough && months.length >= FEWEST_MONTHS) {
    for (const cause of ['data', 'behaviour'] as const) {
      for (const [name, count] of Object.entries(DIRECTIONS)) {
        const limit = moveLimit(
          months.map((month) => [count(month[cause]), month.of]),
          now.of,
        ) as number;
        limits[`${cause}:${name}`] = limit;
        if (count(now[cause]) > limit) why.push(`moves:${cause}:${name}`);
      }
    }
  } else if (enough && (now.read[0] + now.read[1]) / now.of > tierMoveShare) {
    why.push('moves:read');
  }
  return { held: why.length > 0, why, limits };
}
