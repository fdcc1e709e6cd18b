import { afterEach, describe, expect, it } from 'vitest';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import type { ProblemDocument } from '../../node-scorer/src/service/problem.ts';
import { BEARER, openService, TOKEN, type Opened } from './service-fixture.ts';

interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string;
}
let opened: Opened | undefined;
const open = async (...args: Parameters<typeof openService>): Promise<Opened> =>
  (opened = await openService(...args));
afterEach(async () => {
  await opened?.app.close();
  opened = undefined;
});

const post = (url: string, more: Asked = {}) => ({
  method: 'POST' as const,
  url,
  ...more,
  headers: { ...BEARER, ...more.headers },
});
const get = (url: string) => ({ method: 'GET' as const, url, headers: BEARER });

describe('starting a run', () => {
  it('answers 202 with primitives only, and where to look', async () => {
    const { app } = await open();
    const answer = await app.inject(post('/v1/runs?period=2026-09'));
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ runId: '2026-09-all-1', status: 'Running', period: '2026-09' });
    expect(answer.headers.location).toBe('/v1/runs/2026-09-all-1');
    const run = await app.inject(get(String(answer.headers.location)));
    expect(run.json()).toMatchObject({ runId: '2026-09-all-1', mode: 'ensure', report: null });
  });

  it.each([
    ['', { mode: 'ensure', dryRun: false }],
    ['?mode=refresh&dryRun=true', { mode: 'refresh', dryRun: true }],
    ['?dryRun=false&period=2026-11', { mode: 'ensure', dryRun: false, period: '2026-11' }],
    ['?accountId=001000000000001AAA', { mode: 'ensure', dryRun: false, accountId: '001000000000001AAA' }],
    ['?confirm=2026-10-all-20261103T050000Z-3f0a9c41', { confirm: '2026-10-all-20261103T050000Z-3f0a9c41' }],
  ])('understands %s', async (query, expected) => {
    const { app, runs } = await open();
    expect((await app.inject(post(`/v1/runs${query}`))).statusCode).toBe(202);
    expect(runs.asked[0]).toMatchObject(expected);
  });

  it.each([
    ['period=2026-13', 'query.period', 'pattern'],
    ['period=1826-01', 'query.period', 'pattern'],
    ['period=last', 'query.period', 'pattern'],
    ['period=', 'query.period', 'pattern'],
    ['period=2026-10&period=2026-09', 'query.period', 'type'],
    ['accountId=001', 'query.accountId', 'pattern'],
    ["accountId=001000000000001'OR", 'query.accountId', 'pattern'],
    ['mode=force', 'query.mode', 'enum'],
    ['mode=ENSURE', 'query.mode', 'enum'],
    ['dryRun=yes', 'query.dryRun', 'type'],
    ['dryRun=1', 'query.dryRun', 'type'],
    ['dryRun=', 'query.dryRun', 'type'],
    ['confirm=../../etc', 'query.confirm', 'pattern'],
    ['dryrun=true', 'query.dryrun', 'unknown'],
    ['forced=true', 'query.forced', 'unknown'],
    ['__proto__=x', 'query.(unknown)', 'unknown'],
  ])('refuses ?%s, naming %s and the rule %s', async (query, field, rule) => {
    const { app, runs } = await open();
    const answer = await app.inject(post(`/v1/runs?${query}`));
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const problem = answer.json<ProblemDocument>();
    expect(problem).toMatchObject({
      title: 'Bad Request',
      status: 400,
      code: 'USAGE',
      requestId: 'request-1',
    });
    expect(problem.errors).toContainEqual({ field, rule, detail: expect.any(String) as string });
    expect(runs.asked).toEqual([]);
  });

  it('lists every field that is wrong at once', async () => {
    const { app } = await open();
    const answer = await app.inject(post('/v1/runs?period=x&mode=y&nothing=z'));
    expect(
      answer
        .json<ProblemDocument>()
        .errors.map(({ field }) => field)
        .toSorted(),
    ).toEqual(['query.mode', 'query.nothing', 'query.period']);
  });

  it('does not repeat what stands in the place of a parameter: it may be a secret', async () => {
    const { app, logText } = await open();
    const answer = await app.inject(post(`/v1/runs?${TOKEN}=1&period=${TOKEN}&access_token=${TOKEN}`));
    expect(answer.statusCode).toBe(400);
    expect(answer.body + logText()).not.toContain(TOKEN);
  });

  it.each([
    [new ScorerError('USAGE', 'accountId: found another object'), 400, 'USAGE'],
    [new ScorerError('CONFIG_INVALID', 'sources.yaml: 1 problem\n  secret line'), 409, 'CONFIG_INVALID'],
    [new ScorerError('SOURCE_DOWN', 'salesforce: found 503'), 503, 'SOURCE_DOWN'],
    [new ScorerError('DEFECT', 'impossible state of s3cret'), 500, 'DEFECT'],
    [new TypeError('s3cret is not a function'), 500, 'DEFECT'],
  ])('turns "%s" into %i %s', async (error, status, code) => {
    const { app, runs } = await open();
    runs.fail(error);
    const answer = await app.inject(post('/v1/runs'));
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.body).not.toContain('s3cret');
    expect(answer.body).not.toContain('secret line');
    expect(answer.headers['retry-after']).toBe(status === 503 ? '60' : undefined);
  });

  it('keeps a defect in the log, under the id that the caller is given', async () => {
    const { app, runs, lines } = await open();
    runs.fail(new TypeError('x is not a function'));
    const { requestId } = (await app.inject(post('/v1/runs'))).json<ProblemDocument>();
    expect(lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        reqId: requestId,
        err: expect.objectContaining({ message: 'x is not a function' }) as object,
      }),
    );
  });
});

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['none', {}, undefined],
    ['an empty one', json, ''],
    ['white space', json, ' \n'],
    ['an empty object', json, '{}'],
  ])('accepts %s', async (_name, headers, payload) => {
    const { app } = await open();
    const answer = await app.inject(
      post('/v1/runs', { headers, ...(payload === undefined ? {} : { payload }) }),
    );
    expect(answer.statusCode).toBe(202);
  });

  it.each([
    ['unknown fields', json, '{"period":"2026-10"}', 400, 'empty'],
    ['a list', json, '[]', 400, 'empty'],
    ['half an object', json, '{"period":', 400, 'json'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'period=2026-10', 415, 'contentType'],
    ['XML', { 'content-type': 'text/xml' }, '<period/>', 415, 'contentType'],
    ['a packed body', { ...json, 'content-encoding': 'gzip' }, 'x', 415, 'contentType'],
  ])('refuses %s', async (_name, headers, payload, status, rule) => {
    const { app, runs } = await open();
    const answer = await app.inject(post('/v1/runs', { headers, payload }));
    expect(answer.statusCode).toBe(status);
    expect(answer.json<ProblemDocument>().errors).toEqual([
      { field: 'body', rule, detail: expect.any(String) as string },
    ]);
    expect(runs.asked).toEqual([]);
  });

  it.each([
    ['one byte above 64 kB', 64 * 1024 + 1, 413],
    ['64 kB of white space', 64 * 1024, 202],
  ])('answers %s', async (_name, size, status) => {
    const { app } = await open();
    const answer = await app.inject(post('/v1/runs', { headers: json, payload: ' '.repeat(size) }));
    expect(answer.statusCode).toBe(status);
  });

  it('refuses a broken content type', async () => {
    const { app } = await open();
    const answer = await app.inject(
      post('/v1/runs', { headers: { 'content-type': 'json;;' }, payload: '{}' }),
    );
    expect(answer.statusCode).toBe(415);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});

describe('looking at runs', () => {
  it('gives the rows of a dry run as a file', async () => {
    const { app } = await open();
    const { runId } = (await app.inject(post('/v1/runs?dryRun=true'))).json<{ runId: string }>();
    const answer = await app.inject(get(`/v1/runs/${runId}/scores.csv`));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="scores-${runId}.csv"`);
    expect(answer.body).toBe('Score_Key__c,Tier__c\r\nk,Healthy\r\n');
  });

  it('says that a run which writes has no rows to fetch', async () => {
    const { app } = await open();
    const { runId } = (await app.inject(post('/v1/runs'))).json<{ runId: string }>();
    const answer = await app.inject(get(`/v1/runs/${runId}/scores.csv`));
    expect(answer.statusCode).toBe(404);
    expect(answer.json<ProblemDocument>().detail).toMatch(/no dry run/);
  });

  it.each([
    ['/v1/runs/unknown', 404],
    ['/v1/runs/unknown/scores.csv', 404],
    [`/v1/runs/${'x'.repeat(65)}`, 400],
    ['/v1/runs/a%2Fb', 400],
    ['/v1/runs/%00', 400],
    ['/v1/runs/%zz', 400],
    ['/v1/runs/unknown?verbose=1', 400],
    [`/v1/runs/${'x'.repeat(2_000)}`, 414],
  ])('refuses GET %s with %i', async (url, status) => {
    const { app } = await open();
    const answer = await app.inject(get(url));
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ status, code: 'USAGE' });
  });
});

describe('addresses and methods', () => {
  it.each([
    ['GET', '/', 404, undefined],
    ['POST', '/v2/runs', 404, undefined],
    ['GET', '/v1/runs', 405, 'POST'],
    ['PUT', '/v1/runs', 405, 'POST'],
    ['DELETE', '/v1/runs/some', 405, 'GET, HEAD'],
    ['POST', '/healthz', 405, 'GET, HEAD'],
    ['OPTIONS', '/v1/runs', 405, 'POST'],
    ['TRACE', '/v1/runs', 405, 'POST'],
  ] as const)('answers %s %s with %i', async (method, url, status, allow) => {
    const { app } = await open();
    const answer = await app.inject({ method: method as 'GET', url, headers: BEARER });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.json()).toMatchObject({ status });
  });

  it.each(['/healthz', '/readyz', '/openapi.json', '/metrics'])(
    'answers HEAD %s without a body',
    async (url) => {
      const { app } = await open();
      const answer = await app.inject({ method: 'HEAD', url, headers: BEARER });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe('');
    },
  );

  it.each(['/healthz', '/readyz', '/openapi.json'])('is open at %s', async (url) => {
    const { app } = await open();
    expect((await app.inject({ method: 'GET', url })).statusCode).toBe(200);
  });

  it.each(['/metrics', '/v1/runs/x', '/v1/runs/x/scores.csv', '/v1/runs', '/nothing'])(
    'is closed at %s',
    async (url) => {
      const { app } = await open();
      expect((await app.inject({ method: 'GET', url })).statusCode).toBe(401);
    },
  );
});

describe('ids of requests', () => {
  it.each([
    ['flow-42.a_b', 'flow-42.a_b'],
    ['with space', 'request-1'],
    ['x'.repeat(65), 'request-1'],
    ['"quoted"', 'request-1'],
    [undefined, 'request-1'],
  ])('for x-request-id %s is %s, in the answer and in the log', async (given, expected) => {
    const { app, lines } = await open();
    const answer = await app.inject(
      post('/v1/runs', { headers: given === undefined ? {} : { 'x-request-id': given } }),
    );
    expect(answer.headers['x-request-id']).toBe(expected);
    expect(lines().at(-1)).toMatchObject({
      reqId: expected,
      route: '/v1/runs',
      method: 'POST',
      status: 202,
      caller: 'token 1',
      runId: '2026-10-all-1',
      msg: 'answered',
    });
  });
});

describe('probes', () => {
  it('tells a stranger only that it is not ready, and a caller what is missing', async () => {
    const { app, runs } = await open();
    runs.lack(['SF_LOGIN_URL: found nothing']);
    const stranger = await app.inject({ method: 'GET', url: '/readyz' });
    expect(stranger.statusCode).toBe(503);
    expect(stranger.json()).toEqual({ ready: false });
    expect((await app.inject(get('/readyz'))).json()).toEqual({
      ready: false,
      missing: ['SF_LOGIN_URL: found nothing'],
    });
  });

  it('refuses a wrong token even where none is needed', async () => {
    const { app } = await open();
    const answer = await app.inject({
      method: 'GET',
      url: '/readyz',
      headers: { authorization: 'Bearer wrong' },
    });
    expect(answer.statusCode).toBe(401);
  });

  it('looks once in five seconds, however many ask', async () => {
    let now = 0;
    const { app, runs } = await open({ tick: () => now });
    const ask = () => app.inject({ method: 'GET', url: '/readyz' });
    await Promise.all([ask(), ask(), ask()]);
    now = 4_999;
    await ask();
    expect(runs.looks()).toBe(1);
    now = 5_000;
    await ask();
    expect(runs.looks()).toBe(2);
  });
});
