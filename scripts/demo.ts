/**
 * `npm run demo`: the main job on one machine. Starts the stand-ins of all four systems, runs the real scorer
 * over them for the last complete month, and prints what the org holds afterwards. Everything it talks to is
 * simulated and runs on this machine.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recompute } from '../node-scorer/src/run/recompute.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { portfolioTable, readOrg, type Row } from './portfolio.ts';

const root = join(import.meta.dirname, '..');
const say = (line = '') => process.stdout.write(`${line}\n`);

/** Runs the scorer as its users do, as a process of its own. */
function scorer(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node-scorer/bin/scorer.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function refresh(title: string, sandbox: Sandbox, period: string): Promise<void> {
  say(`\n${title}: scorer run --period ${period}`);
  const code = await scorer(['run', '--period', period], sandbox.env);
  if (code !== 0) throw new Error(`scorer run ended with ${code}, expected 0; its lines above say why`);
}

async function show(sandbox: Sandbox, period: string): Promise<void> {
  const query = await readOrg(sandbox.env);
  const fields = (await queryable(query)).join(', ');
  const rows = await query(
    `SELECT ${fields}, Account__r.Name, Run__r.Model__c FROM Health_Score__c WHERE Period__c = '${period}'`,
  );
  say(`\nThe portfolio of ${period}, as the org holds it (fictional companies):\n`);
  process.stdout.write(portfolioTable(rows));
  const wrong = rows.flatMap((row) => {
    const { differences } = recompute(row, String((row['Run__r'] as Row | null)?.['Model__c']));
    return differences.map((difference) => `${String(row['Score_Key__c'])} ${difference}`);
  });
  if (wrong.length > 0 || rows.length === 0) {
    throw new Error(`Of ${rows.length} stored scores some do not explain themselves:\n${wrong.join('\n')}`);
  }
  say(`\nAll ${rows.length} stored scores equal the scores recomputed from what is stored beside them.`);
}

const queryable = async (query: (soql: string) => Promise<Row[]>): Promise<string[]> => {
  const [first] = await query('SELECT FIELDS(ALL) FROM Health_Score__c LIMIT 1');
  return Object.keys(first ?? {}).filter((name) => name.endsWith('__c'));
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
try {
  const options = readOptions();
  const started = performance.now();
  sandbox = await startSandbox(options);
  say('Stand-ins of Salesforce, Intercom, Jira and Looker run on this machine only; nothing here is real.');
  say(
    `  ${sandbox.base.customers.length} accounts, ready in ${((performance.now() - started) / 1_000).toFixed(1)} s`,
  );
  const period = '2026-10';
  await refresh('First refresh', sandbox, period);
  await show(sandbox, period);
  await refresh('The same again (nothing has changed, so nothing is written)', sandbox, period);
  if (options.once) {
    await sandbox.close();
  } else {
    say('\nRunning until Ctrl-C:');
    for (const { name, url } of [sandbox.org, sandbox.intercom, sandbox.jira, sandbox.looker]) {
      say(`  ${name.padEnd(12)} ${url}`);
    }
    process.once('SIGINT', () => void sandbox?.close());
    process.once('SIGTERM', () => void sandbox?.close());
  }
} catch (error) {
  process.stderr.write(`\nThe demo stopped. ${error instanceof Error ? error.message : String(error)}\n`);
  await sandbox?.close();
  process.exitCode = 1;
}
