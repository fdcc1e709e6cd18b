/**
 * Fails when a generated file is not what its source would give today, or the core uses what Lightning has not.
 * `npm run verify:generated`. That generated modules compile is the metadata gate's to say.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driftOf, OUTPUTS } from './generate/outputs.ts';
import { SOURCE, TARGET } from './generate/scoring-core.ts';

const root = join(import.meta.dirname, '..');
const drifted = await driftOf(root);
const problems = drifted.map(
  ({ path, from, found }) => `${path}: found ${found}, expected what ${from} gives; run npm run generate`,
);

// Syntax is lowered by the bundler; functions of the library are not, so the core may use none newer than es2021.
const options = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2021', '--lib', 'es2021'];
const types = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/typescript/bin/tsc'),
    ...options,
    '--module',
    'nodenext',
    '--allowImportingTsExtensions',
    SOURCE,
  ],
  { cwd: root, encoding: 'utf8' },
);
if (types.status !== 0) problems.push(`${SOURCE}: uses more than es2021 has\n${types.stdout}${types.stderr}`);

if (!drifted.some(({ path, found }) => path === TARGET && found === 'no file')) {
  const core = readFileSync(join(root, TARGET), 'utf8');
  if (/^\s*(static\s+)?#\w+\s*\(/m.test(core))
    problems.push(`${TARGET}: found a private method, which Lightning refuses`);
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length === 0)
  process.stdout.write(`what is made from ${OUTPUTS.map(({ from }) => from).join('; ')}: as it should be\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
