import {
  SEGMENTS,
  type BySegment,
  type Dimension,
  type Model,
  type Segment,
  type WeightedMetric,
} from '../scoring/index.ts';
import { isMap, type Checks, type Path, type TextForm } from './checks.ts';

/** By how much the weights of a group may miss 1. */
const SUM_TOLERANCE = 0.001;
const SHARE = { from: 0, to: 1 };

/** Ids become keys of JSON: they begin with a letter, so that their order is kept and none is a special name. */
export const ID: TextForm = {
  pattern: /^\p{L}[^\p{C}]{0,79}$/u,
  name: 'a name that begins with a letter and has at most 80 characters',
};

/**
 * The two halves of the Health score.
 *
 * @example readHealth({ churn_risk: 0.6, platform_value: 0.4 }, checks, ['health'])
 */
export function readHealth(value: unknown, checks: Checks, path: Path): Model['health'] | null {
  const fields = checks.fields(value, path, ['churn_risk', 'platform_value']);
  if (fields === null) return null;
  const churnRisk = readWeight(fields['churn_risk'], checks, [...path, 'churn_risk']);
  const platformValue = readWeight(fields['platform_value'], checks, [...path, 'platform_value']);
  if (churnRisk === null || platformValue === null) return null;
  checkSum([churnRisk, platformValue], checks, path);
  return { churnRisk, platformValue };
}

/**
 * The dimensions of Churn Risk, with the metrics of each.
 *
 * @example readDimensions({ support: { weight: 1, metrics: { csat_score: 1 } } }, checks, ['dimensions'])
 */
export function readDimensions(value: unknown, checks: Checks, path: Path): readonly Dimension[] | null {
  const entries = checks.entries(value, path);
  if (entries === null) return null;
  if (entries.length === 0) return checks.add(path, 'no dimension', 'at least one');
  const dimensions = entries.map(([id, item]) => readDimension(id, item, checks, [...path, id]));
  const right = dimensions.filter((dimension) => dimension !== null);
  if (right.length < dimensions.length) return null;
  checkSum(
    right.map(({ weight }) => weight),
    checks,
    path,
  );
  return right;
}

function readDimension(id: string, value: unknown, checks: Checks, path: Path): Dimension | null {
  const name = checks.text(id, path, ID);
  const fields = checks.fields(value, path, ['weight', 'metrics'], ['label']);
  if (fields === null) return null;
  const label = readLabel(fields['label'], id, checks, path);
  const weight = readWeight(fields['weight'], checks, [...path, 'weight']);
  const metrics = readMetrics(fields['metrics'], checks, [...path, 'metrics']);
  return name === null || label === null || weight === null || metrics === null
    ? null
    : { id, label, weight, metrics };
}

/**
 * The platform value pillars.
 *
 * @example readPlatformValue({ metrics: { messaging: 1 } }, checks, ['platform_value'])
 */
export function readPlatformValue(value: unknown, checks: Checks, path: Path): Model['platformValue'] | null {
  const fields = checks.fields(value, path, ['metrics'], ['label']);
  if (fields === null) return null;
  const label = readLabel(fields['label'], 'Platform Value', checks, path);
  const metrics = readMetrics(fields['metrics'], checks, [...path, 'metrics']);
  return label === null || metrics === null ? null : { label, metrics };
}

function readMetrics(value: unknown, checks: Checks, path: Path): readonly WeightedMetric[] | null {
  // An absent key has been reported with the keys of its map.
  if (value === undefined) return null;
  const entries = checks.entries(value, path);
  if (entries === null) return null;
  if (entries.length === 0) return checks.add(path, 'no metric', 'at least one');
  const metrics = entries.map(([id, item]) => {
    const name = checks.text(id, [...path, id], ID);
    const weight = readWeight(item, checks, [...path, id]);
    return name === null || weight === null ? null : { id, weight };
  });
  const right = metrics.filter((metric) => metric !== null);
  if (right.length < metrics.length) return null;
  checkSum(
    right.map(({ weight }) => weight),
    checks,
    path,
  );
  return right;
}

function readLabel(value: unknown, fallback: string, checks: Checks, path: Path): string | null {
  return value === undefined ? fallback : checks.text(value, [...path, 'label']);
}

/** One number for both segments, or one for each. */
function readWeight(value: unknown, checks: Checks, path: Path): BySegment<number> | null {
  if (value === undefined) return null;
  if (!isMap(value)) {
    const both = checks.number(value, path, SHARE);
    return both === null ? null : { paid: both, standard: both };
  }
  const fields = checks.fields(value, path, SEGMENTS);
  const read = (segment: Segment): number | null =>
    fields?.[segment] === undefined ? null : checks.number(fields[segment], [...path, segment], SHARE);
  const [paid, standard] = [read('paid'), read('standard')];
  return paid === null || standard === null ? null : { paid, standard };
}

/** Weights of one group sum to 1 in every segment. */
function checkSum(weights: readonly BySegment<number>[], checks: Checks, path: Path): void {
  const sums = SEGMENTS.map((segment) => weights.reduce((sum, weight) => sum + weight[segment], 0));
  SEGMENTS.forEach((segment, i) => {
    const sum = sums[i] as number;
    // The tolerance itself is inside, whatever its binary neighbour says.
    if (Math.abs(sum - 1) <= SUM_TOLERANCE + 1e-9) return;
    const same = sums.every((other) => other === sum);
    if (same && i > 0) return;
    const off = decimal(Math.abs(sum - 1));
    checks.add(
      path,
      `weights that sum to ${decimal(sum)}${same ? '' : ` for ${segment}`}`,
      `a sum of 1 (within ${SUM_TOLERANCE})`,
      sum < 1 ? `add ${off}` : `take ${off} away`,
    );
  });
}

const decimal = (value: number): string => String(Math.round(value * 1e6) / 1e6);
