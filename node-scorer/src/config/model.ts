import type { Problem } from '../errors.ts';
import { SEVERITIES, type Model } from '../scoring/index.ts';
import { checkFormat, isMap, makeChecks, type Checks, type Fields, type Path } from './checks.ts';
import { partsInUse } from './in-use.ts';
import { checkCapOrder, checkNames } from './known-checks.ts';
import type { KnownNames } from './known-names.ts';
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
 * @param known what a model that scores real accounts may name; null for one that scores given readings, whose metrics
 *   and tiers may be anything
 * @example buildModel({ weights, thresholds }).problems // => undefined for the shipped configuration
 */
export function buildModel(
  plain: PlainModel,
  where: Where = (document, path) => [document, ...path].join('.'),
  known: KnownNames | null = null,
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

  const read = {
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
  if (known !== null) {
    checkNames({ ...plain, checks, thresholdChecks }, known);
    if (read.caps !== null) checkCapOrder(read.caps, checks);
  }

  const complete = isComplete(read) ? read : null;
  const inUse = complete && partsInUse(complete, checks);
  const problems = [...checks.problems, ...thresholdChecks.problems];
  if (problems.length > 0 || complete === null || inUse === null || settings === null) return { problems };
  const content: Content = { ...complete, ...inUse, thresholds: withoutOff(complete.thresholds, top) };
  return { model: { version: versionOf(content), ...content }, settings };
}

/** One that is switched off is no part of the model: its thresholds would only give equal models two versions. */
function withoutOff(thresholds: Model['thresholds'], top: Fields | null): Model['thresholds'] {
  const groups = [...Object.values(asMap(top?.['dimensions'])), top?.['platform_value']];
  const weights = groups.flatMap((group) => Object.entries(asMap(asMap(group)['metrics'])));
  const off = new Set(weights.filter(([, weight]) => isOff(weight)).map(([id]) => id));
  return Object.fromEntries(Object.entries(thresholds).filter(([id]) => !off.has(id)));
}

const asMap = (value: unknown): Fields => (isMap(value) ? value : {});

const isOff = (weight: unknown): boolean => isMap(weight) && weight['enabled'] === false;

type Content = Omit<Model, 'version'>;

const isComplete = (parts: { readonly [K in keyof Content]: Content[K] | null }): parts is Content =>
  Object.values(parts).every((part) => part !== null);

/** Every metric stands in one group, and has thresholds. Looks at names alone, so that no other problem hides one. */
function checkMetrics(top: Fields, withThresholds: ReadonlySet<string> | null, checks: Checks): void {
  const groupOf = new Map<string, string>();
  const look = (value: unknown, group: string, path: Path): void => {
    if (!isMap(value) || !isMap(value['metrics'])) return;
    for (const [id, weight] of Object.entries(value['metrics'])) {
      const here = [...path, 'metrics', id];
      const other = groupOf.get(id);
      if (other === undefined) groupOf.set(id, group);
      else checks.add(here, `${id} in ${other} and in ${group}`, 'each metric once', 'remove one');
      if (withThresholds !== null && !withThresholds.has(id) && !isOff(weight)) {
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
