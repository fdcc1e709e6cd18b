/**
 * What `scripts/evaluate.mjs` evaluates: for each kind the function of the scorer that decides it, under the shipped
 * model, and how its input is laid out on a line.
 */
import { advise } from '../../node-scorer/src/advice/index.ts';
import { advance } from '../../node-scorer/src/metrics/for-scoring.ts';
import {
  drawFactors,
  effectiveSharesOf,
  fragilityOf,
  lastDayOf,
  nextPeriod,
  project,
  uniformFrom,
  type Model,
  type Reading,
  type Readings,
  type Segment,
  type Signal,
} from '../../node-scorer/src/scoring/index.ts';
import { adviceInput, offIn, tableIn, type NextStepsLine } from './next-steps-line.ts';
import { loadModel } from '../../node-scorer/src/shipped-model.ts';
import {
  aucOf,
  cellStats,
  decisionsOf,
  driftOf,
  forecastOf,
  guardOf,
  judgeCell,
  moveLimit,
  renewedInTime,
  reportCardOf,
  wilson,
  type AccountRenewals,
  type Counted,
  type Decision,
  type DriftInput,
  type ForecastInput,
  type GuardSettings,
  type KeptStats,
  type Moves,
  type MovesNow,
  type PastScore,
} from '../../node-scorer/src/statistics/index.ts';

/** Turns one input into one result; throws on an input that makes no sense. */
export type Evaluate = (input: never) => unknown;

/** Values by metric id; null or absent: missing. */
type Values = Readonly<Record<string, number | null | undefined>>;

interface ProjectLine {
  readonly segment: Segment;
  readonly period: string;
  readonly months: number;
  readonly metrics: Values;
  readonly signals?: readonly Signal[] | null;
  readonly leavesOn?: Readonly<Record<string, readonly string[] | null>> | null;
  readonly knownOn?: string | null;
}

interface CellLine {
  readonly step?: number | null;
  readonly pairs: readonly (readonly [number | null, number | null])[];
  readonly past: readonly KeptStats[];
}

interface GuardLine {
  readonly past: readonly Moves[];
  readonly now: MovesNow;
  readonly red?: readonly string[] | null;
  readonly settings: GuardSettings;
}

const KINDS: Readonly<Record<string, (model: Model) => Evaluate>> = {
  project:
    (model) =>
    ({ segment, period, months, metrics, signals, leavesOn, knownOn }: ProjectLine) =>
      project(
        model,
        {
          segment,
          asOf: lastDayOf(period),
          readings: readingsOf(metrics),
          signals: signals ?? [],
          leavesOn: leavesOn ?? undefined,
          knownOn: knownOn ?? undefined,
        },
        lastDayOf(monthsLater(period, months)),
        advance,
      ),
  forecast:
    ({ tiers }) =>
    (input: ForecastInput) =>
      forecastOf(input, tiers),
  renewed:
    () =>
    ({ then, days, now }: { then: number; days: number; now: number }) =>
      renewedInTime(then, days, now),
  wilson:
    () =>
    ({ x, n }: { x: number; n: number }) =>
      wilson(x, n),
  auc:
    () =>
    ({ lost, kept }: { lost: readonly number[]; kept: readonly number[] }) =>
      aucOf(lost, kept),
  decisions:
    () =>
    ({ today, accounts }: { today: string; accounts: readonly AccountRenewals[] }) =>
      decisionsOf(today, accounts),
  report:
    ({ tiers }) =>
    (input: { decisions: readonly Decision[]; scores: readonly PastScore[]; leads?: readonly number[] }) =>
      reportCardOf(input.decisions, input.scores, input.leads ?? [90, 60], tiers),
  cell:
    () =>
    ({ step, pairs, past }: CellLine) =>
      judgeCell(cellStats(pairs, step ?? 0), past),
  drift: () => (input: DriftInput) => driftOf(input),
  limit:
    () =>
    ({ past, of }: { past: readonly Counted[]; of: number }) =>
      moveLimit(past, of),
  guard:
    () =>
    ({ past, now, red, settings }: GuardLine) =>
      guardOf(past, now, red ?? [], settings),
  fragility:
    (model) =>
    ({ segment, metrics, cap }: { segment: Segment; metrics: Values; cap?: number | null }) =>
      fragilityOf(model, segment, readingsOf(metrics), cap ?? null),
  draws:
    (model) =>
    ({ seed, count }: { seed: number; count: number }) => {
      const next = uniformFrom(seed);
      const [first] = drawFactors(model, seed, 1);
      return {
        uniform: Array.from({ length: count }, () => next()),
        first: first && {
          halves: [...first.halves],
          dimensions: [...first.dimensions],
          metrics: [...first.metrics],
        },
      };
    },
  effective:
    (model) =>
    ({ segment, accounts }: { segment: Segment; accounts: readonly Values[] }) =>
      effectiveSharesOf(model, segment, accounts.map(readingsOf)),
  'next-steps':
    (model) =>
    ({ today, evidence, input, previous, off }: NextStepsLine) =>
      advise(
        model,
        tableIn(evidence),
        adviceInput(input),
        previous ? adviceInput(previous) : null,
        today,
        offIn(off),
      ),
};

/**
 * The function that evaluates a kind, or what is wrong with its name.
 *
 * @example (await evaluatorOf('wilson'))({ x: 0, n: 1 }) // => [0, 0.7935]
 */
export async function evaluatorOf(kind: string): Promise<Evaluate | string> {
  const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (make === undefined) return `found ${kind || 'no kind'}, expected ${Object.keys(KINDS).join(', ')}`;
  return make(await loadModel());
}

function readingsOf(values: Values): Readings {
  const reading = (value: number | null | undefined): Reading =>
    typeof value === 'number' ? { value } : { value: null, missing: 'no_activity' };
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, reading(value)]));
}

function monthsLater(period: string, months: number): string {
  let later = period;
  for (let i = 0; i < months; i++) later = nextPeriod(later);
  return later;
}
