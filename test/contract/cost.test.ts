/** What a month costs in calls: next to the fewest that pages of the vendors' size allow, and nothing per account. */
import { afterEach, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import { callBound, totalOf, type BoundVendor } from '../../node-scorer/bench/extract/bound.ts';
import { totalCalls } from '../../node-scorer/src/http/calls.ts';
import { readersOf } from '../../node-scorer/src/run/sources.ts';
import { startIntercom } from '../../sandbox/intercom/server.ts';
import { startJira } from '../../sandbox/jira/server.ts';
import { startLooker } from '../../sandbox/looker/server.ts';
import { makeBase, NOW, requestOf, shippedSources, testRuntime, type Base } from './base.ts';

const VENDORS: readonly BoundVendor[] = ['intercom', 'jira', 'looker'];
const PERIOD = '2026-10';
const ALLOWED = 1.05;
const TOKEN = 'contract-token-0123456789';
const EMAIL = 'health@example.com';

const running: StandIn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

/** Calls of a month by vendor: as the scorer counts them, and as the stand-ins saw them. */
async function costOf(base: Base, period = PERIOD) {
  const clock = (): number => NOW;
  const credentials = { clientId: 'contract-client', clientSecret: TOKEN };
  const standIns = {
    intercom: await startIntercom({ base, clock, token: TOKEN }),
    // In UTC the search asks for a day more on both sides, and not for an hour more or less than that.
    jira: await startJira({ base, clock, email: EMAIL, token: TOKEN, userTimeZone: 'UTC' }),
    looker: await startLooker({ base, clock, ...credentials }),
  };
  running.push(...Object.values(standIns));
  const runtime = testRuntime();
  const world = { ...runtime, sleep: (ms: number) => runtime.sleep(ms).then(() => undefined) };
  const readers = readersOf(
    {
      intercom: { token: TOKEN, baseUrl: standIns.intercom.url },
      jira: { baseUrl: standIns.jira.url, email: EMAIL, token: TOKEN },
      looker: { baseUrl: standIns.looker.url, ...credentials },
      salesforce: null,
      fixedNow: NOW,
      clockUrl: null,
    },
    shippedSources(),
    { ...world, tick: () => 0, newId: () => '' },
  );
  const request = requestOf(base, period);
  await Promise.all([readers.intercom?.(request), readers.jira?.(request), readers.looker?.(request)]);
  const counts = runtime.calls.snapshot();
  const byVendor = (calls: (vendor: BoundVendor) => number): Record<BoundVendor, number> => ({
    intercom: calls('intercom'),
    jira: calls('jira'),
    looker: calls('looker'),
  });
  return {
    counts,
    made: byVendor((vendor) => totalCalls(counts, vendor)),
    seen: byVendor((vendor) => standIns[vendor].calls.length),
    waits: runtime.waits,
  };
}

const listed = (parts: Readonly<Record<string, number>>): string =>
  Object.entries(parts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

describe.each([
  { accounts: 300, months: 13, slices: 1 },
  // Enough conversations for two chains of pages side by side.
  { accounts: 2_500, months: 4, slices: 2 },
])('A month of $accounts accounts', ({ accounts, months, slices }) => {
  it(`costs at most ${ALLOWED} times the fewest calls, of every vendor`, async () => {
    const base = makeBase(accounts, months);
    const { window } = requestOf(base, PERIOD);
    const bound = callBound(base, window);
    expect(bound.intercom['partial pages']).toBe(slices);
    const { counts, made, seen, waits } = await costOf(base);
    for (const vendor of VENDORS) {
      const fewest = totalOf(bound[vendor]);
      const ratio = made[vendor] / fewest;
      console.log(
        `${accounts} accounts, ${vendor}: ${made[vendor]} calls (${listed(counts[vendor] ?? {})}), fewest ${fewest} (${listed(bound[vendor])}), ratio ${ratio.toFixed(3)}`,
      );
      expect(made[vendor], vendor).toBeLessThanOrEqual(ALLOWED * fewest);
    }
    expect(seen).toEqual(made);
    expect(waits).toEqual([]);
  });
});

describe('Calls', () => {
  it('grow with conversations and bugs, not with accounts', async () => {
    const all = makeBase(300);
    const few: Base = { ...all, customers: all.customers.slice(0, 60) };
    const silent: Base = {
      ...all,
      customers: all.customers.map((customer) =>
        customer.index < 60 ? customer : { ...customer, conversations: [], issues: [] },
      ),
    };
    const [cost, costOfMany, costOfMore] = [await costOf(few), await costOf(silent), await costOf(all)];
    expect(requestOf(silent, PERIOD).accounts.length).toBeGreaterThan(
      4 * requestOf(few, PERIOD).accounts.length,
    );
    // A mapped company that nobody heard of might not be there at all: 60 of them are asked for in one call.
    const { companies = 0, company = 0, ...others } = costOfMany.counts['intercom'] ?? {};
    const lookUps = { companies: 0, company: 0 };
    expect({ ...costOfMany.counts, intercom: { ...others, ...lookUps } }).toEqual({
      ...cost.counts,
      intercom: { ...cost.counts['intercom'], ...lookUps },
    });
    expect(companies + company).toBeLessThanOrEqual(Math.ceil(silent.customers.length / 60));
    expect(costOfMore.made.intercom).toBeGreaterThan(cost.made.intercom);
  });

  it('to Looker are a sign-in and one query per explore for a complete month, one more for the running one', async () => {
    const all = makeBase(60);
    const base: Base = {
      ...all,
      customers: all.customers.filter(({ usage }) => usage.some(({ month }) => month === '2026-10')),
    };
    expect(base.customers.length).toBeGreaterThan(40);
    expect((await costOf(base)).counts['looker']).toEqual({ login: 1, query: 3 });
    expect((await costOf(base, '2026-11')).counts['looker']).toEqual({ login: 1, query: 4 });
  });

  it('to Looker are one query per explore more when somebody was not seen for months', async () => {
    const all = makeBase(60);
    const gone: Base = {
      ...all,
      customers: all.customers.map((customer) =>
        customer.index % 10 === 0
          ? { ...customer, usage: customer.usage.filter(({ month }) => month < '2026-05') }
          : customer,
      ),
    };
    expect((await costOf(gone)).counts['looker']).toEqual({ login: 1, query: 6 });
  });
});
