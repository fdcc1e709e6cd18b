import type { Segment } from '../scoring/index.ts';
import { CELLS, statsOfCells, type Cell, type CellStats } from './cell-stats.ts';
import { columnOf, type Column } from './column.ts';
import { canScramble, judgeCell, KINDS, type Finding, type Findings, type Kind } from './judge-cell.ts';
import type { Months } from './history.ts';
import { makeMoves, type Moves } from './rank-moves.ts';

/** One metric of a portfolio over months. */
export interface DriftMetric {
  readonly source: string;
  /** What the calendar adds to a value each day. */
  readonly advance: -1 | 0 | 1;
  readonly values: Months;
}

export interface DriftInput {
  readonly segments: readonly Segment[];
  /** By month and account. */
  readonly population: readonly (readonly boolean[])[];
  /** Days from each month to the next. */
  readonly days: readonly number[];
  readonly metrics: Readonly<Record<string, DriftMetric>>;
}

/** A metric that moved as no month of its own did. */
export interface Alarm extends Finding {
  readonly metric: string;
  readonly cell: Cell;
  readonly kind: Kind;
}

export interface Drift {
  /** Of the newest month, by metric, cell and kind. */
  readonly alarms: readonly Alarm[];
  /** Sources whose readings no longer fit their accounts. */
  readonly mixedUp: readonly string[];
  readonly red: boolean;
}

/** Months before the last one that may stand in for it as the reference when it was red. */
const OLDER_REFERENCES = 3;
const FEWEST_MIXED = 3;
const LEAST_MIXED = 1 / 3;

/**
 * Judges the newest month of a portfolio, after the months before it: a month that was red in a cell is neither a
 * reference nor history for it.
 *
 * @example driftOf(input).alarms[0] // => { metric: 'messaging', cell: 'paid', kind: 'missing', severity: 'red', … }
 */
export function driftOf(input: DriftInput): Drift {
  const months = input.population.length;
  const trails = Object.entries(input.metrics).map(([id, metric]) => makeTrail(id, metric));
  const moves = makeMoves(input.segments.length);
  let judged: Judged[] = [];
  for (let month = 1; month < months; month++) {
    const pairing = pairingFor(input, month);
    judged = trails.map((trail) => judgeMonth(trail, month, pairing, moves));
    const mixedUp = mixedUpIn(judged);
    for (const { trail, cells } of judged) {
      CELLS.forEach((_, cell) => {
        const one = cells[cell] ?? null;
        const red =
          mixedUp.includes(trail.metric.source) ||
          Object.values(one?.findings ?? {}).some(({ severity }) => severity === 'red');
        if (red) trail.red[cell]?.add(month);
        else if (one !== null) trail.history[cell]?.push(one.stats);
      });
    }
  }
  const alarms = judged.flatMap(alarmsOf).sort(byName);
  const mixedUp = mixedUpIn(judged);
  return { alarms, mixedUp, red: mixedUp.length > 0 || alarms.some(({ severity }) => severity === 'red') };
}

/** What is remembered of one metric while the months are walked through; arrays by cell. */
interface Trail {
  readonly id: string;
  readonly metric: DriftMetric;
  readonly columns: readonly Column[];
  readonly history: readonly CellStats[][];
  readonly red: readonly Set<number>[];
}

const makeTrail = (id: string, metric: DriftMetric): Trail => ({
  id,
  metric,
  columns: metric.values.map(columnOf),
  history: CELLS.map(() => []),
  red: CELLS.map(() => new Set()),
});

/** One metric in one month; null for a cell without a reference. */
interface Judged {
  readonly trail: Trail;
  readonly cells: readonly ({
    readonly stats: CellStats;
    readonly findings: Findings;
    readonly tried: boolean;
  } | null)[];
}

/** Which accounts are in the population of a month and of its reference, and the days between. */
interface Pairing {
  readonly groups: Uint8Array;
  readonly days: number;
}

/** Pairings of a month, each worked out once for all metrics. */
function pairingFor(
  { segments, population, days }: DriftInput,
  month: number,
): (reference: number) => Pairing {
  const made = new Map<number, Pairing>();
  return (reference) => {
    let pairing = made.get(reference);
    if (pairing === undefined) {
      const [then, now] = [population[reference] ?? [], population[month] ?? []];
      const groups = new Uint8Array(segments.length);
      segments.forEach((segment, i) => {
        if (then[i] === true && now[i] === true) groups[i] = CELLS.indexOf(segment);
      });
      const between = days.slice(reference, month).reduce((sum, one) => sum + one, 0);
      pairing = { groups, days: between };
      made.set(reference, pairing);
    }
    return pairing;
  };
}

function judgeMonth(
  trail: Trail,
  month: number,
  pairing: (reference: number) => Pairing,
  moves: Moves,
): Judged {
  const statsFrom = new Map<number, readonly CellStats[]>();
  const compared = (reference: number): readonly CellStats[] => {
    const { groups, days } = pairing(reference);
    const [before, after] = [trail.columns[reference] as Column, trail.columns[month] as Column];
    return statsOfCells(before, after, groups, trail.metric.advance * days, moves);
  };
  const cells = CELLS.map((_, cell) => {
    const reference = referenceFor(trail.red[cell] as Set<number>, month);
    if (reference === null) return null;
    let all = statsFrom.get(reference);
    if (all === undefined) statsFrom.set(reference, (all = compared(reference)));
    const stats = all[cell] as CellStats;
    const past = trail.history[cell] as CellStats[];
    return { stats, findings: judgeCell(stats, past), tried: canScramble(stats, past) };
  });
  return { trail, cells };
}

/** The month before, or the newest of the three before that which was not red; null when all were. */
function referenceFor(red: ReadonlySet<number>, month: number): number | null {
  for (let before = month - 1; before >= Math.max(0, month - 1 - OLDER_REFERENCES); before--) {
    if (!red.has(before)) return before;
  }
  return null;
}

/** Sources of which at least three metrics, and a third of those that can tell, have lost their accounts. */
function mixedUpIn(judged: readonly Judged[]): string[] {
  const both = CELLS.indexOf('both');
  const bySource = Map.groupBy(judged, ({ trail }) => trail.metric.source);
  return [...bySource]
    .filter(([, metrics]) => {
      const tried = metrics.filter(({ cells }) => cells[both]?.tried === true).length;
      const mixed = metrics.filter(({ cells }) => cells[both]?.findings.scramble !== undefined).length;
      return mixed >= FEWEST_MIXED && mixed >= LEAST_MIXED * tried;
    })
    .map(([source]) => source)
    .sort();
}

/** A cell of both segments is told only of what neither segment tells. */
function alarmsOf({ trail, cells }: Judged): Alarm[] {
  return KINDS.flatMap((kind) => {
    const found = CELLS.flatMap((cell, i) => {
      const finding = cells[i]?.findings[kind];
      return finding === undefined ? [] : [{ metric: trail.id, cell, kind, ...finding }];
    });
    const own = found.filter(({ cell }) => cell !== 'both');
    return own.length > 0 ? own : found;
  });
}

/** By character codes, as the same alarms must always stand in the same order. */
const byName = (a: Alarm, b: Alarm): number =>
  compare(a.metric, b.metric) || compare(a.cell, b.cell) || compare(a.kind, b.kind);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
