import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compileComponents } from '../../scripts/metadata/lightning/compile.ts';
import { projectOf, readProject } from '../../scripts/metadata/project.ts';
import { validate } from '../../scripts/metadata/validate.ts';
import { smallApp } from './small-app.ts';

const FLOW = 'app/flows/Refresh.flow-meta.xml';
const SET = 'app/permissionsets/All.permissionset-meta.xml';
const CREDENTIAL = 'app/externalCredentials/Scorer.externalCredential-meta.xml';
const SERVICE = 'app/externalServiceRegistrations/Service.externalServiceRegistration-meta.xml';
const META = 'app/lwc/card/card.js-meta.xml';
const RECORD = 'app/customMetadata/Setting.Default.md-meta.xml';
const COMPACT = 'app/objects/Score__c/compactLayouts/Compact.compactLayout-meta.xml';
const ON_ERROR =
  '<fieldPermissions><editable>true</editable><field>Run__c.Error__c</field><readable>true</readable></fieldPermissions>\n';

/** The small app with one text exchanged for another; a defect that changes nothing would prove nothing. */
function planted(file: string, from: string, to: string): Map<string, string> {
  const app = smallApp();
  const before = app.get(file) ?? '';
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing to change in ${file}: ${from}`);
  return app.set(file, after);
}
const findings = (app: Map<string, string>): string[] =>
  validate(projectOf(app)).map((finding) => `${finding.file}: ${finding.message}`);

/** By the ids of contracts/metadata/validation-cases.json; 02 is element order alone, which orgs accept. */
const DEFECTS: Record<string, [file: string, from: string, to: string, words: string]> = {
  '01': [
    FLOW,
    '<frequency>Daily</frequency>',
    '<frequencyy>Daily</frequencyy>',
    'Flow/start/schedule/frequencyy',
  ],
  '03': [FLOW, '<frequency>Daily<', '<frequency>Fortnightly<', 'Fortnightly'],
  '04': [
    CREDENTIAL,
    '<label>',
    '<principals><principalName>Main</principalName></principals><label>',
    'ExternalCredential/principals',
  ],
  '05': [SET, 'Run__c.Period__c', 'Run__c.Perio__c', 'found a permission on Run__c.Perio__c'],
  '06': [
    FLOW,
    '<field>Error__c</field>',
    '<field>Erro__c</field>',
    'Write_Error: found field Erro__c: Run__c has no field Erro__c',
  ],
  '07': [FLOW, '<targetReference>Write_Run<', '<targetReference>Write_Ran<', 'to Write_Ran'],
  '08': [SET, ON_ERROR, '', 'no permission set that may read Run__c.Error__c'],
  '09': [
    META,
    '<target>lightning__RecordPage<',
    '<target>lightning__RecordPagee<',
    'target lightning__RecordPagee',
  ],
  '10': [RECORD, '<field>Day__c', '<field>Days__c', 'found field Days__c'],
  '11': [
    COMPACT,
    '<fields>Value__c',
    '<fields>Valu__c',
    'found field Valu__c: Score__c has no field Valu__c',
  ],
  '12': ['app/lwc/card/card.js', 'Score__c.Value__c', 'Score__c.Valu__c', 'Score__c has no field Valu__c'],
  '13': [FLOW, '</start>', '', 'line'],
  '15': [SERVICE, '{&quot;openapi', 'openapi: {&quot;', 'the schema is not JSON'],
  '16': [FLOW, '<triggerType>Scheduled</triggerType>', '', 'triggerType (none), expected Scheduled'],
  '17': [CREDENTIAL, '<label>Scorer</label>', '', 'found no ExternalCredential/label'],
  '19': [META, 'name="size"', 'name="width"', 'found property width'],
  '20': [SET, 'Run__c.Period__c', 'Score__c.Key__c', 'the field is required'],
};

/** The flow with a record written before it calls out. */
function writingFirst(): Map<string, string> {
  const app = planted(
    FLOW,
    '</locationY><connector><targetReference>Get_Run<',
    '</locationY><connector><targetReference>Write_First<',
  );
  const write =
    '<recordCreates><name>Write_First</name><label>First</label><locationX>0</locationX><locationY>0</locationY>' +
    '<connector><targetReference>Get_Run</targetReference></connector><inputAssignments><field>Period__c</field>' +
    '<value><stringValue>x</stringValue></value></inputAssignments><object>Run__c</object></recordCreates>\n';
  const next = '<recordCreates><name>Write_Error';
  return app.set(FLOW, (app.get(FLOW) ?? '').replace(next, `${write}${next}`));
}

describe('the metadata gate', () => {
  it('finds nothing in a clean small app', () => {
    expect(findings(smallApp())).toEqual([]);
  });

  it('finds nothing in what we ship, and looked at it', () => {
    const project = readProject(['force-app', 'force-app-defaults']);
    expect(project.parts.length).toBeGreaterThan(200);
    expect(validate(project)).toEqual([]);
  });

  const { cases } = JSON.parse(readFileSync('test/contracts/metadata/validation-cases.json', 'utf8')) as {
    cases: { id: string; defect: string }[];
  };
  const single = cases.filter((one) => DEFECTS[one.id]);

  it.each(single)('finds defect $id, $defect', ({ id }) => {
    const [file, from, to, words] = DEFECTS[id] ?? ['', '', '', ''];
    const found = findings(planted(file, from, to));
    expect(found.filter((line) => line.includes(words))).not.toEqual([]);
  });

  it.each([
    ['Compact', []],
    ['SYSTEM', []],
    ['Compactt', [expect.stringContaining('found compact layout Compactt, expected one that exists')]],
  ])('looks for the compact layout %s of an object', (name, found) => {
    const assigned = `<compactLayoutAssignment>${name}</compactLayoutAssignment><deploymentStatus>`;
    const app = planted('app/objects/Score__c/Score__c.object-meta.xml', '<deploymentStatus>', assigned);
    expect(findings(app)).toEqual(found);
  });

  it('finds defect 14, a custom metadata record of a type that does not exist', () => {
    const app = smallApp();
    app.set('app/customMetadata/Nope.Default.md-meta.xml', app.get(RECORD) ?? '');
    expect(findings(app)).toEqual([expect.stringContaining('a record of Nope__mdt') as string]);
  });

  it('finds defect 18, field permissions in two places and one on a required field', () => {
    const app = planted(
      SET,
      '<label>All</label>',
      `<label>All</label>${ON_ERROR.replace('Run__c.Error__c', 'Score__c.Key__c')}`,
    );
    const found = findings(app).join('\n');
    expect(found).toContain('in two places');
    expect(found).toContain('the field is required');
  });

  it('covers every case of the list but element order', () => {
    const covered = [...Object.keys(DEFECTS), '14', '18'].sort();
    expect(covered).toEqual(cases.map((one) => one.id).filter((id) => id !== '02'));
  });

  it.each([
    ['a callout after a write', writingFirst(), 'callout Start_Run after Write_First has written'],
    [
      'an unknown variable',
      planted(FLOW, '<elementReference>Period<', '<elementReference>Perod<'),
      'reference to Perod',
    ],
    [
      'an element nothing leads to',
      planted(FLOW, '<connector><targetReference>Write_Run<', '<connector><targetReference>Write_Error<'),
      'Write_Run that nothing leads to',
    ],
    [
      'a callout without fault path',
      planted(FLOW, '<faultConnector><targetReference>Write_Error</targetReference></faultConnector>', ''),
      'callout without fault path',
    ],
    ['an unknown operation', planted(FLOW, 'Service.startRun', 'Service.stopRun'), 'operation stopRun'],
    ['a missing input', planted(FLOW, '<name>period</name>', '<name>month</name>'), 'no input period'],
    ['a broken formula', planted(FLOW, 'TEXT(YEAR(', 'TEXT(YEAR((('), 'formula Period'],
    [
      'a principal that does not exist',
      planted('app/permissionsets/Callout.permissionset-meta.xml', 'Scorer-Main', 'Scorer - Main'),
      'Scorer - Main',
    ],
    [
      'a tab of no object',
      smallApp().set('app/tabs/Nope__c.tab-meta.xml', smallApp().get('app/tabs/Score__c.tab-meta.xml') ?? ''),
      'tab of Nope__c',
    ],
    [
      'a wrong type of value',
      planted(RECORD, 'xsi:type="xsd:double"', 'xsi:type="xsd:string"'),
      'expected the type of a Number',
    ],
    [
      'a boolean that is none',
      planted(SET, '<hasActivationRequired>false', '<hasActivationRequired>no'),
      'expected boolean',
    ],
    [
      'Apex in a component',
      planted('app/lwc/card/card.js', '@salesforce/schema/Score__c.Value__c', '@salesforce/apex/A.b'),
      'there is no Apex',
    ],
  ])('finds %s', (_, app, words) => {
    expect(findings(app).filter((line) => line.includes(words))).not.toEqual([]);
  });

  it('compiles components, and finds what does not compile', () => {
    expect(compileComponents(projectOf(smallApp()))).toEqual({ components: 1, findings: [] });
    const broken = planted('app/lwc/card/card.html', '{field.fieldApiName}', '{field.fieldApiName + 1}');
    expect(compileComponents(projectOf(broken)).findings).not.toEqual([]);
  });

  it('does not pass when it looked at nothing', () => {
    expect(findings(new Map())).toEqual([expect.stringContaining('looked at nothing') as string]);
  });

  it('ends 1 as a command when something is found, and says what', { timeout: 300_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gate-'));
    for (const [path, text] of planted(SET, 'Run__c.Period__c', 'Run__c.Perio__c')) {
      mkdirSync(join(directory, dirname(path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const run = promisify(execFile)(process.execPath, ['scripts/validate-metadata.mjs', '--dir', directory]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Run__c.Perio__c') as string,
    });
    rmSync(directory, { recursive: true });
  });
});
