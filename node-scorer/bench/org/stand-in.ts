/** A process of its own: the local org over a generated base. Started by org.bench.ts. */
import { join } from 'node:path';
import { startOrg } from 'local-org';
import { generateBase } from '../../../sandbox/data/generate.ts';
import { salesforceRecords } from '../../../sandbox/data/salesforce.ts';

export interface OrgReady {
  readonly url: string;
  readonly readyMs: number;
  readonly records: number;
  readonly accountIds: readonly string[];
}

const root = join(import.meta.dirname, '../../..');

process.once('message', ({ accounts, now, secret }: { accounts: number; now: number; secret: string }) => {
  void (async () => {
    const base = generateBase({ seed: 1, accounts, months: 13, now });
    const records = [...salesforceRecords(base)];
    const begun = performance.now();
    const org = await startOrg({
      metadataDirs: [join(root, 'force-app'), join(root, 'force-app-defaults')],
      records,
      clock: () => now,
      clientId: 'bench',
      clientSecret: secret,
    });
    const ready: OrgReady = {
      url: org.url,
      readyMs: performance.now() - begun,
      records: records.length,
      accountIds: base.customers.map(({ accountId }) => accountId),
    };
    process.send?.(ready);
  })();
});
