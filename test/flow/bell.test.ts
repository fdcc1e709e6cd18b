import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { objectOf } from 'local-org';
import { create, update } from 'local-org/inside';
import { addPerson, openFlowWorld } from './flow-world.ts';
import type { FlowWorld } from './flow-world.ts';
import { plant } from './planted-flow.ts';

const AT = '2026-11-03T05:00:00Z';
const RUN = {
  Run_Key__c: '2026-10-all-1',
  Period__c: '2026-10',
  Scope__c: 'all',
  Window__c: 'complete',
  Mode__c: 'ensure',
  Status__c: 'Running',
};

let one: FlowWorld;
let admins: string[];
beforeEach(async () => {
  one = await openFlowWorld({ start: AT, runAs: { permissionSets: ['Health_Scorer_Integration'] } });
  admins = [addPerson(one.org, 1, ['Health_Admin']), addPerson(one.org, 2, ['Health_Admin'])];
  addPerson(one.org, 3, ['Health_Viewer']);
});
afterEach(() => one.close());

const runObject = () => {
  const object = objectOf(one.org.schema, 'Health_Score_Run__c');
  if (!object) throw new Error('the org has no Health_Score_Run__c');
  return object;
};
const writer = () => one.org.writeWorld(one.org.user(one.org.integrationUser.id));
/** Writes a run with the rights of the scorer. */
const begin = (fields: Record<string, unknown> = {}): string =>
  create(writer(), runObject(), { ...RUN, ...fields }).id;
const end = (id: string, fields: Record<string, unknown>) => update(writer(), runObject(), id, fields);
const told = () => one.org.flows.notifications;
const row = (id: string) =>
  one.org.query(`SELECT Status__c, Alerted_At__c FROM Health_Score_Run__c WHERE Id = '${id}'`)[0];

describe('when a run that the service took on does not end Finished', () => {
  it.each([
    [
      'Failed',
      { Error__c: 'CONFIG_INVALID: The model in the org: 1 problem' },
      'Health scores of 2026-10: the refresh failed',
      'CONFIG_INVALID: The model in the org: 1 problem',
    ],
    [
      'Held',
      { Error__c: 'would move 20 of 57 tiers' },
      'Health scores of 2026-10: held, nothing is written until you release them',
      'would move 20 of 57 tiers',
    ],
    [
      'Degraded',
      { Degraded_Sources__c: 'intercom' },
      'Health scores of 2026-10: refreshed without all sources',
      'Not all could be read: intercom. Repair access or wait, then refresh the same month again. ',
    ],
    [
      'Degraded',
      { Degraded_Sources__c: 'jira', Empty_Reads__c: 'jira bugs' },
      'Health scores of 2026-10: refreshed without all sources',
      'Not all could be read: jira. Repair access or wait, then refresh the same month again. Nothing for anybody in jira bugs: if that is true, release the run from its record. ',
    ],
  ])('but %s, every admin is told why, and led to the run', (status, fields, title, body) => {
    const id = begin();
    expect(told()).toEqual([]);
    end(id, { Status__c: status, ...fields });
    expect(told()).toMatchObject([{ title, body, target: id, at: Date.parse(AT) }]);
    expect([...(told()[0]?.recipients ?? [])].sort()).toEqual([...admins].sort());
    expect(row(id)).toEqual(
      expect.objectContaining({ Status__c: status, Alerted_At__c: '2026-11-03T05:00:00.000+0000' }),
    );
  });

  it('they are told once, whatever is written to it later', () => {
    const id = begin({ Status__c: 'Failed', Error__c: 'no model' });
    end(id, { Error__c: 'no model at all' });
    end(id, { Status__c: 'Running' });
    end(id, { Status__c: 'Held' });
    expect(told()).toHaveLength(1);
  });

  it.each([
    ['a run that ends Finished', { Status__c: 'Finished' }],
    ['a run at work', { Heartbeat_At__c: '2026-11-03T05:01:00Z' }],
    ['a refused call, which has a bell of its own', { Status__c: 'Failed', Run_Key__c: 'flow-2026-10-1' }],
  ])('nobody is told of %s', (_what, fields) => {
    begin(fields);
    expect(told()).toEqual([]);
  });

  it('tells of the reason what fits', () => {
    begin({ Status__c: 'Failed', Error__c: 'x'.repeat(4_000) });
    expect(told()[0]?.body).toHaveLength(700);
  });
});

describe('the run is written all the same', () => {
  it.each([
    ['nobody is an admin', 'DELETE FROM "PermissionSetAssignment"'],
    ['the permission set is gone', `DELETE FROM "PermissionSet" WHERE "Name" = 'Health_Admin'`],
    ['the notification type is gone', 'DELETE FROM "CustomNotificationType"'],
  ])('when %s', (_what, breakIt) => {
    const as = writer();
    one.org.store.rows(breakIt, []);
    const { id } = create(as, runObject(), { ...RUN, Status__c: 'Failed', Error__c: 'no model' });
    expect([told(), row(id)?.['Status__c'], row(id)?.['Alerted_At__c']]).toEqual([[], 'Failed', null]);
  });

  it('when the bell itself is refused', () => {
    const planted = plant('Health_Run_Bell', [
      [
        /<name>title<\/name>\s*<value>[\s\S]*?<\/value>/,
        '<name>title</name><value><stringValue></stringValue></value>',
      ],
    ]);
    expect(one.org.deploy(planted, { checkOnly: false }).success).toBe(true);
    const id = begin({ Status__c: 'Failed', Error__c: 'no model' });
    expect([told(), row(id)?.['Status__c'], row(id)?.['Alerted_At__c']]).toEqual([[], 'Failed', null]);
  });
});
