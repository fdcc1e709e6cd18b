/** `npm test`: every check of the project, one after the other, ending in the line `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const scratch = mkdtempSync(join(tmpdir(), 'customer-health-'));

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** A check that passes or fails as a whole. */
function check(title: string, command: string, args: string[]): Tally {
  const started = performance.now();
  process.stdout.write(`\n— ${title}\n`);
  const { status } = spawnSync(bin(command), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'passed' : 'FAILED'}: ${title} (${seconds} s)\n`);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A test runner that writes its counts as JSON in the form of jest, as vitest does too. */
function suite(title: string, command: string, args: string[]): Tally {
  process.stdout.write(`\n— ${title}\n`);
  const file = join(scratch, `${command}.json`);
  const { status } = spawnSync(
    bin(command),
    args.map((arg) => arg.replace('{report}', file)),
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const counts = readCounts(file);
  if (counts === null || counts.passed + counts.failed === 0) {
    process.stdout.write(`FAILED: ${title}: found no test that ran, expected some\n`);
    return { passed: 0, failed: 1 };
  }
  // A suite that broke outside its tests has failed too.
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts(file: string): Tally | null {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return null;
  }
}

const tallies = [
  check('formatting', 'prettier', ['--check', '--log-level', 'warn', '.']),
  check('types', 'tsc', ['-p', '.']),
  check('lint', 'eslint', ['.']),
  check('unused files, exports and packages', 'knip', []),
  check('generated files', 'node', ['scripts/verify-generated.mjs']),
  check('metadata', 'node', ['scripts/validate-metadata.mjs']),
  suite('Lightning components', 'sfdx-lwc-jest', ['--', '--json', '--outputFile={report}']),
  suite('unit, contract and end-to-end tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json={report}',
  ]),
];
rmSync(scratch, { recursive: true, force: true });
const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exit(sum('failed') === 0 ? 0 : 1);
