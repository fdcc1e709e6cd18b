import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import { noQuirks, type Quirks } from '../../sandbox/looker/quirks.ts';
import { startLooker } from '../../sandbox/looker/server.ts';
import { readContract } from './contract.ts';
import { baseOf, customer } from './customer.ts';
import { LOOKER_BASE } from './looker-base.ts';

const PAIR = { client_id: 'an id', client_secret: 'a secret' };
const { problems, problemsOf } = readContract('looker/openapi-4.0.trimmed.json');

let now = LOOKER_BASE.now;
let looker: StandIn;
let token = '';
const options = { base: LOOKER_BASE, clock: () => now, clientId: 'an id', clientSecret: 'a secret' };
beforeAll(async () => {
  looker = await startLooker(options);
  token = await signIn(looker);
});
afterAll(() => looker.close());

async function signIn({ url }: StandIn): Promise<string> {
  const answer = await fetch(`${url}/api/4.0/login`, { method: 'POST', body: new URLSearchParams(PAIR) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  authorization = `token ${token}`,
  at = looker,
) {
  const answer = await fetch(`${at.url}/api/4.0${path}`, {
    method,
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : text;
  return { status: answer.status, body: parsed as Record<string, unknown> };
}

const SESSIONS = {
  model: 'alliants',
  view: 'user_sessions',
  fields: [
    'user_sessions.customer_id',
    'user_sessions.activity_month',
    'user_sessions.avg_daily_active_users',
    'user_sessions.monthly_active_users',
    'user_sessions.logins_per_user_week',
  ],
  sorts: ['user_sessions.customer_id', 'user_sessions.activity_month'],
};
type Rows = Record<string, unknown>[];
async function rows(query: object, options = '?apply_formatting=false'): Promise<unknown[][]> {
  const { status, body } = await ask('POST', `/queries/run/json${options}`, query);
  expect(status).toBe(200);
  return (body as unknown as Rows).map((row) => Object.values(row));
}
const between = (range: string) => ({ 'user_sessions.activity_month': range });

describe('an inline query', () => {
  it('gives a row per customer and month with use, numbers as numbers, and nothing that lies ahead', async () => {
    expect(await rows(SESSIONS)).toEqual([
      [101, '2026-09', 30, 100, 2.5],
      [101, '2026-10', 60, 1200, 3.5],
      [101, '2026-11', 90, 110, null],
      [102, '2026-09', null, 50, 2.5],
    ]);
  });

  it('gives numbers as texts unless formatting is switched off', async () => {
    expect(await rows({ ...SESSIONS, filters: between('2026/10') }, '')).toEqual([
      [101, '2026-10', '60.0', '1,200', '3.5'],
    ]);
  });

  it.each([
    ['2026/10/01 to 2026/11/01', [[101, '2026-10', 60, 1200, 3.5]]],
    [
      '2026-09',
      [
        [101, '2026-09', 30, 100, 2.5],
        [102, '2026-09', null, 50, 2.5],
      ],
    ],
    ['2027', []],
  ])('over %s', async (range, expected) => {
    expect(await rows({ ...SESSIONS, filters: between(range) })).toEqual(expected);
  });

  it('brings months together when the month is not asked for: 9 October days and 20 November days', async () => {
    const fields = SESSIONS.fields.filter((name) => !name.endsWith('activity_month'));
    const query = { ...SESSIONS, fields, sorts: [], filters: between('2026/10/23 to 2026/11/21') };
    expect(await rows(query)).toEqual([[101, (9 * 60 + 20 * 90) / 29, 1200, 3.5]]);
    expect(await rows({ ...query, fields: fields.slice(1), filters: between('2026/09') })).toEqual([
      [30, 150, 2.5],
    ]);
  });

  it('takes features and pillars from the latest month, empty or not', async () => {
    const query = (view: string, fields: string[]) => ({
      model: 'alliants',
      view,
      fields: [`${view}.customer_id`, ...fields.map((field) => `${view}.${field}`)],
      filters: { [`${view}.activity_month`]: '2026/09/01 to 2026/11/01', [`${view}.customer_id`]: '101' },
    });
    expect(await rows(query('feature_usage', ['features_used', 'features_licensed']))).toEqual([
      [101, 7, 10],
    ]);
    const scores = ['messaging', 'automations', 'contactless', 'requests', 'staff_adoption'];
    const pillars = query(
      'platform_metrics',
      scores.map((name) => `${name}_score`),
    );
    expect(await rows(pillars)).toEqual([[101, 80.5, null, 60, 70, 50]]);
  });

  it('filters by ids with the grammar of the vendor', async () => {
    const filters = { ...between('2026/09'), 'user_sessions.customer_id': '102,999' };
    expect(await rows({ ...SESSIONS, filters })).toEqual([[102, '2026-09', null, 50, 2.5]]);
  });

  it('sorts as asked, and else newest first', async () => {
    const months = async (sorts: string[]) =>
      (await rows({ ...SESSIONS, sorts })).map(([id, month]) => [id, month]);
    expect(await months([])).toEqual([
      [101, '2026-11'],
      [101, '2026-10'],
      [101, '2026-09'],
      [102, '2026-09'],
    ]);
    expect(await months(['user_sessions.avg_daily_active_users desc 0'])).toEqual([
      [101, '2026-11'],
      [101, '2026-10'],
      [101, '2026-09'],
      [102, '2026-09'],
    ]);
  });
});

describe('the limit', () => {
  const many = baseOf(
    Array.from({ length: 5_100 }, (_, index) =>
      customer(index, {
        lookerCustomerId: `customer-${index}`,
        usage: LOOKER_BASE.customers[0]?.usage.slice(0, 1) ?? [],
      }),
    ),
    '2026-11-21T09:00:00Z',
  );

  it.each([
    ['none named', {}, '', 500],
    ['-1 in the body', { limit: '-1' }, '', 5_100],
    ['-1 in the address', {}, '?limit=-1', 5_100],
    ['the one in the address wins', { limit: '-1' }, '?limit=7', 7],
  ])('%s', async (_what, body, address, count) => {
    const big = await startLooker({ ...options, base: many });
    const authorization = `Bearer ${await signIn(big)}`;
    const answer = await ask(
      'POST',
      `/queries/run/json${address}`,
      { ...SESSIONS, ...body },
      authorization,
      big,
    );
    expect(answer.body).toHaveLength(count);
    await big.close();
  });

  it('of -1 means 5,000 rows for a user without the permission, and ids stay texts when they are', async () => {
    const small = await startLooker({ ...options, base: many, downloadWithoutLimit: false });
    const authorization = `Bearer ${await signIn(small)}`;
    const path = '/queries/run/json?limit=-1&apply_formatting=false';
    const { body } = await ask('POST', path, SESSIONS, authorization, small);
    expect(body).toHaveLength(5_000);
    expect((body as unknown as Rows)[0]?.['user_sessions.customer_id']).toBe('customer-0');
    await small.close();
  });
});

describe('what Looker refuses', () => {
  it.each([
    ['an unknown model', { ...SESSIONS, model: 'product' }, 404],
    ['an unknown explore', { ...SESSIONS, view: 'sessions' }, 404],
    ['no field', { ...SESSIONS, fields: [] }, 400],
    ['an unknown field', { ...SESSIONS, fields: ['user_sessions.logins'] }, 422],
    ['a field of another explore', { ...SESSIONS, fields: ['feature_usage.features_used'] }, 422],
    ['an unknown filter', { ...SESSIONS, filters: { 'user_sessions.region': 'EU' } }, 422],
    ['an unknown sort', { ...SESSIONS, sorts: ['user_sessions.region'] }, 422],
    ['a date that is none', { ...SESSIONS, filters: between('sometime') }, 422],
    ['a limit as a number', { ...SESSIONS, limit: 500 }, 422],
    ['a time zone that is none', { ...SESSIONS, query_timezone: 'Mars/Olympus' }, 422],
    ['an unknown key', { ...SESSIONS, rows: 5 }, 422],
    ['no view', { model: 'alliants', fields: [] }, 422],
    ['a list as body', [], 400],
  ])('%s', async (_what, query, status) => {
    const said = await ask('POST', '/queries/run/json', query);
    expect(said.status).toBe(status);
    expect(problems('/queries/run/{result_format}', 'post', status, said.body)).toEqual([]);
    expect(said.body['documentation_url']).toBe(
      `https://cloud.google.com/looker/docs/r/err/4.0/${status}/post/queries/run/:format`,
    );
  });

  it('a query that does not exist, a Look, a task, a format and a limit', async () => {
    expect((await ask('GET', '/queries/1/run/json')).status).toBe(404);
    expect((await ask('GET', '/looks/1/run/json')).status).toBe(404);
    expect((await ask('GET', '/query_tasks/1')).status).toBe(404);
    expect((await ask('POST', '/queries/run/xlsx', SESSIONS)).status).toBe(400);
    expect((await ask('GET', '/looks/42/run/json?limit=all')).status).toBe(400);
    expect((await ask('GET', '/nonsense')).status).toBe(404);
  });
});

describe('who may ask', () => {
  it('signs in by form, and answers a bad pair with 404', async () => {
    const login = (body: URLSearchParams, query = '') =>
      fetch(`${looker.url}/api/4.0/login${query}`, { method: 'POST', body });
    const good = await login(new URLSearchParams(PAIR));
    expect(problems('/login', 'post', 200, await good.json())).toEqual([]);
    const bad = await login(new URLSearchParams({ ...PAIR, client_secret: 'wrong' }));
    expect(bad.status).toBe(404);
    expect(problems('/login', 'post', 404, await bad.json())).toEqual([]);
    const byAddress = await login(new URLSearchParams(), `?${new URLSearchParams(PAIR).toString()}`);
    expect(byAddress.status).toBe(200);
  });

  it('takes "token" and "Bearer", and refuses no token, a wrong one, an ended and an expired one', async () => {
    const own = await signIn(looker);
    const status = async (authorization: string) =>
      (await ask('GET', '/user', undefined, authorization)).status;
    expect([await status(`token ${own}`), await status(`Bearer ${own}`)]).toEqual([200, 200]);
    expect([await status(''), await status('Bearer made-up')]).toEqual([401, 401]);
    expect((await ask('DELETE', '/logout', undefined, `Bearer ${own}`)).status).toBe(204);
    expect(await status(`Bearer ${own}`)).toBe(401);
    const refused = await ask('GET', '/user', undefined, '');
    expect(problemsOf('Error', refused.body)).toEqual([]);
    now += 3_600_000;
    expect(await status(`Bearer ${token}`)).toBe(401);
    now = LOOKER_BASE.now;
    expect(await status(`Bearer ${token}`)).toBe(200);
  });
});

describe('what is saved', () => {
  it('a query has one id for ever, and runs by it', async () => {
    const made = await ask('POST', '/queries', { ...SESSIONS, limit: '2' });
    expect(problems('/queries', 'post', 200, made.body)).toEqual([]);
    const id = made.body['id'] as string;
    expect((await ask('POST', '/queries', { ...SESSIONS, limit: '2' })).body['id']).toBe(id);
    const read = await ask('GET', `/queries/${id}`);
    expect(problems('/queries/{query_id}', 'get', 200, read.body)).toEqual([]);
    expect(read.body['fields']).toEqual(SESSIONS.fields);
    expect((await ask('GET', `/queries/${id}/run/json`)).body).toHaveLength(2);
    expect((await ask('GET', `/queries/${id}/run/json?limit=-1`)).body).toHaveLength(4);
  });

  it('a Look runs with its own limit and field names', async () => {
    const look = await ask('GET', '/looks/42');
    expect(problems('/looks/{look_id}', 'get', 200, look.body)).toEqual([]);
    const { body } = await ask('GET', '/looks/42/run/json?limit=1&apply_formatting=false');
    expect(body).toEqual([
      {
        'user_sessions.customer_id': 101,
        'user_sessions.activity_month': '2026-09',
        'user_sessions.avg_daily_active_users': 30,
        'user_sessions.monthly_active_users': 100,
        'user_sessions.logins_per_user_week': 2.5,
      },
    ]);
  });

  it('a task is running when first asked for, complete afterwards, and forgotten in the end', async () => {
    const { body: query } = await ask('POST', '/queries', SESSIONS);
    const task = await ask('POST', '/query_tasks', { query_id: query['id'], result_format: 'json' });
    expect(problems('/query_tasks', 'post', 200, task.body)).toEqual([]);
    const path = `/query_tasks/${String(task.body['id'])}`;
    expect((await ask('GET', `${path}/results`)).status).toBe(202);
    const polled = await ask('GET', path);
    expect(problems('/query_tasks/{query_task_id}', 'get', 200, polled.body)).toEqual([]);
    expect(polled.body['status']).toBe('running');
    expect((await ask('GET', path)).body['status']).toBe('complete');
    expect((await ask('GET', `${path}/results`)).body).toHaveLength(4);
    now += 3_600_000;
    token = await signIn(looker);
    expect((await ask('GET', `${path}/results`)).status).toBe(404);
    now = LOOKER_BASE.now;
    token = await signIn(looker);
  });
});

describe('other formats and metadata', () => {
  it('an explore names its fields', async () => {
    const { body } = await ask('GET', '/lookml_models/alliants/explores/user_sessions');
    expect(problems('/lookml_models/{lookml_model_name}/explores/{explore_name}', 'get', 200, body)).toEqual(
      [],
    );
    const { dimensions, measures } = body['fields'] as Record<string, { name: string }[]>;
    expect([...(dimensions ?? []), ...(measures ?? [])].map(({ name }) => name)).toEqual(SESSIONS.fields);
    expect((await ask('GET', '/lookml_models/product/explores/user_sessions')).status).toBe(404);
  });

  it('user and versions keep to the description', async () => {
    for (const path of ['/user', '/versions']) {
      expect(problems(path, 'get', 200, (await ask('GET', path)).body)).toEqual([]);
    }
  });

  it('a result as csv, with detail, and for BI', async () => {
    const query = { ...SESSIONS, filters: between('2026/10') };
    expect((await ask('POST', '/queries/run/csv', query)).body).toBe(
      'User Sessions Customer Id,User Sessions Activity Month,User Sessions Avg Daily Active Users,' +
        'User Sessions Monthly Active Users,User Sessions Logins Per User Week\n101,2026-10,60.0,"1,200",3.5\n',
    );
    const cells = {
      'user_sessions.customer_id': { value: 101 },
      'user_sessions.activity_month': { value: '2026-10' },
    };
    expect((await ask('POST', '/queries/run/json_detail', query)).body).toMatchObject({
      data: [cells],
      errors: [],
    });
    expect((await ask('POST', '/queries/run/json_bi', query)).body).toMatchObject({ rows: [cells] });
  });
});

describe('answers that are less than they should be', () => {
  it('tell of a refusing database in a row with status 200, in detail, or by 400', async () => {
    const quirks: Quirks = { ...noQuirks(), sqlError: 'The database is asleep' };
    const asleep = await startLooker({ ...options, quirks });
    const authorization = `Bearer ${await signIn(asleep)}`;
    const run = (format: string) => ask('POST', `/queries/run/${format}`, SESSIONS, authorization, asleep);
    expect(await run('json')).toEqual({ status: 200, body: [{ looker_error: 'The database is asleep' }] });
    expect(await run('json_detail')).toMatchObject({ status: 200, body: { data: [], errors: [{}] } });
    expect(await run('csv')).toMatchObject({ status: 400, body: { message: 'The database is asleep' } });
    quirks.sqlError = null;
    expect((await run('json')).body).toHaveLength(4);
    await asleep.close();
  });

  it('lack months that are not loaded yet, and may change their shape', async () => {
    const quirks = noQuirks();
    const late = await startLooker({ ...options, quirks });
    const authorization = `Bearer ${await signIn(late)}`;
    const run = async () =>
      (await ask('POST', '/queries/run/json?apply_formatting=false', SESSIONS, authorization, late))
        .body as unknown as Rows;
    const months = async () => (await run()).map((row) => row['user_sessions.activity_month']);
    expect(await months()).toEqual(['2026-09', '2026-10', '2026-11', '2026-09']);
    quirks.monthsMissing = 1;
    expect(await months()).toEqual(['2026-09', '2026-10', '2026-09']);
    quirks.monthsMissing = 2;
    expect(await months()).toEqual(['2026-09', '2026-09']);
    quirks.reshape = () => ({ customer: 'gone' });
    expect((await run())[0]).toEqual({ customer: 'gone' });
    await late.close();
  });
});
