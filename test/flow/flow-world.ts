import { objectOf, openOrg, salesforceId } from 'local-org';
import type { InterviewEnd, Org, OrgOptions } from 'local-org';
import { makeClock } from '../../sandbox/clock.ts';
import type { Clock } from '../../sandbox/clock.ts';
import { startScorerStandIn, TOKEN } from './scorer-stand-in.ts';
import type { ScorerStandIn } from './scorer-stand-in.ts';

export const METADATA = ['force-app/main/default', 'force-app-defaults'];
export const DAY = 86_400_000;

type Row = Readonly<Record<string, unknown>>;

/** An org with the shipped flows, its clock, and a stand-in of the scorer behind the shipped Named Credential. */
export interface FlowWorld {
  readonly org: Org;
  readonly clock: Clock;
  readonly scorer: ScorerStandIn;
  /** Runs what is scheduled up to a moment. */
  readonly until: (iso: string) => Promise<InterviewEnd[]>;
  /** Lets time pass without any schedule: the platform was down for maintenance. */
  readonly skipTo: (iso: string) => void;
  readonly runs: (where?: string) => Row[];
  readonly setting: (values: Readonly<Record<string, number>>) => void;
  readonly close: () => Promise<void>;
}

export interface FlowWorldOptions extends Partial<OrgOptions> {
  readonly start: string;
  readonly runDay?: number;
  /** Leave the External Credential empty, as it is after a deploy. */
  readonly unfilled?: boolean;
}

/** Id of the nth user of a test. */
export const personId = (n: number): string => salesforceId('005', 910_000 + n);

/** Fills the principal and the address, as `npm run connect` does. */
export function connect(org: Org, url: string, token = TOKEN): void {
  const { credentials } = org.flows;
  credentials.fill(
    'Node_Scorer',
    'Scorer',
    new Map([['Token', { value: token, encrypted: true, revision: 1 }]]),
  );
  credentials.setUrl('Node_Scorer', url);
}

export async function openFlowWorld({
  start,
  runDay,
  unfilled,
  ...more
}: FlowWorldOptions): Promise<FlowWorld> {
  const clock = makeClock(Date.parse(start));
  const org = openOrg({
    metadataDirs: METADATA,
    clock: clock.now,
    defaultWorkflowUser: { permissionSets: ['Health_Refresh_Callout'] },
    activeFlows: ['Health_Refresh_Schedule'],
    ...more,
  });
  const scorer = await startScorerStandIn(org);
  if (!unfilled) connect(org, scorer.url);
  const setting: FlowWorld['setting'] = (values) => {
    const object = objectOf(org.schema, 'Health_Setting__mdt');
    const [row] = org.query("SELECT Id FROM Health_Setting__mdt WHERE DeveloperName = 'Default'");
    if (!object || !row) throw new Error('the org has no settings');
    org.store.update(object, row['Id'] as string, values);
  };
  if (runDay !== undefined) setting({ Run_Day__c: runDay });
  return {
    org,
    clock,
    scorer,
    setting,
    until: async (iso) => {
      const ends = await org.flows.runSchedules(clock.now(), Date.parse(iso), clock.moveTo);
      clock.moveTo(Date.parse(iso));
      return ends;
    },
    skipTo: (iso) => clock.moveTo(Date.parse(iso)),
    runs: (where = '') =>
      org.query(
        `SELECT Id, Run_Key__c, Period__c, Scope__c, Window__c, Status__c, Mode__c, Started_At__c, Error__c FROM Health_Score_Run__c ${where} ORDER BY CreatedDate, Name`,
      ),
    close: async () => {
      await scorer.close();
      org.close();
    },
  };
}

/** A person with permission sets, and none of an administrator's rights. */
export function addPerson(org: Org, n: number, permissionSets: readonly string[]): string {
  const id = personId(n);
  const [profile] = org.query("SELECT Id FROM Profile WHERE Name LIKE 'Minimum%'");
  org.load([
    {
      object: 'User',
      fields: {
        Id: id,
        Username: `person${n}@org.example`,
        LastName: `Person ${n}`,
        ProfileId: profile?.['Id'],
      },
    },
  ]);
  for (const name of permissionSets) {
    const [set] = org.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
    org.load([
      { object: 'PermissionSetAssignment', fields: { AssigneeId: id, PermissionSetId: set?.['Id'] } },
    ]);
  }
  return id;
}
