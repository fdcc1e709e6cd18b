import {
  SEGMENTS,
  type BySegment,
  type Dimension,
  type Model,
  type Segment,
  type WeightedMetric,
} from '../scoring/index.ts';
import { isMap, type Checks, type Path, type TextForm } from './checks.ts';
import { checkSum } from './sums.ts';

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
  checkSum([{ weight: churnRisk }, { weight: platformValue }], checks, path);
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
  checkSum(right, checks, path);
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

/** Metrics of a group that are switched on; those that are off only take part in the check of the sum. */
function readMetrics(value: unknown, checks: Checks, path: Path): readonly WeightedMetric[] | null {
  // An absent key has been reported with the keys of its map.
  if (value === undefined) return null;
  const entries = checks.entries(value, path);
  if (entries === null) return null;
  if (entries.length === 0) return checks.add(path, 'no metric', 'at least one');
  const metrics = entries.map(([id, item]) => {
    const name = checks.text(id, [...path, id], ID);
    const read = readSwitched(item, checks, [...path, id]);
    return name === null || read === null ? null : { id, ...read };
  });
  const right = metrics.filter((metric) => metric !== null);
  if (right.length < metrics.length) return null;
  checkSum(right, checks, path);
  return right.filter(({ on }) => on).map(({ id, weight }) => ({ id, weight }));
}

interface SwitchedWeight {
  readonly weight: BySegment<number>;
  readonly on: boolean;
}

/** A weight as {@link readWeight} takes it, or a map of it with `enabled`: `{ weight: 0.15, enabled: false }`. */
function readSwitched(value: unknown, checks: Checks, path: Path): SwitchedWeight | null {
  if (!isMap(value) || !(Object.hasOwn(value, 'enabled') || Object.hasOwn(value, 'weight'))) {
    const weight = readWeight(value, checks, path);
    return weight && { weight, on: true };
  }
  const { enabled, ...given } = value;
  const on = enabled === undefined ? true : checks.flag(enabled, [...path, 'enabled']);
  const apart = Object.hasOwn(given, 'weight');
  if (apart && checks.fields(given, path, ['weight']) === null) return null;
  const weight = apart
    ? readWeight(given['weight'], checks, [...path, 'weight'])
    : readWeight(given, checks, path);
  return weight === null || on === null ? null : { weight, on };
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
