/**
 * The shipped model and advice as custom metadata records, from config/weights.yaml, config/thresholds.yaml,
 * config/advice.yaml and the catalogue.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFile, type RecordValue } from 'local-org/metadata';
import { parse } from 'yaml';
import type { AdviceTexts } from '../../node-scorer/src/advice/texts.ts';
import { metricById } from '../../node-scorer/src/metrics/catalogue.ts';
import { advised, shippedAdvice } from './card-labels.ts';

/** The folder that holds nothing but these records. */
export const RECORDS = 'force-app-defaults/main/default/customMetadata';

type Weight = number | { paid: number; standard: number };
type Switched = { weight: Weight; enabled?: boolean } | { paid: number; standard: number; enabled?: boolean };
interface Scale {
  paid: { green: number; yellow: number; red: number };
  standard: { green: number; yellow: number; red: number };
}
interface Group {
  label: string;
  weight?: Weight;
  metrics: Record<string, Weight | Switched>;
}
interface Weights {
  health: { churn_risk: number; platform_value: number };
  dimensions: Record<string, Group>;
  platform_value: Group;
  tiers: { name: string; from: number }[];
  caps: {
    name: string;
    severity: string;
    at_least: number;
    cap: number;
    confirmed?: boolean;
    segment?: string;
  }[];
  monitoring_reduction: number;
  guards: Record<string, number>;
  settings: Record<string, number>;
}

/** One record as the file that deploys. */
const recordXml = (label: string, values: Record<string, RecordValue>): string =>
  recordFile(
    label,
    new Map(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))),
    'Generated from config/*.yaml by npm run generate; do not edit here.',
  );

const forSegment = (weight: Weight | undefined, segment: 'paid' | 'standard'): number | null =>
  weight === undefined ? null : typeof weight === 'number' ? weight : weight[segment];

/** A metric's weight, and whether it is switched on. */
const switched = (given: Weight | Switched): { weight: Weight; on: boolean } =>
  typeof given === 'number'
    ? { weight: given, on: true }
    : {
        weight: 'weight' in given ? given.weight : given,
        on: !('enabled' in given) || given.enabled !== false,
      };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function metricRecord(
  id: string,
  dimension: string,
  given: Weight | Switched,
  scale: Scale,
  order: number,
): [string, string] {
  const known = metricById(id);
  if (!known) throw new Error(`config/weights.yaml: found metric ${id}, expected one of the catalogue`);
  const { weight, on } = switched(given);
  const values: Record<string, RecordValue> = {
    Dimension__c: dimension,
    Direction__c: known.direction,
    Enabled__c: on,
    Order__c: order,
    Unit__c: known.unit,
  };
  const shipped: string[] = [];
  for (const segment of ['paid', 'standard'] as const) {
    const own = forSegment(weight, segment);
    values[`Weight_${capital(segment)}__c`] = own;
    for (const bound of ['green', 'yellow', 'red'] as const)
      values[`${capital(bound)}_${capital(segment)}__c`] = scale[segment][bound];
    const { green, yellow, red } = scale[segment];
    shipped.push(`${segment} weight ${own}, green ${green}, yellow ${yellow}, red ${red}`);
  }
  values['Description__c'] =
    `${known.description} In ${known.unit}; ${known.direction} is better. Shipped: ${shipped.join('; ')}.`;
  return [`Health_Metric.${id}`, recordXml(known.label, values)];
}

/** Every record by file name without suffix. @throws Error when weights name a metric without thresholds. */
function records(weights: Weights, scales: Record<string, Scale>): Map<string, string> {
  const found = new Map<string, string>();
  const groups = [...Object.entries(weights.dimensions), ['platform_value', weights.platform_value] as const];
  let order = 0;
  groups.forEach(([id, group], i) => {
    const weighed = id !== 'platform_value';
    found.set(
      `Health_Dimension.${id}`,
      recordXml(group.label, {
        Order__c: i + 1,
        Part_Of__c: weighed ? 'churn_risk' : 'platform_value',
        Weight_Paid__c: weighed ? forSegment(group.weight, 'paid') : null,
        Weight_Standard__c: weighed ? forSegment(group.weight, 'standard') : null,
      }),
    );
    for (const [metric, weight] of Object.entries(group.metrics)) {
      const scale = scales[metric];
      if (!scale) throw new Error(`config/thresholds.yaml: found no thresholds for ${metric}, expected them`);
      found.set(...metricRecord(metric, id, weight, scale, ++order));
    }
  });
  weights.tiers.forEach((tier, i) =>
    found.set(
      `Health_Tier.${tier.name.replaceAll(/\W+/g, '_')}`,
      recordXml(tier.name, { From__c: tier.from, Order__c: i + 1 }),
    ),
  );
  weights.caps.forEach((cap, i) =>
    found.set(
      `Health_Cap.${cap.name}`,
      recordXml(capital(cap.name.replaceAll('_', ' ')), {
        At_Least__c: cap.at_least,
        Cap__c: cap.cap,
        Confirmed_Only__c: cap.confirmed === true,
        Enabled__c: true,
        Order__c: i + 1,
        Segment__c: cap.segment ?? null,
        Severity__c: capital(cap.severity),
      }),
    ),
  );
  found.set('Health_Setting.Default', recordXml('Default', settings(weights)));
  return found;
}

/** What to do about each metric and fact; the record's label says which. */
function adviceRecords(texts: AdviceTexts): Map<string, string> {
  return new Map(
    Object.entries(advised(texts)).map(([id, { owner, action, enabled }]) => [
      `Health_Advice.${id}`,
      recordXml(metricById(id)?.label ?? capital(id.replaceAll('_', ' ')), {
        Action__c: action,
        Enabled__c: enabled,
        Owner__c: owner,
      }),
    ]),
  );
}

function settings(weights: Weights): Record<string, RecordValue> {
  const named = { ...weights.guards, ...weights.settings };
  const values: Record<string, RecordValue> = {
    Churn_Risk_Weight__c: weights.health.churn_risk,
    Platform_Value_Weight__c: weights.health.platform_value,
    Monitoring_Reduction__c: weights.monitoring_reduction,
    Enabled__c: true,
  };
  // provisional_below_coverage becomes Provisional_Below_Coverage__c.
  for (const [key, value] of Object.entries(named))
    values[`${key.split('_').map(capital).join('_')}__c`] = value;
  return values;
}

/**
 * The records as files, by path, from the configuration as it stands.
 *
 * @param root directory of the repository
 * @example modelRecords('.').get('force-app-defaults/main/default/customMetadata/Health_Cap.critical_signal.md-meta.xml')
 */
export function modelRecords(root: string): Map<string, string> {
  const read = (name: string): unknown => parse(readFileSync(join(root, 'config', name), 'utf8')) as unknown;
  const { metrics } = read('thresholds.yaml') as { metrics: Record<string, Scale> };
  const all = [...records(read('weights.yaml') as Weights, metrics), ...adviceRecords(shippedAdvice(root))];
  return new Map(all.map(([name, text]) => [`${RECORDS}/${name}.md-meta.xml`, text]));
}
