import type { Problem } from '../errors.ts';
import { SEVERITIES, type Model } from '../scoring/index.ts';
import { checkFormat, isMap, makeChecks, type Checks, type Fields, type Path } from './checks.ts';
import { versionOf } from './model-json.ts';
import { readCaps, readGuards, readSettings, readTiers, type Settings } from './rules.ts';
import { readScales } from './thresholds.ts';
import { readDimensions, readHealth, readPlatformValue } from './weights.ts';

/**
 * What the documents of a model hold, as plain values: from YAML, or from custom metadata in the same shape.
 * Undefined: this document could not be read, which has been reported already.
 */
export interface PlainModel {
  /** As `config/weights.yaml`. */
  readonly weights: unknown;
  /** As `config/thresholds.yaml`. */
  readonly thresholds: unknown;
}

export type BuiltModel =
  | { readonly model: Model; readonly settings: Settings; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] };

/** Names a place in one of the two documents for a person. */
export type Where = (document: keyof PlainModel, path: Path) => string;

const PARTS = [
  'health',
  'dimensions',
  'platform_value',
  'tiers',
  'caps',
  'monitoring_reduction',
  'guards',
  'settings',
];

/**
 * Checks the plain values of a model and makes it, or lists every problem of both documents.
 *
 * @param where names a place, such as a file with its line or a custom metadata record
 * @example buildModel({ weights, thresholds }).problems // => undefined for the shipped configuration
 */
export function buildModel(
  plain: PlainModel,
  where: Where = (document, path) => [document, ...path].join('.'),
): BuiltModel {
  const checks = makeChecks((path) => where('weights', path));
  const thresholdChecks = makeChecks((path) => where('thresholds', path));
  const { scales, ids } =
    plain.thresholds === undefined
      ? { scales: null, ids: null }
      : readScales(plain.thresholds, thresholdChecks);
  const top = plain.weights === undefined ? null : checks.fields(plain.weights, [], ['version', ...PARTS]);
  if (top !== null) checkFormat(top, checks);
  const part = <T>(key: string, read: (value: unknown, checks: Checks, path: Path) => T | null): T | null =>
    top !== null && Object.hasOwn(top, key) ? read(top[key], checks, [key]) : null;

  const parts = {
    health: part('health', readHealth),
    dimensions: part('dimensions', readDimensions),
    platformValue: part('platform_value', readPlatformValue),
    thresholds: scales,
    tiers: part('tiers', readTiers),
    caps: part('caps', readCaps),
    monitoringReduction: part('monitoring_reduction', (value, { number }, path) =>
      number(value, path, { from: 0, to: SEVERITIES.length, whole: true }),
    ),
    guards: part('guards', readGuards),
  };
  const settings = part('settings', readSettings);
  if (top !== null) checkMetrics(top, ids, checks);

  const problems = [...checks.problems, ...thresholdChecks.problems];
  return problems.length === 0 && isComplete(parts) && settings !== null
    ? { model: { version: versionOf(parts), ...parts }, settings }
    : { problems };
}

type Content = Omit<Model, 'version'>;

const isComplete = (parts: { readonly [K in keyof Content]: Content[K] | null }): parts is Content =>
  Object.values(parts).every((part) => part !== null);

/** Every metric stands in one group, and has thresholds. Looks at names alone, so that no other problem hides one. */
function checkMetrics(top: Fields, withThresholds: ReadonlySet<string> | null, checks: Checks): void {
  const groupOf = new Map<string, string>();
  const look = (value: unknown, group: string, path: Path): void => {
    if (!isMap(value) || !isMap(value['metrics'])) return;
    for (const id of Object.keys(value['metrics'])) {
      const here = [...path, 'metrics', id];
      const other = groupOf.get(id);
      if (other === undefined) groupOf.set(id, group);
      else checks.add(here, `${id} in ${other} and in ${group}`, 'each metric once', 'remove one');
      if (withThresholds !== null && !withThresholds.has(id)) {
        const fix = `add metrics.${id} to the thresholds`;
        checks.add(here, `no thresholds for ${id}`, 'thresholds for every weighted metric', fix);
      }
    }
  };
  const { dimensions, platform_value: platformValue } = top;
  if (isMap(dimensions)) {
    for (const [id, value] of Object.entries(dimensions)) look(value, id, ['dimensions', id]);
  }
  look(platformValue, 'platform_value', ['platform_value']);
}
