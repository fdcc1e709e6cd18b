import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTRY } from '../../node-scorer/src/extract/registry.ts';

const ROOT = join(import.meta.dirname, '../..');
const TOKEN = 'planted-token-0123456789';

/** A help desk that tells how many tickets of a customer are open: the whole of a fifth source. */
const SOURCE = `
import { defineSource } from '../source.ts';

export const TICKETS = defineSource({
  name: 'tickets',
  title: 'Ticket Desk',
  env: [{ about: ['Ticket Desk: its address and a token that may read'], names: ['TICKETS_BASE_URL', 'TICKETS_TOKEN'] }],
  credentials: ({ group }) => group({ baseUrl: 'TICKETS_BASE_URL', token: 'TICKETS_TOKEN' }),
  settings: async () => (await import('./settings.ts')).SETTINGS,
  summary: ({ queue }) => \`Ticket Desk \${queue}\`,
  mappingFields: [{ key: 'ticketsCustomer', column: 'tickets_customer', setting: 'tickets', once: true }],
  silence: { lists: [{ name: 'tickets of customers', begunLater: true }] },
  settingsOf: (_, { queue }) => [queue],
  open: async (credentials, _, runtime) => (await import('./client.ts')).open(credentials, runtime),
  read: async (desk, settings, request) => (await import('./client.ts')).read(desk, settings, request),
  checkNames: async (desk, settings) => (await import('./client.ts')).checkNames(desk, settings),
});
`;

const SETTINGS = `
import { z } from 'zod';
import { text } from '../../config/schema-parts.ts';

export const SETTINGS = z.strictObject({ queue: text() });
`;

const CLIENT = `
import { z } from 'zod';
import { makeTransport } from '../../http/transport.ts';
import { unknownName } from '../names.ts';

export const open = async ({ baseUrl, token }, runtime) =>
  makeTransport({
    ...runtime,
    vendor: { name: 'tickets', title: 'Ticket Desk', addressIn: 'TICKETS_BASE_URL' },
    baseUrl,
    headers: () => ({ Authorization: \`Bearer \${token}\` }),
    access: 'TICKETS_TOKEN',
  });

export async function read(desk, { queue }, { accounts, now }) {
  const schema = z.object({ open: z.record(z.string(), z.number()) });
  const { open } = await desk.request({ method: 'GET', path: '/open', endpoint: 'open', query: { queue }, schema });
  const factsOf = ({ ticketsCustomer }) =>
    ticketsCustomer === null ? { missing: 'not_mapped' } : { known: open[ticketsCustomer] ?? 0 };
  return {
    facts: new Map(accounts.map((account) => [account.id, factsOf(account)])),
    observedAt: new Date(now()).toISOString(),
    notes: [],
  };
}

export async function checkNames(desk, { queue }) {
  const schema = z.array(z.string());
  const known = await desk.request({ method: 'GET', path: '/queues', endpoint: 'queues', schema });
  const costs = ['open_tickets'];
  return known.includes(queue)
    ? []
    : [unknownName({ at: 'tickets.queue', kind: 'queue', name: queue, known, costs })];
}
`;

/** Its one metric, beside the others. */
const METRIC = `
import { defineMetric } from './define-metric.ts';

export const TICKETS = [
  defineMetric({
    id: 'open_tickets',
    label: 'Open tickets',
    unit: 'count',
    direction: 'lower',
    source: 'tickets',
    description: 'Tickets that are open.',
    fixableBy: 'support',
    contextOnly: true,
    read: (open) => ({ value: open }),
  }),
];
`;

const MAPPING = `sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component,tickets_customer
${[1, 2, 3, 4, 5].map((n) => `00100000000000${n}AAA,,,Customer ${n},paid,,,T${n}`).join('\n')}
001000000000006AAA,,,Customer 6,paid,,,
`;

let copy: string;
let desk: Server;
let open: Record<string, number>;
let asked: string[];

/** Files that a fifth source changes, with what it puts in them. */
function plant(): void {
  const src = join(copy, 'node-scorer/src');
  const change = (file: string, ...edits: [from: string, to: string][]): void => {
    let text = readFileSync(join(src, file), 'utf8');
    for (const [from, to] of edits) {
      if (!text.includes(from)) throw new Error(`${file}: found no ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(join(src, file), text);
  };
  mkdirSync(join(src, 'extract/tickets'));
  writeFileSync(join(src, 'extract/tickets/source.ts'), SOURCE);
  writeFileSync(join(src, 'extract/tickets/settings.ts'), SETTINGS);
  writeFileSync(join(src, 'extract/tickets/client.ts'), CLIENT);
  writeFileSync(join(src, 'metrics/tickets.ts'), METRIC);
  change(
    'extract/registry.ts',
    ['const MAPPED = [INTERCOM, JIRA, LOOKER]', 'const MAPPED = [INTERCOM, JIRA, LOOKER, TICKETS]'],
    ['\n\n/**', "\nimport { TICKETS } from './tickets/source.ts';\n\n/**"],
  );
  change(
    'metrics/catalogue.ts',
    ['  PLATFORM_VALUE,\n]', '  PLATFORM_VALUE,\n  TICKETS,\n]'],
    ['\n\n/**', "\nimport { TICKETS } from './tickets.ts';\n\n/**"],
  );
  const config = join(copy, 'config/sources.yaml');
  const org = readFileSync(config, 'utf8').replace(
    'intercom: Inter',
    'tickets: Ticket_Customer__c, intercom: Inter',
  );
  writeFileSync(config, org);
  appendFileSync(config, '\ntickets:\n  queue: main\n');
  writeFileSync(join(copy, 'mapping.csv'), MAPPING);
}

interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process in the copy, as a person starts it. */
const node = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const { port } = desk.address() as AddressInfo;
    const own = { TICKETS_BASE_URL: `http://127.0.0.1:${port}`, TICKETS_TOKEN: TOKEN };
    const all = { PATH: process.env['PATH'], SCORER_NOW: '2026-11-21T09:00:00Z', ...own, ...env };
    const options = { cwd: copy, env: all, timeout: 120_000, maxBuffer: 1e8 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
const scorer = (...args: string[]): Promise<Ended> => node(['node-scorer/bin/scorer.mjs', ...args]);

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'planted-source-'));
  for (const path of [
    'node-scorer/src',
    'node-scorer/bin',
    'node-scorer/package.json',
    'config',
    'package.json',
  ])
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  plant();
  desk = createServer((request, response) => {
    asked.push(request.url ?? '');
    const allowed = request.headers.authorization === `Bearer ${TOKEN}`;
    const body = request.url?.startsWith('/queues') === true ? ['main', 'other'] : { open };
    response.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(allowed ? body : {}));
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  desk.closeAllConnections();
  desk.close();
  rmSync(copy, { recursive: true });
});

describe('a fifth source, of which only its folder, the registry and the catalogue know', () => {
  const month = ['--period', '2026-10', '--mapping', 'mapping.csv'] as const;

  it('is read by extract, by the column of the mapping file that is its own', async () => {
    [open, asked] = [{ T1: 4, T2: 1 }, []];
    const { exit, stdout, stderr } = await scorer('extract', '--source', 'tickets', ...month);
    const readings = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; metric: string; value: number; missing: string });
    expect([exit, stderr]).toEqual([0, 'calls: 1 to tickets (open 1)\n']);
    expect(asked).toEqual(['/open?queue=main']);
    expect(readings.map(({ name, metric, value, missing }) => [name, metric, value ?? missing])).toEqual([
      ['Customer 1', 'open_tickets', 4],
      ['Customer 2', 'open_tickets', 1],
      ['Customer 3', 'open_tickets', 0],
      ['Customer 4', 'open_tickets', 0],
      ['Customer 5', 'open_tickets', 0],
      ['Customer 6', 'open_tickets', 'not_mapped'],
    ]);
  });

  it('is part of a run, its rows and its report', async () => {
    [open, asked] = [{ T1: 4 }, []];
    const { stdout, stderr } = await scorer(
      ...['run', ...month, '--config-dir', 'config', '--dry-run', '--report', 'report.json'],
    );
    const report = JSON.parse(readFileSync(join(copy, 'report.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      notConfigured: ['intercom', 'jira', 'looker', 'salesforce'],
      calls: { tickets: { open: 1 } },
    });
    expect(stderr).toContain('tickets 1');
    expect(stdout).toContain('open_tickets');
  });

  it('is silent for everybody once, which is no history and not zero', async () => {
    // Only a run of all accounts of an org judges that: here its part that does, with five accounts at zero.
    const { stdout } = await node([
      '--input-type=module',
      '-e',
      `import { findEmptiness } from './node-scorer/src/run/nothing.ts';
       const readings = new Map([1, 2, 3, 4, 5].map((n) => [String(n), { open_tickets: { value: 0 } }]));
       const stored = { current: new Map(), earlier: new Map() };
       const { instead, notes } = findEmptiness(readings, stored, []);
       console.log(JSON.stringify([[...instead], notes.map(({ message }) => message)]));`,
    ]);
    expect(JSON.parse(stdout)).toEqual([
      [['open_tickets', 'no_history']],
      ['tickets of customers: none for anybody, now or in any score before: no history, and not zero'],
    ]);
  });

  it('is signed in to by check, which names what it does not know', async () => {
    asked = [];
    const right = await scorer('check');
    expect([right.exit, right.stderr]).toEqual([0, '']);
    expect(right.stdout).toContain('Ticket Desk main');
    expect(right.stdout).toContain('tickets: signed in; names of sources.yaml that it does not know: none');

    cpSync(join(copy, 'config'), join(copy, 'other'), { recursive: true });
    const file = join(copy, 'other/sources.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('queue: main', 'queue: man'));
    const wrong = await scorer('check', '--config-dir', 'other');
    expect(wrong.exit).toBe(2);
    expect(wrong.stdout).toContain(
      'sources.yaml tickets.queue: found the queue "man", expected one that the source has; did you mean "main"? (no open_tickets)',
    );
    writeFileSync(file, readFileSync(file, 'utf8').replace('queue: man', 'queu: man'));
    expect((await scorer('check', '--config-dir', 'other')).stderr).toContain('tickets');
  });

  it('has its errors told as those of the others: credentials, mapping, variables', async () => {
    const half = await node(['node-scorer/bin/scorer.mjs', 'check'], { TICKETS_TOKEN: '' });
    expect(half.stderr).toContain(
      'TICKETS_TOKEN: found nothing, expected a value, because TICKETS_BASE_URL is set',
    );
    const refused = await node(['node-scorer/bin/scorer.mjs', 'check'], {
      TICKETS_TOKEN: 'no-such-token-0123',
    });
    expect(refused.stdout).toMatch(/tickets: Ticket Desk: GET \/queues.*check TICKETS_TOKEN/);

    writeFileSync(join(copy, 'twice.csv'), MAPPING.replace('T2', 'T1'));
    const twice = await scorer(
      'extract',
      '--source',
      'tickets',
      '--period',
      '2026-10',
      '--mapping',
      'twice.csv',
    );
    expect(twice.stderr).toContain(
      'twice.csv:3 tickets_customer: found T1 again, expected each customer once',
    );

    const print =
      "import { envExample } from './node-scorer/src/config/variables.ts'; console.log(envExample())";
    expect((await node(['--input-type=module', '-e', print])).stdout).toContain(
      '# Ticket Desk: its address and a token that may read\nTICKETS_BASE_URL=\nTICKETS_TOKEN=\n',
    );
  });
});

/** Where a vendor is named all the same, and why. */
const NAMED_IN: Readonly<Record<string, string>> = {
  'config/environment.ts': 'an address as an example in a message',
  'http/transport.ts': 'the value of a header by which one of them says which limit was met',
  'run/advice-facts.ts': 'advice shows counts behind readings of two of them',
};

describe('the names of vendors', () => {
  it('stand in their folders, in the registry, in the metrics, and where there is a reason', () => {
    // Salesforce is more than a source: it says who the accounts are and takes their scores.
    const vendors = REGISTRY.map(({ name }) => name).filter((name) => name !== 'salesforce');
    const src = join(ROOT, 'node-scorer/src');
    const files = globSync('**/*.ts', { cwd: src }).filter(
      (file) =>
        !/\.test\.ts$|-in-test\.ts$/.test(file) &&
        !file.startsWith('metrics/') &&
        file !== 'extract/registry.ts' &&
        !REGISTRY.some(({ name }) => file.startsWith(`extract/${name}/`)),
    );
    expect(files.length).toBeGreaterThan(100);
    const naming = files.filter((file) => {
      // Comments may take any of them as an example.
      const code = readFileSync(join(src, file), 'utf8').replaceAll(/^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm, '');
      return vendors.some((vendor) => code.toLowerCase().includes(vendor));
    });
    expect(naming.sort()).toEqual(Object.keys(NAMED_IN).sort());
  });
});
