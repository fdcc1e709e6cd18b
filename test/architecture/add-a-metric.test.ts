import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const GUIDE = 'docs/add-a-metric.md';
const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), 'add-a-metric-'));

/** Files that git knows or would know: what is built or installed is none of them. */
const files = (): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    .toString()
    .split('\0')
    .filter((file) => file !== '');

/** The edits of the guide: per block a file, the lines that stand there and those that take their place. */
const edits = [...readFileSync(join(root, GUIDE), 'utf8').matchAll(/```diff (\S+)\n([\s\S]*?)```/g)].map(
  ([, file = '', lines = '']) => {
    const side = (signs: string): string =>
      lines
        .split('\n')
        .filter((line) => line !== '' && signs.includes(line.charAt(0)))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    return { file, before: side(' -'), after: side(' +') };
  },
);

const runs = promisify(execFile);
const node = async (...args: string[]): Promise<string> =>
  (await runs(process.execPath, args, { cwd: copy, maxBuffer: 1e8 })).stdout;
const changed = (): string[] =>
  files().filter((file) => {
    try {
      return readFileSync(join(copy, file), 'utf8') !== readFileSync(join(root, file), 'utf8');
    } catch {
      return true;
    }
  });

beforeAll(() => {
  for (const file of files()) {
    // One that is deleted and not committed yet is none.
    try {
      cpSync(join(root, file), join(copy, file), { recursive: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  symlinkSync(dirname(join(root, 'node_modules/any')), join(copy, 'node_modules'));
  for (const { file, before, after } of edits) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    expect(text.split(before), `${GUIDE}: ${file}: found another number of places than one`).toHaveLength(2);
    writeFileSync(
      path,
      text.replace(before, () => after),
    );
  }
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

describe('a new metric, as the guide adds it', () => {
  it('takes one source file, its figures in YAML and the truth of the stand-ins', () => {
    expect(new Set(edits.map(({ file }) => file))).toEqual(
      new Set([
        'node-scorer/src/metrics/support.ts',
        'config/weights.yaml',
        'config/thresholds.yaml',
        'config/advice.yaml',
        'config/translations/de.yaml',
        'sandbox/data/truth-support.ts',
      ]),
    );
  });

  it('is in everything that is generated, and nothing else changes', async () => {
    const written = new Set(edits.map(({ file }) => file));
    const told = await node('scripts/generate.ts');
    const generated = changed().filter((file) => !written.has(file));
    expect(generated).toContain('docs/METRICS.md');
    expect(generated.filter((file) => !told.includes(`${file}: written`))).toEqual([]);
    const records = 'force-app-defaults/main/default/customMetadata';
    for (const type of ['Health_Metric', 'Health_Advice'])
      expect(told).toContain(`${records}/${type}.low_rating_pct.md-meta.xml: written`);
    expect(readFileSync(join(copy, 'docs/METRICS.md'), 'utf8')).toMatch(
      /`low_rating_pct` +\| Low ratings +\|/,
    );
  });

  it('is listed, scored and explained by the command line', async () => {
    const line = {
      accountId: '001000000000001AAA',
      segment: 'paid',
      period: '2026-10',
      metrics: { low_rating_pct: 10 },
    };
    writeFileSync(join(copy, 'line.jsonl'), JSON.stringify(line));
    const scorer = (...args: string[]): Promise<string> => node('node-scorer/bin/scorer.mjs', ...args);
    expect(await scorer('catalogue')).toMatch(/^low_rating_pct +Low ratings +percent/m);
    const [scored] = (await scorer('score', '--input', 'line.jsonl')).split('\n');
    expect(JSON.parse(scored ?? '')).toMatchObject({
      healthScore: 50,
      dimensions: {
        support: { metrics: { low_rating_pct: { score: 50, weight: 0.05, effectiveWeight: 1 } } },
      },
    });
    expect(await scorer('explain', '--input', 'line.jsonl')).toContain('Low ratings 10 %, good at 5 %');
  });

  it('is read from the stand-ins as their plan has it, and held to all that every metric is', async () => {
    const { stdout } = await runs(
      join(root, 'node_modules/.bin/vitest'),
      ['run', 'test/contract/truth.test.ts', 'node-scorer/src/metrics'],
      { cwd: copy },
    );
    expect(stdout).toMatch(/Test Files .*passed/);
  });
});
