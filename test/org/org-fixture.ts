import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import { openOrg, salesforceId, startOrg } from 'local-org';
import type { Org, RunningOrg, SeedRecord, StartOptions } from 'local-org';

export const NOW = Date.parse('2026-11-21T09:00:00Z');
export const CREDENTIALS = { clientId: 'local-client', clientSecret: 'local-secret' };
export const METADATA = ['force-app/main/default'];

/** @example accountId(1) // => '001000000000001AAA' */
export const accountId = (n: number): string => salesforceId('001', n);

export const accounts = (count: number): SeedRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    object: 'Account',
    fields: {
      Id: accountId(i + 1),
      Name: `Hotel ${i + 1}`,
      Health_Segment__c: i % 2 === 0 ? 'paid' : 'standard',
    },
  }));

/** An org in memory, without a server. */
export const orgWith = (records: SeedRecord[], clock: () => number = () => NOW): Org =>
  openOrg({ metadataDirs: METADATA, records, clock });

export const startWith = (records: SeedRecord[], more: Partial<StartOptions> = {}): Promise<RunningOrg> =>
  startOrg({ metadataDirs: METADATA, records, clock: () => NOW, ...CREDENTIALS, ...more });

/** The real client, logged in with client credentials. */
export async function login(org: { url: string }, version = '66.0'): Promise<Connection> {
  const connection = new jsforce.Connection({
    loginUrl: org.url,
    instanceUrl: org.url,
    version,
    oauth2: { ...CREDENTIALS, loginUrl: org.url },
  });
  await connection.authorize({ grant_type: 'client_credentials' });
  return connection;
}
