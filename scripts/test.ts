/**
 * `npm test`: every check of the project, ending in the line `N passed, N failed`.
 *
 * Checks that use one processor each run in two lanes side by side; the tests, which start processes and browsers of
 * their own, come after them with a worker per processor.
 */
import { spawn } from 'node:child_process';
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

/** Runs a command to its end; what it prints comes out at once, or as one piece when others print meanwhile. */
function run(command: string, args: string[], print: 'at once' | 'at the end'): Promise<[number, string]> {
  const pieces: Buffer[] = [];
  const child = spawn(bin(command), args, {
    cwd: root,
    stdio: print === 'at once' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      resolve([1, error.message]);
    });
    child.on('close', (status) => {
      resolve([status ?? 1, Buffer.concat(pieces).toString()]);
    });
  });
}

/** A check that passes or fails as a whole. */
async function check(title: string, command: string, args: string[]): Promise<Tally> {
  const started = performance.now();
  const [status, output] = await run(command, args, 'at the end');
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(
    `\n— ${title}\n${output}${status === 0 ? 'passed' : 'FAILED'}: ${title} (${seconds} s)\n`,
  );
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A test runner that writes its counts as JSON in the form of jest, as vitest does too. */
async function suite(
  title: string,
  command: string,
  args: string[],
  print: 'at once' | 'at the end',
): Promise<Tally> {
  if (print === 'at once') process.stdout.write(`\n— ${title}\n`);
  const file = join(scratch, `${command}.json`);
  const [status, output] = await run(
    command,
    args.map((arg) => arg.replace('{report}', file)),
    print,
  );
  if (print === 'at the end') process.stdout.write(`\n— ${title}\n${output}`);
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

/** One after the other. */
async function lane(steps: (() => Promise<Tally>)[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const step of steps) tallies.push(await step());
  return tallies;
}

const lanes = await Promise.all([
  // The longest alone: about as long as all others together.
  lane([() => check('lint', 'eslint', ['.'])]),
  lane([
    () => check('formatting', 'prettier', ['--check', '--log-level', 'warn', '.']),
    () => check('types', 'tsc', ['-p', '.']),
    () => check('unused files, exports and packages', 'knip', []),
    () => check('generated files', 'node', ['scripts/verify-generated.ts']),
    () => check('metadata', 'node', ['scripts/validate-metadata.mjs']),
    () =>
      suite('Lightning components', 'sfdx-lwc-jest', ['--', '--json', '--outputFile={report}'], 'at the end'),
  ]),
]);
const tests = await suite(
  'unit, contract and end-to-end tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', '--outputFile.json={report}'],
  'at once',
);
rmSync(scratch, { recursive: true, force: true });
const tallies = [...lanes.flat(), tests];
const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exit(sum('failed') === 0 ? 0 : 1);
