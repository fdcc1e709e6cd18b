import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
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
  it('is kept by every module of the scorer, the sandbox and the local org', async () => {
    const folders = ['node-scorer/src', 'sandbox', 'local-org'];
    const result = await look(root, folders);
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
      [],
    );

    // A check that saw nothing must not pass: every source file has been looked at, and its imports were resolved.
    const files = folders.flatMap((folder) =>
      globSync(`${folder}/**/*.ts`, { cwd: root }).filter((file) => !file.includes('node_modules')),
    );
    const seen = new Set(result.modules.map(({ source }) => source));
    expect(files.filter((file) => !seen.has(file))).toEqual([]);
    expect(files.length).toBeGreaterThan(60);
    const ownImports = result.modules.flatMap(({ dependencies }) =>
      dependencies.filter(({ resolved }) => resolved.startsWith('node-scorer/src/')),
    );
    expect(ownImports.length).toBeGreaterThan(files.length);
  });

  it('finds each planted violation', async () => {
    const result = await look(join(import.meta.dirname, 'planted'), ['node-scorer/src', 'sandbox']);
    expect(namesOf(result)).toEqual([
      'advice-imports-only-its-own',
      'jira-knows-no-other-vendor',
      'sandbox-never-imports-the-scorer',
      'scoring-imports-nothing',
      'scoring-imports-only-its-own',
      'statistics-imports-only-its-own',
    ]);
  });
});
