/** One suite for every extractor, over real HTTP, against the stand-in of its vendor. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault, StandIn } from 'local-org/http';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import type { Extraction } from '../../node-scorer/src/extract/extraction.ts';
import { accountsOf, makeBase, numbersIn, readingsOf, requestOf, testRuntime } from './base.ts';
import { VENDORS } from './vendors.ts';

const PERIOD = '2026-10';
const BASE = makeBase(120);
const REQUEST = requestOf(BASE, PERIOD);
/** Long enough for a good answer of the stand-in, short enough to wait for in a test. */
const DEADLINE_MS = 2_000;

/** Faults that a vendor gets over; the answer then has to be the undisturbed one. */
const PASSING: readonly [string, Fault][] = [
  ['429 with Retry-After', { kind: 'status', status: 429, headers: { 'Retry-After': '2' } }],
  ['429 without headers', { kind: 'status', status: 429 }],
  ['408', { kind: 'status', status: 408 }],
  ['500', { kind: 'status', status: 500 }],
  ['502', { kind: 'status', status: 502 }],
  ['503', { kind: 'status', status: 503 }],
  ['504', { kind: 'status', status: 504 }],
  ['a reset connection', { kind: 'reset' }],
  ['a hang', { kind: 'hang' }],
  ['a slow drip', { kind: 'drip', ms: 50 }],
  ['truncated JSON', { kind: 'truncated' }],
  ['HTML with status 200', { kind: 'html' }],
  ['an empty answer', { kind: 'empty' }],
];

/** Faults of which only a person or time can help; never a number may come of them. */
const LASTING: readonly [string, Fault][] = [
  ...PASSING,
  ['401', { kind: 'status', status: 401 }],
  ['403', { kind: 'status', status: 403 }],
  ['404', { kind: 'status', status: 404 }],
  ['410', { kind: 'status', status: 410 }],
  ['422', { kind: 'status', status: 422 }],
  [
    'a redirect to elsewhere',
    { kind: 'status', status: 302, headers: { Location: 'http://elsewhere.invalid/' } },
  ],
  [
    'a list instead of an object, an object instead of a list',
    { kind: 'status', status: 200, body: { data: 'new' } },
  ],
];

describe.each(VENDORS)('$name', (vendor) => {
  let standIn: StandIn;
  let undisturbed: ReturnType<typeof readingsOf>;

  beforeAll(async () => {
    standIn = await vendor.start(BASE);
    undisturbed = await read();
  });
  afterEach(() => standIn.faults.clear());
  afterAll(() => standIn.close());

  const extract = (deadlineMs = 30_000): Promise<Extraction<unknown>> =>
    vendor.reader(standIn, { ...testRuntime(), deadlineMs }).extract(REQUEST);

  async function read(deadlineMs?: number): Promise<ReturnType<typeof readingsOf>> {
    return readingsOf(vendor.source, await extract(deadlineMs), REQUEST);
  }

  /** The readings, or the error that took their place. */
  const outcome = (deadlineMs?: number): Promise<ReturnType<typeof readingsOf> | ScorerError> =>
    read(deadlineMs).catch((error: unknown) => {
      expect(error).toBeInstanceOf(ScorerError);
      return error as ScorerError;
    });

  it('connects and reads every account that it was asked for', () => {
    expect([...undisturbed.keys()].toSorted()).toEqual(
      accountsOf(BASE, PERIOD)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(numbersIn(undisturbed).length).toBeGreaterThan(100);
  });

  it('refuses bad credentials and names what to check', async () => {
    const reader = vendor.reader(standIn, testRuntime(), { wrongToken: true });
    await expect(reader.extract(REQUEST)).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(vendor.refusal) as string,
    });
  });

  it('reads the same twice', async () => {
    expect(await read()).toEqual(undisturbed);
  });

  it('makes few calls, whatever the number of accounts', async () => {
    const before = standIn.calls.length;
    await extract();
    expect(standIn.calls.length - before).toBeLessThan(60);
  });

  it('says the time of the read', async () => {
    expect((await extract()).observedAt).toBe('2026-11-21T09:00:00.000Z');
  });

  it('makes no number but a measured zero of a vendor that holds nothing', async () => {
    const customers = BASE.customers.map((customer) => ({
      ...customer,
      conversations: [],
      issues: [],
      usage: [],
    }));
    const empty = await vendor.start({ ...BASE, customers });
    const { facts } = await vendor.reader(empty, testRuntime()).extract(REQUEST);
    await empty.close();
    const extraction = { facts, observedAt: '', notes: [] };
    const numbers = numbersIn(readingsOf(vendor.source, extraction, REQUEST));
    expect(numbers.filter((text) => !text.endsWith(' 0'))).toEqual([]);
  });

  it('reports one record that cannot be, and reads the others as ever', async () => {
    let spoilt = false;
    const broken = await vendor.start(BASE, (record) => {
      if (spoilt) return record;
      spoilt = true;
      return vendor.spoil(record);
    });
    const extraction = await vendor.reader(broken, testRuntime()).extract(REQUEST);
    await broken.close();
    expect(spoilt).toBe(true);
    expect(extraction.notes.length).toBeGreaterThan(0);
    const readings = readingsOf(vendor.source, extraction, REQUEST);
    const changed = [...readings].filter(
      ([id, own]) => JSON.stringify(own) !== JSON.stringify(undisturbed.get(id)),
    );
    // A record belongs to one customer, or to the two whose component it carries.
    expect(changed.length).toBeLessThanOrEqual(2);
  });

  it('makes nothing of accounts that are not mapped, without a call', async () => {
    const accounts = REQUEST.accounts.map((account) => ({
      ...account,
      intercomCompanyId: null,
      jiraProjectKey: null,
      lookerCustomerId: null,
    }));
    const before = standIn.calls.length;
    const { facts } = await vendor.reader(standIn, testRuntime()).extract({ ...REQUEST, accounts });
    expect(new Set([...facts.values()].map((known) => JSON.stringify(known)))).toEqual(
      new Set(['{"missing":"not_mapped"}']),
    );
    expect(standIn.calls.length).toBe(before);
  });

  describe.each([
    ['on the first page', 0],
    ['on a later page', 1],
  ])('a fault %s that passes', (_where, after) => {
    const passing = PASSING.filter(
      ([, { kind }]) => vendor.asksAgainAfterHang || !['hang', 'drip'].includes(kind),
    );
    it.each(passing)('%s: the answer is the undisturbed one', async (_name, fault) => {
      standIn.faults.add({ ...fault, match: vendor.records, times: 1, after });
      const before = standIn.calls.length;
      expect(await read(DEADLINE_MS)).toEqual(undisturbed);
      expect(standIn.calls.length).toBeGreaterThan(before + 1);
    });
  });

  describe.each([
    ['from the first page on', 0],
    ['from a later page on', 1],
  ])('a fault %s', (_where, after) => {
    it.each(LASTING)('%s: ends in a reason or a coded error, never in a number', async (_name, fault) => {
      standIn.faults.add({ ...fault, match: vendor.records, after });
      const ended = await outcome(120);
      if (ended instanceof ScorerError) {
        expect(ended.message.length).toBeGreaterThan(20);
        return;
      }
      // Where each question stands for itself, those asked before the fault keep their readings, unchanged.
      const kept = numbersIn(ended);
      const before = new Set(numbersIn(undisturbed));
      expect(kept.filter((one) => !before.has(one))).toEqual([]);
      expect(kept.length).toBeLessThan(vendor.partial && after > 0 ? before.size : 1);
    });
  });

  it('everywhere at once costs a bounded number of calls and a few seconds of waiting', async () => {
    standIn.faults.add({ kind: 'status', status: 503 });
    const runtime = testRuntime();
    const before = standIn.calls.length;
    await expect(vendor.reader(standIn, runtime).extract(REQUEST)).rejects.toMatchObject({
      code: 'SOURCE_DOWN',
    });
    expect(standIn.calls.length - before).toBeLessThanOrEqual(4);
    expect(runtime.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(8_000);
  });

  it('a session that expires in the middle is renewed, or refused where only a person can renew it', async () => {
    standIn.faults.add({ kind: 'status', status: 401, match: vendor.records, times: 1, after: 1 });
    const ended = await outcome();
    if (vendor.renews) expect(ended).toEqual(undisturbed);
    else expect(ended).toMatchObject({ code: 'SOURCE_REFUSED' });
  });

  it('no error holds a token', async () => {
    standIn.faults.add({
      kind: 'status',
      status: 401,
      match: vendor.records,
      body: { message: 'contract-token-0123456789' },
    });
    const ended = await outcome();
    expect(JSON.stringify(ended) + String((ended as Error).stack)).not.toContain('contract-token');
  });
});
