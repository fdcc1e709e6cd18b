import { createHash } from 'node:crypto';
import type { Guards } from '../scoring/index.ts';
import type { Scored } from './outcome.ts';
import { scopeOf, type RefreshRequest } from './request.ts';

/** An account whose tier would change. */
export interface TierMove {
  readonly accountId: string;
  readonly from: string;
  readonly to: string;
}

/** Moves of a run, small enough for its record. */
export interface TierMoves {
  /** Accounts scored before and now. */
  readonly of: number;
  /** How many of them move by what was read; rules and signals do not count. */
  readonly moved: number;
  /** `Healthy > At Risk` → how many, most first. */
  readonly between: Readonly<Record<string, number>>;
  /** Equal for equal moves: what a person released is what is written. */
  readonly digest: string;
  readonly accounts: readonly TierMove[];
}

/**
 * Sums up the tier moves of a run.
 *
 * @example sumMoves([{ accountId: '001…', from: 'Healthy', to: 'At Risk' }], 57).between // => { 'Healthy > At Risk': 1 }
 */
export function sumMoves(moves: readonly TierMove[], comparable: number): TierMoves {
  const between = new Map<string, number>();
  for (const { from, to } of moves) between.set(`${from} > ${to}`, (between.get(`${from} > ${to}`) ?? 0) + 1);
  const lines = moves.map(({ accountId, from, to }) => `${accountId} ${from} > ${to}`).sort();
  return {
    of: comparable,
    moved: moves.length,
    between: Object.fromEntries([...between].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))),
    digest: createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16),
    accounts: moves,
  };
}

/**
 * Would a run move so many tiers that a person should look first? Asked of runs over all accounts only.
 *
 * @example movesTooMany({ of: 57, moved: 20, … }, { tierMoveShare: 0.2, tierMoveMinAccounts: 20, … }) // => true
 */
export const movesTooMany = (
  { of, moved }: TierMoves,
  { tierMoveShare, tierMoveMinAccounts }: Guards,
): boolean => of >= tierMoveMinAccounts && moved > tierMoveShare * of;

/**
 * Moves as JSON of at most so many characters: what does not fit of the accounts is counted, never cut without a word.
 *
 * @example movesToJson(moves, 32_000) // => '{"of":57,"moved":1,…,"accounts":[{"accountId":"001…",…}]}'
 */
export function movesToJson({ accounts, ...sums }: TierMoves, length: number, more: object = {}): string {
  const fixed = JSON.stringify({ ...sums, ...more, notListed: accounts.length, accounts: [] }).length;
  const each = JSON.stringify(accounts[0] ?? {}).length + 24;
  const listed = accounts.slice(0, Math.max(0, Math.floor((length - fixed) / each)));
  const left = accounts.length - listed.length;
  return JSON.stringify({ ...sums, ...more, ...(left > 0 && { notListed: left }), accounts: listed });
}

/**
 * Why a run is Held; null when it is not. A held run is written once a person has released it, if the same moves
 * would still happen.
 *
 * @param settled the guard was passed before the run was taken up, or there is nothing that anybody has looked at
 * @example whyHeld(scored, request, model.guards, false)
 * // => 'would move 20 of 57 tiers (Healthy > At Risk 20), more than 15 %: nothing is written …'
 */
export function whyHeld(
  scored: Pick<Scored, 'moves' | 'comparable'>,
  request: RefreshRequest,
  guards: Guards,
  settled: boolean,
): string | null {
  const moves = sumMoves(scored.moves, scored.comparable);
  if (settled || scopeOf(request) !== 'all' || !movesTooMany(moves, guards)) return null;
  if (request.release?.digest === moves.digest) return null;
  const between = Object.entries(moves.between).map(([name, count]) => `${name} ${count}`);
  const why = `would move ${moves.moved} of ${moves.of} tiers (${between.join(', ')}), more than ${100 * guards.tierMoveShare} %`;
  if (request.dryRun)
    return `${why}: a run that writes would be held; look at the sources and the accounts named`;
  return request.release === null
    ? `${why}: nothing is written; look at the sources and the accounts named, then release the run with scorer run --confirm or from its record`
    : `${why}, and not the moves that were released: nothing is written; look again and release the run anew`;
}
