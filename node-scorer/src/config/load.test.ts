import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ScorerError } from '../errors.ts';
import { score } from '../score-lines.ts';
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
    expect(settings).toEqual({ runDay: 3, alertMargin: 2, alertCooldownDays: 30 });
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
    ['the guard of the rules', 'weights', 'rule_move_share: 0.15', 'rule_move_share: 0.16'],
  ] as const)('is moved by %s', async (_, file, from, to) => {
    expect(await version(file, from, to)).not.toBe(await version());
  });
});

describe('A model of before rules had a guard of their own', () => {
  const line = '  rule_move_share: 0.15            ';

  it('is read, means the default, and stays the same model in what is stored', async () => {
    const without = (await load('weights', line, '  # ')).model;
    expect(without.guards).not.toHaveProperty('ruleMoveShare');
    // Its version is one that content of before had: made from the guards that there were.
    expect(Object.keys(without.guards)).toHaveLength(5);
    expect(modelFromJson(modelToJson(without))).toEqual(without);
    expect((await load()).model.guards.ruleMoveShare).toBe(0.15);
  });

  it.each([
    ['1.5', 'found 1.5, expected a number from 0 to 1'],
    ['', 'found nothing, expected a number from 0 to 1'],
    ['0.15x', 'found "0.15x" (text), expected a number from 0 to 1'],
  ])('takes no other share than one from 0 to 1: %j', async (share, told) => {
    const [problem] = await problemsOf(load('weights', line, `  rule_move_share: ${share} `));
    expect(problem).toMatch(/config\/weights\.yaml:\d+ \(guards\.rule_move_share\): /);
    expect(problem).toContain(told);
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
      'open_bugs:                     {',
      'open_bugs:                     { better: less,',
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

  it.each<[string, File, string, string, string]>([
    [
      'a metric that nobody computes',
      'weights',
      'csat_score: 0.15',
      'nps: 0.15',
      '(dimensions.support.metrics.nps): found the metric nps, expected one that is computed; remove it, or did you mean one of p1_p2_pct, ',
    ],
    [
      'a metric by another case',
      'weights',
      'csat_score: 0.15',
      'CSAT_Score: 0.15',
      'found the metric CSAT_Score, expected one that is computed; did you mean csat_score?',
    ],
    [
      'a slip of the pen in platform value',
      'weights',
      'messaging: 0.50',
      'mesaging: 0.50',
      'found the metric mesaging, expected one that is computed; did you mean messaging?',
    ],
    [
      'thresholds for a metric that nobody computes',
      'thresholds',
      'metrics:\n',
      'metrics:\n  nps: { better: higher, unit: score, paid: { green: 50, yellow: 20, red: 0 }, standard: { green: 50, yellow: 20, red: 0 } }\n',
      '(metrics.nps): found the metric nps, expected one that is computed',
    ],
    [
      'a Looker field for it',
      'sources',
      'mau: user_sessions.monthly_active_users',
      'nps: user_sessions.nps',
      'found the measure nps, expected one that a metric is made of: dau, mau, ',
    ],
    [
      'a measure by another case',
      'sources',
      'dau: user_sessions',
      'DAU: user_sessions',
      'found the measure DAU, expected one that a metric is made of: dau, mau, login_frequency, features_used, features_licensed, messaging, automations, contactless, requests, staff_adoption; did you mean dau?',
    ],
    [
      'a dimension that has no place in the org',
      'weights',
      '  relationship:\n',
      '  relations:\n',
      'found the dimension relations, expected one of support, financial, adoption, relationship, for which the org keeps a score; did you mean relationship?',
    ],
    [
      'a tier that the picklist lacks',
      'weights',
      'name: Healthy',
      'name: Good',
      'found the tier "Good", expected one of Champion, Healthy, At Risk, Critical, the values of Health_Score__c.Tier__c; name it so',
    ],
    [
      'a tier by another case',
      'weights',
      'name: At Risk',
      'name: at risk',
      'found the tier "at risk", expected one of Champion, Healthy, At Risk, Critical, the values of Health_Score__c.Tier__c; did you mean At Risk?',
    ],
    [
      'a metric turned round',
      'thresholds',
      '{ paid: { green: 90, yellow: 80, red: 60 }, standard: { green: 85, yellow: 75, red: 55 } }',
      '{ better: lower, unit: percent, paid: { green: 60, yellow: 80, red: 90 }, standard: { green: 55, yellow: 75, red: 85 } }',
      '(metrics.csat_score.better): found lower is better, expected higher, as csat_score is computed; set it to higher',
    ],
    [
      'a metric in another unit',
      'thresholds',
      'median_first_response_seconds: {',
      'median_first_response_seconds: { unit: minutes,',
      '(metrics.median_first_response_seconds.unit): found "minutes", expected seconds, in which median_first_response_seconds is computed; set it to seconds, and the thresholds to that unit',
    ],
    [
      'a threshold that no count reaches',
      'thresholds',
      'green: 3, yellow: 8',
      'green: -3, yellow: 8',
      '(metrics.open_bugs.paid.green): found -3, expected at least 0, as every count is',
    ],
    [
      'a graver signal that caps higher',
      'weights',
      'cap: 59 }',
      'cap: 80 }',
      'found critical_signal at 80 above moderate_signal at 75, expected a critical signal to cap at least as low as a moderate one; set it to 75 or less, or raise that of moderate_signal',
    ],
    [
      'the same for one segment, only when confirmed, and for two of them',
      'weights',
      'severity: critical, at_least: 1, cap: 59 }',
      'severity: critical, at_least: 2, confirmed: true, segment: paid, cap: 75.1 }',
      'found critical_signal at 75.1 above moderate_signal at 75',
    ],
    [
      'a milder signal that caps lower',
      'weights',
      'cap: 75 }',
      'cap: 75 }\n  - { severity: watch, at_least: 1, cap: 60 }',
      'found moderate_signal at 75 above watch_signal at 60, expected a moderate signal to cap at least as low as a watch one',
    ],
  ])('%s', async (_, file, from, to, message) => {
    const problems = await problemsOf(load(file, from, to));
    expect(
      problems.filter((problem) => problem.includes(message)),
      problems.join('\n'),
    ).toHaveLength(1);
  });
  it.each([
    ['equal caps', 'cap: 59 }', 'cap: 75 }'],
    [
      'many milder signals below one graver',
      'cap: 75 }',
      'cap: 75 }\n  - { severity: moderate, at_least: 3, cap: 50, name: many }',
    ],
    [
      'a rule above, where another of that severity counts as well',
      'cap: 75 }',
      'cap: 75 }\n  - { severity: critical, at_least: 2, cap: 80, name: two }',
    ],
    [
      'a graver cap of the other segment',
      'at_least: 1, cap: 75 }',
      'at_least: 1, segment: paid, cap: 75 }\n  - { severity: watch, at_least: 1, segment: standard, cap: 60 }',
    ],
  ])('but not %s', async (_, from, to) => {
    expect((await load('weights', from, to)).model.version).toHaveLength(12);
  });
  it('only where real accounts are scored: given readings may have any metrics, tiers and caps', async () => {
    const files: Record<string, string> = {
      weights: shipped.weights
        .replaceAll('csat_score', 'nps')
        .replace('name: Healthy', 'name: Good')
        .replace('cap: 59', 'cap: 80'),
      thresholds: shipped.thresholds.replace(/csat_score: +\{/, 'nps: { better: higher, unit: score,'),
    };
    const readFile = (path: string) => Promise.resolve(files[path.replace(/.*[/\\]|\.yaml$/g, '')] ?? '');
    expect((await loadModel('config', { readFile })).model.thresholds).toHaveProperty('nps');
  });

  it('but says of such a metric that its file must tell what it is', async () => {
    const files: Record<string, string> = {
      weights: shipped.weights.replaceAll('csat_score', 'nps'),
      thresholds: shipped.thresholds.replaceAll('csat_score', 'nps'),
    };
    const readFile = (path: string) => Promise.resolve(files[path.replace(/.*[/\\]|\.yaml$/g, '')] ?? '');
    const line = lineOf('thresholds', 'csat_score');
    expect(await problemsOf(loadModel('config', { readFile }))).toEqual([
      `config/thresholds.yaml:${line} (metrics.nps): found no better, expected the key better`,
      `config/thresholds.yaml:${line} (metrics.nps): found no unit, expected the key unit`,
    ]);
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

describe('A metric that is switched off', () => {
  const paid = (metrics: Record<string, number>) =>
    ({ accountId: 'A', segment: 'paid', period: '2026-10', metrics }) as const;

  it.each([
    ['with its weight', 'csat_score: { weight: 0.15, enabled: false }'],
    ['with a weight for each segment', 'csat_score: { paid: 0.15, standard: 0.15, enabled: false }'],
    [
      'after its weight was shared out by hand',
      'csat_score: { weight: 0, enabled: false }\n      open_bugs: 0.20 #',
    ],
  ])('is no part of the model, and asks for no other edit: %s', async (_, to) => {
    const from = to.includes('open_bugs') ? 'csat_score: 0.15\n      open_bugs: 0.05' : 'csat_score: 0.15';
    const { model } = await load('weights', from, to);
    expect(model.dimensions[0]?.metrics.map(({ id }) => id)).not.toContain('csat_score');
    expect(model.thresholds).not.toHaveProperty('csat_score');
    expect(modelFromJson(modelToJson(model))).toEqual(model);
  });

  it('leaves its weight to its siblings in proportion', async () => {
    const { model } = await load(
      'weights',
      'csat_score: 0.15',
      'csat_score: { weight: 0.15, enabled: false }',
    );
    const all = Object.fromEntries(model.dimensions[0]?.metrics.map(({ id }) => [id, 0]) ?? []);
    // Everything at its best but P1/P2, which is at its worst: 0.15 of the 0.85 that are left.
    const [line] = score(model, [paid({ ...all, p1_p2_pct: 100 })]).scores;
    expect(line?.dimensions['support']).toMatchObject({ score: 82.4, coverage: 100 });
    expect(line?.dimensions['support']?.metrics['p1_p2_pct']?.weight).toBe(0.15);
  });

  it('and all of platform value with it: the score is that of Churn Risk, and fully known', async () => {
    const off = (text: string) =>
      text.replace(/platform_value:\n  label[^]*?\ntiers/, (part) =>
        part.replaceAll(/: (0\.\d+)/g, ': { weight: $1, enabled: false }'),
      );
    const { model } = await load('weights', shipped.weights, off(shipped.weights));
    expect([model.health.platformValue, model.platformValue.metrics]).toEqual([{ paid: 0, standard: 0 }, []]);
    const all = Object.fromEntries(
      model.dimensions.flatMap(({ metrics }) => metrics.map(({ id }) => [id, 1])),
    );
    const [line] = score(model, [paid(all)]).scores;
    expect(line).toMatchObject({
      coverage: 100,
      platformValueScore: null,
      healthScore: line?.churnRiskScore,
    });
    expect(line?.band).toEqual({ low: line?.healthScore, high: line?.healthScore });
  });

  it('and a whole dimension with it: the others share its weight', async () => {
    const off = (text: string) =>
      text.replace(/qbr_attendance: 0.40\n.*\n.*/, (part) =>
        part.replaceAll(/: (0\.\d+)/g, ': { weight: $1, enabled: false }'),
      );
    const { model } = await load('weights', shipped.weights, off(shipped.weights));
    expect(model.dimensions.map(({ id }) => id)).toEqual(['support', 'financial', 'adoption']);
    const all = Object.fromEntries(
      model.dimensions.flatMap(({ metrics }) => metrics.map(({ id }) => [id, 1])),
    );
    expect(score(model, [paid(all)]).scores[0]?.coverage).toBe(60);
  });

  it('may be one that nobody computes: it waits for a release that does', async () => {
    const to = 'csat_score: 0.15\n      nps: { weight: 0, enabled: false }';
    expect((await load('weights', 'csat_score: 0.15', to)).model.version).toBe((await load()).model.version);
  });

  it('hides no slip in the weights of the others', async () => {
    const to = 'csat_score: { weight: 0.15, enabled: false }\n      open_bugs: 0.15 #';
    expect(await problemsOf(load('weights', 'csat_score: 0.15\n      open_bugs: 0.05', to))).toEqual([
      expect.stringContaining(
        'found weights that sum to 1.1 (0.95 without those switched off), expected a sum of 1',
      ),
    ]);
  });

  it('is not all of them: something must be left to score by', async () => {
    const off = shipped.weights.replace(/dimensions:[^]*\ntiers/, (part) =>
      part.replaceAll(
        /(?<=^      \w+): (0\.\d+)|(?<=^    (?!weight)\w+): (0\.\d+)/gm,
        ': { weight: $1$2, enabled: false }',
      ),
    );
    expect(await problemsOf(load('weights', shipped.weights, off))).toEqual([
      expect.stringContaining(
        'found no metric with a weight that is switched on for paid, expected at least one',
      ),
      expect.stringContaining('for standard'),
    ]);
  });
});
