/** A process of its own: three vendors over one generated customer base. Started by extract.bench.ts. */
import { writeFileSync } from 'node:fs';
import { generateBase } from '../../../sandbox/data/generate.ts';
import type { Base } from '../../../sandbox/data/customer.ts';
import { expectedReadings } from '../../../sandbox/data/truth.ts';
import { startIntercom } from '../../../sandbox/intercom/server.ts';
import { startJira } from '../../../sandbox/jira/server.ts';
import { startLooker } from '../../../sandbox/looker/server.ts';
import { callBound, totalOf, type BoundVendor, type Month } from './bound.ts';

export interface StandInOptions {
  readonly accounts: number;
  readonly months: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly period: string;
  readonly month: Month;
  readonly mappingFile: string;
  /** Calls to Intercom in 10 seconds; the vendor's own limit for null. */
  readonly intercomLimit: number | null;
}

/** Numbers of values, and their sum, by metric: what the readings of a run have to come to. */
export type Sums = Readonly<Record<string, { readonly values: number; readonly sum: number }>>;

export interface StandInsReady {
  readonly env: Readonly<Record<string, string>>;
  readonly generateMs: number;
  readonly startMs: number;
  readonly rssMb: number;
  readonly customers: number;
  readonly conversations: number;
  readonly bound: Readonly<Record<BoundVendor, number>>;
  readonly truth: Sums;
}

const TOKEN = 'bench-token-0123456789';
const EMAIL = 'health@example.com';

process.once('message', (options: StandInOptions) => {
  void start(options).then((ready) => process.send?.(ready));
});

async function start(options: StandInOptions): Promise<StandInsReady> {
  const { accounts, months, now, period, month, mappingFile, intercomLimit } = options;
  const clock = (): number => now;
  const begun = performance.now();
  const base = generateBase({ seed: 1, accounts, months, now });
  const generated = performance.now();
  const intercom = await startIntercom({
    base,
    clock,
    token: TOKEN,
    ...(intercomLimit === null ? {} : { rateLimit: { perWindow: intercomLimit } }),
  });
  const jira = await startJira({ base, clock, email: EMAIL, token: TOKEN });
  const looker = await startLooker({ base, clock, clientId: 'bench', clientSecret: TOKEN });
  const started = performance.now();
  writeFileSync(mappingFile, mappingOf(base, period));
  const bound = callBound(base, month);
  return {
    env: {
      SCORER_NOW: new Date(now).toISOString(),
      INTERCOM_BASE_URL: intercom.url,
      INTERCOM_API_TOKEN: TOKEN,
      JIRA_BASE_URL: jira.url,
      JIRA_EMAIL: EMAIL,
      JIRA_API_TOKEN: TOKEN,
      LOOKER_BASE_URL: looker.url,
      LOOKER_CLIENT_ID: 'bench',
      LOOKER_CLIENT_SECRET: TOKEN,
    },
    generateMs: generated - begun,
    startMs: started - generated,
    rssMb: process.memoryUsage.rss() / 1e6,
    customers: base.customers.length,
    conversations: conversationsIn(base, month),
    bound: {
      intercom: totalOf(bound.intercom),
      jira: totalOf(bound.jira),
      looker: totalOf(bound.looker),
    },
    truth: truthOf(base, period),
  };
}

/** The customers that had not left before the month, as the mapping file of an installation. */
function mappingOf({ customers }: Base, period: string): string {
  const rows = customers
    .filter(({ churnedOn }) => churnedOn === null || churnedOn >= `${period}-01`)
    .map(({ accountId, intercomCompanyId, lookerCustomerId, name, segment, jira }) =>
      [
        accountId,
        intercomCompanyId,
        lookerCustomerId,
        name,
        segment,
        jira?.project ?? null,
        jira?.component ?? null,
      ]
        .map((cell) => cell ?? '')
        .join(','),
    );
  const header =
    'sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component';
  return `${[header, ...rows].join('\n')}\n`;
}

const conversationsIn = ({ customers }: Base, { start, end }: Month): number =>
  customers.reduce(
    (sum, { conversations }) =>
      sum + conversations.filter(({ createdAt }) => createdAt >= start && createdAt < end).length,
    0,
  );

function truthOf(base: Base, period: string): Sums {
  const sums: Record<string, { values: number; sum: number }> = {};
  for (const readings of expectedReadings(base, period).values()) {
    for (const [id, { value }] of Object.entries(readings)) {
      if (value === null) continue;
      const total = (sums[id] ??= { values: 0, sum: 0 });
      total.values++;
      total.sum += value;
    }
  }
  return sums;
}
