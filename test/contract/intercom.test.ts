/** What only Intercom does: versions, vocabularies, rate windows, a search that is less than a snapshot. */
import { afterEach, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import type { IntercomSource } from '../../node-scorer/src/extract/intercom/settings.ts';
import {
  checkIntercomNames,
  extractIntercom,
  intercomTransport,
} from '../../node-scorer/src/extract/intercom/index.ts';
import { totalCalls } from '../../node-scorer/src/http/calls.ts';
import { noQuirks, type Quirks } from '../../sandbox/intercom/quirks.ts';
import { startIntercom, type IntercomOptions } from '../../sandbox/intercom/server.ts';
import { makeBase, NOW, readingsOf, requestOf, shippedSources, testRuntime } from './base.ts';

const BASE = makeBase(120);
const REQUEST = requestOf(BASE, '2026-10');
const TOKEN = 'contract-token-0123456789';

const running: StandIn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

async function read(
  options: Partial<IntercomOptions> = {},
  settings: Partial<IntercomSource> = {},
  accounts = REQUEST.accounts,
) {
  const standIn = await startIntercom({ base: BASE, clock: () => NOW, token: TOKEN, ...options });
  running.push(standIn);
  const runtime = testRuntime();
  const sources = { ...shippedSources().intercom, ...settings };
  const transport = intercomTransport({ token: TOKEN, baseUrl: standIn.url }, sources, runtime);
  const request = { ...REQUEST, accounts };
  const extraction = await extractIntercom({ transport, settings: sources }, request);
  return { extraction, readings: readingsOf('intercom', extraction, request), runtime, standIn };
}

const quirks = (over: Partial<Quirks>): Quirks => ({ ...noQuirks(), ...over });

describe('Intercom', () => {
  it('gives the same readings by version 2.15 and 2.16, whose words for priority differ', async () => {
    const now = await read({}, { api_version: '2.16' });
    const before = await read({}, { api_version: '2.15' });
    expect(before.readings).toEqual(now.readings);
    expect([...now.readings.values()].some(({ p1_p2_pct: share }) => (share?.value ?? 0) > 0)).toBe(true);
  });

  it('gives the same readings by their company id and by ours', async () => {
    const byTheirs = await read();
    const external = new Map(BASE.customers.map((customer) => [customer.accountId, customer]));
    const accounts = REQUEST.accounts.map((account) => ({
      ...account,
      intercomCompanyId:
        account.intercomCompanyId === null ? null : (external.get(account.id)?.intercomExternalId ?? null),
    }));
    const byOurs = await read({}, { company_id: 'external' }, accounts);
    expect(byOurs.readings).toEqual(byTheirs.readings);
  });

  it('asks a contact once, and a conversation never', async () => {
    const { standIn, runtime } = await read();
    const paths = standIn.calls.map(({ method, path }) => `${method} ${path}`);
    const contacts = paths.filter((path) => path.startsWith('GET /contacts/'));
    expect(contacts.length).toBeGreaterThan(0);
    expect(new Set(contacts).size).toBe(contacts.length);
    expect(paths.some((path) => /^GET \/conversations\/(?!attributes$)/.test(path))).toBe(false);
    expect(totalCalls(runtime.calls.snapshot(), 'intercom')).toBe(paths.length);
  });

  it('reads the same when rows come again on the next page', async () => {
    const plain = await read();
    const repeated = await read({ quirks: quirks({ rowsAcrossPages: 'repeated' }) });
    expect(repeated.readings).toEqual(plain.readings);
  });

  it('takes rows that are left out between pages for a failed read', async () => {
    await expect(read({ quirks: quirks({ rowsAcrossPages: 'skipped' }) })).rejects.toMatchObject({
      code: 'SOURCE_UNEXPECTED',
      message: expect.stringMatching(/found \d+ conversations, of \d+ that it counts/) as string,
    });
  });

  it.each([
    [
      'its search gives half of what it counts',
      /search/,
      { total_count: 341, conversations: [], pages: null },
    ],
    ['a contact answers {}', /^GET \/contacts\//, {}],
    ['the list of tags is no list', /^GET \/tags/, {}],
  ])('is a failed read when %s', async (_what, match, body) => {
    const standIn = await startIntercom({ base: BASE, clock: () => NOW, token: TOKEN });
    running.push(standIn);
    standIn.faults.add({ kind: 'status', status: 200, body, match });
    const settings = shippedSources().intercom;
    const transport = intercomTransport({ token: TOKEN, baseUrl: standIn.url }, settings, testRuntime());
    await expect(extractIntercom({ transport, settings }, REQUEST)).rejects.toMatchObject({
      kind: 'transient',
    });
  });

  it('tells ids that it does not know by name, damaged ones and ones of another workspace', async () => {
    const damaged = ['a', '6.4E+20', '6762f07f1bb69f9f21930000', '../me'];
    const accounts = REQUEST.accounts.map((account, i) => ({
      ...account,
      intercomCompanyId: damaged[i] ?? account.intercomCompanyId,
    }));
    const { extraction } = await read({}, {}, accounts);
    expect(accounts.slice(0, 4).map(({ id }) => extraction.facts.get(id))).toEqual(
      damaged.map(() => ({ missing: 'not_mapped' })),
    );
    const told = extraction.notes.filter(({ code }) => code === 'unknown_company');
    expect(told.map(({ message }) => message.split(' does')[0])).toEqual(
      damaged.map((id) => `company ${JSON.stringify(id)}`),
    );
    expect(
      extraction.notes.filter(({ code }) => code !== 'unknown_company' && code !== 'ambiguous_contact'),
    ).toEqual([]);
  });

  it('is checked by signing in and by its names', async () => {
    const standIn = await startIntercom({ base: BASE, clock: () => NOW, token: TOKEN });
    running.push(standIn);
    const check = (over: Partial<IntercomSource>) => {
      const settings = { ...shippedSources().intercom, ...over };
      const transport = intercomTransport({ token: TOKEN, baseUrl: standIn.url }, settings, testRuntime());
      return checkIntercomNames({ transport, settings });
    };
    expect(await check({})).toEqual([]);
    expect(await check({ api_version: '2.15' })).toEqual([]);
    const escalation = [
      { custom_attribute: { name: 'Is escalated', equals: true } },
      { team: ['Escalations'] },
    ];
    const unknown = await check({ escalation });
    expect(unknown.map(({ fix }) => fix)).toEqual(['did you mean "Escalated"?', 'did you mean "5017602"?']);
    expect(unknown.map(({ costs }) => costs)).toEqual([['escalation_pct'], ['escalation_pct']]);
  });

  it('reports a record that lost its shape and keeps the others', async () => {
    let turn = 0;
    const reshape: Quirks['reshape'] = (conversation) =>
      turn++ === 5 ? { ...conversation, created_at: 'in autumn' } : conversation;
    const { extraction, readings } = await read({ quirks: quirks({ reshape }) });
    const bad = extraction.notes.filter(({ code }) => code === 'bad_record');
    expect(bad).toHaveLength(1);
    expect(bad[0]?.message).toContain('field created_at');
    expect(readings.size).toBe(REQUEST.accounts.length);
  });

  it.each([
    ['a field that is gone', ({ created_at: _gone, ...rest }: Readonly<Record<string, unknown>>) => rest],
    ['a field of another type', (one: Readonly<Record<string, unknown>>) => ({ ...one, statistics: 'none' })],
    ['records that are texts', () => 'conversation'],
  ])('refuses a schema that has drifted by %s', async (_what, reshape) => {
    await expect(read({ quirks: quirks({ reshape }) })).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });

  it('does not care for a new field', async () => {
    const plain = await read();
    const drifted = await read({ quirks: quirks({ reshape: (one) => ({ ...one, mood: { v: 1 } }) }) });
    expect(drifted.readings).toEqual(plain.readings);
  });

  it('slows down before the window is used up, so that the first wait comes before any refusal', async () => {
    const standIn = await startIntercom({
      base: BASE,
      clock: () => NOW,
      token: TOKEN,
      rateLimit: { perWindow: 30 },
    });
    running.push(standIn);
    const refusedBefore: number[] = [];
    const sleep = (ms: number): Promise<void> => {
      refusedBefore.push(standIn.calls.filter(({ status }) => status === 429).length);
      waits.push(ms);
      return Promise.resolve();
    };
    const waits: number[] = [];
    const settings = shippedSources().intercom;
    const runtime = { ...testRuntime(), sleep };
    const transport = intercomTransport({ token: TOKEN, baseUrl: standIn.url }, settings, runtime);
    // The waits are not waited here, so that what comes after the first one may well be refused.
    while (waits.length === 0) await extractIntercom({ transport, settings }, REQUEST).catch(() => undefined);
    expect(standIn.calls.length).toBeGreaterThan(20);
    expect(refusedBefore[0]).toBe(0);
    expect(waits[0]).toBeGreaterThan(0);
    expect(waits[0]).toBeLessThanOrEqual(10_000);
  });

  it('begins again when a page cursor has expired, and reads the same', async () => {
    const plain = await read();
    const standIn = await startIntercom({ base: BASE, clock: () => NOW, token: TOKEN });
    running.push(standIn);
    const body = {
      type: 'error.list',
      errors: [{ code: 'parameter_invalid', message: 'cursor has expired' }],
    };
    standIn.faults.add({ kind: 'status', status: 400, body, match: /search/, after: 1, times: 1 });
    const settings = shippedSources().intercom;
    const transport = intercomTransport({ token: TOKEN, baseUrl: standIn.url }, settings, testRuntime());
    const extraction = await extractIntercom({ transport, settings }, REQUEST);
    expect(readingsOf('intercom', extraction, REQUEST)).toEqual(plain.readings);
  });

  describe('contacts that cannot be found', () => {
    const gone = { kind: 'status', status: 404, match: /^GET \/contacts\// } as const;

    async function readWith(fault: { after?: number; times?: number }, base = makeBase(300, 4)) {
      const standIn = await startIntercom({ base, clock: () => NOW, token: TOKEN });
      running.push(standIn);
      standIn.faults.add({ ...gone, ...fault });
      const settings = shippedSources().intercom;
      const transport = intercomTransport({ token: TOKEN, baseUrl: standIn.url }, settings, testRuntime());
      const request = requestOf(base, '2026-10');
      const outcome = await extractIntercom({ transport, settings }, request).catch(
        (error: unknown) => error,
      );
      const asked = standIn.calls.filter(({ path }) => path.startsWith('/contacts/')).length;
      return { outcome, asked };
    }

    it('are a failed read when there are twenty of them and not one was found', async () => {
      const { outcome, asked } = await readWith({});
      expect(asked).toBeGreaterThanOrEqual(20);
      expect(outcome).toMatchObject({
        code: 'SOURCE_UNEXPECTED',
        message: expect.stringContaining(`none of ${asked} contacts`) as string,
      });
    });

    it('are people who left when one of them was found', async () => {
      const { outcome, asked } = await readWith({ after: 1 });
      expect(asked).toBeGreaterThanOrEqual(20);
      const { notes } = outcome as { notes: { code: string; message: string }[] };
      const unknown = notes.filter(({ code }) => code === 'unknown_contact');
      expect(unknown.at(-1)?.message).toBe(`and ${asked - 1 - 10} more of these`);
    });

    it('are people who left when they are fewer than twenty', async () => {
      const few = { ...BASE, customers: BASE.customers.slice(0, 12) };
      const { outcome, asked } = await readWith({}, few);
      expect(asked).toBeGreaterThan(0);
      expect(asked).toBeLessThan(20);
      const { notes } = outcome as { notes: { code: string }[] };
      expect(notes.filter(({ code }) => code === 'unknown_contact').length).toBeGreaterThan(0);
    });
  });
});
