/**
 * `npm run prove [part of a name …]`: the proofs that `npm test` runs at a reduced size, at their full one. Writes what
 * was proven, when and in which size to docs/proofs.json and docs/proofs.md; `npm run release:check` fails when that is
 * too old.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PROOFS, proofsPage, type ProofRun, type Proven } from './prove/proofs.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/proofs.json');
const scratch = mkdtempSync(join(tmpdir(), 'customer-health-proofs-'));

/** Runs one proof; its counts are those that vitest reports. */
function prove(name: string): ProofRun {
  const proof = PROOFS.find((each) => each.name === name);
  if (proof === undefined) throw new Error(`found no proof ${name}`);
  const report = join(scratch, 'report.json');
  const begun = performance.now();
  process.stdout.write(`\n— ${name}: ${proof.size}\n`);
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    [
      'run',
      ...proof.tests,
      '--testTimeout=3600000',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...proof.env } },
  );
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  rmSync(report);
  return {
    name,
    on: new Date().toISOString().slice(0, 10),
    seconds: Math.round((performance.now() - begun) / 1_000),
    passed: numPassedTests,
    failed: status === 0 ? numFailedTests : Math.max(1, numFailedTests),
  };
}

const wanted = process.argv.slice(2);
const names = PROOFS.map(({ name }) => name).filter(
  (name) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
if (names.length === 0) {
  process.stderr.write(
    `Found no proof named ${wanted.join(' or ')}, expected one of ${PROOFS.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
let before: readonly ProofRun[] = [];
try {
  before = (JSON.parse(readFileSync(file, 'utf8')) as Proven).runs;
} catch {
  // The first time there is none.
}
const now = names.map(prove);
rmSync(scratch, { recursive: true, force: true });
const runs = PROOFS.flatMap(
  ({ name }) => now.find((run) => run.name === name) ?? before.find((run) => run.name === name) ?? [],
);
const [cpu] = cpus();
const machine = `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, ${platform()} ${release()}, Node ${process.version}`;
const options = await resolveConfig(file);
const write = async (path: string, text: string, parser: string) =>
  writeFileSync(path, await format(text, { ...options, parser }));
await write(file, JSON.stringify({ machine, runs } satisfies Proven), 'json');
await write(join(root, 'docs/proofs.md'), proofsPage({ machine, runs }), 'markdown');
process.exitCode = now.some(({ failed }) => failed > 0) ? 1 : 0;
