import { recordFile } from 'local-org/metadata';
import { describe, expect, it } from 'vitest';
import { readProject } from '../../scripts/metadata/project.ts';
import { projectOf } from '../../scripts/metadata/project.ts';
import { decide, describe as told, differencesOf } from '../../scripts/deploy/model-decision.ts';
import { modelTypes, orgRecords, recordQuery, shippedRecords } from '../../scripts/deploy/records.ts';
import type { ModelRecord, Value } from '../../scripts/deploy/records.ts';

const tier = (name: string, from: Value, label = name): ModelRecord => ({
  name: `Health_Tier.${name}`,
  label,
  values: new Map([['From__c', from]]),
});
const SHIPPED = [tier('Healthy', 76), tier('Critical', 0)];
const keepOrReset = (org: ModelRecord[]): string[] =>
  [false, true].map((resetModel) => decide(SHIPPED, org, { resetModel }).action);

describe('what happens to the model of an org', () => {
  it.each([
    ['an org without any record gets the shipped ones, reset or not', [], ['install', 'install']],
    ['an org with the shipped ones is left alone', SHIPPED, ['none', 'none']],
    [
      'an edited bound is kept unless a reset is asked for',
      [tier('Healthy', 80), tier('Critical', 0)],
      ['keep', 'reset'],
    ],
    ['a deleted record does not make it a first install', [tier('Healthy', 76)], ['keep', 'reset']],
    [
      'a record that only the org has is nothing that a reset could overwrite',
      [...SHIPPED, tier('Doubtful', 50)],
      ['keep', 'keep'],
    ],
    ['an emptied value is an edit', [tier('Healthy', null), tier('Critical', 0)], ['keep', 'reset']],
    [
      'a zero in place of an empty value is an edit',
      [tier('Healthy', 76), tier('Critical', null)],
      ['keep', 'reset'],
    ],
  ])('%s', (_rule, org, actions) => {
    expect(keepOrReset(org)).toEqual(actions);
  });

  it('lists every difference, field by field, with both values', () => {
    const org = [tier('Healthy', 80, 'Green'), tier('Doubtful', 50)];
    expect(differencesOf(SHIPPED, org).map(told)).toEqual([
      'Health_Tier.Healthy Label: org Green, shipped Healthy',
      'Health_Tier.Healthy From__c: org 80, shipped 76',
      'Health_Tier.Critical: not in the org, shipped',
      'Health_Tier.Doubtful: only in the org',
    ]);
  });

  it('shortens long texts to 60 characters', () => {
    const text = 'x'.repeat(200);
    expect(
      told({ kind: 'changed', record: 'R', field: 'F__c', shipped: text, org: null }).length,
    ).toBeLessThan(90);
  });
});

describe('records as files and as rows of an org', () => {
  const project = readProject(['force-app', 'force-app-defaults']);
  const types = modelTypes(project);
  const shipped = shippedRecords(project);

  it('reads all six types and every shipped record', () => {
    expect(types.map(({ name }) => name)).toEqual([
      'Health_Advice__mdt',
      'Health_Cap__mdt',
      'Health_Dimension__mdt',
      'Health_Metric__mdt',
      'Health_Setting__mdt',
      'Health_Tier__mdt',
    ]);
    expect(shipped.length).toBeGreaterThan(70);
    expect(shipped.find(({ name }) => name === 'Health_Metric.critical_bugs')?.values).toEqual(
      new Map<string, unknown>(
        Object.entries({
          Description__c: expect.stringContaining('critical') as unknown,
          Dimension__c: 'support',
          Direction__c: 'lower',
          Enabled__c: true,
          Green_Paid__c: 0,
          Green_Standard__c: 0,
          Order__c: 7,
          Red_Paid__c: 5,
          Red_Standard__c: 3,
          Unit__c: 'count',
          Weight_Paid__c: 0.1,
          Weight_Standard__c: 0.1,
          Yellow_Paid__c: 2,
          Yellow_Standard__c: 1,
        }),
      ),
    );
  });

  it('asks for a relationship by name, because ids differ from org to org', () => {
    const metric = types.find(({ name }) => name === 'Health_Metric__mdt');
    expect(metric && recordQuery(metric)).toContain('Dimension__r.DeveloperName');
  });

  it('sees no difference between 5 and 5.0, false and absent, empty text and null, or line ends', () => {
    const type = {
      name: 'X__mdt',
      fields: new Map([
        ['N__c', 'Number'],
        ['C__c', 'Checkbox'],
        ['T__c', 'Text'],
        ['L__c', 'LongTextArea'],
        ['R__c', 'MetadataRelationship'],
      ]),
    };
    const rows = [
      { N__c: 5, C__c: false, T__c: null, L__c: 'a\r\nb', R__r: { DeveloperName: 'support' } },
      { N__c: '5.0', C__c: null, T__c: '', L__c: 'a\nb', R__r: { DeveloperName: 'support' } },
    ].map((row) => ({ DeveloperName: 'A', MasterLabel: 'A', ...row }));
    const [one, other] = orgRecords(type, rows);
    expect(one).toEqual(other);
  });

  it('saves records so that they read back the same', () => {
    const files = new Map(project.files);
    for (const record of shipped)
      files.set(
        `force-app-defaults/main/default/customMetadata/${record.name}.md-meta.xml`,
        recordFile(record.label, record.values),
      );
    expect(differencesOf(shipped, shippedRecords(projectOf(files)))).toEqual([]);
  });
});
