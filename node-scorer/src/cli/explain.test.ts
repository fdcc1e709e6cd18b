import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { scorer } from './run-in-test.ts';

const CONFIG = join(import.meta.dirname, '../../../config');

interface Line {
  readonly accountId: string;
  readonly healthScore: number;
  readonly change:
    { from: number; to: number; shown: number; bars: object; metrics: object } | { code: string };
  readonly path:
    { tier: string; steps: object[]; reaches: number; cappedBy?: { name: string } } | { code: string };
}

const line = (period: string, metrics: object, change: object = {}) =>
  `${JSON.stringify({ accountId: 'A', name: 'Larkfield Hotels', segment: 'paid', period, metrics, ...change })}\n`;
const signals = [
  { severity: 'critical', status: 'active', confidence: 'suspected', observedOn: '2026-10-03' },
];

describe('scorer explain', () => {
  let directory: string;
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  const explain = (input: string, ...more: string[]) =>
    scorer(['explain', '--input', '-', '--config-dir', CONFIG, ...more], input);
  const lines = (stdout: string) =>
    stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Line);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'scorer-'));
  });

  it('states the change against the newest earlier period and the path, as JSON', async () => {
    const previous = await file(
      'earlier.jsonl',
      line('2026-08', { messaging: 10 }) +
        line('2026-09', { messaging: 80, csat_score: 90 }) +
        line('2026-10', { messaging: 20 }),
    );
    const { exit, stdout } = await explain(
      line('2026-10', { messaging: 60, csat_score: 80 }),
      ...['--previous', previous, '--format', 'jsonl'],
    );
    expect(exit).toBe(0);
    // Satisfaction 100 to 50 of 0.6, messaging 80 to 60 of 0.4.
    expect(lines(stdout)[0]).toMatchObject({
      healthScore: 54,
      change: {
        from: 92,
        to: 54,
        shown: -38,
        bars: { behaviour: -38, data: 0, rules: 0, calendar: 0, signals: 0 },
        metrics: { csat_score: -30, messaging: -8 },
      },
      path: {
        tier: 'At Risk',
        steps: [{ metric: 'csat_score', from: 80, to: 82, points: 6 }],
        reaches: 60,
      },
    });
  });

  it('knows that a renewal nears by itself', async () => {
    const previous = await file('renewal.jsonl', line('2026-09', { days_to_renewal: 117 }));
    const { stdout } = await explain(
      line('2026-10', { days_to_renewal: 86 }),
      ...['--previous', previous, '--format', 'jsonl'],
    );
    const [{ change, path }] = lines(stdout) as [Line];
    expect(change).toMatchObject({ bars: { behaviour: 0, calendar: -18.3 }, metrics: {} });
    // Nobody can move the date.
    expect(path).toEqual({ code: 'not_reachable', tier: 'At Risk' });
  });

  it('scores the earlier side by its own model where one is named: the rest is rules', async () => {
    for (const name of ['weights.yaml', 'thresholds.yaml']) {
      const text = await readFile(join(CONFIG, name), 'utf8');
      await file(
        name,
        text
          .replace('churn_risk: 0.60', 'churn_risk: 0.40')
          .replace('platform_value: 0.40', 'platform_value: 0.60'),
      );
    }
    const previous = await file('rules.jsonl', line('2026-09', { messaging: 60, csat_score: 90 }));
    const { stdout } = await explain(
      line('2026-10', { messaging: 60, csat_score: 90 }),
      ...['--previous', previous, '--previous-config-dir', directory, '--format', 'jsonl'],
    );
    expect(lines(stdout)[0]?.change).toMatchObject({ from: 76, to: 84, bars: { rules: 8, behaviour: 0 } });
  });

  it('has codes where there is no statement or no path', async () => {
    const { stdout } = await explain(
      line('2026-10', { messaging: 95 }) +
        line('2026-10', {}) +
        line('2026-10', { messaging: 80 }, { signals }),
      ...['--format', 'jsonl'],
    );
    expect(lines(stdout).map(({ change, path }) => [change, path])).toEqual([
      [{ code: 'first_score' }, { code: 'top_tier' }],
      [{ code: 'no_score' }, { code: 'no_score' }],
      [
        { code: 'first_score' },
        expect.objectContaining({
          tier: 'At Risk',
          steps: [],
          reaches: 80,
          cappedBy: expect.objectContaining({ name: 'critical_signal', at: 59 }) as unknown,
        }),
      ],
    ]);
  });

  it('says it in words, with the names of the catalogue', async () => {
    const previous = await file(
      'words.jsonl',
      line('2026-09', { messaging: 80, median_first_response_seconds: 4800 }),
    );
    const { stdout } = await explain(
      line(
        '2026-10',
        { messaging: 80, median_first_response_seconds: 8700, csat_score: null },
        {
          missing: { csat_score: 'no_activity' },
        },
      ),
      ...['--previous', previous],
    );
    const [head, first, second] = stdout.split('\n');
    expect(head).toMatch(/^Account +Tier +Score +Change +Main reason$/);
    expect(first).toMatch(
      /^Larkfield Hotels +Critical ~ +55\.8 +−26\.2 +First response now 2 h 25 min \(−26\.2\)$/,
    );
    expect(second).toContain('A, 2026-10: Critical 55.8, down 26.2 from 82.0. Provisional: could be');
    expect(stdout).toContain('First response 1 h 20 min to 2 h 25 min (−26.2)');
    expect(stdout).toContain('First response 2 h 25 min, good at 1 h (−36.3)');
    expect(stdout).toContain('No activity: Satisfaction');
    expect(stdout).not.toContain('\u001b');
  });

  it('tells bad lines of both files, explains the others and ends 1', async () => {
    const previous = await file('bad.jsonl', `{oops\n${line('2026-09', { messaging: 80 })}`);
    const { exit, stdout, stderr } = await explain(
      `${line('2026-10', { messaging: 60 })}{"accountId":"B"}\n`,
      ...['--previous', previous, '--format', 'jsonl'],
    );
    expect(exit).toBe(1);
    expect(lines(stdout)).toHaveLength(1);
    expect(stderr).toMatch(/bad\.jsonl:1: found no JSON/);
    expect(stderr).toMatch(/^-:2: segment: found nothing/m);
  });

  it('explains one account when asked to, and ends 2 when it is not there', async () => {
    const input = line('2026-10', { messaging: 60 }) + line('2026-10', { messaging: 70 }, { accountId: 'B' });
    const { stdout } = await explain(input, '--account', 'B', '--format', 'jsonl');
    expect(lines(stdout).map(({ accountId }) => accountId)).toEqual(['B']);
    const none = await explain(input, '--account', 'C');
    expect(none.exit).toBe(2);
    expect(none.stderr).toContain('--account C: found no such account in -');
  });
});

it('scorer catalogue lists every metric with its unit, direction, source and who can change it', async () => {
  const { exit, stdout } = await scorer(['catalogue']);
  expect(exit).toBe(0);
  for (const { id } of CATALOGUE) expect(stdout).toMatch(new RegExp(`^${id} `, 'm'));
  expect(stdout).toMatch(/^days_to_renewal .* days +higher +salesforce +yes +nobody$/m);
  expect(stdout).toMatch(/^total_conversations .* no +/m);
});
