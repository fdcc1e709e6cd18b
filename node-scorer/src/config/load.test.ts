import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ScorerError } from '../errors.ts';
import { loadConfig, loadModel } from './load.ts';
import { modelFromJson, modelToJson } from './model-json.ts';

type File = 'weights' | 'thresholds' | 'sources';

const shipped: Record<File, string> = { weights: '', thresholds: '', sources: '' };
beforeAll(async () => {
  for (const file of Object.keys(shipped) as File[]) {
    shipped[file] = await readFile(new URL(`../../../config/${file}.yaml`, import.meta.url), 'utf8');
  }
});

/** Reads the shipped files, with a piece of one of them replaced. */
const load = (file: File = 'weights', from = '', to = '') => {
  expect(shipped[file], `the shipped ${file}.yaml has no ${from}`).toContain(from);
  const files = { ...shipped, [file]: shipped[file].replace(from, () => to) };
  return loadConfig('config', {
    readFile: (path) => Promise.resolve(files[path.replace(/.*[/\\]|\.yaml$/g, '') as File]),
  });
};
const problemsOf = async (loading: Promise<unknown>): Promise<readonly string[]> => {
  const error: unknown = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ScorerError);
  const { code, message } = error as ScorerError;
  expect(code).toBe('CONFIG_INVALID');
  return message
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replaceAll('\\', '/'));
};
const lineOf = (file: File, text: string): number =>
  shipped[file].slice(0, shipped[file].indexOf(text)).split('\n').length;

describe('The shipped configuration', () => {
  it('has no problem', async () => {
    const { model, settings, sources } = await load();
    expect(model.dimensions.map(({ id }) => id)).toEqual([
      'support',
      'financial',
      'adoption',
      'relationship',
    ]);
    expect(model.thresholds['open_bugs']?.paid).toEqual({ green: 3, yellow: 8, red: 15 });
    expect(settings).toEqual({ runDay: 3, runHourLocal: 5, alertMargin: 2, alertCooldownDays: 30 });
    expect(sources.salesforce.renewal.else?.object).toBe('Contract');
    expect(sources.looker.queries[0]?.fields['dau']).toBe('user_sessions.avg_daily_active_users');
  });
});

describe('The version of a model', () => {
  const version = async (...change: Parameters<typeof load>) => (await load(...change)).model.version;

  it.each([
    ['a comment', 'weights', 'tiers:  ', 'tiers:  # bounds'],
    [
      'the order of keys',
      'thresholds',
      '{ green: 3, yellow: 8, red: 15 }',
      '{ red: 15, green: 3, yellow: 8 }',
    ],
    ['another spelling of a number', 'weights', 'churn_risk: 0.60', 'churn_risk: 6e-1'],
    [
      'one weight given for each segment',
      'weights',
      'csat_score: 0.15',
      'csat_score: { standard: 0.15, paid: 0.15 }',
    ],
    ['a setting of the org', 'weights', 'run_day: 3', 'run_day: 4'],
    ['line ends and a byte-order mark', 'weights', '# The shipped', '\uFEFF# The shipped'],
  ] as const)('is not moved by %s', async (_, file, from, to) => {
    expect(await version(file, from, to)).toBe(await version());
  });
  it.each([
    ['a threshold', 'thresholds', '{ green: 3, yellow: 8, red: 15 }', '{ green: 3, yellow: 8, red: 16 }'],
    ['a tier', 'weights', 'from: 76', 'from: 75'],
    ['a cap', 'weights', 'cap: 59', 'cap: 58'],
    ['a guard', 'weights', 'outage_share: 0.30', 'outage_share: 0.31'],
  ] as const)('is moved by %s', async (_, file, from, to) => {
    expect(await version(file, from, to)).not.toBe(await version());
  });
});

describe('A model as JSON', () => {
  it('comes back as it was', async () => {
    const { model } = await load();
    expect(modelFromJson(modelToJson(model))).toEqual(model);
  });
  it.each([
    ['changed by hand', (json: string) => json.replace('"cap":59', '"cap":99'), /found version .*, expected/],
    ['no JSON', () => '{', /found no JSON/],
    ['a list', () => '[]', /no map/],
  ])('%s is refused', async (_, change, message) => {
    const { model } = await load();
    expect(() => modelFromJson(change(modelToJson(model)))).toThrow(message);
  });
});

describe('A wrong configuration is told with its line, what was found and what was expected', () => {
  it.each([
    [
      'an unknown key',
      'weights',
      'run_day: 3',
      'run_day: 3\n  run_dai: 4',
      'found the unknown key run_dai, expected run_day',
    ],
    [
      'a wrong type',
      'weights',
      'churn_risk: 0.60',
      'churn_risk: "0.60"',
      'found "0.60" (text), expected a number from 0 to 1',
    ],
    ['NaN', 'weights', 'churn_risk: 0.60', 'churn_risk: .nan', 'found NaN, expected a number'],
    ['infinity', 'weights', 'cap: 59', 'cap: .inf', 'found Infinity, expected a number from 0 to 100'],
    [
      'a negative weight',
      'weights',
      'p1_p2_pct: 0.15',
      'p1_p2_pct: -0.15',
      'found -0.15, expected a number from 0 to 1',
    ],
    [
      'a missing value',
      'weights',
      'p1_p2_pct: 0.15',
      'p1_p2_pct:',
      'found nothing, expected a number from 0 to 1',
    ],
    [
      'a weight without a segment',
      'weights',
      'p1_p2_pct: 0.15',
      'p1_p2_pct: { paid: 0.15 }',
      'found no standard, expected the key standard',
    ],
    ['a cap above 100', 'weights', 'cap: 59', 'cap: 101', 'found 101, expected a number from 0 to 100'],
    [
      'a fraction of signals',
      'weights',
      'at_least: 1',
      'at_least: 0.5',
      'found 0.5, expected a whole number',
    ],
    [
      'an unknown severity',
      'weights',
      'severity: critical',
      'severity: severe',
      'found "severe" (text), expected watch, moderate, critical',
    ],
    ['tiers out of order', 'weights', 'from: 76', 'from: 95', 'found Healthy from 95 after Champion from 90'],
    [
      'a tier twice',
      'weights',
      'name: Healthy',
      'name: Champion',
      'found Champion twice, expected each name once',
    ],
    [
      'a gap below the tiers',
      'weights',
      'name: Critical, from: 0',
      'name: Critical, from: 5',
      'found Critical from 5, expected the last tier from 0',
    ],
    [
      'a day that not every month has',
      'weights',
      'run_day: 3',
      'run_day: 29',
      'found 29, expected a whole number from 1 to 28',
    ],
    ['another format', 'weights', 'version: 1', 'version: 2', 'found 2, expected 1'],
    [
      'a metric without thresholds',
      'weights',
      'open_bugs: 0.05',
      'open_bugz: 0.05',
      'found no thresholds for open_bugz',
    ],
    [
      'a metric in two groups',
      'weights',
      'messaging: 0.50',
      'open_bugs: 0.50',
      'found open_bugs in support and in platform_value',
    ],
    [
      'a hold as a rule',
      'weights',
      'name: critical_signal',
      'name: outage_hold',
      'found outage_hold, expected another name',
    ],
    [
      'thresholds out of order',
      'thresholds',
      '{ green: 3, yellow: 8, red: 15 }',
      '{ green: 9, yellow: 8, red: 15 }',
      'found green 9, yellow 8, red 15, expected green ≤ yellow ≤ red, because lower is better',
    ],
    [
      'a missing segment',
      'thresholds',
      ', standard: { green: 2, yellow: 5, red: 10 }',
      '',
      'found no standard, expected the key standard',
    ],
    [
      'an unknown direction',
      'thresholds',
      'better: lower,  unit: percent',
      'better: less,  unit: percent',
      'found "less" (text), expected higher, lower',
    ],
    [
      'an endless threshold',
      'thresholds',
      'green: 3,',
      'green: 1e300,',
      'found 1e+300, expected a number from',
    ],
    [
      'a version that YAML takes for a number',
      'sources',
      '"2.16"',
      '2.16',
      'found 2.16, expected a version such as "2.16"; put it in quotes',
    ],
    [
      'an object that is no name',
      'sources',
      'object: Case',
      'object: "Case, User"',
      'found "Case, User" (text), expected an API name of Salesforce',
    ],
    [
      'two tests in one',
      'sources',
      '{ tag: [escalated, escalation] }',
      '{ tag: [a], priority: [high] }',
      'found priority and tag, expected one of',
    ],
    [
      'an address with a password',
      'sources',
      'https://api.intercom.io ',
      'https://user@api.intercom.io ',
      'expected an http(s) address without user',
    ],
    [
      'an empty clause',
      'sources',
      `where: "Type = 'Billing'"`,
      'where: ""',
      'found "" (text), expected a text',
    ],
    ['an unknown source', 'sources', 'jira:\n', 'gira:\n', 'found the unknown key gira, expected'],
  ] as const)('%s in %s', async (_, file, from, to, message) => {
    const line = lineOf(file, from);
    const problems = await problemsOf(load(file, from, to));
    const told = problems.filter((problem) => problem.includes(message));
    expect(told, problems.join('\n')).not.toEqual([]);
    const [, at] = /\.yaml:(\d+)/.exec(told[0] ?? '') ?? [];
    // Within the replaced text, or at the map that lacks the key.
    expect(Number(at)).toBeGreaterThanOrEqual(line - 4);
    expect(Number(at)).toBeLessThanOrEqual(line + 1);
  });

  it.each([
    ['0.95', 'csat_score: 0.10', 'add 0.05'],
    ['1.05', 'csat_score: 0.20', 'take 0.05 away'],
    ['0.998', 'csat_score: 0.148', 'add 0.002'],
  ])('weights that sum to %s', async (sum, to, fix) => {
    const line = lineOf('weights', 'metrics:\n      p1_p2_pct');
    const problems = await problemsOf(load('weights', 'csat_score: 0.15', to));
    expect(problems).toEqual([
      `config/weights.yaml:${line} (dimensions.support.metrics): found weights that sum to ${sum}, expected a sum of 1 (within 0.001); ${fix}`,
    ]);
  });
  it('weights that are off for one segment only', async () => {
    const problems = await problemsOf(
      load('weights', 'csat_score: 0.15', 'csat_score: { paid: 0.15, standard: 0.2 }'),
    );
    expect(problems).toEqual([expect.stringContaining('sum to 1.05 for standard')]);
  });
  it.each(['csat_score: 0.151', 'csat_score: 0.149'])('but not %s, which is within 0.001', async (to) => {
    expect((await load('weights', 'csat_score: 0.15', to)).model.version).toHaveLength(12);
  });

  it('a key that stands there twice, with the line of the second', async () => {
    const line = lineOf('weights', 'run_day: 3');
    const problems = await problemsOf(load('weights', 'run_day: 3', 'run_day: 3\n  run_day: 4'));
    expect(problems).toEqual([
      `config/weights.yaml:${line + 1}: found a key that stands there twice, expected each key once; remove one of them`,
    ]);
  });
  it('a file that is no YAML, together with the problems of the others', async () => {
    const files: Record<string, string> = {
      weights: shipped.weights.replace('cap: 59', 'cap: 590'),
      thresholds: 'metrics: [',
      sources: '',
    };
    const problems = await problemsOf(
      loadConfig('config', {
        readFile: (path) => Promise.resolve(files[path.replace(/.*[/\\]|\.yaml$/g, '')] ?? ''),
      }),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^config\/thresholds\.yaml:1: .*expected YAML/),
      expect.stringContaining('found 590'),
      expect.stringContaining('config/sources.yaml: found an empty file'),
    ]);
  });
  it('a directory without files, all three of them', async () => {
    const problems = await problemsOf(loadConfig('/no/such/directory'));
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/weights\.yaml: found no such file, .*--config-dir/);
  });
  it('a model without weights, as one problem for each missing part', async () => {
    const readFile = (path: string) =>
      Promise.resolve(path.includes('weights') ? 'version: 1\n' : shipped.thresholds);
    expect(await problemsOf(loadModel('config', { readFile }))).toHaveLength(8);
  });
});

it('A cap rule without a name is named by what it counts', async () => {
  const { model } = await load(
    'weights',
    'caps:  ',
    'caps:\n  - { severity: critical, at_least: 1, confirmed: true, cap: 50, segment: paid } #',
  );
  expect(model.caps[0]).toEqual({
    name: 'confirmed_critical_signal_paid',
    severity: 'critical',
    atLeast: 1,
    confirmed: true,
    cap: 50,
    segment: 'paid',
  });
});
