import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  adviceTextsOf,
  ENGLISH_SPEECH,
  sentencesOf,
  toldOf,
  type Advised,
  type Sentences,
} from '../../node-scorer/src/advice/index.ts';
import { loadModel } from '../../node-scorer/src/shipped-model.ts';
import { evaluatorOf } from '../../scripts/evaluate/kinds.ts';
import { adviceInput, type AdviceLine } from '../../scripts/evaluate/next-steps-line.ts';

const root = join(import.meta.dirname, '../..');

interface Example {
  readonly id: string;
  readonly kind: string;
  readonly in: never;
  readonly out: unknown;
}

const golden = (name: string): string => readFileSync(join(root, 'node-scorer/test/golden', name), 'utf8');
const linesOf = <T>(name: string): T[] =>
  golden(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const examples = linesOf<Example>('analytics.jsonl');

/** A worked example of next steps: its evidence is the name of a table. */
interface StepsExample {
  readonly id: string;
  readonly about: string;
  readonly in: {
    readonly evidence: string;
    readonly today: string;
    readonly input: AdviceLine;
    readonly previous: AdviceLine | null;
  };
  readonly out: Advised;
  readonly text: Sentences;
}

const steps = linesOf<StepsExample>('next-steps.jsonl');
const tables = JSON.parse(golden('next-steps-evidence.json')) as Record<string, unknown>;

/** Numbers to nine decimals, as the examples give them; everything else exactly. */
function expectSame(found: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number' && typeof found === 'number') {
    const slack = 1e-9 + 1e-6 * Math.abs(expected);
    expect(Math.abs(found - expected), `${path}: found ${found}, expected ${expected}`).toBeLessThanOrEqual(
      slack,
    );
  } else if (
    expected !== null &&
    typeof expected === 'object' &&
    found !== null &&
    typeof found === 'object'
  ) {
    expect(Object.keys(found), path).toEqual(Object.keys(expected));
    for (const [key, value] of Object.entries(expected)) {
      expectSame((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else {
    expect(found, path).toEqual(expected);
  }
}

describe('what is evaluated', () => {
  it('has worked examples of every kind of analytics', () => {
    expect([...new Set(examples.map(({ kind }) => kind))].sort()).toEqual([
      'auc',
      'cell',
      'decisions',
      'draws',
      'drift',
      'effective',
      'forecast',
      'fragility',
      'guard',
      'limit',
      'project',
      'renewed',
      'report',
      'wilson',
    ]);
  });

  it.each(examples)('agrees with the worked example $id', async ({ id, kind, in: input, out }) => {
    const evaluate = await evaluatorOf(kind);
    if (typeof evaluate === 'string') throw new Error(evaluate);
    expectSame(JSON.parse(JSON.stringify(evaluate(input) ?? null)), out, id);
  });
});

describe('next steps', () => {
  it.each(steps)('agree with the worked example $id: $about', async ({ id, in: input, out }) => {
    const evaluate = await evaluatorOf('next-steps');
    if (typeof evaluate === 'string') throw new Error(evaluate);
    const line = { ...input, evidence: tables[input.evidence] } as never;
    expectSame(JSON.parse(JSON.stringify(evaluate(line))), out, id);
  });

  it.each(steps)(
    'are said as in the worked example $id',
    async ({ in: { today, input, previous }, out, text }) => {
      const model = await loadModel();
      const { texts } = adviceTextsOf(parse(readFileSync(join(root, 'config/advice.yaml'), 'utf8')));
      if (texts === undefined) throw new Error('found no texts');
      const told = toldOf(
        model,
        adviceInput(input),
        previous && adviceInput(previous),
        today,
        texts,
        ENGLISH_SPEECH,
      );
      expect(sentencesOf(out, told)).toEqual(text);
    },
  );
});

describe('scripts/evaluate.mjs', () => {
  const run = (kind: string, input: string) =>
    spawnSync(process.execPath, [join(root, 'scripts/evaluate.mjs'), kind], { input, encoding: 'utf8' });

  it('answers line by line, and goes on after a line that makes no sense', () => {
    const { status, stdout } = run('project', '{"segment":"gold"}\n{\n\n');
    const lines = stdout.trim().split('\n');
    expect(status).toBe(0);
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object))).toEqual([['error'], ['error']]);
    expect(run('wilson', '{"x":0,"n":0}\nnonsense\n{"x":1,"n":1}').stdout).toMatch(
      /^null\n\{"error":".*"\}\n\[0\.2065\d*,1\]\n$/,
    );
  });

  it('names the kinds it knows', () => {
    const { status, stderr } = run('wilsons', '');
    expect(status).toBe(2);
    expect(stderr).toMatch(/found wilsons, expected project, forecast, .*effective/);
  });
});
