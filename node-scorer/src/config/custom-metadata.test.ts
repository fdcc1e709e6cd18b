import { describe, expect, it } from 'vitest';
import { fromRecords } from './custom-metadata.ts';
import { queryOf, readRows, type MetadataRecords } from './metadata-records.ts';

const weights = { Weight_Paid__c: 0.5, Weight_Standard__c: 0.4 };
const metric = {
  ...{ DeveloperName: 'csat_score', MasterLabel: 'CSAT', Dimension__r: { DeveloperName: 'support' } },
  ...{ Direction__c: 'higher', Unit__c: 'percent', Enabled__c: true, Order__c: 2, ...weights },
  ...{ Green_Paid__c: 90, Yellow_Paid__c: 80, Red_Paid__c: 60 },
  ...{ Green_Standard__c: 85, Yellow_Standard__c: 75, Red_Standard__c: 55 },
};
const dimension = { DeveloperName: 'support', MasterLabel: 'Support', Part_Of__c: 'churn_risk', Order__c: 1 };
const records: MetadataRecords = {
  metrics: [
    metric,
    { ...metric, DeveloperName: 'open_bugs', Order__c: 1, Enabled__c: false, Weight_Paid__c: null },
    { ...metric, DeveloperName: 'messaging', Dimension__r: { DeveloperName: 'pillars' } },
  ],
  dimensions: [
    { ...dimension, ...weights },
    { ...dimension, ...weights, DeveloperName: 'pillars', Part_Of__c: 'platform_value' },
  ],
  tiers: [{ DeveloperName: 'At_Risk', MasterLabel: 'At Risk', From__c: 60, Order__c: 1 }],
  caps: [
    {
      ...{
        DeveloperName: 'grave',
        MasterLabel: 'Grave',
        Severity__c: 'Critical',
        At_Least__c: 1,
        Cap__c: 59,
      },
      ...{ Confirmed_Only__c: false, Segment__c: 'Paid', Enabled__c: true, Order__c: 1 },
    },
  ],
  settings: {
    ...{
      DeveloperName: 'Default',
      MasterLabel: 'Default',
      Churn_Risk_Weight__c: 0.6,
      Platform_Value_Weight__c: 0.4,
    },
    ...{ Monitoring_Reduction__c: 1, Provisional_Below_Coverage__c: 50, Max_Carry_Forward_Days__c: 45 },
    ...{
      Outage_Share__c: 0.3,
      Tier_Move_Share__c: 0.15,
      Tier_Move_Min_Accounts__c: 50,
      Rule_Move_Share__c: null,
    },
    ...{ Run_Day__c: 3, Alert_Margin__c: 2, Alert_Cooldown_Days__c: 30 },
  },
};

describe('Records of custom metadata', () => {
  const { plain, where, problems } = fromRecords(records);

  it('take the shape of the files, in their order; what is off keeps its weight, or none', () => {
    expect(plain.weights).toMatchObject({
      health: { churn_risk: 0.6, platform_value: 0.4 },
      dimensions: {
        support: {
          label: 'Support',
          weight: { paid: 0.5, standard: 0.4 },
          metrics: {
            open_bugs: { paid: 0, standard: 0.4, enabled: false },
            csat_score: { paid: 0.5, standard: 0.4 },
          },
        },
      },
      platform_value: { label: 'Support', metrics: { messaging: { paid: 0.5, standard: 0.4 } } },
      tiers: [{ name: 'At Risk', from: 60 }],
      caps: [
        { name: 'grave', severity: 'critical', at_least: 1, cap: 59, confirmed: false, segment: 'paid' },
      ],
      settings: { run_day: 3, alert_margin: 2, alert_cooldown_days: 30 },
    });
    expect(plain.thresholds).toMatchObject({
      metrics: { csat_score: { better: 'higher', paid: { green: 90, yellow: 80, red: 60 } } },
    });
    expect(plain.weights).not.toHaveProperty('guards.rule_move_share');
    expect(problems).toEqual([]);
  });

  it.each([
    ['thresholds', ['metrics', 'csat_score', 'paid', 'green'], 'Health_Metric__mdt.csat_score Green_Paid__c'],
    ['thresholds', ['metrics', 'csat_score', 'better'], 'Health_Metric__mdt.csat_score Direction__c'],
    ['thresholds', ['metrics', 'csat_score', 'paid'], 'Health_Metric__mdt.csat_score paid'],
    [
      'weights',
      ['dimensions', 'support', 'metrics', 'open_bugs', 'paid'],
      'Health_Metric__mdt.open_bugs Weight_Paid__c',
    ],
    ['weights', ['dimensions', 'support', 'weight', 'paid'], 'Health_Dimension__mdt.support Weight_Paid__c'],
    ['weights', ['dimensions', 'support', 'metrics'], 'Health_Dimension__mdt.support'],
    ['weights', ['dimensions'], 'Health_Dimension__mdt'],
    ['weights', ['platform_value', 'metrics', 'messaging'], 'Health_Metric__mdt.messaging'],
    ['weights', ['tiers', 0, 'name'], 'Health_Tier__mdt.At_Risk label'],
    ['weights', ['caps', 0, 'cap'], 'Health_Cap__mdt.grave Cap__c'],
    ['weights', ['guards', 'outage_share'], 'Health_Setting__mdt.Default Outage_Share__c'],
    ['weights', ['platform_valu'], 'Health_Setting__mdt.Default'],
  ] as const)('name the place of %s %j', (document, path, place) => {
    expect(where(document, path)).toBe(place);
  });

  it('that belong nowhere are told', () => {
    const astray = { ...metric, DeveloperName: 'nps', Dimension__r: null };
    const other = { ...dimension, ...weights, DeveloperName: 'odd', Part_Of__c: null };
    const told = fromRecords({ ...records, metrics: [astray], dimensions: [...records.dimensions, other] });
    expect(told.problems.map(({ where: place, found }) => [place, found])).toEqual([
      ['Health_Metric__mdt.nps Dimension__c', 'nothing'],
      ['Health_Dimension__mdt.odd Part_Of__c', 'nothing'],
    ]);
  });

  it('are read by the fields of their schema, and refused with record and field', () => {
    expect(queryOf('metrics')).toContain('Dimension__r.DeveloperName, Direction__c');
    expect(readRows('tiers', records.tiers)).toEqual({ value: records.tiers, problems: [] });
    const {
      problems: [problem],
    } = readRows('tiers', [{ ...records.tiers[0], From__c: '60' }]);
    expect(problem).toMatchObject({
      where: 'Health_Tier__mdt.At_Risk From__c',
      found: '"60" (text)',
      expected: 'a number',
    });
  });
});
