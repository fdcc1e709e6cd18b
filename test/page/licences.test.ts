import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
const namesOf = ({ dependencies, optionalDependencies, devDependencies }: Manifest): string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).sort();

/** Where npm put a package of a workspace; undefined for those of other platforms. */
const installed = (workspace: string, name: string): string | undefined =>
  [join(workspace, 'node_modules', name), join('node_modules', name)].find((folder) =>
    existsSync(join(root, folder, 'package.json')),
  );

const PERMISSIVE = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);
const TERMS_OF_USE = ['lightning-base-components', '@salesforce-ux/design-system-2'];

/** Rows of the table under a heading of the document. */
function listed(heading: string): Map<string, string> {
  const text = readFileSync(join(root, 'docs/licences.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = [...section.matchAll(/^\| ([@\w/.-]+)\s*\| (.+?)\s*\|$/gm)];
  const pairs = rows.map(([, name = '', licence = '']) => [name, licence] as const);
  return new Map(pairs.filter(([name]) => name !== 'package' && !name.startsWith('---')));
}

describe('the list of licences', () => {
  it.each([
    ['node-scorer', 'node-scorer'],
    ['local-org', 'local-org'],
    ['sandbox', 'sandbox'],
    ['Tools', '.'],
  ])('names every direct dependency of %s with the licence that the package states', (heading, workspace) => {
    const rows = listed(heading);
    expect([...rows.keys()].sort()).toEqual(namesOf(manifestOf(workspace)));
    for (const [name, licence] of rows) {
      const folder = installed(workspace, name);
      if (folder === undefined || name.startsWith('node-')) continue;
      expect([name, licence]).toEqual([
        name,
        TERMS_OF_USE.includes(name) ? 'Salesforce Terms of Use' : manifestOf(folder).license,
      ]);
    }
  });

  it('has only permissive licences in what ships', () => {
    const rows = listed('node-scorer');
    const others = [...rows].filter(
      ([name, licence]) => !name.startsWith('node-') && !PERMISSIVE.has(licence),
    );
    expect(rows.size).toBeGreaterThan(10);
    expect(others).toEqual([]);
  });

  it.each(TERMS_OF_USE)('says of %s what its licence file says', (name) => {
    const folder = installed('sandbox', name) ?? '';
    expect(readFileSync(join(root, folder, 'LICENSE.txt'), 'utf8')).toMatch(/^Terms of Use/);
  });

  it('finds no file of the packages under Terms of Use in git', () => {
    const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
    expect(files.length).toBeGreaterThan(100);
    const taken = files.filter((file) =>
      /node_modules|\.slds\.|slds2\.|lightning-base-components/.test(file),
    );
    expect(taken).toEqual([]);
  });
});
