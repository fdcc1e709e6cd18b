/** A proof that runs small in `npm test` and whole in `npm run prove`. */
export interface Proof {
  readonly name: string;
  /** What its full size is, for people. */
  readonly size: string;
  /** Files or folders for vitest. */
  readonly tests: readonly string[];
  /** Variables that set the full size. */
  readonly env: Readonly<Record<string, string>>;
}

/** A proof as it was run. */
export interface ProofRun {
  readonly name: string;
  /** Day `YYYY-MM-DD`. */
  readonly on: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
}

export interface Proven {
  readonly machine: string;
  readonly runs: readonly ProofRun[];
}

export const PROOFS: readonly Proof[] = [
  {
    name: 'rules of the score',
    size: 'every property 10,000 times',
    tests: ['node-scorer/test/property'],
    env: { PROPERTY_RUNS: '10000' },
  },
  {
    name: 'damaged answers',
    size: '20,000 mutated payloads a vendor',
    tests: ['test/contract/fuzz.test.ts'],
    env: { FUZZ_PAYLOADS: '20000' },
  },
  {
    name: 'killed runs',
    size: 'killed at every step, before, in and after every batch',
    tests: ['test/e2e/kill.test.ts'],
    env: { KILL_POINTS: 'all' },
  },
  {
    name: 'faults of reads',
    size: '21 read calls × 38 faults, each in a whole run',
    tests: ['test/e2e/fault-matrix.test.ts'],
    env: { FAULT_CELLS: 'all' },
  },
  {
    name: 'browser and Node',
    size: '10,000 random scorecards',
    tests: ['test/page/parity.test.ts'],
    env: { PARITY_CASES: '10000' },
  },
];

/** A full size counts as proven for so many days: half a year of changes is another program. */
export const GOOD_FOR_DAYS = 180;

const DAY_MS = 86_400_000;

/**
 * What is wrong with the proofs that are recorded: missing, failed or too old; empty when all is well.
 *
 * @param now milliseconds since the epoch
 * @example staleProofs({ machine, runs: [] }, Date.now()).length // => 5
 */
export const staleProofs = ({ runs }: Proven, now: number): string[] =>
  PROOFS.flatMap(({ name }) => {
    const run = runs.find((each) => each.name === name);
    const fix = 'run npm run prove and commit docs/proofs.*';
    if (run === undefined) return [`${name}: found no full run, expected one; ${fix}`];
    if (run.failed > 0 || run.passed === 0)
      return [`${name}: found ${run.passed} passed and ${run.failed} failed, expected all passed; ${fix}`];
    const age = Math.floor((now - Date.parse(run.on)) / DAY_MS);
    return age > GOOD_FOR_DAYS
      ? [`${name}: found a run of ${run.on}, ${age} days old, expected at most ${GOOD_FOR_DAYS}; ${fix}`]
      : [];
  });

/** The page about them. */
export function proofsPage({ machine, runs }: Proven): string {
  const rows = PROOFS.map(({ name, size, env }) => {
    const run = runs.find((each) => each.name === name);
    const command = `${Object.entries(env)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ')}`;
    return `| ${name} | ${size} | \`${command}\` | ${run?.on ?? 'never'} | ${run === undefined ? '' : `${run.passed} passed, ${run.failed} failed`} | ${run?.seconds ?? ''} |`;
  });
  return `# Proofs at full size

\`npm test\` runs these small and seeded; \`npm run prove\` runs them whole and writes this page. A test fails when a full run is missing or has failed; \`npm run release:check\` also when one is older than ${GOOD_FOR_DAYS} days.

Machine: ${machine}.

| what | full size | set by | last run | result | seconds |
| --- | --- | --- | --- | --- | ---: |
${rows.join('\n')}

Mutation testing of the scoring core has a page of its own: [mutation.md](mutation.md). Cell by cell, the faults of reads are in [faults.md](faults.md). Speed and memory are in [benchmarks.md](benchmarks.md).
`;
}
