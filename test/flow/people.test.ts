import { afterEach, describe, expect, it } from 'vitest';
import { startOrg } from 'local-org';
import type { RunningOrg } from 'local-org';
import { makeClock } from '../../sandbox/clock.ts';
import { accountId, accounts, CREDENTIALS } from '../org/org-fixture.ts';
import { addPerson, connect, METADATA } from './flow-world.ts';
import { startScorerStandIn } from './scorer-stand-in.ts';
import type { ScorerStandIn } from './scorer-stand-in.ts';

interface Http {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

let stop: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stop.map((one) => one()));
  stop = [];
});

interface World {
  readonly org: RunningOrg;
  readonly scorer: ScorerStandIn;
  /** A POST as the nth person. */
  readonly as: (permissionSets: readonly string[]) => (path: string, body: unknown) => Promise<Http>;
  readonly runs: () => readonly Readonly<Record<string, unknown>>[];
}

async function world(): Promise<World> {
  const clock = makeClock(Date.parse('2026-11-21T09:00:00Z'));
  const org = await startOrg({
    metadataDirs: METADATA,
    records: accounts(3),
    clock: clock.now,
    moveClock: clock.moveTo,
    defaultWorkflowUser: { permissionSets: ['Health_Refresh_Callout'] },
    activeFlows: ['Health_Refresh_Schedule'],
    ...CREDENTIALS,
  });
  const scorer = await startScorerStandIn(org.org);
  connect(org.org, scorer.url);
  stop.push(scorer.close, org.close);
  let people = 0;
  return {
    org,
    scorer,
    as: (permissionSets) => {
      const token = org.sessions.issue(addPerson(org.org, (people += 1), permissionSets));
      return async (path, body) => {
        const response = await fetch(`${org.url}${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        return { status: response.status, body: (await response.json()) as Http['body'] };
      };
    },
    runs: () =>
      org.org.query(
        'SELECT Id, Run_Key__c, Period__c, Scope__c, Window__c, Status__c, Error__c, CreatedById FROM Health_Score_Run__c ORDER BY Name',
      ),
  };
}

const START = '/services/data/v66.0/actions/custom/flow/Health_Refresh_Start';
const INTERVIEWS = '/__sandbox/flow-interviews';
const MANAGER = ['Health_Account_Manager', 'Health_Refresh_Callout'];
const ADMIN = ['Health_Admin', 'Health_Refresh_Callout'];

type Screen = {
  label: string;
  button?: string;
  components: {
    type: string;
    value: string | null;
    componentName?: string;
    inputs?: Record<string, unknown>;
  }[];
};
const screenOf = ({ body }: Http): Screen => body['screen'] as Screen;
const textOf = (answer: Http): string => screenOf(answer).components[0]?.value ?? '';

describe('starting a refresh over REST', () => {
  it('lists the flow, and starts it as in an org', async () => {
    const one = await world();
    const post = one.as(MANAGER);
    const list = await fetch(`${one.org.url}/services/data/v66.0/actions/custom/flow`, {
      headers: { authorization: `Bearer ${one.org.sessions.issue(one.org.org.adminId)}` },
    });
    const { actions } = (await list.json()) as { actions: { name: string; type: string }[] };
    expect(actions.map(({ name, type }) => `${type} ${name}`)).toEqual([
      'FLOW Health_Refresh_Failure',
      'FLOW Health_Refresh_Start',
    ]);
    const answer = await post(START, { inputs: [{ period: '2026-10', mode: 'ensure' }] });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      expect.objectContaining({
        actionName: 'Health_Refresh_Start',
        isSuccess: true,
        errors: null,
        outputValues: { Flow__InterviewStatus: 'Finished', started: true, message: null },
      }),
    ]);
    expect(one.scorer.orders).toEqual([
      expect.objectContaining({ period: '2026-10', mode: 'ensure', accountId: null }),
    ]);
  });

  it.each([
    ['nothing is named', {}],
    ['everything is named and empty', { period: '', accountId: '', mode: '', confirm: '' }],
  ])('takes all accounts and the last complete month when %s', async (_what, input) => {
    const one = await world();
    await one.as(MANAGER)(START, { inputs: [input] });
    expect(one.scorer.orders).toEqual([expect.objectContaining({ period: '2026-10', mode: 'ensure' })]);
  });

  it('refuses who was not given the flow, an unknown input, and a flow with screens', async () => {
    const one = await world();
    expect(await one.as(['Health_Account_Manager'])(START, { inputs: [{}] })).toMatchObject({ status: 403 });
    const post = one.as(MANAGER);
    expect(await post(START, { inputs: [{ month: '2026-10' }] })).toMatchObject({ status: 400 });
    expect(await post(START.replace('_Start', '_Nope'), { inputs: [{}] })).toMatchObject({ status: 404 });
    expect(
      await post(START.replace('Health_Refresh_Start', 'Refresh_Health'), { inputs: [{}] }),
    ).toMatchObject({
      status: 404,
    });
    expect(await post(START.replace('_Start', '_Schedule'), { inputs: [{}] })).toMatchObject({ status: 404 });
    expect(one.scorer.orders).toEqual([]);
  });

  it('writes the failure although the person could not write a run himself', async () => {
    const one = await world();
    one.scorer.behave(500);
    const answer = await one.as(MANAGER)(START, {
      inputs: [{ accountId: accountId(1), period: '2026-11', mode: 'refresh' }],
    });
    expect(answer.status).toBe(200);
    expect(one.runs()).toEqual([
      expect.objectContaining({
        Status__c: 'Failed',
        Scope__c: accountId(1),
        Window__c: 'running',
        Period__c: '2026-11',
      }),
    ]);
    const [result] = answer.body as unknown as { outputValues: Record<string, unknown> }[];
    expect(result?.outputValues).toMatchObject({ started: false, message: one.runs()[0]?.['Error__c'] });
  });
});

describe('the screen flow Refresh Health', () => {
  it('refreshes one account for its manager, and shows progress', async () => {
    const one = await world();
    const post = one.as(MANAGER);
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: accountId(1) } });
    expect(first).toMatchObject({ status: 201, body: { status: 'waiting' } });
    expect(textOf(first)).toContain('Hotel 1');
    expect(screenOf(first).button).toBe('Refresh');
    expect(one.scorer.orders).toEqual([]);
    const next = `${INTERVIEWS}/${first.body['interviewId'] as string}/next`;
    const second = await post(next, { values: {} });
    expect(screenOf(second).components).toEqual([
      expect.objectContaining({
        type: 'ComponentInstance',
        componentName: 'c:runProgress',
        inputs: {
          scope: accountId(1),
          period: '2026-11',
          runWindow: 'running',
          askedAt: '2026-11-21 09:00:00Z',
        },
      }),
    ]);
    expect(one.scorer.orders).toEqual([
      expect.objectContaining({ period: '2026-11', accountId: accountId(1), mode: 'refresh', confirm: null }),
    ]);
    const end = await post(next, {});
    expect(end.body).toMatchObject({ status: 'finished', outputs: { started: true, scope: accountId(1) } });
    expect(await post(next, {})).toMatchObject({ status: 404 });
  });

  it('tells who has no callout access why there is no button, and calls nobody', async () => {
    const one = await world();
    const post = one.as(['Health_Account_Manager', 'Health_Viewer']);
    expect(
      await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: accountId(1) } }),
    ).toMatchObject({
      status: 403,
    });
    const runner = one.as(['Health_Account_Manager']);
    one.org.org.permissionSets.get('Health_Account_Manager')?.user.add('RunFlow');
    const answer = await runner(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: accountId(1) } });
    expect(textOf(answer)).toContain('permission set Health Refresh Callout is not assigned to you');
    expect(one.scorer.orders).toEqual([]);
  });

  it('says why an account without segment is not scored', async () => {
    const one = await world();
    one.org.org.load([{ object: 'Account', fields: { Id: accountId(9), Name: 'Hotel 9' } }]);
    const answer = await one.as(MANAGER)(INTERVIEWS, {
      flow: 'Refresh_Health',
      inputs: { recordId: accountId(9) },
    });
    expect(textOf(answer)).toContain('Hotel 9 is not scored');
  });

  it('lets only admins refresh everybody', async () => {
    const one = await world();
    const refused = await one.as(MANAGER)(INTERVIEWS, { flow: 'Refresh_Health', inputs: {} });
    expect(textOf(refused)).toContain('Only admins');
    const post = one.as(ADMIN);
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: {} });
    expect(screenOf(first).button).toBe('Refresh all');
    await post(`${INTERVIEWS}/${first.body['interviewId'] as string}/next`, {});
    expect(one.scorer.orders).toEqual([
      expect.objectContaining({ period: '2026-11', accountId: null, mode: 'refresh' }),
    ]);
  });

  it('releases a held refresh from its own record', async () => {
    const one = await world();
    one.scorer.behave('Held');
    const post = one.as(ADMIN);
    await post(START, { inputs: [{ period: '2026-10' }] });
    const [held] = one.runs();
    expect(held).toMatchObject({ Status__c: 'Held' });
    one.scorer.behave('Finished');
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: held?.['Id'] } });
    expect(textOf(first)).toContain('The refresh of 2026-10 is held');
    const second = await post(`${INTERVIEWS}/${first.body['interviewId'] as string}/next`, {});
    expect(screenOf(second).components[0]?.inputs).toMatchObject({
      scope: 'all',
      period: '2026-10',
      runWindow: 'complete',
    });
    expect(one.scorer.orders.at(-1)).toMatchObject({
      period: '2026-10',
      mode: 'refresh',
      confirm: held?.['Run_Key__c'],
    });
    expect(one.runs().map((run) => run['Status__c'])).toEqual(['Finished']);
  });

  it('releases a refresh that found nothing for anybody, and says what it found nothing in', async () => {
    const one = await world();
    one.scorer.behave('Degraded');
    const post = one.as(ADMIN);
    await post(START, { inputs: [{ period: '2026-10' }] });
    const [run] = one.runs();
    const recordId = String(run?.['Id']);
    // One that is Degraded for another reason has nothing to release.
    const other = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId } });
    expect(screenOf(other).button).toBe('Refresh all');
    const object = one.org.org.schema.objects.get('health_score_run__c');
    if (object) one.org.org.store.update(object, recordId, { Empty_Reads__c: 'jira bugs, looker usage' });

    one.scorer.behave('Finished');
    const manager = await one.as(MANAGER)(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId } });
    expect(textOf(manager)).toContain('Only admins');
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId } });
    expect(textOf(first)).toContain(
      'The refresh of 2026-10 found nothing for any customer in: jira bugs, looker usage.',
    );
    expect(screenOf(first).button).toBe('Release');
    const second = await post(`${INTERVIEWS}/${first.body['interviewId'] as string}/next`, {});
    expect(screenOf(second).components[0]?.inputs).toMatchObject({
      scope: 'all',
      period: '2026-10',
      runWindow: 'complete',
    });
    expect(one.scorer.orders.at(-1)).toMatchObject({ period: '2026-10', confirm: run?.['Run_Key__c'] });
    expect(
      one
        .runs()
        .map((row) => row['Status__c'])
        .sort(),
    ).toEqual(['Degraded', 'Finished']);
  });

  it('shows what to do when the refresh could not be started', async () => {
    const one = await world();
    one.scorer.behave(401);
    const post = one.as(MANAGER);
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: accountId(1) } });
    const second = await post(`${INTERVIEWS}/${first.body['interviewId'] as string}/next`, {});
    expect(screenOf(second).label).toBe('Not started');
    expect(textOf(second)).toContain('does not accept the token');
  });

  it('shows an account that a person may not see to nobody else', async () => {
    const one = await world();
    const account = one.org.org.schema.objects.get('account');
    if (account) account.sharing = 'Private';
    const answer = await one.as(MANAGER)(INTERVIEWS, {
      flow: 'Refresh_Health',
      inputs: { recordId: accountId(1) },
    });
    expect(textOf(answer)).not.toContain('Hotel 1');
  });

  it('says what the org refuses to a person whose permission sets grant no data', async () => {
    const one = await world();
    const answer = await one.as(['Health_Refresh_Callout'])(INTERVIEWS, {
      flow: 'Refresh_Health',
      inputs: { recordId: accountId(1) },
    });
    expect(screenOf(answer).label).toBe('Not started');
    expect(textOf(answer)).toContain('the flow tried to look up records');
    expect(one.scorer.orders).toEqual([]);
  });

  it('keeps an interview to the person who began it, and wants a session', async () => {
    const one = await world();
    const first = await one.as(MANAGER)(INTERVIEWS, {
      flow: 'Refresh_Health',
      inputs: { recordId: accountId(1) },
    });
    const next = `${INTERVIEWS}/${first.body['interviewId'] as string}/next`;
    expect(await one.as(MANAGER)(next, {})).toMatchObject({ status: 404 });
    const open = await fetch(`${one.org.url}${INTERVIEWS}`, { method: 'POST', body: '{}' });
    expect(open.status).toBe(401);
  });
});

describe('reading a final month again', () => {
  const AGAIN = 'Read all sources again, also months that are final';
  const boxOf = (answer: Http) =>
    screenOf(answer).components.filter(({ type }) => type === 'InputField') as unknown as {
      name: string;
      label: string;
    }[];
  const nextOf = (answer: Http): string => `${INTERVIEWS}/${answer.body['interviewId'] as string}/next`;

  it.each([
    ['one customer', { recordId: accountId(1) }, 'Again_One', accountId(1)],
    ['all customers', {}, 'Again_All', null],
  ])('is offered to an admin for %s, and asked for only when ticked', async (_who, inputs, box, account) => {
    const one = await world();
    const post = one.as(ADMIN);
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs });
    expect(boxOf(first)).toEqual([
      expect.objectContaining({
        name: box,
        label: `${AGAIN}: 2026-10 instead of the last 30 days`,
        value: 'false',
      }),
    ]);
    await post(nextOf(first), {});
    const second = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs });
    const progress = await post(nextOf(second), { values: { [box]: true } });
    expect(one.scorer.orders).toEqual([
      expect.objectContaining({ period: '2026-11', accountId: account, mode: 'refresh', force: 'false' }),
      expect.objectContaining({ period: '2026-10', accountId: account, mode: 'refresh', force: 'true' }),
    ]);
    expect(screenOf(progress).components[0]?.inputs).toMatchObject({
      scope: account ?? 'all',
      period: '2026-10',
      runWindow: 'complete',
    });
  });

  it('is about the month of the refresh on which the action was started', async () => {
    const one = await world();
    const post = one.as(ADMIN);
    await post(START, { inputs: [{ period: '2026-07' }] });
    const [run] = one.runs();
    expect(run).toMatchObject({ Status__c: 'Finished', Window__c: 'complete' });
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: run?.['Id'] } });
    expect(boxOf(first)[0]?.label).toContain('2026-07');
    await post(nextOf(first), { values: { Again_All: true } });
    expect(one.scorer.orders.at(-1)).toMatchObject({ period: '2026-07', mode: 'refresh', force: 'true' });
  });

  it('is not shown to other people, and a box that was not shown cannot be ticked', async () => {
    const one = await world();
    const post = one.as(MANAGER);
    const first = await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: accountId(1) } });
    expect(boxOf(first)).toEqual([]);
    expect(await post(nextOf(first), { values: { Again_One: true } })).toMatchObject({ status: 400 });
    expect(one.scorer.orders).toEqual([]);
    // The screen waits on: without the box it goes the usual way.
    await post(nextOf(first), {});
    expect(one.scorer.orders).toEqual([expect.objectContaining({ period: '2026-11', force: 'false' })]);
    expect(
      await post(INTERVIEWS, { flow: 'Refresh_Health', inputs: { recordId: accountId(1), force: true } }),
    ).toMatchObject({ status: 400 });
  });

  it.each([
    ['all accounts', { period: '2026-10', force: true }],
    ['one account', { period: '2026-10', accountId: accountId(1), mode: 'refresh', force: true }],
    ['the release of a held run', { period: '2026-10', mode: 'refresh', confirm: 'run-1', force: true }],
  ])('is refused over REST, for %s, to who lacks the permission', async (_what, input) => {
    const one = await world();
    const answer = await one.as(MANAGER)(START, { inputs: [input] });
    const [result] = answer.body as unknown as { outputValues: Record<string, unknown> }[];
    expect(result?.outputValues).toMatchObject({
      started: false,
      message: expect.stringContaining('custom permission Force Health Refresh') as string,
    });
    expect(one.scorer.orders).toEqual([]);
    // No failure of the service, so no failed run and no bell.
    expect(one.runs()).toEqual([]);
    expect(one.org.org.flows.notifications).toEqual([]);
  });

  it.each([
    ['true, whatever the mode', { period: '2026-10', mode: 'ensure', force: true }, 'refresh', 'true'],
    ['false', { period: '2026-10', mode: 'ensure', force: false }, 'ensure', 'false'],
    ['empty', { period: '2026-10', force: null }, 'ensure', 'false'],
  ])('goes to the service for an admin over REST: %s', async (_what, input, mode, force) => {
    const one = await world();
    expect(await one.as(ADMIN)(START, { inputs: [input] })).toMatchObject({ status: 200 });
    expect(one.scorer.orders).toEqual([expect.objectContaining({ period: '2026-10', mode, force })]);
  });

  it('takes no text for true', async () => {
    const one = await world();
    const answer = await one.as(ADMIN)(START, { inputs: [{ period: '2026-10', force: 'true' }] });
    expect(answer).toMatchObject({ status: 400 });
    expect(one.scorer.orders).toEqual([]);
  });
});

describe('the clock of the local org', () => {
  it('runs what is scheduled in between when it is moved on', async () => {
    const one = await world();
    const path = `${one.org.url}/__sandbox/clock`;
    expect(await (await fetch(path)).json()).toEqual({ now: '2026-11-21T09:00:00.000Z' });
    const move = async (now: unknown): Promise<Http> => {
      const response = await fetch(path, { method: 'POST', body: JSON.stringify({ now }) });
      return { status: response.status, body: (await response.json()) as Http['body'] };
    };
    const moved = await move('2026-12-04T09:00:00Z');
    expect(moved).toMatchObject({ status: 200, body: { now: '2026-12-04T09:00:00.000Z' } });
    expect((moved.body['interviews'] as unknown[]).length).toBe(13);
    // The first day starts the month that is owed, the run day the next one.
    expect(one.scorer.orders.map(({ period, at }) => [period, at.slice(0, 10)])).toEqual([
      ['2026-10', '2026-11-22'],
      ['2026-11', '2026-12-03'],
    ]);
    expect(await move('2026-12-01T00:00:00Z')).toMatchObject({ status: 400 });
    expect(await move('soon')).toMatchObject({ status: 400 });
  });

  it('runs each schedule once when two move it at the same time', async () => {
    const one = await world();
    const move = () =>
      fetch(`${one.org.url}/__sandbox/clock`, { method: 'POST', body: '{"now":"2026-11-23T09:00:00Z"}' });
    await Promise.all([move(), move()]);
    expect(one.org.org.flows.ends).toHaveLength(2);
  });
});
