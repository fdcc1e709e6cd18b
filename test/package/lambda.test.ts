import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objectOf } from 'local-org';
import { create, update } from 'local-org/inside';
import { makeHandler, type LambdaContext } from '../../node-scorer/src/service/lambda.ts';
import type { RunAnswer } from '../../node-scorer/src/service/lambda-run.ts';
import type { HttpAnswer } from '../../node-scorer/src/service/lambda-event.ts';
import { openWorld, ROOT, unexplained, type World } from '../e2e/harness.ts';
import { startLambdaApi, type LambdaApi } from './lambda-api.ts';
import { startSecretsManager, type SecretsManager } from './secrets-manager.ts';

const TOKEN = 'planted-service-token';
const FUNCTION = 'health-scorer';
const ARN = `arn:aws:lambda:eu-central-1:123456789012:function:${FUNCTION}`;

/** More accounts than one batch of records holds. */
const MANY = 450;

describe('the Lambda function over the stand-ins', () => {
  let world: World;
  let lambda: LambdaApi;
  let aws: SecretsManager;
  let logged = '';
  const out = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged += chunk.toString('utf8');
      done();
    },
  });

  /** A fresh instance of the function: nothing is kept from earlier invocations. */
  const fresh = (env: Readonly<Record<string, string>> = {}) =>
    makeHandler({
      environment: {
        ...world.sandbox.env,
        ...lambda.env,
        SCORER_TOKEN_SHA256: createHash('sha256').update(TOKEN).digest('hex'),
        ...env,
      },
      configDir: `${ROOT}/config`,
      now: Date.now,
      out,
    });
  const context = (left: () => number = () => 900_000, alias = ''): LambdaContext => ({
    awsRequestId: 'r-1',
    functionName: FUNCTION,
    invokedFunctionArn: `${ARN}${alias}`,
    getRemainingTimeInMillis: left,
  });
  const runIn = async (env: Readonly<Record<string, string>>, event: unknown, left?: () => number) =>
    (await fresh(env)(event, context(left))) as RunAnswer;
  const run = async (event: unknown, left?: () => number): Promise<RunAnswer> =>
    (await fresh()(event, context(left))) as RunAnswer;
  const call = async (
    method: string,
    path: string,
    more: { query?: string; headers?: Record<string, string>; body?: string; isBase64Encoded?: boolean } = {},
    handler = fresh(),
  ): Promise<HttpAnswer> => {
    const { query = '', headers = { authorization: `Bearer ${TOKEN}` }, ...rest } = more;
    const requestContext = { http: { method, sourceIp: '192.0.2.1' } };
    const event = { version: '2.0', rawPath: path, rawQueryString: query, headers, requestContext, ...rest };
    return (await handler(event, context())) as HttpAnswer;
  };
  const json = ({ body }: HttpAnswer) => JSON.parse(body) as Record<string, unknown>;

  beforeAll(async () => {
    world = await openWorld();
    lambda = await startLambdaApi(FUNCTION);
    aws = await startSecretsManager({ prod: JSON.stringify(world.sandbox.env) });
  });
  beforeEach(() => {
    logged = '';
    lambda.trouble = 0;
    lambda.events.length = 0;
  });
  afterAll(async () => {
    await Promise.all([world.sandbox.close(), lambda.close(), aws.close()]);
    for (const secret of [
      TOKEN,
      ...Object.values(world.sandbox.env).filter((value) => /^sandbox-/.test(value)),
    ])
      expect(logged).not.toContain(secret);
  });

  it('scores the last complete month for the empty event of a schedule, and once only', async () => {
    const first = await run({});
    expect(first).toMatchObject({ status: 'Finished', period: '2026-10', dryRun: false });
    expect(first.report?.counts).toMatchObject({ accounts: 57, scored: 57, written: 57 });
    const calls = world.sandbox.jira.calls.length;
    const envelope = { version: '0', 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} };
    expect(await run(envelope)).toMatchObject({ status: 'Finished', period: '2026-10' });
    expect(world.sandbox.jira.calls).toHaveLength(calls);
    expect(world.runs().filter((row) => row['Period__c'] === '2026-10')).toHaveLength(1);
  });

  it('stops before it writes anything when the time is short from the beginning', async () => {
    const times = [900_000];
    const stopped = await run({ period: '2026-08' }, () => times.pop() ?? 5_000);
    expect(stopped.status).toBe('Running');
    expect(world.scores('2026-08')).toEqual([]);
    expect((await run({ period: '2026-08' })).status).toBe('Finished');
    expect(world.scores('2026-08').length).toBeGreaterThan(50);
  });

  it('answers a dry run with its rows and writes nothing', async () => {
    const runs = world.runs().length;
    const { csv, report } = await run({ period: '2026-07', dry_run: true });
    expect(report).toMatchObject({ dryRun: true, counts: { written: 0 } });
    expect(csv?.split('\r\n').length ?? csv?.split('\n').length).toBeGreaterThan(50);
    expect(world.scores('2026-07')).toEqual([]);
    expect(world.runs()).toHaveLength(runs);
  });

  it('stops while it writes, and the next invocation writes only what is missing', async () => {
    const large = await openWorld({ accounts: MANY, months: 3 });
    try {
      const { env } = large.sandbox;
      // The time is up as soon as the first batch is stored.
      const left = () => (large.scores().length > 0 ? 1_000 : 900_000);
      const stopped = await runIn(env, {}, left);
      expect(stopped).toMatchObject({ status: 'Running', period: '2026-10', report: null });
      expect(stopped.note).toContain('the next invocation goes on');
      const half = large.scores().length;
      const sent = writes(large);
      expect(large.runs()).toMatchObject([{ Status__c: 'Running' }]);

      const { status, report } = await runIn(env, {});
      const all = large.scores().length;
      expect(status).toBe('Finished');
      expect(half).toBeGreaterThan(0);
      expect(half).toBeLessThan(all);
      // The report is that of the whole run; the calls show that the first batch was not sent again.
      expect(report?.counts).toMatchObject({ accounts: all, scored: all, failed: 0 });
      expect(writes(large) - sent).toBe(Math.ceil((all - half) / 200));
      expect(unexplained(large)).toEqual([]);
      // One run, taken up, and not a second one beside it.
      expect(large.runs()).toMatchObject([{ Status__c: 'Finished' }]);
    } finally {
      await large.sandbox.close();
    }
  });

  it('fails the invocation, by code and without secrets, for a wrong event or environment', async () => {
    await expect(run({ dryrun: true })).rejects.toMatchObject({ name: 'USAGE' });
    await expect(run({ period: '2027-01' })).rejects.toMatchObject({ name: 'USAGE' });
    const wrong = fresh({ JIRA_API_TOKEN: 'planted-jira-token' })({ period: '2026-06' }, context());
    const error = await wrong.then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error?.name).toBe('SOURCE_REFUSED');
    expect(`${error?.stack} ${logged}`).not.toContain('planted');
    expect(logged).toContain('"code":"SOURCE_REFUSED"');
  });

  it('takes its credentials from the secret that is named', async () => {
    const handler = makeHandler({
      environment: { ...aws.env, AWS_SECRET_ID: 'prod' },
      configDir: `${ROOT}/config`,
      now: Date.now,
      out,
    });
    expect(await handler({}, context())).toMatchObject({ status: 'Finished', period: '2026-10' });
    await handler({}, context());
    expect(aws.calls).toEqual(['200 prod']);
  });

  it('hands a run to an invocation of its own, and answers 202 under the id that it will have', async () => {
    const answer = await call('POST', '/v1/runs', { query: 'period=2026-06&mode=refresh' });
    expect(answer.statusCode).toBe(202);
    const { runId, status, period } = json(answer);
    expect([status, period]).toEqual(['Running', '2026-06']);
    expect(lambda.events).toEqual([{ period: '2026-06', mode: 'refresh', run_id: runId }]);
    expect(await run(lambda.events[0])).toMatchObject({ runId, status: 'Finished' });
    expect(json(await call('GET', `/v1/runs/${String(runId)}`))).toMatchObject({
      runId,
      status: 'Finished',
      period: '2026-06',
      scope: 'all',
      mode: 'refresh',
    });
  });

  it('is content with the finished run of a complete month, and hands nothing over', async () => {
    const first = json(await call('POST', '/v1/runs', { query: 'period=2026-06' }));
    const again = json(await call('POST', '/v1/runs', { query: 'period=2026-06&mode=ensure' }));
    expect(first['status']).toBe('Finished');
    expect(again).toEqual(first);
    expect(lambda.events).toEqual([]);
  });

  describe('with a record of a run that another machine began', () => {
    const key = 'another-machine';
    const put = (fields: Readonly<Record<string, string | null>>): void => {
      const { org } = world.sandbox.org;
      const object = objectOf(org.schema, 'Health_Score_Run__c');
      if (!object) throw new Error('the org has no Health_Score_Run__c');
      const writer = org.writeWorld(org.user(org.adminId));
      const [row] = org.query(`SELECT Id FROM Health_Score_Run__c WHERE Run_Key__c = '${key}'`);
      if (row !== undefined) update(writer, object, row['Id'] as string, fields);
      else {
        const identity = { Period__c: '2026-05', Scope__c: 'all', Window__c: 'complete', Mode__c: 'ensure' };
        create(writer, object, { Run_Key__c: key, Status__c: 'Running', ...identity, ...fields });
      }
    };
    const at = (minutesAgo: number): string =>
      new Date(world.sandbox.org.org.clock() - minutesAgo * 60_000).toISOString();
    const post = async () => json(await call('POST', '/v1/runs', { query: 'period=2026-05&mode=refresh' }));

    it('hands over the release of one that is held, and of no other', async () => {
      put({ Started_At__c: at(5), Heartbeat_At__c: at(1) });
      const release = () => call('POST', '/v1/runs', { query: `confirm=${key}` });
      expect((await release()).statusCode).toBe(400);
      put({ Status__c: 'Held', Tier_Moves__c: JSON.stringify({ digest: 'abc' }) });
      expect(json(await release())).toEqual({ runId: key, status: 'Running', period: '2026-05' });
      expect(lambda.events).toMatchObject([{ confirm: key }]);
      // One in which reads gave nothing for anybody is done again under an id of its own.
      put({ Status__c: 'Degraded', Tier_Moves__c: JSON.stringify({ empty: ['jira bugs'] }) });
      const released = `${key}-released`;
      expect(json(await release())).toEqual({ runId: released, status: 'Running', period: '2026-05' });
      expect(lambda.events.at(-1)).toMatchObject({ confirm: key, run_id: released });
      put({ Status__c: 'Running', Tier_Moves__c: null });
    });

    it('leaves the work to it while it is alive', async () => {
      put({ Started_At__c: at(5), Heartbeat_At__c: at(1) });
      const answer = await run({ period: '2026-05' });
      expect(answer).toMatchObject({ status: 'Running', report: null });
      expect(answer.note).toContain(key);
      expect(await post()).toEqual({ runId: key, status: 'Running', period: '2026-05' });
      expect(lambda.events).toEqual([]);
      expect(world.scores('2026-05')).toEqual([]);
    });

    it('announces a new one when it is dead', async () => {
      put({ Heartbeat_At__c: at(31) });
      expect((await post())['runId']).not.toBe(key);
      expect(lambda.events).toHaveLength(1);
    });

    it('has it taken up, under its own id, when it was let go', async () => {
      put({ Heartbeat_At__c: null });
      expect((await post())['runId']).toBe(key);
      expect(lambda.events).toEqual([{ period: '2026-05', mode: 'refresh', run_id: key }]);
      expect(await run(lambda.events[0])).toMatchObject({ runId: key, status: 'Finished' });
      expect(world.scores('2026-05').length).toBeGreaterThan(50);
    });
  });

  it('refreshes one account of the running window, by the alias that was called', async () => {
    const { accountId } = world.sandbox.base.customers[0] ?? { accountId: '' };
    const requestContext = { http: { method: 'POST' } };
    const event = {
      version: '2.0',
      rawPath: '/v1/runs',
      rawQueryString: `period=2026-11&mode=refresh&accountId=${accountId.slice(0, 15)}`,
      headers: { authorization: `Bearer ${TOKEN}` },
      requestContext,
    };
    const answer = (await fresh()(event, context(undefined, ':live'))) as HttpAnswer;
    expect(answer.statusCode).toBe(202);
    const { runId } = json(answer);
    expect(await run(lambda.events[0])).toMatchObject({ runId, status: 'Finished' });
    expect(json(await call('GET', `/v1/runs/${String(runId)}`))).toMatchObject({ scope: accountId });
  });

  it.each([
    ['no credentials', 'POST', '/v1/runs', { headers: {} }, 401],
    ['a wrong token', 'POST', '/v1/runs', { headers: { authorization: 'Bearer planted-wrong' } }, 401],
    ['a month that is none', 'POST', '/v1/runs', { query: 'period=2026-13' }, 400],
    ['an unknown parameter', 'POST', '/v1/runs', { query: 'dry_run=true' }, 400],
    ['a dry run, whose rows nothing would keep', 'POST', '/v1/runs', { query: 'dryRun=true' }, 400],
    ['another method', 'DELETE', '/v1/runs', {}, 405],
    ['another address', 'GET', '/v2/runs', {}, 404],
    ['a run that nobody knows', 'GET', '/v1/runs/2026-10-none', {}, 404],
    [
      'a body in Base64 that is not empty',
      'POST',
      '/v1/runs',
      {
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: Buffer.from('{"period":"2026-10"}').toString('base64'),
        isBase64Encoded: true,
      },
      400,
    ],
    [
      'a body that is too large',
      'POST',
      '/v1/runs',
      {
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: 'x'.repeat(70_000),
      },
      413,
    ],
  ])('refuses %s', async (_, method, path, more, status) => {
    const answer = await call(method, path, more);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(json(answer)).toMatchObject({ status });
    expect(lambda.events).toEqual([]);
    expect(logged).not.toContain('planted');
  });

  it('answers probes and its description', async () => {
    const handler = fresh();
    expect((await call('GET', '/healthz', { headers: {} }, handler)).statusCode).toBe(200);
    expect((await call('GET', '/readyz', {}, handler)).statusCode).toBe(200);
    expect(json(await call('GET', '/openapi.json', {}, handler))).toMatchObject({ openapi: '3.0.3' });
  });

  it('answers the calls of a REST API as those of its own address', async () => {
    const handler = fresh();
    const rest = async (more: object) =>
      (await handler(
        { requestContext: { stage: 'prod', identity: { sourceIp: '192.0.2.1' } }, headers: {}, ...more },
        context(),
      )) as HttpAnswer;
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const start = { httpMethod: 'POST', path: '/v1/runs', headers };
    expect(await rest({ httpMethod: 'GET', path: '/healthz', body: null })).toMatchObject({
      statusCode: 200,
      isBase64Encoded: false,
    });
    expect((await rest({ ...start, headers: {} })).statusCode).toBe(401);
    expect(
      (await rest({ ...start, multiValueQueryStringParameters: { period: ['2026-1'] } })).statusCode,
    ).toBe(400);
    const query = { period: ['2026-05'], mode: ['refresh'] };
    const answer = await rest({ ...start, multiValueQueryStringParameters: query });
    expect([answer.statusCode, json(answer)['period']]).toEqual([202, '2026-05']);
    expect(lambda.events).toMatchObject([{ period: '2026-05', mode: 'refresh' }]);
  });

  it.each(['period=2026-05&period=2026-06', 'period=2026-05,2026-06'])(
    'refuses %s: one month at a time',
    async (query) => {
      expect((await call('POST', '/v1/runs', { query })).statusCode).toBe(400);
      expect(lambda.events).toEqual([]);
    },
  );

  it.each([
    [429, 503, 'is busy'],
    [500, 503, 'is broken'],
    [403, 409, 'does not let the function invoke itself'],
  ])('answers %i of Lambda with %i: it %s', async (trouble, status) => {
    lambda.trouble = trouble;
    const answer = await call('POST', '/v1/runs', { query: 'period=2026-05&mode=refresh' });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toContain('planted');
  });

  it('fails when nobody could prove to be a caller', async () => {
    const open = call('POST', '/v1/runs', {}, fresh({ SCORER_TOKEN_SHA256: '' }));
    await expect(open).rejects.toMatchObject({ name: 'ENVIRONMENT_INVALID' });
  });
});

/** Calls that sent scores. */
const writes = ({ sandbox }: World): number =>
  sandbox.org.calls.filter(
    ({ method, path }) => method === 'PATCH' && path.includes('/composite/sobjects/Health_Score__c/'),
  ).length;
