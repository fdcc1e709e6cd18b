import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOrg } from 'local-org';
import type { Org } from 'local-org';

const RECORDS = 'force-app-defaults/main/default/customMetadata';

let org: Org;
beforeAll(() => {
  // The shipped records pass every rule, or the org would not open.
  org = openOrg({
    metadataDirs: ['force-app/main/default', 'force-app-defaults'],
    clock: () => Date.parse('2026-11-21T09:00:00Z'),
  });
});
afterAll(() => org.close());

/** A deploy of one shipped record with other values of some fields. */
function deploy(record: string, values: Readonly<Record<string, string>>) {
  let text = readFileSync(`${RECORDS}/${record}.md-meta.xml`, 'utf8');
  for (const [field, value] of Object.entries(values)) {
    const next = text.replace(
      new RegExp(`(<field>${field}</field>\\s*)<value[^>]*?(?:/>|>[^<]*</value>)`),
      (_all, before: string) =>
        value === ''
          ? `${before}<value xsi:nil="true"/>`
          : `${before}<value xsi:type="xsd:${Number.isNaN(Number(value)) ? 'string' : 'double'}">${value}</value>`,
    );
    if (next === text) throw new Error(`${record} has no ${field} that differs from ${value}`);
    text = next;
  }
  const manifest =
    '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>66.0</version></Package>';
  const files = new Map([
    ['package.xml', Buffer.from(manifest)],
    [`customMetadata/${record}.md`, Buffer.from(text)],
  ]);
  const { success, messages } = org.deploy(files, { checkOnly: true });
  return { success, told: messages.map(({ problem }) => problem?.text ?? '').join('; ') };
}

describe('a record of the model that is wrong by itself is refused as it is saved', () => {
  it.each([
    ['Health_Metric.csat_score', { Green_Paid__c: '70' }, 'Paid: green, yellow and red must be in order'],
    [
      'Health_Metric.csat_score',
      { Red_Standard__c: '80' },
      'Standard: green, yellow and red must be in order',
    ],
    ['Health_Metric.csat_score', { Direction__c: 'lower' }, 'Paid: green, yellow and red must be in order'],
    ['Health_Metric.open_bugs', { Yellow_Paid__c: '2' }, 'Paid: green, yellow and red must be in order'],
    [
      'Health_Metric.open_bugs',
      { Green_Paid__c: '-1' },
      'Thresholds of what is counted or timed must not be negative.',
    ],
    [
      'Health_Metric.messaging',
      { Green_Standard__c: '101' },
      'Thresholds of a score must be between 0 and 100.',
    ],
    ['Health_Metric.csat_score', { Weight_Paid__c: '-0.1' }, 'A weight must be between 0 and 1.'],
    ['Health_Dimension.support', { Weight_Standard__c: '1.1' }, 'A weight must be between 0 and 1.'],
    ['Health_Dimension.support', { Weight_Paid__c: '' }, 'needs a weight for both segments'],
    ['Health_Tier.Champion', { From__c: '101' }, 'From must be between 0 and 100.'],
    ['Health_Cap.critical_signal', { Cap__c: '-1' }, 'The cap must be between 0 and 100.'],
    ['Health_Cap.critical_signal', { At_Least__c: '0' }, 'At Least must be 1 or more.'],
    ['Health_Setting.Default', { Churn_Risk_Weight__c: '0.5' }, 'and sum to 1.'],
    ['Health_Setting.Default', { Run_Day__c: '29' }, 'The run day must be between 1 and 28.'],
    ['Health_Setting.Default', { Tier_Move_Share__c: '1.5' }, 'Tier Move Share and Rule Move Share must be'],
    ['Health_Setting.Default', { Rule_Move_Share__c: '1.5' }, 'Rule Move Share must be between 0 and 1.'],
    ['Health_Setting.Default', { Rule_Move_Share__c: '-0.1' }, 'Rule Move Share must be between 0 and 1.'],
    ['Health_Setting.Default', { Alert_Margin__c: '-1' }, 'Alert Margin must be between 0 and 100.'],
    [
      'Health_Setting.Default',
      { Monitoring_Reduction__c: '4' },
      'Monitoring Reduction must be between 0 and 3.',
    ],
    ['Health_Setting.Default', { Alert_Cooldown_Days__c: '-1' }, 'must not be negative.'],
  ])('%s with %o', (record, values, message) => {
    expect(deploy(record, values)).toEqual({
      success: false,
      told: expect.stringContaining(message) as string,
    });
  });

  it.each([
    ['Health_Metric.csat_score', { Green_Paid__c: '80', Red_Paid__c: '80' }],
    ['Health_Metric.mau_trend_pct', { Red_Paid__c: '-90' }],
    [
      'Health_Metric.csat_score',
      {
        Direction__c: 'lower',
        Green_Paid__c: '60',
        Red_Paid__c: '90',
        Green_Standard__c: '55',
        Red_Standard__c: '85',
      },
    ],
    ['Health_Setting.Default', { Churn_Risk_Weight__c: '0.5', Platform_Value_Weight__c: '0.5' }],
  ])('and %s with %o is taken', (record, values) => {
    expect(deploy(record, values)).toEqual({ success: true, told: '' });
  });
});
