import { metricsOf, scoreAccount, type AccountInput, type Scorecard } from '../scoring/scorecard.ts';
import type { MetricScale, Model } from '../scoring/model.ts';
import { nineDecimals } from '../scoring/round.ts';
import { SEGMENTS, type Segment } from '../scoring/segment.ts';
import { badOf, type Count } from './account.ts';
import { FAMILIES, familyOf } from './kinds.ts';
import {
  GAIN_MARKS,
  LEVEL_MARKS,
  SCORE_MARKS,
  scoreBin,
  startBin,
  type Cell,
  type Cells,
  type EvidenceTable,
} from './share.ts';

/** What accounts did in the three months to one period, as it is stored on the run. */
export interface EvidenceSlice {
  readonly format: 1;
  readonly period: string;
  readonly metrics: Readonly<Record<string, Partial<Readonly<Record<Segment, MetricSlice>>>>>;
  readonly score: Partial<Readonly<Record<Segment, Cells>>>;
}

interface MetricSlice {
  /** The thresholds that it was made with: `green,yellow,red,lower|higher`. */
  readonly t: string;
  readonly b: Cells;
}

/** An account scored in both periods. */
export interface Pair {
  readonly before: AccountInput;
  readonly now: AccountInput;
  /** By metric id, of the earlier period. */
  readonly counts: Readonly<Record<string, Count | undefined>>;
}

const FEWEST_EVENTS = 3;
const FEWEST_BAD = 2;
const SLICES = 12;

/**
 * Counts what accounts did from three months before a period to it, both scored with the present model.
 *
 * @param pairs accounts that changed their segment are left out
 * @example sliceOf(model, '2026-10', pairs).metrics.messaging?.paid?.b['3'] // => [179, 76, 60]
 */
export function sliceOf(model: Model, period: string, pairs: Iterable<Pair>): EvidenceSlice {
  const metrics: Record<string, Partial<Record<Segment, { t: string; b: Record<string, number[]> }>>> = {};
  const score: Partial<Record<Segment, Record<string, number[]>>> = {};
  for (const { before, now, counts } of pairs) {
    const { segment } = now;
    if (before.segment !== segment) continue;
    const [then, present] = [scoreAccount(model, before), scoreAccount(model, now)];
    const later = new Map(metricsOf(present).map((metric) => [metric.id, metric.score]));
    for (const { id, score: start } of metricsOf(then)) {
      const reached = later.get(id) ?? null;
      const carried = before.carried?.[id] !== undefined || now.carried?.[id] !== undefined;
      if (start === null || reached === null || carried || nineDecimals(start) >= 100) continue;
      const key = keyOf(id, start, counts[id]);
      if (key === null) continue;
      const { b } = ((metrics[id] ??= {})[segment] ??= { t: thresholdsOf(model, id, segment), b: {} });
      const [marks, value] =
        measureOf(id) === 'level' ? [LEVEL_MARKS, reached] : [GAIN_MARKS, reached - start];
      count((b[key] ??= [0]), marks, value);
    }
    const gained = gainOf(then, present);
    if (gained === null) continue;
    count(
      ((score[segment] ??= {})[scoreBin(then.shown.quantitativeScore as number)] ??= [0]),
      SCORE_MARKS,
      gained,
    );
  }
  return { format: 1, period, metrics, score };
}

const measureOf = (metric: string): 'gain' | 'level' | null => {
  const family = familyOf(metric);
  return family === undefined ? null : FAMILIES[family].measure;
};

/** The cell that a start belongs to; null for one that no task would start from. */
function keyOf(metric: string, start: number, events: Count | undefined): string | null {
  const family = familyOf(metric);
  if (family === undefined) return null;
  if (family !== 'ratio') return startBin(start, undefined);
  if (events === undefined || events[1] < FEWEST_EVENTS || badOf(metric, events) < FEWEST_BAD) return null;
  return startBin(start, events);
}

/** Adds a pair to a cell: zeros after the last mark that anybody reached are not kept. */
function count(cell: number[], marks: readonly number[], value: number): void {
  cell[0] = (cell[0] ?? 0) + 1;
  const reached = marks.filter((mark) => nineDecimals(value) >= mark).length;
  for (let place = 1; place <= reached; place++) cell[place] = (cell[place] ?? 0) + 1;
}

/** What the score before caps gained; null where either side holds readings of another window. */
function gainOf(then: Scorecard, now: Scorecard): number | null {
  const whole = ({ input }: Scorecard): boolean =>
    (input.hold ?? null) === null && Object.keys(input.carried ?? {}).length === 0;
  if (then.quantitativeScore === null || now.quantitativeScore === null || !whole(then) || !whole(now))
    return null;
  return now.quantitativeScore - then.quantitativeScore;
}

const thresholdsOf = (model: Model, metric: string, segment: Segment): string => {
  const { better, [segment]: threshold } = model.thresholds[metric] as MetricScale;
  return [threshold.green, threshold.yellow, threshold.red, better].join(',');
};

/**
 * Adds the newest twelve slices up to a period together. A metric whose thresholds have changed since lends nothing.
 *
 * @param slices at most one for each period, in any order
 * @example tableOf(model, '2026-10', slices).metrics.messaging?.paid?.['3']?.[0] // => 2000
 */
export function tableOf(model: Model, period: string, slices: readonly EvidenceSlice[]): EvidenceTable {
  const used = slices
    .filter((slice) => slice.period <= period)
    .sort((a, b) => (a.period < b.period ? 1 : -1))
    .slice(0, SLICES);
  const metrics: Record<string, Partial<Record<Segment, Record<string, Cell>>>> = {};
  const score: Partial<Record<Segment, Record<string, Cell>>> = {};
  for (const slice of used) {
    for (const segment of SEGMENTS) {
      addCells(() => (score[segment] ??= {}), slice.score[segment] ?? {});
      for (const [id, bySegment] of Object.entries(slice.metrics)) {
        const own = bySegment[segment];
        if (own === undefined || model.thresholds[id] === undefined) continue;
        if (own.t !== thresholdsOf(model, id, segment)) continue;
        addCells(() => ((metrics[id] ??= {})[segment] ??= {}), own.b);
      }
    }
  }
  return { metrics, score };
}

function addCells(to: () => Record<string, Cell>, cells: Cells): void {
  for (const [key, cell] of Object.entries(cells)) {
    const all = to();
    const sum = all[key] ?? [];
    all[key] = Array.from(
      { length: Math.max(sum.length, cell.length) },
      (_, i) => (sum[i] ?? 0) + (cell[i] ?? 0),
    );
  }
}
