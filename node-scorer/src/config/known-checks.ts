import { SEGMENTS, SEVERITIES, type CapRule, type Segment, type Severity } from '../scoring/index.ts';
import type { KnownMetric, KnownNames } from './known-names.ts';
import { nearest } from './nearest.ts';
import { isMap, type Note, type Path } from './schema-parts.ts';

/** The two documents of a model as plain values, and who collects what is wrong with each. */
export interface PlainParts {
  readonly weights: unknown;
  readonly thresholds: unknown;
  readonly note: Note;
  readonly noteThreshold: Note;
}

/**
 * Notes every name that nobody computes or the org has no place for, and every metric that a model describes
 * otherwise than it is computed. Looks at names alone, so that no other problem hides one.
 *
 * @example checkNames({ weights: { dimensions: { support: { metrics: { csat: 1 } } } }, … }, SHIPPED_NAMES)
 * // adds "found the metric csat, expected one that is computed; did you mean csat_score?"
 */
export function checkNames(
  { weights, thresholds, note, noteThreshold }: PlainParts,
  known: KnownNames,
): void {
  const top = isMap(weights) ? weights : {};
  for (const [id, dimension] of entriesOf(top['dimensions'])) {
    checkDimension(id, known.dimensions, note);
    checkMetricIds(dimension, ['dimensions', id], known.metrics, note);
  }
  checkMetricIds(top['platform_value'], ['platform_value'], known.metrics, note);
  checkTierNames(top['tiers'], known.tiers, note);
  for (const [id, scale] of entriesOf(isMap(thresholds) ? thresholds['metrics'] : null)) {
    const path = ['metrics', id];
    const metric = known.metrics.find((each) => each.id === id);
    if (metric === undefined) unknownMetric(id, path, known.metrics, noteThreshold);
    else {
      checkScale(scale, metric, path, noteThreshold);
      checkReach(scale, metric, path, noteThreshold);
    }
  }
}

function checkDimension(id: string, known: readonly string[], note: Note): void {
  if (known.includes(id)) return;
  const near = nearest(id, known);
  note(
    ['dimensions', id],
    `the dimension ${id}`,
    `one of ${known.join(', ')}, for which the org keeps a score`,
    near === null ? 'give its metrics to one of them' : `did you mean ${near}?`,
  );
}

function checkMetricIds(group: unknown, path: Path, known: readonly KnownMetric[], note: Note): void {
  for (const [id, weight] of entriesOf(isMap(group) ? group['metrics'] : null)) {
    // One that is off does no harm: it may wait for a release that computes it.
    const on = !isMap(weight) || weight['enabled'] !== false;
    if (on && !known.some((metric) => metric.id === id)) {
      unknownMetric(id, [...path, 'metrics', id], known, note);
    }
  }
}

function unknownMetric(id: string, path: Path, known: readonly KnownMetric[], note: Note): void {
  const ids = known.map((metric) => metric.id);
  const near = nearest(id, ids);
  const fix =
    near === null ? `remove it, or did you mean one of ${ids.join(', ')}?` : `did you mean ${near}?`;
  note(path, `the metric ${id}`, 'one that is computed', fix);
}

/** A metric turned round, or read in another unit, is another metric: its thresholds would judge it by chance. */
function checkScale(scale: unknown, metric: KnownMetric, path: Path, note: Note): void {
  if (!isMap(scale)) return;
  const { better, unit } = scale;
  if ((better === 'higher' || better === 'lower') && better !== metric.direction) {
    note(
      [...path, 'better'],
      `${better} is better`,
      `${metric.direction}, as ${metric.id} is computed`,
      `set it to ${metric.direction}`,
    );
  }
  if (typeof unit === 'string' && unit !== metric.unit) {
    note(
      [...path, 'unit'],
      JSON.stringify(unit),
      `${metric.unit}, in which ${metric.id} is computed`,
      `set it to ${metric.unit}, and the thresholds to that unit`,
    );
  }
}

/** Where values of a unit can lie; a percentage may also be a change, and days may be past. */
const REACH: Readonly<Record<string, readonly [from: number, to: number]>> = {
  score: [0, 100],
  count: [0, Infinity],
  seconds: [0, Infinity],
  ratio: [0, Infinity],
  'per week': [0, Infinity],
};

function checkReach(scale: unknown, { unit }: KnownMetric, path: Path, note: Note): void {
  const [from, to] = REACH[unit] ?? [-Infinity, Infinity];
  for (const segment of SEGMENTS) {
    for (const [colour, value] of entriesOf(isMap(scale) ? scale[segment] : null)) {
      if (typeof value !== 'number' || (value >= from && value <= to)) continue;
      const expected = to === Infinity ? `at least ${from}` : `${from} to ${to}`;
      note([...path, segment, colour], String(value), `${expected}, as every ${unit} is`);
    }
  }
}

function checkTierNames(tiers: unknown, known: readonly string[], note: Note): void {
  if (!Array.isArray(tiers)) return;
  tiers.forEach((tier: unknown, i) => {
    const name = isMap(tier) ? tier['name'] : null;
    if (typeof name !== 'string' || known.includes(name)) return;
    const near = nearest(name, known);
    note(
      ['tiers', i, 'name'],
      `the tier ${JSON.stringify(name)}`,
      `one of ${known.join(', ')}, the values of Health_Score__c.Tier__c`,
      near === null ? 'name it so' : `did you mean ${near}?`,
    );
  });
}

/**
 * Notes it when a graver signal would leave a higher ceiling than as many milder ones.
 *
 * @example checkCapOrder([{ severity: 'critical', cap: 80, … }, { severity: 'moderate', cap: 75, … }], note)
 * // adds "found critical_signal at 80 above moderate_signal at 75, expected a graver signal to cap at least as low"
 */
export function checkCapOrder(caps: readonly CapRule[], note: Note): void {
  caps.forEach((graver, i) => {
    const above = caps.find((milder) => isOutdone(graver, milder, caps));
    if (above === undefined) return;
    note(
      ['caps', i, 'cap'],
      `${graver.name} at ${graver.cap} above ${above.name} at ${above.cap}`,
      `a ${graver.severity} signal to cap at least as low as a ${above.severity} one`,
      `set it to ${above.cap} or less, or raise that of ${above.name}`,
    );
  });
}

/** Would an account do better with signals that make the graver rule count than with as many of the milder? */
function isOutdone(graver: CapRule, milder: CapRule, caps: readonly CapRule[]): boolean {
  if (gravity(graver.severity) <= gravity(milder.severity) || milder.atLeast > graver.atLeast) return false;
  const confirmed = graver.confirmed || milder.confirmed;
  const ceiling = (segment: Segment): number =>
    Math.min(
      ...caps
        .filter(
          (rule) =>
            rule.severity === graver.severity &&
            rule.atLeast <= graver.atLeast &&
            (confirmed || !rule.confirmed) &&
            appliesTo(rule, segment),
        )
        .map(({ cap }) => cap),
    );
  return SEGMENTS.some(
    (segment) => appliesTo(graver, segment) && appliesTo(milder, segment) && ceiling(segment) > milder.cap,
  );
}

const gravity = (severity: Severity): number => SEVERITIES.indexOf(severity);

const appliesTo = ({ segment: only }: CapRule, segment: Segment): boolean =>
  only === null || only === segment;

const entriesOf = (value: unknown): [string, unknown][] => (isMap(value) ? Object.entries(value) : []);
