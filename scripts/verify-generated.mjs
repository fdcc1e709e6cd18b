/**
 * Fails when a generated file is not what its source would give today, or would not run where it is deployed.
 * `npm run verify:generated`.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transformSync } from '@lwc/compiler';
import { driftedCardModules } from './card-modules.mjs';
import { REGISTRATION, registration } from './external-service.ts';
import { METRICS_PAGE, metricsDocument } from './metrics-document.mjs';
import { ACCEPTANCE_PAGE, acceptancePage } from './org-assumptions.ts';
import { scoringCore, SOURCE, TARGET } from './scoring-core.mjs';

const root = join(import.meta.dirname, '..');
const problems = [];

const expected = await scoringCore(root);
const found = await readFile(join(root, TARGET), 'utf8').catch(() => null);
if (found === null) problems.push(`${TARGET}: found no file; run npm run generate`);
else if (found !== expected)
  problems.push(`${TARGET}: found another text than ${SOURCE} gives; run npm run generate`);

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

if (found !== null) {
  if (/^\s*(static\s+)?#\w+\s*\(/m.test(found))
    problems.push(`${TARGET}: found a private method, which Lightning refuses`);
  try {
    const { warnings = [] } = transformSync(found, 'scoringCore.js', { name: 'scoringCore', namespace: 'c' });
    for (const { message } of warnings) problems.push(`${TARGET}: ${message}`);
  } catch (error) {
    problems.push(`${TARGET}: the Lightning compiler refuses it: ${error.message}`);
  }
}

const page = await readFile(join(root, METRICS_PAGE), 'utf8').catch(() => null);
if (page !== (await metricsDocument(root)))
  problems.push(`${METRICS_PAGE}: found another text than the catalogue gives; run npm run generate`);

const acceptance = await readFile(join(root, ACCEPTANCE_PAGE), 'utf8').catch(() => null);
if (acceptance !== (await acceptancePage(root)))
  problems.push(
    `${ACCEPTANCE_PAGE}: found another list than the marks in local-org give; run npm run generate`,
  );

const service = await readFile(join(root, REGISTRATION), 'utf8').catch(() => null);
if (service !== registration())
  problems.push(`${REGISTRATION}: found another text than the service gives; run npm run generate`);

problems.push(...(await driftedCardModules(root)));

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(
  problems.length === 0
    ? `${TARGET}, ${METRICS_PAGE}, modules of the card: as their sources give them\n`
    : '',
);
process.exitCode = problems.length === 0 ? 0 : 1;
