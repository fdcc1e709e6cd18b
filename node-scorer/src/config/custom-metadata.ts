import type { Problem } from '../errors.ts';
import type { PlainModel, Where } from './model.ts';
import { describe, type Path } from './schema-parts.ts';

/** A custom metadata record as SOQL gives it. */
export type Record_ = Readonly<Record<string, unknown>>;

/** The model's records, by what they are; `settings` is the one named Default. */
export interface MetadataRecords {
  readonly metrics: readonly Record_[];
  readonly dimensions: readonly Record_[];
  readonly tiers: readonly Record_[];
  readonly caps: readonly Record_[];
  readonly settings: Record_;
}

/** Keys of the YAML and the fields of Health_Setting__mdt that hold them. */
const GUARDS = {
  provisional_below_coverage: 'Provisional_Below_Coverage__c',
  max_carry_forward_days: 'Max_Carry_Forward_Days__c',
  outage_share: 'Outage_Share__c',
  tier_move_share: 'Tier_Move_Share__c',
  tier_move_min_accounts: 'Tier_Move_Min_Accounts__c',
  rule_move_share: 'Rule_Move_Share__c',
} as const;
const SETTINGS = {
  run_day: 'Run_Day__c',
  alert_margin: 'Alert_Margin__c',
  alert_cooldown_days: 'Alert_Cooldown_Days__c',
} as const;
const HEALTH = {
  churn_risk: 'Churn_Risk_Weight__c',
  platform_value: 'Platform_Value_Weight__c',
} as const;
const CAP_FIELDS: Readonly<Record<string, string>> = {
  severity: 'Severity__c',
  at_least: 'At_Least__c',
  cap: 'Cap__c',
  confirmed: 'Confirmed_Only__c',
  segment: 'Segment__c',
};
const TIER_FIELDS: Readonly<Record<string, string>> = { from: 'From__c', name: 'label' };
const SEGMENT_SUFFIX: Readonly<Record<string, string>> = { paid: 'Paid__c', standard: 'Standard__c' };

/**
 * Custom metadata records in the shape of the YAML documents, so that one set of checks serves both; problems
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
  const { settings } = records;
  const metrics = inOrder(records.metrics);
  const enabled = metrics.filter(isOn);
  const caps = inOrder(records.caps).filter(isOn);
  const tiers = inOrder(records.tiers);
  const groups = inOrder(records.dimensions);
  const dimensions = groups.filter((record) => record['Part_Of__c'] !== 'platform_value');
  const pillars = groups.find((record) => record['Part_Of__c'] === 'platform_value');
  const metricsOf = (group: Record_) =>
    Object.fromEntries(
      metrics
        .filter((metric) => dimensionOf(metric) === nameOf(group))
        .map((metric) => [nameOf(metric), weightOf(metric)]),
    );

  const plain: PlainModel = {
    weights: {
      version: 1,
      health: renamed(settings, HEALTH),
      dimensions: Object.fromEntries(
        dimensions.map((group) => [
          nameOf(group),
          { label: group['MasterLabel'], weight: bySegment(group, 'Weight'), metrics: metricsOf(group) },
        ]),
      ),
      ...(pillars === undefined
        ? {}
        : { platform_value: { label: pillars['MasterLabel'], metrics: metricsOf(pillars) } }),
      tiers: tiers.map((tier) => ({ name: tier['MasterLabel'], from: tier['From__c'] })),
      caps: caps.map((cap) => ({
        name: nameOf(cap),
        severity: lower(cap['Severity__c']),
        at_least: cap['At_Least__c'],
        cap: cap['Cap__c'],
        confirmed: cap['Confirmed_Only__c'],
        ...(cap['Segment__c'] == null ? {} : { segment: lower(cap['Segment__c']) }),
      })),
      monitoring_reduction: settings['Monitoring_Reduction__c'],
      guards: withoutEmptyOptional(renamed(settings, GUARDS)),
      settings: renamed(settings, SETTINGS),
    },
    thresholds: {
      version: 1,
      metrics: Object.fromEntries(
        enabled.map((metric) => [
          nameOf(metric),
          {
            better: metric['Direction__c'],
            unit: metric['Unit__c'],
            paid: threshold(metric, 'Paid__c'),
            standard: threshold(metric, 'Standard__c'),
          },
        ]),
      ),
    },
  };
  const names = { tiers: tiers.map(nameOf), caps: caps.map(nameOf) };
  return {
    plain,
    where: (document, path) => place(document, path, names),
    problems: [...strayMetrics(enabled, groups), ...strayDimensions(groups)],
  };
}

/** Metrics whose dimension has no record: they would be in no group, and quietly count for nothing. */
const strayMetrics = (metrics: readonly Record_[], groups: readonly Record_[]): Problem[] =>
  metrics
    .filter((metric) => !groups.some((group) => nameOf(group) === dimensionOf(metric)))
    .map((metric) => ({
      where: spot('Health_Metric__mdt', nameOf(metric), 'Dimension__c'),
      found: dimensionOf(metric) === '' ? 'nothing' : dimensionOf(metric),
      expected: `one of ${groups.map(nameOf).join(', ')}`,
      fix: 'choose one, or switch the metric off',
    }));

/** Dimensions that are part of neither half, and all but the first that are platform value. */
const strayDimensions = (groups: readonly Record_[]): Problem[] =>
  groups
    .filter((group, i) => {
      const part = group['Part_Of__c'];
      const first = groups.findIndex((other) => other['Part_Of__c'] === part);
      return part !== 'churn_risk' && (part !== 'platform_value' || first < i);
    })
    .map((group) => ({
      where: spot('Health_Dimension__mdt', nameOf(group), 'Part_Of__c'),
      found:
        group['Part_Of__c'] === 'platform_value' ? 'platform_value twice' : describe(group['Part_Of__c']),
      expected: 'churn_risk, or platform_value for one of them',
    }));

/** Where a person finds a value: record and field. */
function place(
  document: keyof PlainModel,
  path: Path,
  names: Readonly<Record<'tiers' | 'caps', readonly string[]>>,
): string {
  const [part = '', key, ...rest] = path.map(String);
  if (document === 'thresholds') {
    const [segment, colour] = rest;
    const field =
      colour === undefined ? segment : `${capital(colour)}_${SEGMENT_SUFFIX[segment ?? ''] ?? segment}`;
    return spot('Health_Metric__mdt', key, { better: 'Direction__c', unit: 'Unit__c' }[field ?? ''] ?? field);
  }
  switch (part) {
    case 'dimensions':
    case 'platform_value': {
      const inner = part === 'dimensions' ? rest : [key, ...rest].filter((each) => each !== undefined);
      const group = part === 'dimensions' ? key : 'platform_value';
      const [kind, metric, segment] = inner;
      if (kind === 'metrics' && metric !== undefined) {
        return spot('Health_Metric__mdt', metric, segment && `Weight_${SEGMENT_SUFFIX[segment] ?? segment}`);
      }
      return spot(
        'Health_Dimension__mdt',
        group,
        kind === 'weight' && metric ? `Weight_${SEGMENT_SUFFIX[metric] ?? metric}` : undefined,
      );
    }
    case 'tiers':
      return spot('Health_Tier__mdt', names.tiers[Number(key)], TIER_FIELDS[rest[0] ?? ''] ?? rest[0]);
    case 'caps':
      return spot('Health_Cap__mdt', names.caps[Number(key)], CAP_FIELDS[rest[0] ?? ''] ?? rest[0]);
    case 'monitoring_reduction':
      return spot('Health_Setting__mdt', 'Default', 'Monitoring_Reduction__c');
    default: {
      const fields: Readonly<Record<string, string>> = { ...HEALTH, ...GUARDS, ...SETTINGS };
      return spot('Health_Setting__mdt', 'Default', fields[key ?? ''] ?? key);
    }
  }
}

const spot = (type: string, record: string | undefined, field: string | undefined): string =>
  `${record === undefined ? type : `${type}.${record}`}${field === undefined ? '' : ` ${field}`}`;

const nameOf = ({ DeveloperName: name }: Record_): string => (typeof name === 'string' ? name : '');

const isOn = ({ Enabled__c: enabled }: Record_): boolean => enabled !== false;

/** One that is off keeps its weight in the sum of its group; an empty weight of it harms nobody. */
const weightOf = (metric: Record_) => {
  const { paid, standard } = bySegment(metric, 'Weight');
  return isOn(metric) ? { paid, standard } : { paid: paid ?? 0, standard: standard ?? 0, enabled: false };
};

/** A metric's dimension: by the relation that SOQL follows. */
const dimensionOf = (metric: Record_): string =>
  nameOf((metric['Dimension__r'] as Record_ | null | undefined) ?? { DeveloperName: '' });

/** By Order__c, then by name: two records with one number still have one order. */
const inOrder = (records: readonly Record_[]): Record_[] =>
  records.toSorted(
    (a, b) => Number(a['Order__c']) - Number(b['Order__c']) || (nameOf(a) < nameOf(b) ? -1 : 1),
  );

const bySegment = (record: Record_, field: string) => ({
  paid: record[`${field}_Paid__c`],
  standard: record[`${field}_Standard__c`],
});

const threshold = (metric: Record_, suffix: string) => ({
  green: metric[`Green_${suffix}`],
  yellow: metric[`Yellow_${suffix}`],
  red: metric[`Red_${suffix}`],
});

const renamed = (record: Record_, fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, record[field]]));

/** A record that was saved before there was a guard of the rules has nothing there, and means the default. */
const withoutEmptyOptional = ({ rule_move_share: share, ...others }: Record_): Record_ => ({
  ...others,
  ...(share != null && { rule_move_share: share }),
});

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
