import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fieldOf, objectOf } from 'local-org';
import { buildSchema } from 'local-org/inside';
import { readComponents, readSource, textOf } from 'local-org/metadata';
import { sfEnv } from '../../scripts/sf-env.ts';

const xml = (root: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${inner}</${root}>`;
const problem = (files: { path: string; text: string }[]): string => {
  try {
    buildSchema(readComponents(files));
    return 'taken in';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
const field = (inner: string): { path: string; text: string }[] => [
  {
    path: 'objects/Account/fields/X__c.field-meta.xml',
    text: xml('CustomField', `<fullName>X__c</fullName>${inner}`),
  },
];

describe('the metadata that we ship', () => {
  const components = readComponents(readSource(['force-app/main/default']));
  const schema = buildSchema(components);

  it('becomes the objects and fields of the design', () => {
    const score = objectOf(schema, 'Health_Score__c');
    expect(score && fieldOf(score, 'Score_Key__c')).toMatchObject({
      type: 'string',
      length: 40,
      unique: true,
      externalId: true,
      caseSensitive: false,
      required: true,
    });
    expect(score && fieldOf(score, 'Health_Score__c')).toMatchObject({
      type: 'double',
      precision: 4,
      scale: 1,
    });
    expect(score && fieldOf(score, 'Account__c')?.masterDetail).toEqual({
      reparentable: true,
      readIsEnough: true,
    });
    expect(objectOf(schema, 'Health_Score_Run__c')?.fields.get('model__c')?.length).toBe(131_072);
    expect(objectOf(schema, 'Event')?.fields.get('attended__c')?.type).toBe('boolean');
  });

  it('explains every custom field to an administrator', () => {
    const silent = components
      .filter((component) => component.type === 'CustomField')
      .filter(
        (component) => !textOf(component.root, 'description') || !textOf(component.root, 'inlineHelpText'),
      )
      .map((component) => component.name);
    expect(silent).toEqual([]);
  });

  it('is converted for deployment by the real Salesforce CLI', { timeout: 300_000 }, async () => {
    const out = mkdtempSync(join(tmpdir(), 'convert-'));
    await promisify(execFile)(
      'node_modules/.bin/sf',
      ['project', 'convert', 'source', '--root-dir', 'force-app', '--output-dir', out, '--json'],
      { env: sfEnv(process.cwd(), { ...process.env, HOME: out }) },
    );
    expect(readdirSync(join(out, 'objects')).sort()).toEqual(
      readdirSync('force-app/main/default/objects')
        .map((name) => `${name}.object`)
        .sort(),
    );
    const deployed = buildSchema(
      readComponents(readSource([out], { suffix: /\.(object|globalValueSet|permissionset)$/ })),
    );
    expect([...deployed.objects.keys()].sort()).toEqual([...schema.objects.keys()].sort());
    expect(deployed.objects.get('health_score__c')?.fields.size).toBe(
      schema.objects.get('health_score__c')?.fields.size,
    );
  });
});

describe('metadata that cannot be taken in', () => {
  it.each([
    [
      'broken XML',
      [{ path: 'a/B.object-meta.xml', text: '<CustomObject><label>B</CustomObject>' }],
      'not well-formed',
    ],
    ['an unknown field type', field('<type>Geolocation</type>'), 'Geolocation'],
    ['a text field without length', field('<type>Text</type>'), 'needs a length'],
    ['a number without scale', field('<type>Number</type><precision>4</precision>'), 'precision and scale'],
    [
      'a missing value set',
      field('<type>Picklist</type><valueSet><valueSetName>Nope</valueSetName></valueSet>'),
      'global value set Nope does not exist',
    ],
    [
      'a relationship to nowhere',
      field('<type>Lookup</type><referenceTo>Nope__c</referenceTo>'),
      'Nope__c, which does not exist',
    ],
    [
      'a field of an unknown object',
      [
        {
          path: 'objects/Nope__c/fields/X__c.field-meta.xml',
          text: xml('CustomField', '<fullName>X__c</fullName><type>Date</type>'),
        },
      ],
      'object Nope__c does not exist',
    ],
    [
      'an Apex class',
      [{ path: 'classes/A.cls-meta.xml', text: xml('ApexClass', '<status>Active</status>') }],
      'refused',
    ],
  ])('%s', (_, files, words) => {
    expect(problem(files)).toContain(words);
  });

  it('names all problems at once', () => {
    const text = problem([
      ...field('<type>Text</type>'),
      { path: 'classes/A.cls-meta.xml', text: xml('ApexClass', '') },
    ]);
    expect(text.split('\n')).toHaveLength(3);
  });
});
