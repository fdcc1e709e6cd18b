/**
 * `npm run demo`: the main job on one machine. Starts the stand-ins of all four systems, fills in thirteen months
 * through the real clients, prints what the org holds afterwards and explains one account. Everything it talks to is
 * simulated and runs on this machine.
 */
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { explainStored, largestFall } from './demo/explain.ts';
import { portfolioTable, readOrg, type Query } from './demo/portfolio.ts';
import { unexplained } from './demo/recompute.ts';
import { backfill, refresh, startService, type Service } from './demo/scorer.ts';

const FIRST = '2025-10';
const LAST = '2026-10';
const say = (line = '') => process.stdout.write(`${line}\n`);

/** What is going on, so that a failure can say which part it was. */
let part = 'start';
function begin(title: string): void {
  part = title;
  say(`\n${title}`);
}

async function show(query: Query): Promise<void> {
  const rows = await query(
    `SELECT ${await scoreFields(query)}, Account__r.Name, Run__r.Model__c FROM Health_Score__c WHERE Period__c = '${LAST}'`,
  );
  begin(`The portfolio of ${LAST}, as the org holds it (fictional companies)`);
  say();
  process.stdout.write(portfolioTable(rows));
  const wrong = unexplained(rows);
  if (wrong.length > 0 || rows.length === 0) {
    throw new Error(`of ${rows.length} stored scores some do not explain themselves:\n${wrong.join('\n')}`);
  }
  say(`\nAll ${rows.length} stored scores equal the scores recomputed from what is stored beside them.`);
  const fallen = largestFall(rows);
  if (fallen !== null) {
    begin(`Why ${String(fallen['Score_Key__c'])} fell most`);
    say();
    process.stdout.write(await explainStored(query, fallen));
  }
}

const scoreFields = async (query: Query): Promise<string> => {
  const [first] = await query('SELECT FIELDS(ALL) FROM Health_Score__c LIMIT 1');
  return Object.keys(first ?? {})
    .filter((name) => name.endsWith('__c'))
    .join(', ');
};

function readOptions(): { readonly once: boolean; readonly port?: number } {
  const { values } = parseArgs({
    options: { once: { type: 'boolean', default: false }, port: { type: 'string' } },
  });
  if (values.port === undefined) return { once: values.once };
  if (!/^\d{1,5}$/.test(values.port)) throw new Error(`--port: found ${values.port}, expected a port number`);
  return { once: values.once, port: Number(values.port) };
}

let sandbox: Sandbox | undefined;
let service: Service | undefined;
const end = async (): Promise<void> => {
  await service?.end();
  await sandbox?.close();
};
try {
  const options = readOptions();
  const started = performance.now();
  sandbox = await startSandbox(options);
  say('Stand-ins of Salesforce, Intercom, Jira and Looker run on this machine only; nothing here is real.');
  say(
    `  ${sandbox.base.customers.length} accounts with 24 months of history, force-app deployed into the local org; ready in ${((performance.now() - started) / 1_000).toFixed(1)} s`,
  );
  begin(`Thirteen months through the real clients: scorer run --from ${FIRST} --to ${LAST}`);
  for (const line of await backfill(sandbox.env, FIRST, LAST)) say(`  ${line}`);
  const query = await readOrg(sandbox.env);
  await show(query);
  begin(`The same month again: scorer run --period ${LAST}`);
  say(`  ${await refresh(sandbox.env, LAST)}`);
  if (options.once) {
    await end();
  } else {
    begin('The service that the flow in Salesforce calls: scorer serve');
    service = await startService(sandbox.env);
    say(`  ${service.url}`);
    say('\nRunning until Ctrl-C:');
    for (const { name, url } of [sandbox.org, sandbox.intercom, sandbox.jira, sandbox.looker]) {
      say(`  ${name.padEnd(12)} ${url}`);
    }
    process.once('SIGINT', () => void end());
    process.once('SIGTERM', () => void end());
  }
} catch (error) {
  const what = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\nThe demo stopped at: ${part}\n${what}\n`);
  await end();
  process.exitCode = 1;
}
