import type { Problem } from '../errors.ts';
import { RECORDS, SETTING_FIELDS, type Kind, type MetadataRecords, type Row } from './metadata-records.ts';
import type { PlainModel, Where } from './model.ts';
import { describe, type Path } from './schema-parts.ts';

/** What an admin sees in place of the API name. */
const SHOWN: Readonly<Record<string, string>> = { MasterLabel: 'label', DeveloperName: 'name' };

type Metric = Row<'metrics'>;
type Group = Row<'dimensions'>;
type Parts = Readonly<Record<string, Part>>;

/** A value, or the parts inside, and the record and field in which an admin finds it. */
interface Part {
  readonly at: string;
  readonly value?: unknown;
  readonly parts?: Parts | readonly Part[];
}

/**
 * Custom metadata records in the shape of the YAML documents, so that one set of schemas serves both; problems
 * name the record and field an admin must open.
 *
 * @example fromRecords(records).plain // equals the YAML it was generated from
 * @example fromRecords(records).where('thresholds', ['metrics', 'csat_score', 'paid', 'green']) // => 'Health_Metric__mdt.csat_score Green_Paid__c'
 */
export function fromRecords(records: MetadataRecords): {
  readonly plain: PlainModel;
  readonly where: Where;
  /** What the shape of the YAML cannot show. */
  readonly problems: readonly Problem[];
} {
  const metrics = inOrder(records.metrics);
  const groups = inOrder(records.dimensions);
  const enabled = metrics.filter(isOn);
  const at = RECORDS.metrics.type;
  const documents = {
    weights: weightsOf(records, metrics, groups),
    thresholds: {
      at,
      parts: { version: { at, value: 1 }, metrics: { at, parts: byName(enabled, scaleOf) } },
    },
  };
  return {
    plain: { weights: valueOf(documents.weights), thresholds: valueOf(documents.thresholds) },
    where: (document, path) => placeIn(documents[document], path),
    problems: [...strayMetrics(enabled, groups), ...strayDimensions(groups)],
  };
}

function weightsOf(
  { tiers, caps, settings }: MetadataRecords,
  metrics: readonly Metric[],
  groups: readonly Group[],
): Part {
  const { at, field } = placesOf('settings', settings);
  const settingsOf = (fields: Readonly<Record<string, keyof Row<'settings'>>>): Part => ({
    at,
    parts: Object.fromEntries(Object.entries(fields).map(([key, name]) => [key, field(name)])),
  });
  const { rule_move_share, ...guards } = SETTING_FIELDS.guards;
  const pillars = groups.find(isPlatformValue);
  const dimensions = groups.filter((group) => !isPlatformValue(group));
  return {
    at,
    parts: {
      version: { at, value: 1 },
      health: settingsOf(SETTING_FIELDS.health),
      dimensions: {
        at: RECORDS.dimensions.type,
        parts: byName(dimensions, (group) => groupOf(group, metrics)),
      },
      ...(pillars && { platform_value: groupOf(pillars, metrics) }),
      tiers: { at: RECORDS.tiers.type, parts: inOrder(tiers).map(tierOf) },
      caps: { at: RECORDS.caps.type, parts: inOrder(caps).filter(isOn).map(capOf) },
      monitoring_reduction: field('Monitoring_Reduction__c'),
      // A record of before rules had a guard has nothing there, and means the default.
      guards: settingsOf(settings.Rule_Move_Share__c === null ? guards : { ...guards, rule_move_share }),
      settings: settingsOf(SETTING_FIELDS.settings),
    },
  };
}

function groupOf(group: Group, metrics: readonly Metric[]): Part {
  const { at, field } = placesOf('dimensions', group);
  const weight = { at, parts: { paid: field('Weight_Paid__c'), standard: field('Weight_Standard__c') } };
  const members = metrics.filter((metric) => dimensionOf(metric) === group.DeveloperName);
  return {
    at,
    parts: {
      label: field('MasterLabel'),
      ...(isPlatformValue(group) ? {} : { weight }),
      metrics: { at, parts: byName(members, weightOf) },
    },
  };
}

/** One that is off keeps its weight in the sum of its group; an empty weight of it harms nobody. */
function weightOf(metric: Metric): Part {
  const { at, field } = placesOf('metrics', metric);
  const empty = isOn(metric) ? null : 0;
  return {
    at,
    parts: {
      paid: field('Weight_Paid__c', metric.Weight_Paid__c ?? empty),
      standard: field('Weight_Standard__c', metric.Weight_Standard__c ?? empty),
      ...(isOn(metric) ? {} : { enabled: field('Enabled__c') }),
    },
  };
}

function scaleOf(metric: Metric): Part {
  const { at, field } = placesOf('metrics', metric);
  const threshold = (segment: 'Paid' | 'Standard'): Part => ({
    at: `${at} ${segment.toLowerCase()}`,
    parts: {
      green: field(`Green_${segment}__c`),
      yellow: field(`Yellow_${segment}__c`),
      red: field(`Red_${segment}__c`),
    },
  });
  return {
    at,
    parts: {
      better: field('Direction__c'),
      unit: field('Unit__c'),
      paid: threshold('Paid'),
      standard: threshold('Standard'),
    },
  };
}

function tierOf(tier: Row<'tiers'>): Part {
  const { at, field } = placesOf('tiers', tier);
  return { at, parts: { name: field('MasterLabel'), from: field('From__c') } };
}

function capOf(cap: Row<'caps'>): Part {
  const { at, field } = placesOf('caps', cap);
  const { Severity__c: severity, Segment__c: segment } = cap;
  return {
    at,
    parts: {
      name: field('DeveloperName'),
      severity: field('Severity__c', severity?.toLowerCase()),
      at_least: field('At_Least__c'),
      cap: field('Cap__c'),
      confirmed: field('Confirmed_Only__c'),
      ...(segment === null ? {} : { segment: field('Segment__c', segment.toLowerCase()) }),
    },
  };
}

/** Where a record is found, and each of its fields with what it holds. */
function placesOf<K extends Kind>(kind: K, row: Row<K>) {
  const at = `${RECORDS[kind].type}.${row.DeveloperName}`;
  return {
    at,
    field: <F extends keyof Row<K> & string>(field: F, value: unknown = row[field]): Part => ({
      at: `${at} ${SHOWN[field] ?? field}`,
      value,
    }),
  };
}

const byName = <R extends { readonly DeveloperName: string }>(
  rows: readonly R[],
  partOf: (row: R) => Part,
): Parts => Object.fromEntries(rows.map((row) => [row.DeveloperName, partOf(row)]));

function valueOf({ value, parts }: Part): unknown {
  if (parts === undefined) return value;
  if (Array.isArray(parts)) return parts.map(valueOf);
  return Object.fromEntries(Object.entries(parts as Parts).map(([key, part]) => [key, valueOf(part)]));
}

/** Where a person finds a value: that of its nearest surroundings when it is absent. */
function placeIn(part: Part, [step, ...rest]: Path): string {
  const { at, parts = {} } = part;
  if (step === undefined || !Object.hasOwn(parts, step)) return at;
  return placeIn((parts as Parts)[step] as Part, rest);
}

/** Metrics whose dimension has no record: they would be in no group, and quietly count for nothing. */
const strayMetrics = (metrics: readonly Metric[], groups: readonly Group[]): Problem[] =>
  metrics
    .filter((metric) => !groups.some((group) => group.DeveloperName === dimensionOf(metric)))
    .map((metric) => ({
      where: `${RECORDS.metrics.type}.${metric.DeveloperName} Dimension__c`,
      found: dimensionOf(metric) ?? 'nothing',
      expected: `one of ${groups.map((group) => group.DeveloperName).join(', ')}`,
      fix: 'choose one, or switch the metric off',
    }));

/** Dimensions that are part of neither half, and all but the first that are platform value. */
const strayDimensions = (groups: readonly Group[]): Problem[] =>
  groups
    .filter((group, i) => {
      const part = group.Part_Of__c;
      const first = groups.findIndex((other) => other.Part_Of__c === part);
      return part !== 'churn_risk' && (part !== 'platform_value' || first < i);
    })
    .map((group) => ({
      where: placesOf('dimensions', group).field('Part_Of__c').at,
      found: isPlatformValue(group) ? 'platform_value twice' : describe(group.Part_Of__c),
      expected: 'churn_risk, or platform_value for one of them',
    }));

const isPlatformValue = (group: Group): boolean => group.Part_Of__c === 'platform_value';

const isOn = ({ Enabled__c: enabled }: { readonly Enabled__c: boolean }): boolean => enabled;

/** A metric's dimension: by the relation that SOQL follows. */
const dimensionOf = (metric: Metric): string | undefined => metric.Dimension__r?.DeveloperName;

/** By Order__c, then by name: two records with one number still have one order. */
const inOrder = <R extends { readonly DeveloperName: string; readonly Order__c: number | null }>(
  rows: readonly R[],
): R[] =>
  rows.toSorted(
    (a, b) => Number(a.Order__c) - Number(b.Order__c) || (a.DeveloperName < b.DeveloperName ? -1 : 1),
  );
