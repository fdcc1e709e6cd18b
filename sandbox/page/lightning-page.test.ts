import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLightningPages } from './lightning-page.ts';
import type { LightningPage } from './lightning-page.ts';

const instance = (inside: string): string =>
  `<itemInstances><componentInstance>${inside}</componentInstance></itemInstances>`;

describe('a Lightning page of force-app', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flexipages-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (items: string, type = 'RecordPage'): LightningPage[] => {
    writeFileSync(
      join(folder, 'Card.flexipage-meta.xml'),
      `<?xml version="1.0"?><FlexiPage><flexiPageRegions>${items}<name>main</name><type>Region</type></flexiPageRegions><masterLabel>Card</masterLabel><sobjectType>Account</sobjectType><template><name>flexipage:recordHomeTemplateDesktop</name></template><type>${type}</type></FlexiPage>`,
    );
    return readLightningPages(folder);
  };

  it('gives components of a region with their properties, ours by the namespace c', () => {
    const card = instance(
      '<componentInstanceProperties><name>size</name><value>7</value></componentInstanceProperties><componentName>healthCard</componentName>',
    );
    const [page] = read(card + instance('<componentName>force:detailPanel</componentName>'));
    expect(page).toMatchObject({ name: 'Card', object: 'Account', label: 'Card' });
    expect(page?.regions.get('main')).toEqual([
      { component: 'c:healthCard', properties: { size: '7' } },
      { component: 'force:detailPanel', properties: {} },
    ]);
  });

  it('leaves out pages that belong to no record', () => {
    expect(read(instance('<componentName>healthCard</componentName>'), 'AppPage')).toEqual([]);
  });

  it.each([
    [
      'a visibility rule',
      instance(
        '<componentName>healthCard</componentName><visibilityRule><booleanFilter>1</booleanFilter></visibilityRule>',
      ),
      'visibility rule',
    ],
    [
      'a field of a dynamic form',
      '<itemInstances><fieldInstance><fieldItem>Record.Name</fieldItem></fieldInstance></itemInstances>',
      'something else than a component',
    ],
  ])('refuses %s rather than to show the page without it', (_what, items, said) => {
    expect(() => read(items)).toThrow(said);
  });
});
