import { afterEach, describe, expect, it } from 'vitest';
import { UNCOMMITTED_WORK } from 'local-org/inside';
import { addPerson, METADATA, openFlowWorld } from './flow-world.ts';
import type { FlowWorld, FlowWorldOptions } from './flow-world.ts';
import { plant } from './planted-flow.ts';

let open: FlowWorld | undefined;
const world = async (options: Partial<FlowWorldOptions> = {}): Promise<FlowWorld> =>
  (open = await openFlowWorld({ start: '2027-02-03T00:00:00Z', ...options }));
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const errorOf = ({ runs }: FlowWorld): string => {
  const [run, ...more] = runs();
  expect(more).toEqual([]);
  expect(run).toMatchObject({
    Status__c: 'Failed',
    Period__c: '2027-01',
    Scope__c: 'all',
    Window__c: 'complete',
    Mode__c: 'ensure',
  });
  expect(run?.['Run_Key__c']).toMatch(/^flow-2027-01-/);
  return run?.['Error__c'] as string;
};

describe('a refresh that cannot be started', () => {
  it.each([
    ['does not answer', 'down', 'no connection', 'Check that the scoring service runs'],
    ['answers 401', 401, 'HTTP status 401: {"title":"the words of 401"}', 'does not accept the token'],
    ['answers 500', 500, 'HTTP status 500: {"title":"the words of 500"}', 'has a fault of its own'],
  ] as const)('leaves a row that says what to do when the scorer %s', async (_what, how, words, advice) => {
    const one = await world();
    one.scorer.behave(how);
    const ends = await one.until('2027-02-04T00:00:00Z');
    expect(ends.map((end) => end.status)).toEqual(['Finished']);
    const error = errorOf(one);
    expect(error).toContain(words);
    expect(error).toContain(advice);
    expect(error).not.toContain('token-of-this-test');
  });

  it('leaves a row when the answer takes longer than a callout may, and finds the run finished the next day', async () => {
    const one = await world({ calloutTimeoutMs: 100 });
    one.scorer.behave('slow');
    await one.until('2027-02-04T00:00:00Z');
    expect(one.runs().map((run) => run['Status__c'])).toEqual(['Finished', 'Failed']);
    expect(one.runs("WHERE Status__c = 'Failed'")[0]?.['Error__c']).toContain('timed out after 0.1 seconds');
    await one.until('2027-02-10T00:00:00Z');
    expect(one.scorer.orders).toHaveLength(1);
  });

  it('takes a slow answer that comes within the time of a callout', async () => {
    const one = await world({ calloutTimeoutMs: 5_000 });
    one.scorer.behave('slow');
    await one.until('2027-02-04T00:00:00Z');
    expect(one.runs().map((run) => run['Status__c'])).toEqual(['Finished']);
  });

  it('says so when the credential was never filled', async () => {
    const one = await world({ unfilled: true });
    await one.until('2027-02-04T00:00:00Z');
    expect(errorOf(one)).toMatch(/Fill the token .* is not configured/s);
    expect(one.scorer.orders).toEqual([]);
  });

  it('says so when the Default Workflow User may not use the credential', async () => {
    const one = await world({ defaultWorkflowUser: { permissionSets: ['Health_Viewer'] } });
    await one.until('2027-02-04T00:00:00Z');
    expect(errorOf(one)).toContain("We couldn't access the credential(s)");
    expect(one.scorer.orders).toEqual([]);
  });

  it('says so when the settings are gone', async () => {
    const one = await world({ metadataDirs: ['force-app/main/default'] });
    await one.until('2027-02-04T00:00:00Z');
    expect(one.runs()[0]?.['Error__c']).toContain('Restore the record Default');
  });

  it('says so when settings or runs cannot be read', async () => {
    const one = await world();
    const planted = plant('Health_Refresh_Schedule', [
      [/<field>Period__c<\/field>\s*<operator>EqualTo/, '<field>Error__c</field><operator>EqualTo'],
    ]);
    expect(one.org.deploy(planted, { checkOnly: false }).success).toBe(true);
    await one.until('2027-02-04T00:00:00Z');
    expect(one.runs()).toEqual([expect.objectContaining({ Status__c: 'Failed', Scope__c: 'all' })]);
    expect(one.runs()[0]?.['Error__c']).toContain('the flow tried to look up records');
  });

  it('never activates a schedule without a Default Workflow User', async () => {
    const { org } = await world();
    const { openOrg } = await import('local-org');
    expect(() =>
      openOrg({ metadataDirs: METADATA, clock: org.clock, activeFlows: ['Health_Refresh_Schedule'] }),
    ).toThrow('SCHEDULE_TRIGGERED_FLOW_REQUIRES_DEFAULT_WORKFLOW_USER');
  });

  it('tells every admin of customer health, with the way to the row', async () => {
    const one = await world();
    const [first, second] = [1, 2].map((n) => addPerson(one.org, n, ['Health_Admin']));
    addPerson(one.org, 3, ['Health_Account_Manager']);
    one.scorer.behave('down');
    await one.until('2027-02-04T00:00:00Z');
    expect(one.org.flows.notifications).toEqual([
      expect.objectContaining({
        recipients: [first, second],
        title: 'A refresh of the health scores could not be started',
        target: one.runs()[0]?.['Id'],
      }),
    ]);
    expect(one.org.flows.notifications[0]?.body).toContain('Check that the scoring service runs');
  });

  it('writes its row although nobody is there to be told', async () => {
    const one = await world();
    one.scorer.behave('down');
    await one.until('2027-02-04T00:00:00Z');
    expect(errorOf(one)).toContain('could not be started');
    expect(one.org.flows.notifications).toEqual([]);
  });
});

describe('the rule on uncommitted work', () => {
  const write =
    '<recordCreates><name>Write_First</name><label>Write first</label><locationX>0</locationX><locationY>0</locationY>' +
    '<connector><targetReference>May_Force</targetReference></connector>' +
    '<inputAssignments><field>Period__c</field><value><stringValue>2027-01</stringValue></value></inputAssignments>' +
    '<object>Health_Score_Run__c</object></recordCreates>';

  it('fails a callout after a planted write, with the words of the platform', async () => {
    const one = await world();
    const planted = plant('Health_Refresh_Start', [
      [/(<start>[\s\S]*?<targetReference>)May_Force/, '$1Write_First'],
      [/<\/Flow>/, `${write}</Flow>`],
    ]);
    expect(one.org.deploy(planted, { checkOnly: false }).success).toBe(true);
    await one.until('2027-02-04T00:00:00Z');
    expect(one.scorer.orders).toEqual([]);
    const failed = one.runs("WHERE Status__c = 'Failed'");
    expect(failed).toHaveLength(1);
    expect(failed[0]?.['Error__c']).toContain(UNCOMMITTED_WORK);
  });

  it('undoes what an interview wrote when a later element fails without a fault path', async () => {
    const one = await world();
    const planted = plant('Health_Refresh_Start', [
      [/(<start>[\s\S]*?<targetReference>)May_Force/, '$1Write_First'],
      [/<faultConnector>[\s\S]*?<\/faultConnector>/, ''],
      [/<\/Flow>/, `${write}</Flow>`],
    ]);
    expect(one.org.deploy(planted, { checkOnly: false }).success).toBe(true);
    const ends = await one.until('2027-02-04T00:00:00Z');
    expect(ends).toEqual([expect.objectContaining({ status: 'Error', error: UNCOMMITTED_WORK })]);
    expect(one.runs()).toEqual([]);
  });
});

describe('the limits of a transaction', () => {
  it('fails a flow that asks more than 100 queries, whatever fault path it has', async () => {
    const one = await world();
    // The way to the callout leads back to the query before it, for ever.
    const planted = plant('Health_Refresh_Schedule', [
      [
        /(<name>Start_Refresh<\/name>[\s\S]*?<locationY>\d+<\/locationY>)/,
        '$1<connector><targetReference>Get_First_Degraded</targetReference></connector>',
      ],
    ]);
    expect(one.org.deploy(planted, { checkOnly: false }).success).toBe(true);
    one.scorer.behave(500);
    const ends = await one.until('2027-02-03T06:00:00Z');
    expect(ends).toEqual([expect.objectContaining({ status: 'Error' })]);
    expect(ends[0]?.error).toMatch(/^Too many SOQL queries: 10\d$/);
  });
});

describe('what the simulation does not know', () => {
  it.each([
    [
      'an element',
      [
        [
          /<\/Flow>/,
          '<waits><name>Wait</name><label>Wait</label><locationX>0</locationX><locationY>0</locationY><defaultConnectorLabel>On</defaultConnectorLabel></waits></Flow>',
        ],
      ],
      'found waits',
    ],
    ['an operator', [[/<operator>IsNull</, '<operator>WasVisited<']], 'found operator WasVisited'],
    ['a function', [[/MIN\(28/, 'SQRT(28']], 'function SQRT is not modelled'],
    ['a frequency', [[/<frequency>Daily/, '<frequency>Monthly']], 'found frequency Monthly'],
    [
      'a part of an element',
      [[/<getFirstRecordOnly>/, '<limit>5</limit><getFirstRecordOnly>']],
      'found limit',
    ],
  ] as const)('refuses a deploy with %s that it does not run', async (_what, changes, words) => {
    const one = await world();
    const planted = plant(
      'Health_Refresh_Schedule',
      changes.map(([from, to]) => [from, to] as [RegExp, string]),
    );
    const result = one.org.deploy(planted, { checkOnly: false });
    expect(result.success).toBe(false);
    expect(result.messages.map((message) => message.problem?.text ?? '').join('\n')).toContain(words);
    // The flow from before still runs.
    await one.until('2027-02-04T00:00:00Z');
    expect(one.scorer.orders).toHaveLength(1);
  });
});
