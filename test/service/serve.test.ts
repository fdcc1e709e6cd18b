import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import { RUN } from '../../node-scorer/src/service/schemas.ts';
import { openWorld, type World } from '../e2e/harness.ts';
import { newDataDir, startServing, type Served } from './serve-fixture.ts';
import { TOKEN } from './service-fixture.ts';

interface Started {
  readonly runId: string;
  readonly status: string;
  readonly period: string;
}

let world: World;
let served: Served[] = [];
beforeEach(async () => {
  world = await openWorld({ accounts: 20, months: 6 });
  served = [];
});
afterEach(async () => {
  for (const each of served) await each.terminate();
  await world.sandbox.close();
});

async function serve(env: Readonly<Record<string, string>> = {}, dataDir?: string): Promise<Served> {
  const service = await startServing({ ...world.sandbox.env, ...env }, dataDir);
  served.push(service);
  return service;
}
async function end(service: Served): Promise<number> {
  served = served.filter((each) => each !== service);
  return service.terminate();
}
const start = async (service: Served, query = ''): Promise<Started> => {
  const answer = await service.ask('POST', `/v1/runs${query}`);
  expect(answer.status).toBe(202);
  return (await answer.json()) as Started;
};

describe('the service over the sandbox', () => {
  it('makes one run of 50 simultaneous requests to ensure, and gives it again once it has finished', async () => {
    const service = await serve();
    const started = await Promise.all(Array.from({ length: 50 }, () => start(service)));
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    const run = await service.ended(started[0]?.runId ?? '');
    expect(run).toMatchObject({ status: 'Finished', period: '2026-10', scope: 'all', error: null });
    expect(run.report?.counts.written).toBe(world.scores().length);
    expect(world.scores().length).toBeGreaterThan(10);
    expect(world.runs()).toHaveLength(1);
    expect(await start(service)).toEqual({ runId: run.runId, status: 'Finished', period: '2026-10' });

    const metrics = await (await service.ask('GET', '/metrics')).text();
    expect(metrics).toContain('scorer_runs_total{status="Finished",dry_run="false"} 1');
    expect(metrics).toMatch(/scorer_vendor_calls_total\{vendor="jira",endpoint="\w[^"]*"\} [1-9]/);
    expect(metrics).toMatch(/scorer_newest_run_age_seconds \d/);
    expect(metrics).toMatch(/scorer_http_requests_total\{method="POST",route="\/v1\/runs",status="202"\} 51/);
  });

  it('keeps the rows of a dry run for whoever fetches them, and writes nothing', async () => {
    const service = await serve();
    const { runId } = await start(service, '?dryRun=true');
    expect(await service.ended(runId)).toMatchObject({ status: 'Finished', dryRun: true });
    const csv = await service.ask('GET', `/v1/runs/${runId}/scores.csv`);
    expect(csv.status).toBe(200);
    expect((await csv.text()).trim().split('\n').length).toBeGreaterThan(10);
    expect(world.scores()).toEqual([]);
    expect(world.runs()).toEqual([]);
  });

  it('answers as it describes itself', async () => {
    const service = await serve();
    const { runId } = await start(service, '?dryRun=true');
    await service.ended(runId);
    const run: unknown = await (await service.ask('GET', `/v1/runs/${runId}`)).json();
    const ajv = new Ajv({ formats: { 'date-time': true } });
    ajv.validate(RUN, run);
    expect(ajv.errors).toBeNull();
    expect(Object.keys((run as { report: object }).report)).toContain('calls');
  });

  it('refreshes one account, and refuses an id that is none', async () => {
    const service = await serve();
    const account = String(
      world.query('SELECT Id FROM Account WHERE Health_Segment__c != null LIMIT 1')[0]?.['Id'],
    );
    const { runId } = await start(service, `?accountId=${account}&mode=refresh`);
    const run = await service.ended(runId);
    expect(run).toMatchObject({ status: 'Finished', scope: account });
    expect(run.report?.counts.accounts).toBe(1);
    const wrong = await service.ask('POST', '/v1/runs?accountId=001000000000001AAZ');
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ code: 'USAGE' });
  });

  it('ends a run of an unknown account without a score, naming the account', async () => {
    const service = await serve();
    const { runId } = await start(service, '?accountId=001999999999999&mode=refresh');
    const { report } = await service.ended(runId);
    expect(world.scores()).toEqual([]);
    expect(report?.counts).toMatchObject({ accounts: 1, scored: 0, failed: 1, written: 0 });
    expect(report?.failures[0]?.error).toMatch(/001999999999999AAA: found none in the scored population/);
  });

  it('is ready with an org, and says what is missing without one', async () => {
    const service = await serve();
    expect(await (await service.ask('GET', '/readyz')).json()).toEqual({ ready: true, missing: [] });
    const lone = await serve({ SF_LOGIN_URL: '', SF_CLIENT_ID: '', SF_CLIENT_SECRET: '' });
    const answer = await lone.ask('GET', '/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      ready: false,
      missing: [expect.stringContaining('SF_LOGIN_URL')],
    });
  });
});

describe('the end of the service', () => {
  it('brings a run to a safe point and exits 0; the next start takes it up under the same id', async () => {
    const dataDir = newDataDir();
    const first = await serve({}, dataDir);
    // Slow enough that the run is under way when the end comes.
    world.sandbox.jira.faults.add({ kind: 'delay', ms: 400 });
    const { runId } = await start(first);
    expect(await end(first)).toBe(0);
    world.sandbox.jira.faults.clear();
    expect(first.output()).toContain('"msg":"ended"');

    const second = await serve({}, dataDir);
    const run = await second.ended(runId);
    expect(run).toMatchObject({ runId, status: 'Finished' });
    expect(second.output()).toContain('"count":1,"msg":"unfinished runs taken up"');
    expect(world.runs()).toHaveLength(1);
    expect(world.scores().length).toBeGreaterThan(10);
  });

  it('ends at once when nothing is under way', async () => {
    const service = await serve();
    expect(await end(service)).toBe(0);
    await expect(service.ask('GET', '/healthz')).rejects.toThrow();
  });
});

describe('secrets', () => {
  const planted = {
    INTERCOM_API_TOKEN: 'planted-intercom-Zq81LmP0',
    JIRA_API_TOKEN: 'planted-jira-Wc52TnR7',
    LOOKER_CLIENT_SECRET: 'planted-looker-Hy90BdS3',
    SF_CLIENT_SECRET: 'planted-salesforce-Uj47XkF6',
    ROLLBAR_ACCESS_TOKEN: '',
  };
  it.each(Object.entries(planted).filter(([, secret]) => secret !== ''))(
    'refused as %s appear in no log, answer or metric',
    async (name, secret) => {
      const service = await serve({ [name]: secret });
      const { runId } = await start(service, '?mode=refresh');
      const run = await service.ended(runId);
      expect(run.status).toBe('Failed');
      const answers = await Promise.all(
        [`/v1/runs/${runId}`, '/metrics', '/readyz', '/openapi.json', `/nothing?token=${secret}`].map(
          async (path) => (await service.ask('GET', path)).text(),
        ),
      );
      const all = [...answers, service.output(), JSON.stringify(world.runs())].join('\n');
      const secrets = [
        secret,
        TOKEN,
        ...Object.entries(world.sandbox.env).flatMap(([key, value]) =>
          /SECRET|TOKEN/.test(key) ? [value] : [],
        ),
      ];
      expect(secrets.length).toBeGreaterThan(4);
      for (const each of secrets) expect(all).not.toContain(each);
    },
  );
});
