/**
 * `npm run demo`: the main job on one machine. Starts the stand-ins of all four systems, fills in thirteen months
 * through the real clients, prints what the org holds afterwards, explains one account, starts the next month through the
 * scheduled flow and shows the health card in a browser. Everything it talks to is simulated and runs on this machine.
 */
import { parseArgs } from 'node:util';
import { startPage, type RunningPage } from '../sandbox/page/server.ts';
import { DEFAULT_PORT, startSandbox, type Sandbox } from '../sandbox/start.ts';
import { explainStored, largestFall } from './demo/explain.ts';
import { portfolioTable, readOrg, type Query } from './demo/portfolio.ts';
import { unexplained } from './demo/recompute.ts';
import { awaitRun, connectOrg, moveClock, runLine } from './demo/flow.ts';
import { backfill, refresh, release, startService, type Service } from './demo/scorer.ts';

const FIRST = '2025-10';
const LAST = '2026-10';
const NEXT = '2026-11';
/** Of the shipped settings: day 3, early in the morning. */
const RUN_DAY = '2026-12-03T09:00:00Z';
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
let page: RunningPage | undefined;
const end = async (): Promise<void> => {
  await page?.close();
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
  begin(
    `The next month as Salesforce starts it: the clock goes on to the run day, the scheduled flow calls the service`,
  );
  service = await startService(sandbox.env);
  await connectOrg(sandbox, service);
  await moveClock(sandbox, RUN_DAY);
  // Twelve days later the session of before has expired.
  const run = await awaitRun(await readOrg(sandbox.env), NEXT);
  say(`  ${runLine(run, NEXT)}`);
  if (run['Status__c'] === 'Held') {
    say(`  ${String(run['Error__c']).trim()}`);
    begin(`A person has looked and releases it: scorer run --confirm ${String(run['Run_Key__c'])}`);
    say(`  ${await release(sandbox.env, String(run['Run_Key__c']))}`);
  } else if (run['Status__c'] !== 'Finished') {
    throw new Error(`the run is ${String(run['Status__c'])}, expected Finished: ${String(run['Error__c'])}`);
  }
  if (options.once) {
    await end();
  } else {
    begin('The health card in a browser, on pages of the local org (simulated, not Salesforce)');
    page = await startPage({
      org: sandbox.org,
      port: options.port === 0 ? 0 : (options.port ?? DEFAULT_PORT) + 4,
    });
    say(`  ${page.url}`);
    say('\nRunning until Ctrl-C:');
    for (const { name, url } of [sandbox.org, sandbox.intercom, sandbox.jira, sandbox.looker]) {
      say(`  ${name.padEnd(12)} ${url}`);
    }
    say(`  ${'Service'.padEnd(12)} ${service.url}`);
    say(`  ${'Page'.padEnd(12)} ${page.url}`);
    process.once('SIGINT', () => void end());
    process.once('SIGTERM', () => void end());
  }
} catch (error) {
  const what = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\nThe demo stopped at: ${part}\n${what}\n`);
  await end();
  process.exitCode = 1;
}
