// Local: the example of the README.

import { join } from 'node:path';
import { startOrg } from 'local-org';

/**
 * A client of Salesforce against an org on this machine: signs in, saves an order by its key, asks for it, and meets
 * what an org refuses.
 *
 * @returns what the org answered
 */
export async function example(): Promise<{ saved: number; orders: unknown; refused: string }> {
  const org = await startOrg({
    metadataDirs: [join(import.meta.dirname, 'app')],
    clock: () => Date.parse('2026-06-01T12:00:00Z'),
    clientId: 'my-client',
    clientSecret: 'my-secret',
    // Sees what this permission set grants, and nothing else: not the amount of an order.
    runAs: { permissionSets: ['Order_Clerk'] },
  });
  try {
    const signIn = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'my-client',
        client_secret: 'my-secret',
      }),
    });
    const { access_token: token } = (await signIn.json()) as { access_token: string };
    const call = (path: string, init: RequestInit = {}) =>
      fetch(`${org.url}/services/data/v66.0/${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      });
    const saved = await call('sobjects/Order__c/Order_Key__c/A-17', { method: 'PATCH', body: '{}' });
    const ask = async (fields: string) => {
      const answer = await call(`query?q=${encodeURIComponent(`SELECT ${fields} FROM Order__c`)}`);
      return (await answer.json()) as { records?: object[] } & { errorCode?: string }[];
    };
    const { records } = await ask('Name, Order_Key__c');
    const [refusal] = await ask('Amount__c');
    return { saved: saved.status, orders: records, refused: refusal?.errorCode ?? 'nothing' };
  } finally {
    await org.close();
  }
}
