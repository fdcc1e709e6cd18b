import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import type { Model } from '../scoring/index.ts';
import { partsInUse } from './in-use.ts';
import { checkCapOrder, checkNames } from './known-checks.ts';
import { SHIPPED_NAMES, type KnownNames } from './known-names.ts';
import { versionOf } from './model-json.ts';
import { CAPS, type Settings } from './rules.ts';
import { isMap, type Note, type Path } from './schema-parts.ts';
import { readBySchema } from './schema-problems.ts';
import { checkOrder, THRESHOLDS, withScales } from './thresholds.ts';
import { WEIGHTS } from './weights.ts';

type Fields = Readonly<Record<string, unknown>>;

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

/**
 * Checks the plain values of a model and makes it, or lists every problem of both documents.
 *
 * @param where names a place, such as a file with its line or a custom metadata record
 * @param known what a model that scores real accounts may name; null for one that scores given readings, whose metrics
 *   and tiers may be anything
 * @example buildModel({ weights, thresholds }).problems // => undefined for the shipped configuration
 */
export function buildModel(
  written: PlainModel,
  where: Where = (document, path) => [document, ...path].join('.'),
  known: KnownNames | null = null,
): BuiltModel {
  const plain = { ...written, thresholds: withScales(written.thresholds, SHIPPED_NAMES.metrics) };
  const problems: Problem[] = [];
  const read = <S extends z.ZodType>(document: keyof PlainModel, schema: S): z.output<S> | null => {
    const found = plain[document];
    if (found === undefined) return null;
    const told = readBySchema(schema, found, { where: (path) => where(document, path) });
    problems.push(...told.problems);
    return told.value;
  };
  const noteIn =
    (document: keyof PlainModel): Note =>
    (path, found, expected, fix) =>
      problems.push({ where: where(document, path), found, expected, fix });
  const [note, noteThreshold] = [noteIn('weights'), noteIn('thresholds')];

  const weights = read('weights', WEIGHTS);
  const thresholds = read('thresholds', THRESHOLDS);
  const top = asMap(plain.weights);
  const scales = asMap(plain.thresholds)['metrics'];
  checkMetrics(top, isMap(scales) ? new Set(Object.keys(scales)) : null, note);
  checkOrder(scales, noteThreshold);
  if (known !== null) {
    checkNames({ ...plain, note, noteThreshold }, known);
    const caps = CAPS.safeParse(top['caps']);
    if (caps.success) checkCapOrder(caps.data, note);
  }
  if (weights === null || thresholds === null) return { problems };
  const { health, dimensions, platform_value: platformValue, tiers, caps, guards, settings } = weights;
  const inUse = partsInUse({ health, dimensions, platformValue }, note);
  if (problems.length > 0 || inUse === null) return { problems };
  const content: Content = {
    ...inUse,
    thresholds: withoutOff(Object.fromEntries(thresholds.metrics), top),
    tiers,
    caps,
    monitoringReduction: weights.monitoring_reduction,
    guards,
  };
  return { model: { version: versionOf(content), ...content }, settings };
}

/** One that is switched off is no part of the model: its thresholds would only give equal models two versions. */
function withoutOff(thresholds: Model['thresholds'], top: Fields): Model['thresholds'] {
  const groups = [...Object.values(asMap(top['dimensions'])), top['platform_value']];
  const weights = groups.flatMap((group) => Object.entries(asMap(asMap(group)['metrics'])));
  const off = new Set(weights.filter(([, weight]) => isOff(weight)).map(([id]) => id));
  return Object.fromEntries(Object.entries(thresholds).filter(([id]) => !off.has(id)));
}

const asMap = (value: unknown): Fields => (isMap(value) ? value : {});

const isOff = (weight: unknown): boolean => isMap(weight) && weight['enabled'] === false;

type Content = Omit<Model, 'version'>;

/** Every metric stands in one group, and has thresholds. Looks at names alone, so that no other problem hides one. */
function checkMetrics(top: Fields, withThresholds: ReadonlySet<string> | null, note: Note): void {
  const groupOf = new Map<string, string>();
  const look = (value: unknown, group: string, path: Path): void => {
    if (!isMap(value) || !isMap(value['metrics'])) return;
    for (const [id, weight] of Object.entries(value['metrics'])) {
      const here = [...path, 'metrics', id];
      const other = groupOf.get(id);
      if (other === undefined) groupOf.set(id, group);
      else note(here, `${id} in ${other} and in ${group}`, 'each metric once', 'remove one');
      if (withThresholds !== null && !withThresholds.has(id) && !isOff(weight)) {
        const fix = `add metrics.${id} to the thresholds`;
        note(here, `no thresholds for ${id}`, 'thresholds for every weighted metric', fix);
      }
    }
  };
  const { dimensions, platform_value: platformValue } = top;
  if (isMap(dimensions)) {
    for (const [id, value] of Object.entries(dimensions)) look(value, id, ['dimensions', id]);
  }
  look(platformValue, 'platform_value', ['platform_value']);
}
