import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeCallCounter } from '../../http/calls.ts';
import {
  answerJson,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../../http/scripted-server.ts';
import { makeLookerSdk } from './sdk.ts';

const SECRET = 'very%20secret+words&more';
const QUERY = {
  model: 'product',
  view: 'sessions',
  fields: ['s.customer', 's.mau'],
  filters: { 's.month': '2026-07-01 to 2026-11-01' },
  sorts: ['s.customer'],
  timezone: 'UTC',
};

const running: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const isLogin = (path: string): boolean => path === '/api/4.0/login';

/** A Looker that signs in and answers queries by a script. */
async function looker(script: Script, login?: Script) {
  let tokens = 0;
  const signIn: Script =
    login ??
    ((_asked, response) =>
      answerJson(response, 200, {
        access_token: `token_number_${++tokens}`,
        token_type: 'Bearer',
        expires_in: 3600,
      }));
  const server = await startScriptedServer((asked, response) =>
    (isLogin(asked.path) ? signIn : script)(asked, response),
  );
  running.push(server);
  const calls = makeCallCounter();
  const waits: number[] = [];
  const sdk = await makeLookerSdk(
    { baseUrl: `${server.url}/`, clientId: 'client_id_1', clientSecret: SECRET },
    {
      calls,
      now: () => 0,
      random: () => 0,
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      deadlineMs: 2_000,
    },
  );
  return { sdk, server, calls, waits };
}

const rows: Script = (_asked, response) => answerJson(response, 200, [{ 's.customer': 7, 's.mau': 12 }]);

describe("Looker's SDK over our transport", () => {
  it('signs in with the given credentials, whatever characters they hold, and runs a query without limit', async () => {
    const { sdk, server, calls } = await looker(rows);
    await sdk.login();
    expect(await sdk.runQuery(QUERY)).toEqual([{ 's.customer': 7, 's.mau': 12 }]);
    const [login, query] = server.asked;
    expect(new URLSearchParams(login?.body).get('client_secret')).toBe(SECRET);
    expect(login?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(query?.path).toBe('/api/4.0/queries/run/json');
    expect(query?.headers.authorization).toBe('Bearer token_number_1');
    expect(Object.fromEntries(query?.query ?? [])).toEqual({
      limit: '-1',
      apply_formatting: 'false',
      cache: 'false',
    });
    expect(JSON.parse(query?.body ?? '')).toMatchObject({
      limit: '-1',
      query_timezone: 'UTC',
      view: 'sessions',
    });
    expect(calls.snapshot()).toEqual({ looker: { login: 1, query: 1 } });
  });

  it('runs a saved Look', async () => {
    const { sdk, server } = await looker(rows);
    expect(await sdk.runLook(42)).toEqual([{ 's.customer': 7, 's.mau': 12 }]);
    expect(server.asked[1]?.path).toBe('/api/4.0/looks/42/run/json');
    expect(server.asked[1]?.query.get('limit')).toBe('-1');
  });

  it('prints nothing', async () => {
    const debug = vi.spyOn(console, 'debug');
    const { sdk } = await looker(rows);
    await sdk.runQuery(QUERY);
    expect(debug).not.toHaveBeenCalled();
    debug.mockRestore();
  });

  it('honours Retry-After', async () => {
    let turn = 0;
    const { sdk, waits } = await looker((asked, response) =>
      turn++ === 0
        ? answerJson(response, 429, { message: 'slow down' }, { 'Retry-After': '20' })
        : rows(asked, response),
    );
    await sdk.runQuery(QUERY);
    expect(waits).toEqual([20_000]);
  });

  it('signs in again when the session has expired in the middle', async () => {
    const { sdk, calls } = await looker((asked, response) =>
      asked.headers.authorization === 'Bearer token_number_1'
        ? answerJson(response, 401, { message: 'Requires authentication.' })
        : rows(asked, response),
    );
    expect(await sdk.runQuery(QUERY)).toHaveLength(1);
    expect(calls.snapshot()).toEqual({ looker: { login: 2, query: 2 } });
  });

  it.each([
    ['404, as Looker answers a wrong pair', 404, 'SOURCE_REFUSED'],
    ['401', 401, 'SOURCE_REFUSED'],
    ['503', 503, 'SOURCE_DOWN'],
  ])('a sign-in answered with %s is told apart', async (_what, status, code) => {
    const { sdk } = await looker(rows, (_asked, response) =>
      answerJson(response, status, { message: 'Not found' }),
    );
    const error: unknown = await sdk.login().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code });
    expect(inspect(error, { depth: 10 })).not.toContain(SECRET);
  });

  it.each([
    [
      422,
      { message: 'Validation Failed', errors: [{ field: 'fields', message: 'Unknown field' }] },
      'SOURCE_SETTINGS',
      'Unknown field',
    ],
    [500, { message: 'broken' }, 'SOURCE_DOWN', 'status 500'],
  ])('a query answered with %d keeps its status and reason', async (status, body, code, text) => {
    const { sdk } = await looker((_asked, response) => answerJson(response, status, body));
    await expect(sdk.runQuery(QUERY)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text) as string,
    });
  });

  it('a query that hangs ends at its deadline', async () => {
    const { sdk } = await looker(() => undefined);
    const started = performance.now();
    await expect(sdk.runQuery(QUERY)).rejects.toMatchObject({ code: 'SOURCE_DOWN' });
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
