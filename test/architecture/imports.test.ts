import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const FOLDERS = ['node-scorer/src', 'sandbox', 'local-org', 'scripts', 'test'];
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: object[];
  options: ICruiseOptions;
};

async function look(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(
    folders,
    { ...config.options, baseDir, ruleSet: { forbidden: config.forbidden } as never, validate: true },
    undefined,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new Error('found text, expected a result');
  return output;
}

const namesOf = ({ summary }: ICruiseResult) =>
  [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();

describe('who may import whom', () => {
  it('is kept by every module, those of scripts and tests too', async () => {
    const result = await look(root, FOLDERS);
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
      [],
    );

    // A check that saw nothing must not pass: every source file has been looked at, and its imports were resolved.
    const files = FOLDERS.flatMap((folder) =>
      globSync(`${folder}/**/*.ts`, { cwd: root }).filter((file) => !file.includes('node_modules')),
    );
    const seen = new Set(result.modules.map(({ source }) => source));
    expect(files.filter((file) => !seen.has(file))).toEqual([]);
    expect(files.length).toBeGreaterThan(60);
    const importsOf = (folder: string) =>
      result.modules.flatMap(({ dependencies }) =>
        dependencies.filter(({ resolved }) => resolved.startsWith(folder)),
      );
    expect(importsOf('node-scorer/src/').length).toBeGreaterThan(files.length);
    // By the name of the package, as others would.
    const byName = importsOf('local-org/').filter(({ module }) => module.startsWith('local-org'));
    expect(byName.length).toBeGreaterThan(60);
  });

  it('finds each planted violation', async () => {
    const result = await look(join(import.meta.dirname, 'planted'), FOLDERS);
    expect(namesOf(result)).toEqual([
      'advice-imports-only-its-own',
      'jira-knows-no-other-vendor',
      'local-org-by-its-exports',
      'local-org-has-no-circles',
      'local-org-stands-alone',
      'metadata-is-a-room-of-its-own',
      'no-cycles',
      'only-tests-look-inside-the-local-org',
      'sandbox-never-imports-the-scorer',
      'scoring-imports-nothing',
      'scoring-imports-only-its-own',
      'scripts-import-no-tests',
      'scripts-metadata-imports-only-its-own',
      'statistics-imports-only-its-own',
      'tests-of-stand-ins-know-no-scorer',
      'unlisted-folder-of-scripts',
    ]);
  });
});
