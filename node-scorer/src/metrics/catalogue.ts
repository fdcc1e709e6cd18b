import type { Window } from '../facts/index.ts';
import type { Reading } from '../scoring/index.ts';
import { ADOPTION } from './adoption.ts';
import { BUGS } from './bugs.ts';
import type { Facts, Metric, SourceName } from './define-metric.ts';
import { FINANCIAL } from './financial.ts';
import { PLATFORM_VALUE } from './platform-value.ts';
import { RELATIONSHIP } from './relationship.ts';
import { SUPPORT } from './support.ts';

/** Scored metrics first, those shown for context after them, each in the order they were given. */
const scoredFirst = (group: readonly Metric[]): Metric[] => [
  ...group.filter(({ contextOnly }) => contextOnly !== true),
  ...group.filter(({ contextOnly }) => contextOnly === true),
];

/**
 * Every metric there is, declared once each, in the order of config/weights.yaml; what is shown for context
 * only stands last in its group.
 *
 * @example CATALOGUE[0]?.id // => 'p1_p2_pct'
 */
export const CATALOGUE: readonly Metric[] = [
  [...SUPPORT, ...BUGS],
  FINANCIAL,
  ADOPTION,
  RELATIONSHIP,
  PLATFORM_VALUE,
].flatMap(scoredFirst);

/** Names of the sources that metrics are made from, in the order of the alphabet. */
export const SOURCES: readonly SourceName[] = [...new Set(CATALOGUE.map(({ source }) => source))].sort();

const BY_ID: ReadonlyMap<string, Metric> = new Map(CATALOGUE.map((metric) => [metric.id, metric]));

/**
 * The metric of an id; undefined when the catalogue does not know it.
 *
 * @example metricById('open_bugs')?.unit // => 'count'
 */
export const metricById = (id: string): Metric | undefined => BY_ID.get(id);

/**
 * Reads every metric of one account from its facts.
 *
 * @example readMetrics(facts, window).open_bugs // => { value: 3 }
 */
export const readMetrics = (facts: Facts, window: Window): Record<string, Reading> =>
  Object.fromEntries(CATALOGUE.map((metric) => [metric.id, metric.read(facts, window)]));
