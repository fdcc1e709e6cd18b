import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ScorerError } from '../errors.ts';
import { makeCallCounter } from './calls.ts';
import { makeRetryBudget } from './retry-budget.ts';
import { answerJson, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';
import { makeTransport, type Call, type TransportOptions } from './transport.ts';

const TOKEN = 'tok_very_secret_0123456789';
const SCHEMA = z.object({ count: z.number(), pages: z.object({ next: z.string().nullable() }).optional() });

const CALL: Call<z.infer<typeof SCHEMA>> = {
  method: 'POST',
  path: '/search',
  endpoint: 'search',
  query: { q: 'private words' },
  body: { private: 'words' },
  schema: SCHEMA,
};

const running: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** A transport against a scripted server; waits are noted instead of waited for. */
async function against(script: Script, options: Partial<TransportOptions> = {}) {
  const server = await startScriptedServer(script);
  running.push(server);
  const waits: number[] = [];
  const calls = makeCallCounter();
  const transport = makeTransport({
    vendor: { name: 'intercom', title: 'Intercom', addressIn: 'INTERCOM_BASE_URL' },
    baseUrl: server.url,
    headers: () => ({ Authorization: `Bearer ${TOKEN}` }),
    access: 'INTERCOM_API_TOKEN and its permission "Read conversations"',
    calls,
    now: () => Date.parse('2026-11-21T09:00:00Z'),
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    ...options,
  });
  return { server, waits, calls, transport };
}

/** Answers from a list, the last one for ever. */
const inTurn = (...scripts: Script[]): Script => {
  let turn = 0;
  return (asked, response) => scripts[Math.min(turn++, scripts.length - 1)]?.(asked, response);
};

const good: Script = (_asked, response) => answerJson(response, 200, { count: 3 });
const status =
  (code: number, headers: Record<string, string> = {}, body: unknown = {}): Script =>
  (_asked, response) =>
    answerJson(response, code, body, headers);
const html: Script = (_asked, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Sign in</html>');
};
const empty: Script = (_asked, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end();
};
const truncated: Script = (_asked, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"count": 3, "pages"');
};
const reset: Script = (_asked, response) => {
  response.socket?.destroy();
};
const hang: Script = () => undefined;
const drip: Script = (_asked, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};
const cutShort: Script = (_asked, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '500' });
  response.write('{"count": 3');
  setTimeout(() => response.socket?.destroy(), 10);
};

async function errorOf(promise: Promise<unknown>): Promise<ScorerError> {
  const error: unknown = await promise.then(
    () => expect.fail('expected an error'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ScorerError);
  return error as ScorerError;
}

describe('a call that goes well', () => {
  it('sends headers, query and body and gives the checked answer', async () => {
    const { server, transport, calls } = await against(good);
    expect(await transport.request(CALL)).toEqual({ count: 3 });
    const [asked] = server.asked;
    expect(asked?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(asked?.headers['content-type']).toBe('application/json');
    expect(asked?.query.get('q')).toBe('private words');
    expect(asked?.body).toBe('{"private":"words"}');
    expect(calls.snapshot()).toEqual({ intercom: { search: 1 } });
  });

  it('sends a form', async () => {
    const { server, transport } = await against(good);
    const { method, path, endpoint, schema } = CALL;
    await transport.request({ method, path, endpoint, schema, form: { client_id: 'a b', grant: 'c&d' } });
    expect(server.asked[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(server.asked[0]?.body).toBe('client_id=a+b&grant=c%26d');
  });

  it('keeps the path of the base address', async () => {
    const { server } = await against(good);
    const behind = await against(good, { baseUrl: `${server.url}/ex/jira/11-22/` });
    await behind.transport.request(CALL);
    expect(server.asked[0]?.path).toBe('/ex/jira/11-22/search');
  });

  it('hands the response headers out when asked for them', async () => {
    const { transport } = await against(status(200, { 'X-AUSERNAME': 'anonymous' }, { count: 1 }));
    let name: string | undefined;
    await transport.request({ ...CALL, responseHeaders: (headers) => (name = headers['x-ausername']) });
    expect(name).toBe('anonymous');
  });
});

describe('a fault that passes', () => {
  it.each([
    ['429 with Retry-After', status(429, { 'Retry-After': '2' }), 2_100],
    [
      '429 with a reset time',
      status(429, { 'X-RateLimit-Reset': '1795251604', Date: 'Sat, 21 Nov 2026 09:00:00 GMT' }),
      4_200,
    ],
    ['429 without headers', status(429), 500],
    ['408', status(408), 500],
    ['500', status(500), 500],
    ['503', status(503), 500],
    ['503 with Retry-After', status(503, { 'Retry-After': '1' }), 1_050],
    ['a reset connection', reset, 500],
    ['an answer cut short', cutShort, 500],
    ['HTML with status 200', html, 500],
    ['an empty answer', empty, 500],
    ['truncated JSON', truncated, 500],
  ])('%s is tried again, and both calls are counted', async (_fault, fault, wait) => {
    const { transport, waits, calls } = await against(inTurn(fault, good));
    expect(await transport.request(CALL)).toEqual({ count: 3 });
    expect(waits.at(-1)).toBe(wait);
    expect(calls.snapshot()).toEqual({ intercom: { search: 2 } });
  });

  it.each([
    ['a hang', hang],
    ['a slow drip', drip],
  ])('%s does not outlive the deadline', async (_fault, fault) => {
    const { transport } = await against(inTurn(fault, good), { deadlineMs: 150 });
    const started = performance.now();
    expect(await transport.request(CALL)).toEqual({ count: 3 });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('a fault that stays', () => {
  it.each([
    ['429', status(429), 'SOURCE_DOWN', 4],
    ['500', status(500), 'SOURCE_DOWN', 4],
    ['a reset connection', reset, 'SOURCE_DOWN', 4],
    ['HTML with status 200', html, 'SOURCE_UNEXPECTED', 4],
    ['an empty answer', empty, 'SOURCE_UNEXPECTED', 4],
    ['truncated JSON', truncated, 'SOURCE_UNEXPECTED', 4],
    ['a field of another type', status(200, {}, { count: 'three' }), 'SOURCE_UNEXPECTED', 1],
    ['400', status(400), 'SOURCE_SETTINGS', 1],
    ['401', status(401), 'SOURCE_REFUSED', 1],
    ['403', status(403), 'SOURCE_REFUSED', 1],
    ['404', status(404), 'SOURCE_SETTINGS', 1],
    ['410', status(410), 'SOURCE_SETTINGS', 1],
    ['422', status(422), 'SOURCE_SETTINGS', 1],
    ['a redirect', status(302, { Location: 'https://elsewhere.example/x' }), 'SOURCE_SETTINGS', 1],
    ['a limit that opens in an hour', status(429, { 'Retry-After': '3600' }), 'SOURCE_DOWN', 1],
    [
      'a used-up quota of Jira',
      status(429, { 'RateLimit-Reason': 'jira-quota-global-based' }),
      'SOURCE_DOWN',
      1,
    ],
  ] as const)('%s ends in a coded error after its tries', async (_fault, fault, code, tries) => {
    const { transport, server } = await against(fault);
    const error = await errorOf(transport.request(CALL));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^Intercom: POST \/search: /);
    expect(server.asked).toHaveLength(tries);
  });

  it('costs seconds of waiting in all, not minutes', async () => {
    const { transport, waits } = await against(status(503), { random: () => 0.999 });
    await errorOf(transport.request(CALL));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(5_000);
  });

  it('is not asked again once the vendor counts as dead', async () => {
    const { transport, server } = await against(status(503));
    for (let call = 0; call < 3; call++) await errorOf(transport.request(CALL));
    const before = server.asked.length;
    const error = await errorOf(transport.request(CALL));
    expect(error.code).toBe('SOURCE_DOWN');
    expect(error.message).toContain('not asked');
    expect(server.asked).toHaveLength(before);
  });

  it('does not make a vendor dead that only refuses', async () => {
    const { transport, server } = await against(status(404));
    for (let call = 0; call < 5; call++) await errorOf(transport.request(CALL));
    expect(server.asked).toHaveLength(5);
  });

  it('stops retrying when the budget of the run is spent', async () => {
    const { transport, server } = await against(status(503), { retryBudget: makeRetryBudget(1) });
    await errorOf(transport.request(CALL));
    expect(server.asked).toHaveLength(2);
  });

  it('at an address where nothing ever answered is a setting, and names what happened', async () => {
    const { server, transport } = await against(good);
    await server.close();
    const error = await errorOf(transport.request(CALL));
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(error.message).toContain('ECONNREFUSED, the connection was refused (4 tries)');
    expect(error.message).toContain('INTERCOM_BASE_URL');
  });

  it('of a hang ends within twice the deadline', async () => {
    const { transport, server } = await against(hang, { deadlineMs: 100 });
    const error = await errorOf(transport.request(CALL));
    expect(error.message).toContain('no answer within');
    expect(server.asked.length).toBeLessThanOrEqual(3);
  });
});

describe('an error', () => {
  it.each([
    [401, { type: 'error.list', errors: [{ code: 'unauthorized', message: `Token ${TOKEN} is not valid` }] }],
    [400, { errorMessages: [`Bad ${TOKEN}`], errors: {} }],
    [302, {}],
    [503, {}],
    [200, { count: TOKEN }],
  ])('with status %d never holds the token, the query, a header or the body', async (code, body) => {
    const { transport } = await against(
      status(code, { Location: `https://elsewhere.example/?token=${TOKEN}`, 'X-Echo': TOKEN }, body),
    );
    const error = await errorOf(transport.request(CALL));
    const all = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
    expect(all).not.toContain(TOKEN);
    expect(all).not.toContain('private');
  });

  it('of a reset connection does not hold the token either', async () => {
    const { transport } = await against(reset);
    const error = await errorOf(transport.request(CALL));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(TOKEN);
  });

  it('of a refusal says what to check', async () => {
    const { transport } = await against(
      status(401, {}, { errors: [{ code: 'token_expired', message: 'Expired' }] }),
    );
    const { message } = await errorOf(transport.request(CALL));
    expect(message).toBe(
      'Intercom: POST /search: status 401 (token_expired: Expired); check INTERCOM_API_TOKEN and its permission "Read conversations"',
    );
  });

  it('of another shape names the field', async () => {
    const { transport } = await against(status(200, {}, { count: 1, pages: { next: 7 } }));
    const { message } = await errorOf(transport.request(CALL));
    expect(message).toContain('field pages.next: ');
  });

  it('of a redirect names the host only', async () => {
    const { transport, server } = await against(
      status(302, { Location: 'https://elsewhere.example/secret?x=1' }),
    );
    const { message } = await errorOf(transport.request(CALL));
    expect(message).toContain('redirected to elsewhere.example, which is not followed');
    expect(message).not.toContain('secret');
    expect(server.asked).toHaveLength(1);
  });
});

describe('the limit', () => {
  it('is approached slowly when little is left of it', async () => {
    const near = { 'X-RateLimit-Limit': '100', 'X-RateLimit-Remaining': '0' };
    const { transport, waits } = await against(status(200, near, { count: 1 }));
    await transport.request(CALL);
    await transport.request(CALL);
    expect(waits).toEqual([expect.closeTo(1_000, -2)]);
  });

  it('that one call hit holds the next call back as well', async () => {
    const { transport, waits } = await against(inTurn(status(429, { 'Retry-After': '5' }), good, good), {
      maxTries: 1,
    });
    await errorOf(transport.request(CALL));
    await transport.request(CALL);
    expect(waits).toEqual([expect.closeTo(5_000, -3)]);
  });
});

describe('an expired session', () => {
  const wantsNew: Script = ({ headers }, response) =>
    headers.authorization === 'Bearer new'
      ? answerJson(response, 200, { count: 3 })
      : answerJson(response, 401, {});

  it('is renewed once and the call made again', async () => {
    let token = 'old';
    const { transport } = await against(wantsNew, {
      headers: () => ({ Authorization: `Bearer ${token}` }),
      renew: () => {
        token = 'new';
        return Promise.resolve();
      },
    });
    expect(await transport.request(CALL)).toEqual({ count: 3 });
  });

  it('that a new one does not cure is refused', async () => {
    const { transport, server } = await against(status(401), { renew: () => Promise.resolve() });
    expect((await errorOf(transport.request(CALL))).code).toBe('SOURCE_REFUSED');
    expect(server.asked).toHaveLength(2);
  });
});
