import { describe, expect, it } from 'vitest';
import { DAY, dayOf, monthEnd, monthStart } from '../../sandbox/data/calendar.ts';
import type { Customer } from '../../sandbox/data/customer.ts';
import { customers, generateBase } from '../../sandbox/data/generate.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const DEMO = { seed: 1, accounts: 60, months: 13, now: NOW };
const base = generateBase(DEMO);
const told = (story: Customer['story']) => base.customers.filter((each) => each.story === story);

describe('the customer base', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(generateBase(DEMO)).toEqual(base);
    expect(generateBase({ ...DEMO, seed: 2 }).customers).not.toEqual(base.customers);
  });

  it('streams the customers that it would hold', () => {
    expect([...customers(DEMO)]).toEqual(base.customers);
  });

  it('makes the first customers of a hundred thousand as it makes them of sixty', () => {
    const many = customers({ ...DEMO, accounts: 100_000 });
    for (const customer of base.customers.slice(0, 50)) expect(many.next().value).toEqual(customer);
  });

  it('holds thirteen complete months and the running one', () => {
    expect([base.months.length, base.months[0], base.months.at(-1)]).toEqual([14, '2025-10', '2026-11']);
  });

  it('tells every story, in both segments', () => {
    expect([...new Set(base.customers.map(({ story }) => story))].sort()).toEqual([
      'churned',
      'new customer',
      'recovering',
      'silent customer',
      'slow decline',
      'steady champion',
      'support crisis',
    ]);
    expect(new Set(base.customers.map(({ segment }) => segment))).toEqual(new Set(['paid', 'standard']));
  });

  it('says of every company that it is made up, and names none twice', () => {
    const names = base.customers.map(({ name }) => name);
    expect(names.filter((name) => !name.endsWith('(fictional)'))).toEqual([]);
    expect(new Set(names).size).toBe(60);
  });
});

/** Every moment at which something is said to have happened at a customer. */
const momentsOf = (customer: Customer): number[] => [
  ...customer.conversations.flatMap(({ createdAt, firstReply, lastClose }) => [
    createdAt,
    createdAt + (firstReply?.seconds ?? 0) * 1_000,
    createdAt + (lastClose?.seconds ?? 0) * 1_000,
  ]),
  ...customer.issues.flatMap(({ createdAt, moves }) => [createdAt, ...moves.map(({ at }) => at)]),
  ...customer.opportunities.flatMap(({ states }) => states.map(({ at }) => at)),
  ...customer.cases.map(({ createdAt }) => createdAt),
  ...customer.arr.map(({ from }) => from),
  ...customer.reviews.map(({ day }) => Date.parse(day)),
  ...customer.champions.flatMap(({ since, until }) => [since, until ?? since].map((day) => Date.parse(day))),
  ...customer.signals.map(({ observedOn }) => Date.parse(observedOn)),
  ...customer.usage.map(({ month }) => monthStart(month)),
];

describe('time', () => {
  it.each([1, 2, 3])('ends now: nothing has happened later (seed %i)', (seed) => {
    const moments = generateBase({ ...DEMO, seed }).customers.flatMap(momentsOf);
    expect(moments.length).toBeGreaterThan(5_000);
    expect(moments.filter((at) => at >= NOW)).toEqual([]);
  });

  it('has whole seconds where the vendors have no finer ones', () => {
    const parts = base.customers.flatMap(({ conversations, issues }) => [
      ...conversations.map(({ createdAt }) => createdAt % 1_000),
      ...issues.flatMap(({ moves }) => moves.map(({ at }) => at % 1_000)),
    ]);
    expect(parts.length).toBeGreaterThan(1_000);
    expect(new Set(parts)).toEqual(new Set([0]));
  });

  it('puts conversations into the very first and the very last second of a month', () => {
    const moments = base.customers.flatMap(({ conversations }) => conversations.map((one) => one.createdAt));
    expect(moments).toContain(monthStart('2026-10'));
    expect(moments).toContain(monthEnd('2026-10') - 1_000);
  });

  it('moves bugs and opportunities forwards only', () => {
    const lives = base.customers.flatMap(({ issues, opportunities }) => [
      ...issues.map(({ createdAt, moves }) => [createdAt, ...moves.map(({ at }) => at)]),
      ...opportunities.map(({ states }) => states.map(({ at }) => at)),
    ]);
    expect(lives.length).toBeGreaterThan(500);
    expect(lives.filter((times) => times.some((at, n) => n > 0 && at < (times[n - 1] ?? 0)))).toEqual([]);
  });
});

describe('ids of the demo base', () => {
  it.each<[string, (customer: Customer) => readonly (string | null)[]]>([
    ['accounts', ({ accountId }) => [accountId]],
    ['conversations', ({ conversations }) => conversations.map(({ id }) => id)],
    ['issues', ({ issues }) => issues.map(({ id }) => id)],
    ['issue keys', ({ issues }) => issues.map(({ key }) => key)],
    ['contacts', ({ contacts }) => contacts.map(({ intercomId }) => intercomId)],
    ['opportunities', ({ opportunities }) => opportunities.map(({ id }) => id)],
    ['companies in Intercom', ({ intercomCompanyId }) => [intercomCompanyId]],
    ['customers in Looker', ({ lookerCustomerId }) => [lookerCustomerId]],
  ])('of %s are never given twice', (_kind, idsOf) => {
    const ids = base.customers.flatMap(idsOf).filter((id) => id !== null);
    expect(ids.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of conversations grow with time', () => {
    const all = base.customers.flatMap(({ conversations }) => conversations);
    const byId = all.toSorted((a, b) => Number(a.id) - Number(b.id)).map(({ createdAt }) => createdAt);
    expect(byId).toEqual(byId.toSorted((a, b) => a - b));
  });

  it('give ten customers a Jira project each and the others a component of a shared one', () => {
    const places = base.customers.flatMap(({ jira }) => (jira === null ? [] : [jira]));
    const own = places.filter(({ component }) => component === null);
    const shared = places.filter(({ component }) => component !== null);
    expect(new Set(own.map(({ project }) => project)).size).toBe(own.length);
    expect(own).toHaveLength(10);
    expect(new Set(shared.map(({ project }) => project)).size).toBe(1);
    expect(new Set(shared.map(({ component }) => component)).size).toBe(shared.length);
  });
});

describe('a story', () => {
  it('of silence ends all use with August, and nearly all conversations', () => {
    expect(told('silent customer')).toHaveLength(3);
    for (const { usage, conversations } of told('silent customer')) {
      expect(usage.at(-1)?.month).toBe('2026-08');
      const since = conversations.filter(({ createdAt }) => createdAt >= monthStart('2026-09'));
      expect(since.length).toBeLessThanOrEqual(3);
    }
  });

  it('of a new customer begins three months ago', () => {
    expect(told('new customer')).toHaveLength(3);
    for (const { usage, conversations, issues, customerSince } of told('new customer')) {
      expect(dayOf(customerSince)).toBe('2026-08-10');
      expect(usage.filter(({ month }) => month < '2026-08')).toEqual([]);
      expect([...conversations, ...issues].filter(({ createdAt }) => createdAt < customerSince)).toEqual([]);
    }
  });

  it('of a churned customer ends on the day it left', () => {
    expect(told('churned')).toHaveLength(3);
    for (const { churnedOn, usage, conversations, issues } of told('churned')) {
      expect(churnedOn).toBe('2026-08-14');
      const after = [...conversations, ...issues].filter(({ createdAt }) => dayOf(createdAt) >= '2026-08-14');
      expect(after).toEqual([]);
      expect(usage.filter(({ month }) => month > '2026-08')).toEqual([]);
    }
  });

  it.each([
    ['slow decline', -1],
    ['recovering', 1],
  ] as const)('of a %s changes its daily users in one direction (%i)', (story, direction) => {
    const used = told(story).filter(({ usage }) => usage.length > 0);
    expect(used.length).toBeGreaterThan(3);
    for (const { usage } of used) {
      const sum = (rows: typeof usage) => rows.reduce((total, { dau }) => total + (dau ?? 0), 0);
      expect(Math.sign(sum(usage.slice(-3)) - sum(usage.slice(0, 3)))).toBe(direction);
    }
  });
});

describe('what the demo base costs to read', () => {
  it.each(base.months.slice(1, -1))('is at most ten contact look-ups in %s, widened by two days', (month) => {
    const [from, until] = [monthStart(month) - DAY, monthEnd(month) + DAY];
    const contacts = base.customers.flatMap(({ contacts: known, conversations }) =>
      conversations
        .filter(({ via, createdAt }) => via === 'contact' && createdAt >= from && createdAt < until)
        .map(({ contact }) => known[contact]?.intercomId),
    );
    expect(contacts).not.toContain(undefined);
    expect(new Set(contacts).size).toBeGreaterThan(0);
    expect(new Set(contacts).size).toBeLessThanOrEqual(10);
  });
});
