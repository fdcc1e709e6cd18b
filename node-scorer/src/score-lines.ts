import { parseAccount, readAccount } from './cli/parse-account.ts';
import { CATALOGUE } from './metrics/catalogue.ts';
import {
  scoreAccount,
  toOutputLine,
  type MissingReason,
  type Model,
  type OutputLine,
  type Segment,
  type Signal,
} from './scoring/index.ts';

/** One account and month to score: readings that the caller already has. */
export interface InputLine {
  readonly accountId: string;
  /** Without one the id stands in its place. */
  readonly name?: string;
  readonly segment: Segment;
  /** Calendar month `YYYY-MM`. */
  readonly period: string;
  /** Value by metric id, in the unit of the metric; null or absent: missing. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Why a metric has no value; without a reason it is `not_configured`. */
  readonly missing?: Readonly<Record<string, MissingReason>>;
  readonly signals?: readonly InputSignal[];
}

/** A signal of an account; dates that do not apply may be left out. */
export type InputSignal = Pick<Signal, 'severity' | 'status' | 'confidence' | 'observedOn'> & Partial<Signal>;

/** What became of the lines: those that could be scored, in their order, and what is wrong with the others. */
export interface ScoredLines {
  readonly scores: readonly OutputLine[];
  /** Lines count from 1. */
  readonly problems: readonly { readonly line: number; readonly problems: readonly string[] }[];
}

/**
 * Scores given readings, without any vendor, clock or network: the function behind `scorer score`. A line that is
 * wrong is told and left out, never guessed at; the others are scored.
 *
 * @param model as {@link loadModel} gives it
 * @param lines objects, or texts of one JSON object each
 * @returns scores 0 to 100 with one decimal, 100 best, or null where nothing is known
 * @example
 * const model = await loadModel();
 * const line = { accountId: 'A', segment: 'paid', period: '2026-10', metrics: { open_bugs: 12 } };
 * score(model, [line]).scores[0]?.coverage // => 2.7
 */
export function score(model: Model, lines: Iterable<InputLine | string>): ScoredLines {
  const known = new Set([...CATALOGUE.map(({ id }) => id), ...Object.keys(model.thresholds)]);
  const isKnown = (metric: string): boolean => known.has(metric);
  const names = [...known];
  const scores: OutputLine[] = [];
  const problems: { line: number; problems: readonly string[] }[] = [];
  let line = 0;
  for (const given of lines) {
    line += 1;
    // Not by way of JSON.stringify: it makes null of NaN, and a slip of the caller would read as missing.
    const read =
      typeof given === 'string' ? parseAccount(given, isKnown, names) : readAccount(given, isKnown, names);
    if (read.problems === undefined) scores.push(toOutputLine(scoreAccount(model, read.account)));
    else problems.push({ line, problems: read.problems });
  }
  return { scores, problems };
}
