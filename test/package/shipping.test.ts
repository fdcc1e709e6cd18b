import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';
import { ROOT } from '../e2e/harness.ts';

interface Result {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LINE = {
  accountId: '001000000000001AAA',
  segment: 'paid',
  period: '2026-10',
  metrics: { open_bugs: 0, csat_score: 90 },
};

/** What `npm pack` builds and packs, tried where nothing of the repository can be reached. */
describe('what ships', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'customer-health-shipping-'));
  const app = join(scratch, 'app');
  const dist = join(ROOT, 'node-scorer/dist');
  let sandbox: Sandbox;
  let packed: { files: { path: string }[]; filename: string };

  /** Asynchronous: the stand-ins answer from this process. */
  const run = (
    args: readonly string[],
    options: { cwd: string; env?: Readonly<Record<string, string>>; input?: string },
  ): Promise<Result> =>
    new Promise((resolve, reject) => {
      const env = { PATH: process.env['PATH'] ?? '', ...options.env };
      const child = spawn(process.execPath, args, { cwd: options.cwd, env });
      const written = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString('utf8')));
      child.on('error', reject);
      child.on('close', (exit) => resolve({ exit, ...written }));
      child.stdin.end(options.input ?? '');
    });
  const write = (file: string, text: string): string => {
    writeFileSync(join(app, file), text);
    return file;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    // Builds first: the same command as a person who ships.
    const npm = spawnSync('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', scratch], {
      cwd: join(ROOT, 'node-scorer'),
      encoding: 'utf8',
    });
    expect(npm).toMatchObject({ status: 0 });
    packed = readPacked(npm.stdout);
    install(join(scratch, packed.filename), app);
    for (const name of ['cli', 'service', 'lambda']) {
      cpSync(join(dist, name), join(scratch, name), { recursive: true });
    }
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(scratch, { recursive: true });
  });

  describe('the package', () => {
    it('holds what was built, and neither sources nor tests', () => {
      const folders = new Set(packed.files.map(({ path }) => /^bin|^dist\/\w+|.*/.exec(path)?.[0]));
      expect([...folders].sort()).toEqual(['bin', 'dist/config', 'dist/lib', 'dist/types', 'package.json']);
    });

    it('scores lines for plain JavaScript', async () => {
      const file = write(
        'score.mjs',
        `import { loadModel, score } from 'node-scorer';
const { scores, problems } = score(await loadModel(), [${JSON.stringify(LINE)}, '{"accountId":"A"}', { ...${JSON.stringify(LINE)}, metrics: { open_bugs: NaN } }]);
process.stdout.write(JSON.stringify({ scores, problems }));`,
      );
      const { stdout, stderr, exit } = await run([file], { cwd: app });
      expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 });
      const { scores, problems } = JSON.parse(stdout) as { scores: object[]; problems: object[] };
      expect(scores).toMatchObject([{ accountId: LINE.accountId, status: 'scored', healthScore: 100 }]);
      expect(problems).toMatchObject([
        { line: 2 },
        { line: 3, problems: ['metrics.open_bugs: found NaN, expected a finite number or null'] },
      ]);
    });

    it('refreshes an org (simulated), with a dry run first', async () => {
      const file = write(
        'refresh.mjs',
        `import { refresh, ScorerError } from 'node-scorer';
const dry = await refresh({ period: '2026-10', dryRun: true });
const steps = [];
const { status, report } = await refresh({ period: '2026-10' }, { onStep: (step) => steps.push(step) });
const refused = await refresh({ period: '2026-13' }).catch((error) => error instanceof ScorerError && error.code);
process.stdout.write(JSON.stringify({ rows: dry.csv.trim().split('\\n').length, status, counts: report.counts, steps, refused }));`,
      );
      const { stdout, stderr, exit } = await run([file], { cwd: app, env: sandbox.env });
      expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 });
      expect(JSON.parse(stdout)).toMatchObject({
        rows: 58,
        status: 'Finished',
        counts: { accounts: 57, scored: 57, written: 57 },
        steps: expect.arrayContaining(['scored']) as string[],
        refused: 'USAGE',
      });
    });

    it('exports the Lambda handler', async () => {
      const file = write(
        'lambda.mjs',
        `import { handler } from 'node-scorer/lambda';
import { handler as same } from 'node-scorer';
const context = { awsRequestId: '1', functionName: 'f', invokedFunctionArn: 'f', getRemainingTimeInMillis: () => 9e5 };
const error = await handler({ dryrun: true }, context).catch((thrown) => thrown.name);
process.stdout.write('\\n' + JSON.stringify({ same: same === handler, error }));`,
      );
      const { stdout } = await run([file], { cwd: app });
      expect(JSON.parse(stdout.split('\n').at(-1) ?? '')).toEqual({ same: true, error: 'USAGE' });
    });

    it('brings the command line', async () => {
      const bin = 'node_modules/node-scorer/bin/scorer.mjs';
      const config = 'node_modules/node-scorer/dist/config';
      const scored = await run([bin, 'score', '--input', '-', '--config-dir', config], {
        cwd: app,
        input: JSON.stringify(LINE),
      });
      expect(scored).toMatchObject({ exit: 0, stderr: '1 scored, 0 unscored, 0 bad lines\n' });
      expect((await run([bin, 'check', '--config-dir', config], { cwd: app })).stdout).toContain(
        'no problem found',
      );
    });

    it('has types that a strict consumer compiles against, and that refuse what is wrong', async () => {
      const good = `import { handler, loadModel, refresh, score, type Handler, type InputLine, type Report } from 'node-scorer';
import { makeHandler, type LambdaContext } from 'node-scorer/lambda';
const line: InputLine = { accountId: 'A', segment: 'paid', period: '2026-10', metrics: { open_bugs: null } };
const { scores } = score(await loadModel('config'), [line]);
export const tier: string | null | undefined = scores[0]?.tier;
export const report: Report | null = (await refresh({ period: '2026-10', mode: 'ensure' })).report;
export const failed: number | undefined = report?.counts.failed;
export const same: Handler = handler;
export const remaining = (context: LambdaContext): number => context.getRemainingTimeInMillis();
export const own = makeHandler({ environment: {}, configDir: 'config', now: Date.now, out: process.stdout });
`;
      write('consumer.ts', good);
      write(
        'wrong.ts',
        `import { score, loadModel } from 'node-scorer';\nscore(await loadModel(), [{ accountId: 1 }]);\nexport const n: number = score(await loadModel(), []).scores;\n`,
      );
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      const options = '--noEmit --strict --target es2023 --module nodenext --types node'.split(' ');
      const { exit, stdout } = await run([tsc, ...options, 'consumer.ts', 'wrong.ts'], { cwd: app });
      expect(exit).not.toBe(0);
      expect(stdout.match(/^\S+(?=\(\d+,\d+\): error TS)/gm)).toEqual(['wrong.ts', 'wrong.ts']);
    });
  });

  describe('the programs of one file', () => {
    it('start without a package beside them: the command line', async () => {
      const cwd = join(scratch, 'cli');
      expect((await run(['scorer.mjs', '--help'], { cwd })).stdout).toContain('Usage: scorer');
      const scored = await run(['scorer.mjs', 'score', '--input', '-'], { cwd, input: JSON.stringify(LINE) });
      expect(scored).toMatchObject({ exit: 0, stderr: '1 scored, 0 unscored, 0 bad lines\n' });
      const dry = await run(['scorer.mjs', 'run', '--period', '2026-09', '--dry-run'], {
        cwd,
        env: sandbox.env,
      });
      expect(dry).toMatchObject({ exit: 0 });
      expect(dry.stdout.trim().split('\n')).toHaveLength(58);
    });

    it('start without a package beside them: the Lambda function, which scores a month', async () => {
      const cwd = join(scratch, 'lambda');
      writeFileSync(
        join(cwd, 'invoke.mjs'),
        `import { handler } from './lambda.mjs';
const context = { awsRequestId: '1', functionName: 'f', invokedFunctionArn: 'f', getRemainingTimeInMillis: () => 9e5 };
const requestContext = { http: { method: 'GET' } };
const health = await handler({ version: '2.0', rawPath: '/healthz', requestContext }, context);
const { status, report } = await handler({ period: '2026-08' }, context);
process.stdout.write('\\n' + JSON.stringify({ health: health.statusCode, status, failed: report.counts.failed }));`,
      );
      const env = { ...sandbox.env, SCORER_TOKEN_SHA256: 'ab'.repeat(32) };
      const { stdout, stderr, exit } = await run(['invoke.mjs'], { cwd, env });
      expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 });
      expect(JSON.parse(stdout.split('\n').at(-1) ?? '')).toEqual({
        health: 200,
        status: 'Finished',
        failed: 0,
      });
    });

    it('start without a package beside them: the service, well by the check of the container, until it is told to end', async () => {
      const cwd = join(scratch, 'service');
      const env = {
        ...sandbox.env,
        PATH: process.env['PATH'] ?? '',
        SCORER_TOKEN_SHA256: 'ab'.repeat(32),
        SCORER_PORT: '0',
        SCORER_DATA_DIR: join(scratch, 'data'),
      };
      const child = spawn(process.execPath, ['service.mjs'], { cwd, env });
      const closed = once(child, 'close');
      try {
        let told = '';
        const address = await new Promise<string>((resolve, reject) => {
          child.stderr.on('data', (chunk: Buffer) => {
            told += chunk.toString('utf8');
            const found = /listens on (http:\S+)/.exec(told)?.[1];
            if (found !== undefined) resolve(found);
          });
          child.on('close', () => reject(new Error(`found the service ended: ${told}`)));
        });
        const dockerfile = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');
        const check = JSON.parse(/^ *CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
        const SCORER_PORT = new URL(address).port;
        expect(await run(check.slice(1), { cwd, env: { SCORER_PORT } })).toMatchObject({ exit: 0 });
        expect(await run(check.slice(1), { cwd, env: { SCORER_PORT: '1' } })).toMatchObject({ exit: 1 });
        expect((await fetch(`${address}/v1/runs`, { method: 'POST' })).status).toBe(401);
      } finally {
        child.kill('SIGTERM');
      }
      expect(await closed).toEqual([0, null]);
    });

    it.each(['cli/scorer.mjs', 'service/service.mjs', 'lambda/lambda.mjs'])(
      'come with a map to the sources, the settings and the notices of what they hold: %s',
      (file) => {
        const folder = join(scratch, dirname(file));
        const map = JSON.parse(readFileSync(join(scratch, `${file}.map`), 'utf8')) as { sources: string[] };
        expect(map.sources.some((source) => source.endsWith('src/run/refresh.ts'))).toBe(true);
        expect(existsSync(join(folder, 'config/sources.yaml'))).toBe(true);
        const notices = readFileSync(join(folder, 'THIRD_PARTY_NOTICES.txt'), 'utf8');
        const named = new Set(Array.from(notices.matchAll(/^={80}\n(\S+) /gm), ([, name]) => name));
        const bundled = map.sources.flatMap(
          (source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? [],
        );
        expect(new Set(bundled).size).toBeGreaterThan(40);
        expect(bundled.filter((name) => !named.has(name))).toEqual([]);
        expect(bundled.filter((name) => /lightning-base|salesforce-ux/.test(name))).toEqual([]);
      },
    );
  });
});

/** `npm pack --json` prints what its scripts print too. */
function readPacked(stdout: string): { files: { path: string }[]; filename: string } {
  const start = stdout.indexOf('[\n');
  const [packed] = JSON.parse(stdout.slice(start)) as [{ files: { path: string }[]; filename: string }];
  return packed;
}

/** As npm would install it, from what is here already: the package unpacked, its dependencies linked. */
function install(tarball: string, app: string): void {
  const target = join(app, 'node_modules/node-scorer');
  mkdirSync(target, { recursive: true });
  const tar = spawnSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { encoding: 'utf8' });
  if (tar.status !== 0) throw new Error(`tar: found ${tar.stderr}, expected the package to unpack`);
  const manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    optionalDependencies: Record<string, string>;
  };
  const names = Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    '@types/node': '',
  });
  for (const name of names) {
    const own = join(ROOT, 'node-scorer/node_modules', name);
    const source = existsSync(own) ? own : join(ROOT, 'node_modules', name);
    const link = join(app, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (existsSync(source)) symlinkSync(source, link);
  }
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
}
