/**
 * What the Salesforce side costs against the local org, which runs in a process of its own: start-up, bulk
 * writes, card reads, and the calls of a refresh of 10,000 accounts, held against their bound.
 * Prints figures and ratios; proves nothing by time. With another checkout (`--against ../before`), that one's
 * benchmark is run before, and the processor time of the two clients compared.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSources } from '../src/config/load.ts';
import { makeCallCounter, type CallCounter } from '../src/http/calls.ts';
import { makeRetryBudget } from '../src/http/retry-budget.ts';
import { connectSalesforce, type Salesforce } from '../src/http/salesforce.ts';
import { makeAttempt } from '../src/http/send.ts';
import { makeWorld } from '../src/run/world.ts';
import { refresh } from '../src/run/refresh.ts';
import type { RefreshRequest } from '../src/run/request.ts';
import { windowFor } from '../src/run/window.ts';
import type { OrgReady } from './org/stand-in.ts';
import { MOST_TIMES, ratioOf, runMeasured, sidesOf } from './sides.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const SECRET = 'bench-secret-0123456789';
const say = (line: string) => process.stdout.write(`${line}\n`);
const rate = (count: number, ms: number) => Math.round((count / ms) * 1_000);

function startOrg(accounts: number): Promise<{ ready: OrgReady; child: ChildProcess }> {
  const child = fork(join(import.meta.dirname, 'org/stand-in.ts'));
  child.send({ accounts, now: NOW, secret: SECRET });
  return new Promise((resolve, reject) => {
    child.once('message', (ready: OrgReady) => resolve({ ready, child }));
    child.once('exit', (code) => reject(new Error(`the org ended with ${String(code)} before it was ready`)));
  });
}

const credentials = (url: string) => ({
  method: 'client_credentials' as const,
  loginUrl: url,
  clientId: 'bench',
  clientSecret: SECRET,
});

const connect = (url: string, calls: CallCounter): Promise<Salesforce> =>
  connectSalesforce({
    credentials: credentials(url),
    attempt: makeAttempt(),
    calls,
    retries: makeRetryBudget(),
    now: () => NOW,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const begun = performance.now();
  const value = await work();
  return { ms: performance.now() - begun, value };
}

/** Start-up with the demo base: the middle of three. */
async function startUp(): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const { ready, child } = await startOrg(60);
    times.push(ready.readyMs);
    child.kill();
  }
  const middle = times.toSorted((a, b) => a - b)[1] ?? NaN;
  say(`ready with the demo base                  ${(middle / 1_000).toFixed(2)} s (goal 1.5 s)`);
}

/** Bulk upserts of short rows, and of rows as the scorer writes them. */
async function bulkWrites(ready: OrgReady): Promise<void> {
  const client = await connect(ready.url, makeCallCounter());
  const row = (n: number, details: object) => {
    const account = ready.accountIds[n % ready.accountIds.length] ?? '';
    const month = `20${String(10 + Math.floor(n / ready.accountIds.length)).padStart(2, '0')}-01`;
    return {
      Score_Key__c: `${account}:${month}`,
      Account__c: account,
      Period__c: month,
      Health_Score__c: (n % 1_000) / 10,
      Quantitative_Score__c: 80,
      Churn_Risk_Score__c: 70,
      Tier__c: 'Healthy',
      Segment__c: 'paid',
      Coverage__c: 100,
      Provisional__c: false,
      ...details,
    };
  };
  const write = async (label: string, count: number, goal: number, details: object) => {
    const rows = Array.from({ length: count }, (_, n) => row(n, details));
    const { ms, value } = await timed(() => client.save('Health_Score__c', 'Score_Key__c', rows));
    if (value.some(({ success }) => !success)) throw new Error(`${label}: found refused rows`);
    say(`${label.padEnd(42)}${rate(count, ms)} rows/s (goal ${goal})`);
  };
  await write('bulk upsert, ten short fields', 20_000, 15_000, {});
  await write('bulk upsert, full rows of 6 kB', 10_000, 3_000, {
    Readings__c: 'r'.repeat(1_000),
    Details__c: 'd'.repeat(5_000),
    Main_Reason__c: 'First response 2 h 25 min, good at 1 h (−1.6)',
  });
}

/** What a card asks: an account's newest scores. Ten at a time. */
async function cardReads(ready: OrgReady): Promise<void> {
  const token = await fetch(`${ready.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'bench',
      client_secret: SECRET,
    }),
  });
  const { access_token: access } = (await token.json()) as { access_token: string };
  const query =
    'query card($id: ID) { uiapi { query { Health_Score__c(where: { Account__c: { eq: $id } }, orderBy: { Period__c: { order: DESC } }, first: 13) { edges { node { Id Period__c { value } Health_Score__c { value displayValue } Tier__c { value } Details__c { value } } } } } } }';
  const read = async (id: string): Promise<void> => {
    const response = await fetch(`${ready.url}/services/data/v66.0/graphql`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${access}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables: { id } }),
    });
    const answer = (await response.json()) as { errors?: unknown[] };
    if (!response.ok || (answer.errors?.length ?? 0) > 0)
      throw new Error(JSON.stringify(answer).slice(0, 300));
  };
  const count = 2_000;
  const { ms } = await timed(async () => {
    for (let from = 0; from < count; from += 10) {
      await Promise.all(ready.accountIds.slice(from, from + 10).map(read));
    }
  });
  say(`GraphQL card reads                        ${rate(count, ms)} a second (goal 300)`);
}

const READS = new Set(['token', 'describe', 'query', 'query more']);

/** Calls of a refresh of all accounts, first and second time. */
async function refreshCalls(ready: OrgReady): Promise<void> {
  const sources = await loadSources(join(import.meta.dirname, '../../config'));
  const environment = {
    intercom: null,
    jira: null,
    looker: null,
    salesforce: credentials(ready.url),
    fixedNow: NOW,
    clockUrl: null,
  };
  const run = async (label: string, goal: number) => {
    const world = makeWorld(() => NOW);
    const request: RefreshRequest = {
      window: windowFor('2026-10', NOW),
      model: null,
      sources,
      environment,
      mode: 'refresh',
      dryRun: false,
      force: true,
      backfill: false,
      release: null,
    };
    const handle = { id: label, startedAt: NOW, resumedAfter: null, step: () => Promise.resolve() };
    const { ms, value } = await timed(() => refresh(request, world, handle));
    const counts = Object.entries(value.report.calls['salesforce'] ?? {});
    const sum = (wanted: boolean) =>
      counts.filter(([name]) => READS.has(name) === wanted).reduce((total, [, count]) => total + count, 0);
    const { accounts, written } = value.report.counts;
    say(`${label}: ${accounts} accounts, ${written} rows written in ${(ms / 1_000).toFixed(1)} s`);
    say(`  write calls ${sum(false)} (goal ${goal}), read calls ${sum(true)}`);
    say(`  ${counts.map(([name, count]) => `${name} ${count}`).join(', ')}`);
    return sum(true);
  };
  const pages = await pagesOf(ready, sources.salesforce.accounts.where);
  const reads = await run('refresh, first time', 40);
  say(
    `  bound of read calls 15 + ${pages} pages = ${15 + pages}; ratio ${(reads / (15 + pages)).toFixed(2)}`,
  );
  await run('refresh, nothing changed', 5);
}

/** Pages of 2,000 that a refresh has to read: counted in the org, not by the scorer. */
async function pagesOf(ready: OrgReady, where: string): Promise<number> {
  const client = await connect(ready.url, makeCallCounter());
  const of = `AccountId IN (SELECT Id FROM Account WHERE ${where})`;
  const questions = [
    `SELECT Id FROM Account WHERE ${where}`,
    `SELECT Id FROM Opportunity WHERE Type = 'Renewal' AND ${of}`,
    `SELECT Id FROM OpportunityHistory WHERE Opportunity.Type = 'Renewal'`,
    `SELECT Id FROM Opportunity WHERE Type IN ('Expansion','Upsell') AND ${of}`,
    `SELECT Id FROM OpportunityHistory WHERE Opportunity.Type IN ('Expansion','Upsell')`,
    `SELECT Id FROM Opportunity WHERE IsWon = true AND Type IN ('Downgrade','Amendment') AND AccountId != null`,
    `SELECT Id FROM Case WHERE Type = 'Billing' AND ${of}`,
    `SELECT Id FROM Event WHERE Type = 'QBR' AND ${of}`,
    `SELECT Id FROM AccountContactRelation WHERE Roles INCLUDES ('Champion') AND ${of}`,
    `SELECT Id FROM AccountHistory WHERE ${of}`,
    'SELECT Id FROM OpportunityStage',
    'SELECT Id FROM OpportunityStage',
    'SELECT Id FROM Churn_Signal__c',
    'SELECT Id FROM Health_Metric__mdt',
    'SELECT Id FROM Health_Dimension__mdt',
    'SELECT Id FROM Health_Tier__mdt',
    'SELECT Id FROM Health_Cap__mdt',
    'SELECT Id FROM Health_Setting__mdt',
  ];
  let pages = 0;
  for (const soql of questions) pages += Math.ceil((await client.query(soql)).length / 2_000);
  return pages;
}

async function benchmark(): Promise<void> {
  await startUp();
  const { ready, child } = await startOrg(10_000);
  say(`10,000 accounts: ${ready.records} records, ready in ${(ready.readyMs / 1_000).toFixed(1)} s`);
  await refreshCalls(ready);
  await bulkWrites(ready);
  await cardReads(ready);
  child.kill();
}

const { values: given } = parseArgs({ options: { against: { type: 'string' } } });
if (given.against === undefined) await benchmark();
else {
  const figures: number[] = [];
  for (const { label, dir } of sidesOf(given.against)) {
    say(`${label}:`);
    const file = join(dir, 'node-scorer/bench/org.bench.ts');
    const { cpuSeconds, peakMb } = await runMeasured([file], { loud: true });
    say(`  the client, all of the above: CPU ${cpuSeconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB`);
    figures.push(cpuSeconds);
  }
  say(`${ratioOf('CPU', figures)} (goal ${MOST_TIMES})`);
}
