import { afterEach, describe, expect, it } from 'vitest';
import { inputOfValue } from 'local-org/inside';
import type { Value } from 'local-org/inside';
import { accountId, accounts } from '../org/org-fixture.ts';
import { addPerson, DAY, openFlowWorld, personId } from './flow-world.ts';
import type { FlowWorld } from './flow-world.ts';
import { plant } from './planted-flow.ts';

let open: FlowWorld | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const ready = async (): Promise<FlowWorld> => {
  open = await openFlowWorld({ start: '2027-02-03T00:00:00Z', records: accounts(2) });
  addPerson(open.org, 1, ['Health_Admin', 'Health_Refresh_Callout']);
  return open;
};

/** What the flow says and does for an answer: whether it took the order for started, and what it tells. */
interface Outcome {
  readonly started: unknown;
  readonly message: unknown;
}

/** Starts the flow as an administrator of customer health does, and as the platform does over REST. */
async function start(world: FlowWorld, inputs: Readonly<Record<string, string>>): Promise<Outcome> {
  const { flows } = world.org;
  const given = new Map<string, Value>(Object.entries(inputs));
  const arrival = await flows.advance(flows.open('Health_Refresh_Start', given, personId(1)));
  if (arrival.kind !== 'finished') throw new Error('found a screen, expected the end');
  const of = (name: string): unknown => inputOfValue(arrival.outputs.get(name) ?? null);
  return { started: of('started'), message: of('message') };
}

/** Every way that leads to a call of the service. */
const WAYS: readonly [string, (world: FlowWorld) => Promise<Outcome | undefined>][] = [
  [
    'the schedule',
    async (world) => {
      const [end] = await world.until(new Date(world.clock.now() + DAY).toISOString());
      expect(end?.status).toBe('Finished');
      return undefined;
    },
  ],
  ['a start for one account', (world) => start(world, { mode: 'refresh', accountId: accountId(1) })],
  ['a start for all accounts', (world) => start(world, { mode: 'refresh' })],
  ['the release of a held run', (world) => start(world, { mode: 'refresh', confirm: 'run-1' })],
];

const ADVICE: readonly [number, string][] = [
  [200, 'Something else than the scoring service answers'],
  [201, 'Something else than the scoring service answers'],
  [204, 'Something else than the scoring service answers'],
  [301, 'leads elsewhere'],
  [400, 'in the same version'],
  [401, 'Run npm run connect again'],
  [403, 'does not allow this'],
  [404, 'Something else than the scoring service answers'],
  [409, 'A setting of the scoring service is wrong'],
  [422, 'in the same version'],
  [429, 'Try again later'],
  [500, 'has a fault of its own'],
  [502, 'does not reach it'],
  [503, 'Try again later'],
  [504, 'does not reach it'],
];

describe('an answer of the service', () => {
  it.each(WAYS)('counts as started with 202 alone, when it comes from %s', async (_way, begin) => {
    const world = await ready();
    const told: string[] = [];
    for (const [code, advice] of ADVICE) {
      world.scorer.behave(code);
      const outcome = await begin(world);
      const rows = world.runs();
      const error = rows.at(-1)?.['Error__c'] as string;
      expect(rows.filter((row) => row['Status__c'] === 'Failed')).toHaveLength(told.length + 1);
      expect(error).toContain(code === 204 ? 'HTTP status 204, without a word.' : `HTTP status ${code}: `);
      if (code !== 204) expect(error).toContain(`the words of ${code}`);
      expect(error).toContain(advice);
      if (outcome) expect(outcome).toEqual({ started: false, message: error });
      told.push(error);
      expect(world.org.flows.notifications).toHaveLength(told.length);
    }
    world.scorer.behave(202);
    const outcome = await begin(world);
    if (outcome) expect(outcome).toEqual({ started: true, message: null });
    expect(world.runs()).toHaveLength(told.length);
    expect(world.org.flows.notifications).toHaveLength(told.length);
  });

  it('is shown without the marks of a page of HTML, and cut where it is long', async () => {
    const world = await ready();
    world.scorer.behave(502, `<html><h1>Bad Gateway</h1>${'x'.repeat(9_000)}</html>`);
    const { message } = await start(world, {});
    expect(message).toContain('html  h1 Bad Gateway /h1');
    expect(message).not.toMatch(/[<>]/);
    expect(world.runs()[0]?.['Error__c']).toBe(message);
    expect(String(message).length).toBeLessThan(2_500);
  });

  it('gives no output of another name', async () => {
    const world = await ready();
    const planted = plant('Health_Refresh_Start', [[/Start_All\.default/, 'Start_All.body']]);
    expect(world.org.deploy(planted, { checkOnly: false }).success).toBe(true);
    world.scorer.behave(503);
    await expect(start(world, {})).rejects.toThrow(
      'found Start_All.body, expected an output of the action: 202, responseCode, default',
    );
  });
});
