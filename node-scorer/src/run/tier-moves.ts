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

/** Moves of one cause. */
export interface Moves {
  /** Accounts whose tiers could be compared. */
  readonly of: number;
  readonly moved: number;
  /** `Healthy > At Risk` → how many, most first. */
  readonly between: Readonly<Record<string, number>>;
  readonly accounts: readonly TierMove[];
}

/** Moves of a run, small enough for its record: those by what was read, and apart from them those by the rules. */
export interface TierMoves extends Moves {
  /** By the rules alone: what was stored, scored again with the run's model; readings and signals are as they were. */
  readonly rules: Moves;
  /** Equal for equal moves of both kinds: what a person released is what is written. */
  readonly digest: string;
}

/** The share of tiers that rules may move, in a model that does not say. */
const RULE_MOVE_SHARE = 0.15;
/** Fewer accounts than these say nothing of a rule. */
const RULE_MOVE_MIN_ACCOUNTS = 20;
/** So many moves are never too many. */
const RULE_MOVES_AT_LEAST = 3;

/**
 * Sums up the tier moves of a run.
 *
 * @example sumMoves({ moves: [{ accountId: '001…', from: 'Healthy', to: 'At Risk' }], comparable: 57, ruleMoves: [],
 *   ruleComparable: 57 }).between // => { 'Healthy > At Risk': 1 }
 */
export function sumMoves({
  moves,
  comparable,
  ruleMoves,
  ruleComparable,
}: Pick<Scored, 'moves' | 'comparable' | 'ruleMoves' | 'ruleComparable'>): TierMoves {
  const lines = [...linesOf(moves), ...linesOf(ruleMoves).map((line) => `rules ${line}`)];
  return {
    ...sumOf(moves, comparable),
    rules: sumOf(ruleMoves, ruleComparable),
    digest: createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16),
  };
}

const linesOf = (moves: readonly TierMove[]): string[] =>
  moves.map(({ accountId, from, to }) => `${accountId} ${from} > ${to}`).sort();

function sumOf(accounts: readonly TierMove[], of: number): Moves {
  const between = new Map<string, number>();
  for (const { from, to } of accounts)
    between.set(`${from} > ${to}`, (between.get(`${from} > ${to}`) ?? 0) + 1);
  return {
    of,
    moved: accounts.length,
    between: Object.fromEntries([...between].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))),
    accounts,
  };
}

/**
 * Would what was read move so many tiers that a person should look first? Asked of runs over all accounts only.
 *
 * @example movesTooMany({ of: 57, moved: 20, … }, { tierMoveShare: 0.2, tierMoveMinAccounts: 20, … }) // => true
 */
export const movesTooMany = (
  { of, moved }: Pick<Moves, 'of' | 'moved'>,
  { tierMoveShare, tierMoveMinAccounts }: Guards,
): boolean => of >= tierMoveMinAccounts && moved > tierMoveShare * of;

/**
 * Would the rules by themselves move so many?
 *
 * @example rulesMoveTooMany({ of: 57, moved: 9, … }, { ruleMoveShare: 0.15, … }) // => true
 */
export const rulesMoveTooMany = (
  { of, moved }: Pick<Moves, 'of' | 'moved'>,
  { ruleMoveShare = RULE_MOVE_SHARE }: Guards,
): boolean => of >= RULE_MOVE_MIN_ACCOUNTS && moved > Math.max(RULE_MOVES_AT_LEAST, ruleMoveShare * of);

/**
 * Moves as JSON of at most so many characters: what does not fit of the accounts is counted, never cut without a word.
 *
 * @example movesToJson(moves, 32_000) // => '{"of":57,"moved":1,…,"accounts":[{"accountId":"001…",…}]}'
 */
export function movesToJson(moves: TierMoves, length: number, more: object = {}): string {
  const jsonWith = (read: Listed, rules: Listed): string =>
    JSON.stringify({
      ...{ of: moves.of, moved: moves.moved, between: moves.between, digest: moves.digest },
      ...more,
      rules: { of: moves.rules.of, moved: moves.rules.moved, between: moves.rules.between, ...rules },
      ...read,
    });
  const none = (all: Moves): Listed => ({ notListed: all.moved, accounts: [] });
  const room = Math.max(0, length - jsonWith(none(moves), none(moves.rules)).length);
  // Each cause has a half of the room, and what the other leaves of its own.
  const [readNeeds, rulesNeed] = [textOf(moves.accounts), textOf(moves.rules.accounts)];
  const read = listed(moves, Math.max(room / 2, room - rulesNeed));
  return jsonWith(read, listed(moves.rules, Math.max(room / 2, room - readNeeds)));
}

interface Listed {
  readonly notListed?: number;
  readonly accounts: readonly TierMove[];
}

/** Characters of one move at most, and the comma after it. */
const eachOf = (accounts: readonly TierMove[]): number =>
  accounts.reduce((longest, move) => Math.max(longest, JSON.stringify(move).length + 1), 0);

const textOf = (accounts: readonly TierMove[]): number => eachOf(accounts) * accounts.length;

function listed({ accounts }: Moves, room: number): Listed {
  const each = eachOf(accounts);
  const fit = each === 0 ? [] : accounts.slice(0, Math.floor(room / each));
  const left = accounts.length - fit.length;
  return { ...(left > 0 && { notListed: left }), accounts: fit };
}

/**
 * Moves between tiers as people read them.
 *
 * @example betweenText({ 'Healthy > At Risk': 12, 'Champion > Healthy': 8 }) // => 'Healthy > At Risk 12, Champion > Healthy 8'
 */
export const betweenText = (between: Moves['between']): string =>
  Object.entries(between)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/**
 * Why a run is Held; null when it is not. A held run is written once a person has released it, if the same moves
 * would still happen.
 *
 * @param settled the guard was passed before the run was taken up, or there is nothing that anybody has looked at
 * @example whyHeld(scored, request, model.guards, false)
 * // => 'would move 20 of 57 tiers (Healthy > At Risk 20), more than 15 %: nothing is written …'
 */
export function whyHeld(
  scored: Pick<Scored, 'moves' | 'comparable' | 'ruleMoves' | 'ruleComparable'>,
  request: RefreshRequest,
  guards: Guards,
  settled: boolean,
): string | null {
  if (settled || scopeOf(request) !== 'all') return null;
  const moves = sumMoves(scored);
  const { rules } = moves;
  const byReadings = movesTooMany(moves, guards);
  const byRules = rulesMoveTooMany(rules, guards);
  if (!byReadings && !byRules) return null;
  if (request.release?.digest === moves.digest) return null;
  const why = [
    ...(byReadings
      ? [
          `would move ${moves.moved} of ${moves.of} tiers (${betweenText(moves.between)}), more than ${percent(guards.tierMoveShare)}`,
        ]
      : []),
    ...(byRules
      ? [
          `${rules.moved} of ${rules.of} tiers would move because of the rules: ${betweenText(rules.between)}; more than ${limitOf(rules.of, guards)}`,
        ]
      : []),
  ].join('; ');
  const look = [
    ...(byReadings ? ['the sources'] : []),
    ...(byRules ? ['what was changed in the model or in segments'] : []),
    'the accounts named',
  ].join(', ');
  const lookAt = look.replace(/, (?=[^,]*$)/, ' and ');
  if (request.dryRun) return `${why}: a run that writes would be held; look at ${lookAt}`;
  return request.release === null
    ? `${why}: nothing is written; look at ${lookAt}, then release the run with scorer run --confirm or from its record`
    : `${why}, and not the moves that were released: nothing is written; look again and release the run anew`;
}

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;

const limitOf = (of: number, { ruleMoveShare = RULE_MOVE_SHARE }: Guards): string =>
  ruleMoveShare * of > RULE_MOVES_AT_LEAST ? percent(ruleMoveShare) : `${RULE_MOVES_AT_LEAST}`;
