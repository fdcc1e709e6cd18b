import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPage } from './build.ts';
import type { PageBuild } from './build.ts';

const META = `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>66.0</apiVersion><isExposed>true</isExposed></LightningComponentBundle>`;
const SCRIPT = `import { LightningElement } from 'lwc';
export default class Card extends LightningElement {}`;

describe('a build of the local page', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'page-build-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const build = (files: Record<string, string>, labels = ''): Promise<PageBuild> => {
    const card = join(folder, 'lwc/card');
    mkdirSync(card, { recursive: true });
    writeFileSync(join(card, 'card.js-meta.xml'), META);
    for (const [name, content] of Object.entries({ 'card.js': SCRIPT, ...files }))
      writeFileSync(join(card, name), content);
    const labelsFile = join(folder, 'CustomLabels.labels-meta.xml');
    if (labels !== '') writeFileSync(labelsFile, labels);
    return buildPage({ lwcDirs: [join(folder, 'lwc')], labelsFile, cacheDir: join(folder, 'cache') });
  };

  it('takes what was built of the same content, and builds anew when a file has changed', async () => {
    const first = await build({ 'card.html': '<template><p>One</p></template>' });
    const second = await build({ 'card.html': '<template><p>One</p></template>' });
    const third = await build({ 'card.html': '<template><p>Two</p></template>' });
    expect([first.fromCache, second.fromCache, third.fromCache]).toEqual([false, true, false]);
    expect(second).toMatchObject({ key: first.key, app: first.app });
    expect(first.app).toContain('>One<');
    expect(third.app).toContain('>Two<');
  });

  it('notes what components import of the schema', async () => {
    const script = `import NAME from '@salesforce/schema/Account.Name';
import ACCOUNT from '@salesforce/schema/Account';
${SCRIPT}
export { NAME, ACCOUNT };`;
    expect((await build({ 'card.js': script })).schemaReferences).toEqual(['Account', 'Account.Name']);
  });

  it.each([
    [
      'a custom label that does not exist',
      { 'card.js': `import t from '@salesforce/label/c.Nope';\n${SCRIPT}\nexport { t };` },
      '@salesforce/label/c.Nope',
    ],
    [
      'an icon that the design system lacks',
      {
        'card.html': '<template><lightning-icon icon-name="standard:portfolio"></lightning-icon></template>',
      },
      'found icon standard:portfolio, expected one of SLDS',
    ],
    [
      'a component that does not exist',
      { 'card.html': '<template><c-nope></c-nope></template>' },
      'c/nope is not there',
    ],
    [
      'a base component that is not to be had outside an org',
      { 'card.html': '<template><lightning-record-picker></lightning-record-picker></template>' },
      'lightning/recordPicker is not there',
    ],
    [
      'Apex, which nothing here runs',
      { 'card.js': `import run from '@salesforce/apex/Scores.run';\n${SCRIPT}\nexport { run };` },
      '@salesforce/apex/Scores.run is not modelled',
    ],
    [
      'a template that the compiler refuses',
      { 'card.html': '<template><p>{a + b}</p></template>' },
      'card/card.html?specifier=c%2Fcard: Invalid expression {a + b}',
    ],
    [
      'a compiler flag that an org does not set',
      { 'card.html': '<template><lwc:component lwc:is={x}></lwc:component></template>' },
      'LWC1188',
    ],
    [
      'a warning of the compiler in a component of ours',
      { 'card.html': '<template><fancy>A</fancy></template>' },
      'LWC1123',
    ],
  ])(
    'fails for %s',
    async (_case, files, said) => {
      const message = await build(files).then(
        () => 'it was built',
        (error: Error) => error.message,
      );
      expect(message).toContain(said);
    },
    60_000,
  );
});
