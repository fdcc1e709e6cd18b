import { describe, expect, it } from 'vitest';
import type { LookerSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Account, UsageFacts, Window } from '../../facts/index.ts';
import { OCTOBER } from '../../facts/october-in-test.ts';
import { extractLooker } from './index.ts';
import type { InlineQuery, LookerSdk } from './sdk.ts';

const SETTINGS: LookerSource = {
  model: 'product',
  timezone: 'UTC',
  queries: [
    {
      view: 'sessions',
      id: 's.customer',
      date: 's.month',
      fields: { dau: 's.dau', mau: 's.mau', login_frequency: 's.logins' },
    },
    {
      view: 'features',
      id: 'f.customer',
      date: 'f.month',
      fields: { features_used: 'f.used', features_licensed: 'f.licensed' },
    },
    { view: 'platform', id: 'p.customer', date: 'p.month', fields: { messaging: 'p.messaging' } },
  ],
  looks: [],
};

const RUNNING: Window = {
  period: '2026-11',
  start: Date.parse('2026-10-23T00:00:00Z'),
  end: Date.parse('2026-11-22T00:00:00Z'),
  asOf: '2026-11-21',
  complete: false,
};

const account = (id: string, lookerCustomerId: string | null): Account => ({
  id,
  name: id,
  segment: 'paid',
  intercomCompanyId: null,
  lookerCustomerId,
  jiraProjectKey: null,
  jiraComponent: null,
});

type Rows = Record<string, unknown>[];
const session = (
  customer: unknown,
  month: string | undefined,
  mau: number | null,
  dau: number | null = 10,
): Record<string, unknown> => ({
  's.customer': customer,
  's.month': month,
  's.dau': dau,
  's.mau': mau,
  's.logins': 3.5,
});
const feature = (customer: unknown, month: string | undefined, used = 12) => ({
  'f.customer': customer,
  'f.month': month,
  'f.used': used,
  'f.licensed': 20,
});
const pillar = (customer: unknown, month: string | undefined, score: number | null = 80) => ({
  'p.customer': customer,
  'p.month': month,
  'p.messaging': score,
});

/** Everyone uses the product in October, and did before. */
const BUSY: Record<string, Rows> = {
  sessions: [
    session(7, '2026-07', 90),
    session(7, '2026-08', 100),
    session(7, '2026-09', 110),
    session(7, '2026-10', 120),
    session('8', '2026-09', 50),
    session('8', '2026-10', 60),
  ],
  features: [feature(7, '2026-10'), feature('8', '2026-10', 5)],
  platform: [pillar(7, '2026-10'), pillar('8', '2026-10', null)],
};

const LOOK_ROW = { 'f.customer': 7, 'f.month': '2026-10', 'f.used': 1, 'f.licensed': 2 };

/** The fields that an explore has: those that the settings ask for, and one more. */
const fieldsOf = (view: string): readonly string[] | null => {
  const columns = SETTINGS.queries.find((query) => query.view === view);
  return columns === undefined
    ? null
    : [columns.id, columns.date, ...Object.values(columns.fields), `${view}.count`];
};

function sdkOf(
  answers: Record<string, Rows | ScorerError | ((query: InlineQuery) => Rows)>,
  looks: Record<number, Rows> = {},
  limit: number | null = null,
  explores: (view: string) => readonly string[] | null = fieldsOf,
) {
  const asked: InlineQuery[] = [];
  const described: string[] = [];
  let logins = 0;
  const sdk: LookerSdk = {
    login: () => {
      logins++;
      return Promise.resolve();
    },
    runQuery: (query) => {
      asked.push(query);
      const answer = answers[query.view] ?? [];
      if (answer instanceof ScorerError) return Promise.reject(answer);
      return Promise.resolve(typeof answer === 'function' ? answer(query) : answer);
    },
    runLook: (lookId) => Promise.resolve(looks[lookId] ?? []),
    explore: (_model, view) => {
      described.push(view);
      return Promise.resolve(explores(view));
    },
    look: (lookId) => Promise.resolve({ fields: Object.keys(looks[lookId]?.[0] ?? LOOK_ROW), limit }),
  };
  return { sdk, asked, described, logins: () => logins };
}

const ALL = [account('A', '7'), account('B', '8')];

const read = (sdk: LookerSdk, accounts: Account[] = ALL, window = OCTOBER, settings = SETTINGS) =>
  extractLooker({ sdk, settings }, { accounts, window, now: () => Date.parse('2026-11-03T05:00:00Z') });

async function usage(
  answers: Parameters<typeof sdkOf>[0],
  id: string,
  window = OCTOBER,
): Promise<UsageFacts> {
  const facts = (await read(sdkOf(answers).sdk, ALL, window)).facts.get(id);
  if (facts === undefined || 'missing' in facts)
    throw new Error(`no usage of ${id}: ${JSON.stringify(facts)}`);
  return facts.known;
}

describe('reading usage of a month', () => {
  it('asks one question per entry for all customers, three months back', async () => {
    const { sdk, asked, logins } = sdkOf(BUSY);
    await read(sdk);
    expect(logins()).toBe(1);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual({
      model: 'product',
      view: 'sessions',
      fields: ['s.customer', 's.month', 's.dau', 's.mau', 's.logins'],
      filters: { 's.month': '2026-07-01 to 2026-11-01' },
      sorts: ['s.customer'],
      timezone: 'UTC',
    });
  });

  it('gives each customer its measures and the users of the months before', async () => {
    expect(await usage(BUSY, 'A')).toEqual({
      sessions: {
        known: { silent: false, dau: 10, mau: 120, loginFrequency: 3.5, earlierMau: [90, 100, 110] },
      },
      features: { known: { silent: false, used: 12, licensed: 20 } },
      platform: { known: { messaging: 80 } },
    });
  });

  it('keeps a null as a null and months without a reading out of the look-back', async () => {
    const answers = {
      ...BUSY,
      sessions: [
        session('8', '2026-08', null),
        session('8', '2026-09', 50),
        session('8', '2026-10', 60, null),
        session(7, '2026-10', 1),
      ],
    };
    const { sessions, platform } = await usage(answers, 'B');
    expect(sessions).toMatchObject({ known: { dau: null, mau: 60, earlierMau: [50] } });
    expect(platform).toEqual({ known: { messaging: null } });
  });

  it('asks nothing when nobody is mapped', async () => {
    const { sdk, asked, logins } = sdkOf(BUSY);
    const { facts } = await read(sdk, [account('A', null)]);
    expect(facts.get('A')).toEqual({ missing: 'not_mapped' });
    expect([asked.length, logins()]).toEqual([0, 0]);
  });
});

describe('silence', () => {
  const silent = {
    ...BUSY,
    sessions: [session(7, '2026-09', 110), session('8', '2026-10', 60)],
    features: [feature('8', '2026-10')],
    platform: [pillar('8', '2026-10')],
  };

  it('of a customer who was seen before is measured', async () => {
    const { sessions, features, platform } = await usage(silent, 'A');
    expect(sessions).toMatchObject({ known: { silent: true, earlierMau: [110] } });
    expect(features).toMatchObject({ known: { silent: true } });
    expect(platform).toEqual({ known: { messaging: null } });
  });

  it('of a customer who was never seen is a mapping that is wrong', async () => {
    const { facts, notes } = await read(sdkOf(BUSY).sdk, [...ALL, account('C', '999')]);
    expect(facts.get('C')).toEqual({ missing: 'not_mapped' });
    expect(notes).toEqual([expect.objectContaining({ code: 'unknown_customer', accountId: 'C' })]);
  });

  it('goes on being silence when the look-back has forgotten a customer whom an earlier score knows', async () => {
    const knownBefore = (accountId: string, source: string) => accountId === 'C' && source === 'looker';
    const { sdk } = sdkOf(BUSY);
    const request = { accounts: [...ALL, account('C', '999')], window: OCTOBER, now: Date.now, knownBefore };
    const { facts, notes } = await extractLooker({ sdk, settings: SETTINGS }, request);
    expect(facts.get('C')).toMatchObject({ known: { sessions: { known: { silent: true } } } });
    expect(notes).toEqual([expect.objectContaining({ code: 'silent_customer', accountId: 'C' })]);
  });

  it('is told by any row of the past, however long ago, when no score was ever stored', async () => {
    const answers = Object.fromEntries(
      Object.entries(BUSY).map(([view, rows]) => [
        view,
        ({ filters, fields }: InlineQuery): Rows =>
          Object.values(filters)[0] === '2000-01-01 to 2026-10-01'
            ? [Object.fromEntries(fields.map((field) => [field, field.endsWith('.customer') ? '5' : 40]))]
            : rows,
      ]),
    );
    const { sdk, asked } = sdkOf(answers);
    const { facts, notes } = await read(sdk, [...ALL, account('C', '5'), account('D', '999')]);
    expect(facts.get('C')).toMatchObject({
      known: {
        sessions: { known: { silent: true } },
        features: { known: { silent: true } },
        platform: { known: { messaging: 0 } },
      },
    });
    expect(facts.get('D')).toEqual({ missing: 'not_mapped' });
    expect(notes.map(({ code, accountId }) => [code, accountId])).toEqual([
      ['silent_customer', 'C'],
      ['unknown_customer', 'D'],
    ]);
    expect(asked).toHaveLength(6);
  });

  it('cannot be told from a wrong id when the past cannot be read', async () => {
    const down = new ScorerError('SOURCE_DOWN', 'Looker: POST /api/4.0/queries/run/json: status 503');
    const { sdk } = sdkOf(BUSY);
    const runQuery: LookerSdk['runQuery'] = (query) =>
      Object.values(query.filters)[0]?.startsWith('2000') === true
        ? Promise.reject(down)
        : sdk.runQuery(query);
    const { facts } = await read({ ...sdk, runQuery }, [...ALL, account('C', '999')]);
    expect(facts.get('C')).toEqual({ missing: 'source_down' });
    expect(facts.get('A')).toMatchObject({ known: { sessions: { known: { mau: 120 } } } });
  });

  it('is never not_mapped for a customer of an earlier score, also when a question fails', async () => {
    const down = new ScorerError('SOURCE_DOWN', 'Looker: POST /api/4.0/queries/run/json: status 503');
    const { sdk } = sdkOf({ ...BUSY, sessions: down });
    const request = { accounts: [...ALL, account('C', '999')], window: OCTOBER, now: Date.now };
    const { facts } = await extractLooker(
      { sdk, settings: SETTINGS },
      { ...request, knownBefore: (id) => id === 'C', hadBefore: (id) => id === 'C' },
    );
    expect(facts.get('C')).toMatchObject({
      known: {
        sessions: { missing: 'source_down' },
        features: { known: { silent: true } },
        platform: { known: { messaging: 'source_down' } },
      },
    });
  });

  it('of every customer at once is a failed read', async () => {
    const nobody = { ...BUSY, sessions: [session(7, '2026-09', 110), session('8', '2026-09', 60)] };
    const { facts, notes } = await read(sdkOf(nobody).sdk);
    for (const id of ['A', 'B']) {
      expect(facts.get(id)).toMatchObject({
        known: { sessions: { missing: 'source_down' }, features: { known: { silent: false } } },
      });
    }
    expect(notes).toEqual([expect.objectContaining({ code: 'no_rows' })]);
  });

  it('takes the pillars that a customer had to a measured zero, and no others', async () => {
    const before = {
      ...silent,
      platform: [pillar(7, '2026-09'), pillar('8', '2026-09', null), pillar('8', '2026-10')],
    };
    expect((await usage(before, 'A')).platform).toEqual({ known: { messaging: 0 } });
    const { sdk } = sdkOf(silent);
    const hadBefore = (id: string, metric: string) => id === 'A' && metric === 'messaging';
    const request = { accounts: ALL, window: OCTOBER, now: Date.now, hadBefore };
    const { facts } = await extractLooker({ sdk, settings: SETTINGS }, request);
    expect(facts.get('A')).toMatchObject({ known: { platform: { known: { messaging: 0 } } } });
  });

  it('is not told of pillars of who uses the product', async () => {
    const active = {
      ...silent,
      sessions: [session(7, '2026-10', 110)],
      platform: [pillar(7, '2026-09'), pillar('8', '2026-10')],
    };
    expect((await usage(active, 'A')).platform).toEqual({ known: { messaging: null } });
  });

  it('of some accounts is believed when others used the product', async () => {
    const others = {
      ...silent,
      sessions: [session(7, '2026-09', 110), session('8', '2026-09', 60), session('9', '2026-10', 5)],
    };
    const request = { accounts: ALL, window: OCTOBER, now: Date.now };
    const of = async (someOnly: boolean) =>
      (
        await extractLooker({ sdk: sdkOf(others).sdk, settings: SETTINGS }, { ...request, someOnly })
      ).facts.get('A');
    expect(await of(false)).toMatchObject({ known: { sessions: { missing: 'source_down' } } });
    expect(await of(true)).toMatchObject({ known: { sessions: { known: { silent: true } } } });
  });

  it('of every customer is believed once an admin says so', async () => {
    const nobody = { ...BUSY, sessions: [session(7, '2026-09', 110), session('8', '2026-09', 60)] };
    const request = { accounts: ALL, window: OCTOBER, now: Date.now, acceptsNothing: true };
    const { facts } = await extractLooker({ sdk: sdkOf(nobody).sdk, settings: SETTINGS }, request);
    expect(facts.get('A')).toMatchObject({ known: { sessions: { known: { silent: true } } } });
  });

  it('of the one customer that was asked for is silence when others used the product', async () => {
    const { facts } = await read(sdkOf(silent).sdk, [account('A', '7')]);
    expect(facts.get('A')).toMatchObject({ known: { sessions: { known: { silent: true } } } });
  });

  it('of a table that never held a row is no history', async () => {
    const { facts, notes } = await read(sdkOf({}).sdk);
    expect(facts.get('A')).toEqual({ missing: 'no_history' });
    expect(new Set(notes.map(({ code }) => code))).toEqual(new Set(['no_history']));
  });

  it('of a table without any row at all is a failed read where a score knows its customers', async () => {
    const { sdk } = sdkOf({});
    const request = { accounts: ALL, window: OCTOBER, now: Date.now, knownBefore: () => true };
    const { facts } = await extractLooker({ sdk, settings: SETTINGS }, request);
    expect(facts.get('A')).toMatchObject({
      known: {
        sessions: { missing: 'source_down' },
        features: { missing: 'source_down' },
        platform: { missing: 'source_down' },
      },
    });
  });
});

const WRONG = new ScorerError('SOURCE_SETTINGS', 'Looker: POST /api/4.0/queries/run/json: status 422');

describe('a question that fails', () => {
  const down = new ScorerError('SOURCE_DOWN', 'Looker: POST /api/4.0/queries/run/json: status 503 (4 tries)');

  it.each([
    ['that is down', down],
    ['whose rows say looker_error', [{ looker_error: 'timeout' }]],
    ['that was cut off at 500 rows', Array.from({ length: 500 }, (_, index) => session(index, '2026-10', 1))],
  ])('%s costs its own readings only', async (_what, answer) => {
    const { sdk } = sdkOf({ ...BUSY, sessions: answer });
    const { facts, notes } = await read(sdk);
    expect(facts.get('A')).toMatchObject({
      known: { sessions: { missing: 'source_down' }, features: { known: { used: 12 } } },
    });
    expect(notes).toEqual([expect.objectContaining({ source: 'looker', code: 'query_failed' })]);
  });

  it('never makes an unseen customer look unmapped', async () => {
    const { sdk } = sdkOf({ ...BUSY, sessions: down });
    const { facts } = await read(sdk, [...ALL, account('C', '999')]);
    expect(facts.get('C')).toMatchObject({ known: { sessions: { missing: 'source_down' } } });
  });

  it('although Looker knows all its names costs its own readings only', async () => {
    const { sdk, described } = sdkOf({ ...BUSY, features: WRONG });
    const { facts, notes } = await read(sdk);
    expect(facts.get('A')).toMatchObject({
      known: { features: { missing: 'source_down' }, sessions: { known: { mau: 120 } } },
    });
    expect(described).toEqual(['features']);
    expect(notes).toEqual([expect.objectContaining({ code: 'query_failed', message: WRONG.message })]);
  });

  it('at the sign-in ends the read', async () => {
    const refused = new ScorerError('SOURCE_REFUSED', 'Looker: POST /api/4.0/login: status 404');
    const { sdk } = sdkOf(BUSY);
    await expect(read({ ...sdk, login: () => Promise.reject(refused) })).rejects.toBe(refused);
  });

  it('for one customer by a bad cell loses that cell', async () => {
    const answers = {
      ...BUSY,
      features: [
        { 'f.customer': 7, 'f.month': '2026-10', 'f.used': 'many', 'f.licensed': 20 },
        feature('8', '2026-10'),
      ],
    };
    const { features, sessions } = await usage(answers, 'A');
    expect(features).toEqual({ known: { silent: false, used: 'invalid', licensed: 20 } });
    expect(sessions).toHaveProperty('known');
    expect((await usage(answers, 'B')).features).toEqual({
      known: { silent: false, used: 12, licensed: 20 },
    });
  });
});

describe('a name that Looker does not know', () => {
  /** Refuses a question with a column that the explore lacks, in each way that Looker has. */
  const lacking = (view: string, column: string, refuse: (rows: Rows) => Rows | ScorerError) => {
    const sdk = sdkOf(BUSY, {}, null, (name) =>
      name === view ? (fieldsOf(view) ?? []).filter((field) => field !== column) : fieldsOf(name),
    );
    const runQuery: LookerSdk['runQuery'] = async (query) => {
      const rows = (await sdk.sdk.runQuery(query)) as Rows;
      if (query.view !== view || !query.fields.includes(column)) return rows;
      const answer = refuse(rows);
      return answer instanceof ScorerError ? Promise.reject(answer) : answer;
    };
    return { ...sdk, sdk: { ...sdk.sdk, runQuery } };
  };
  const WAYS: [string, (rows: Rows, column: string) => Rows | ScorerError][] = [
    ['a refusal', () => WRONG],
    ['a row that says so', () => [{ looker_error: 'Unknown field' }]],
    [
      'rows without the column',
      (rows, column) =>
        rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== column))),
    ],
  ];

  it.each(WAYS)('costs the metrics that need it, and is told, after %s', async (_what, refuse) => {
    const { sdk, described } = lacking('sessions', 's.logins', (rows) => refuse(rows, 's.logins'));
    const { facts, notes } = await read(sdk);
    expect(facts.get('A')).toEqual({
      known: {
        sessions: {
          known: {
            silent: false,
            dau: 10,
            mau: 120,
            loginFrequency: 'unknown_name',
            earlierMau: [90, 100, 110],
          },
        },
        features: { known: { silent: false, used: 12, licensed: 20 } },
        platform: { known: { messaging: 80 } },
      },
    });
    expect(described).toEqual(['sessions']);
    expect(notes.map(({ code, message }) => [code, message])).toEqual([
      [
        'unknown_name',
        expect.stringMatching(/looker\.queries\[0\]\.fields\.login_frequency: found the field "s\.logins"/),
      ],
    ]);
  });

  it.each([
    ['id', 's.customer'],
    ['month', 's.month'],
  ])('costs all of its query when it is the %s', async (_what, column) => {
    const { sdk } = lacking('sessions', column, () => WRONG);
    const { facts } = await read(sdk);
    expect(facts.get('A')).toMatchObject({
      known: {
        sessions: { missing: 'unknown_name' },
        features: { known: { used: 12 } },
        platform: { known: { messaging: 80 } },
      },
    });
  });

  it('costs all of its query when it is the explore', async () => {
    const { sdk } = sdkOf({ ...BUSY, features: WRONG }, {}, null, (view) =>
      view === 'features' ? null : fieldsOf(view),
    );
    const { facts, notes } = await read(sdk);
    expect(facts.get('A')).toMatchObject({
      known: { features: { missing: 'unknown_name' }, sessions: { known: { mau: 120 } } },
    });
    expect(notes[0]?.message).toContain('explore of the model product "features"');
  });

  it('is never a zero, for a silent customer neither', async () => {
    const { sdk } = lacking('sessions', 's.logins', () => WRONG);
    const silent = {
      ...sdk,
      runQuery: async (query: InlineQuery) =>
        ((await sdk.runQuery(query)) as Rows).filter(
          (row) => !Object.values(row).includes('2026-10') || !Object.values(row).includes(7),
        ),
    };
    const { facts } = await read(silent);
    expect(facts.get('A')).toMatchObject({
      known: { sessions: { known: { silent: true, loginFrequency: 'unknown_name' } } },
    });
  });

  it('may be looked up in vain: then its query failed', async () => {
    const { sdk } = lacking('features', 'f.used', () => WRONG);
    const down = new ScorerError('SOURCE_DOWN', 'Looker: GET /lookml_models: status 503');
    const { facts } = await read({ ...sdk, explore: () => Promise.reject(down) });
    expect(facts.get('A')).toMatchObject({ known: { features: { missing: 'source_down' } } });
  });

  it('of a saved Look costs the metric that needs it', async () => {
    const looks: LookerSource['looks'] = [
      { look_id: 42, id: 's.customer', date: 's.month', fields: { mau: 's.mau', dau: 's.daus' } },
    ];
    const { sdk } = sdkOf({}, { 42: BUSY['sessions'] ?? [] });
    const { facts, notes } = await read(sdk, ALL, OCTOBER, { ...SETTINGS, queries: [], looks });
    expect(facts.get('A')).toMatchObject({
      known: { sessions: { known: { dau: 'unknown_name', mau: 120 } } },
    });
    expect(notes[0]?.message).toMatch(/looker\.looks\[0\]\.fields\.dau.*did you mean "s\.dau"/);
  });

  it('of a Look that is not there costs all of it', async () => {
    const looks: LookerSource['looks'] = [
      { look_id: 43, id: 's.customer', date: 's.month', fields: { mau: 's.mau' } },
    ];
    const { sdk } = sdkOf(BUSY);
    const absent = { ...sdk, look: () => Promise.resolve(null), runLook: () => Promise.reject(WRONG) };
    const { facts } = await read(absent, ALL, OCTOBER, {
      ...SETTINGS,
      queries: SETTINGS.queries.slice(1),
      looks,
    });
    expect(facts.get('A')).toMatchObject({
      known: { sessions: { missing: 'unknown_name' }, features: { known: { used: 12 } } },
    });
  });
});

describe('a row of which nobody can tell whose it is', () => {
  const lost = { ...session(7, '2026-10', 120), 's.customer': {} };
  const before = (BUSY['sessions'] ?? []).filter((row) => row['s.month'] !== '2026-10');

  it('may be that of a customer who has none, and of no other', async () => {
    const answers = { ...BUSY, sessions: [...before, lost, session('8', '2026-10', 60)] };
    expect((await usage(answers, 'A')).sessions).toEqual({ missing: 'invalid' });
    expect((await usage(answers, 'B')).sessions).toMatchObject({ known: { mau: 60, earlierMau: [50] } });
  });

  it('may be a month of the look-back that a customer has not', async () => {
    const answers = {
      ...BUSY,
      sessions: [
        { ...session(7, '2026-09', 110), 's.customer': [] },
        session(7, '2026-07', 90),
        session(7, '2026-10', 120),
        session('8', '2026-09', 50),
        session('8', '2026-10', 60),
      ],
    };
    expect((await usage(answers, 'A')).sessions).toMatchObject({ known: { earlierMau: [90, 'invalid'] } });
    expect((await usage(answers, 'B')).sessions).toMatchObject({ known: { earlierMau: [50] } });
  });

  it('never makes a customer look unmapped', async () => {
    const answers = { sessions: [lost, session('8', '2026-10', 60)] };
    const { facts } = await read(sdkOf(answers).sdk);
    expect(facts.get('A')).toMatchObject({ known: { sessions: { missing: 'invalid' } } });
  });
});

describe('a number below nothing', () => {
  it('is lost by itself; a pillar is left to its metric', async () => {
    const answers = {
      ...BUSY,
      sessions: [session(7, '2026-09', -5), session(7, '2026-10', 120, -1), session('8', '2026-10', 60)],
      platform: [pillar(7, '2026-10', -1), pillar('8', '2026-10')],
    };
    const { sessions, platform } = await usage(answers, 'A');
    expect(sessions).toEqual({
      known: { silent: false, dau: 'invalid', mau: 120, loginFrequency: 3.5, earlierMau: ['invalid'] },
    });
    expect(platform).toEqual({ known: { messaging: -1 } });
  });
});

describe('the running window', () => {
  const answer = (byDays: Rows, byMonths: Rows) => (query: InlineQuery) =>
    query.fields.includes('s.month') ? byMonths : byDays;

  it('asks for the exact thirty days without a month, and for the months before where it needs them', async () => {
    const { sdk, asked } = sdkOf({
      sessions: answer(
        [session(7, undefined, 130)],
        [session(7, '2026-08', 100), session(7, '2026-10', 120), session('8', '2026-09', 5)],
      ),
      features: [feature(7, undefined)],
      platform: [pillar(7, undefined)],
    });
    const { facts } = await read(sdk, ALL, RUNNING);
    expect(
      asked.map(({ view, fields, filters }) => [view, fields.length, Object.values(filters)[0]]),
    ).toEqual([
      ['sessions', 4, '2026-10-23 to 2026-11-22'],
      ['features', 3, '2026-10-23 to 2026-11-22'],
      ['sessions', 5, '2026-08-01 to 2026-11-01'],
      ['platform', 2, '2026-10-23 to 2026-11-22'],
      // B is silent, and no score tells which pillars it had.
      ['sessions', 4, '2000-01-01 to 2026-11-01'],
      ['features', 3, '2000-01-01 to 2026-11-01'],
      ['platform', 2, '2000-01-01 to 2026-11-01'],
    ]);
    expect(facts.get('A')).toMatchObject({
      known: { sessions: { known: { silent: false, mau: 130, earlierMau: [100, 120] } } },
    });
    expect(facts.get('B')).toMatchObject({
      known: { sessions: { known: { silent: true, earlierMau: [5] } } },
    });
  });

  it('cannot be read from a saved Look', async () => {
    const settings: LookerSource = {
      ...SETTINGS,
      queries: SETTINGS.queries.slice(0, 1),
      looks: [
        {
          look_id: 42,
          id: 'f.customer',
          date: 'f.month',
          fields: { features_used: 'f.used', features_licensed: 'f.licensed' },
        },
      ],
    };
    const { sdk } = sdkOf({ sessions: answer([session(7, undefined, 1)], []) });
    const { facts, notes } = await read(sdk, [account('A', '7')], RUNNING, settings);
    expect(facts.get('A')).toMatchObject({
      known: { features: { missing: 'source_down' }, platform: { missing: 'not_configured' } },
    });
    expect(notes[0]?.message).toContain('Look 42');
  });
});

describe('a saved Look', () => {
  it('is read by its own field names, its months cut to the look-back', async () => {
    const settings: LookerSource = {
      ...SETTINGS,
      queries: [],
      looks: [{ look_id: 42, id: 'x.id', date: 'x.month', fields: { dau: 'x.d', mau: 'x.m' } }],
    };
    const row = (month: string, m: number) => ({ 'x.id': '7', 'x.month': month, 'x.d': 1, 'x.m': m });
    const { sdk } = sdkOf(
      {},
      { 42: [row('2026-06', 1), row('2026-07', 2), row('2026-10', 5), row('2026-11', 9)] },
    );
    const { facts } = await read(sdk, [account('A', '7')], OCTOBER, settings);
    expect(facts.get('A')).toMatchObject({ known: { sessions: { known: { mau: 5, earlierMau: [2] } } } });
  });
});

describe('a saved Look of five rows', () => {
  const looks: LookerSource['looks'] = [
    { look_id: 42, id: 's.customer', date: 's.month', fields: { mau: 's.mau' } },
  ];
  const rows = [...(BUSY['sessions'] ?? [])].slice(0, 5);
  const mauWith = async (limit: number | null) => {
    const { sdk } = sdkOf({}, { 42: rows }, limit);
    const { facts, notes } = await read(sdk, ALL, OCTOBER, { ...SETTINGS, queries: [], looks });
    return { facts: facts.get('A'), notes };
  };

  it('is a failed read when five is its own limit', async () => {
    const { facts, notes } = await mauWith(5);
    expect(facts).toMatchObject({ known: { sessions: { missing: 'source_down' } } });
    expect(notes[0]?.message).toContain('Look 42: exactly 5 rows, which is its own limit');
  });

  it.each([[null], [4], [6], [500]])('is whole when its limit is %j', async (limit) => {
    expect((await mauWith(limit)).facts).toMatchObject({ known: { sessions: { known: { mau: 120 } } } });
  });
});
