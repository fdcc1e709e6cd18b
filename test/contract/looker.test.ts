/** What only Looker does: saved Looks, rows that are cut off, sessions that end, thirty days without a month. */
import { afterEach, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import type { LookerSource } from '../../node-scorer/src/extract/looker/settings.ts';
import { extractLooker, makeLookerSdk } from '../../node-scorer/src/extract/looker/index.ts';
import { noQuirks } from '../../sandbox/looker/quirks.ts';
import { startLooker, type LookerOptions } from '../../sandbox/looker/server.ts';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import {
  makeBase,
  metricsOf,
  NOW,
  readingsOf,
  requestOf,
  shippedSources,
  testRuntime,
  type Base,
} from './base.ts';

const BASE = makeBase(120);
const REQUEST = requestOf(BASE, '2026-10');
const SECRET = 'contract-token-0123456789';

const running: StandIn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

async function start(base: Base = BASE, options: Partial<LookerOptions> = {}): Promise<StandIn> {
  const credentials = { clientId: 'contract-client', clientSecret: SECRET };
  const standIn = await startLooker({ base, clock: () => NOW, ...credentials, ...options });
  running.push(standIn);
  return standIn;
}

async function read(standIn: StandIn, settings: Partial<LookerSource> = {}, request = REQUEST) {
  const credentials = { baseUrl: standIn.url, clientId: 'contract-client', clientSecret: SECRET };
  const sdk = await makeLookerSdk(credentials, testRuntime());
  const sources = { ...shippedSources().looker, ...settings };
  const extraction = await extractLooker({ sdk, settings: sources }, request);
  return { extraction, readings: readingsOf('looker', extraction, request) };
}

const isUnknown = (reading: object | undefined): boolean =>
  reading !== undefined && 'missing' in reading && reading.missing === 'not_mapped';

const isMeasure = (key: string): boolean => !/customer_id|_month$/.test(key);

const withoutMeasures = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !isMeasure(key)));

const formatted = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, isMeasure(key) ? `${String(value)} users` : value]),
  );

describe('Looker', () => {
  it('costs one sign-in and one question per explore, and one more for ids that the look-back does not show', async () => {
    const standIn = await start();
    await read(standIn);
    const asked = (explores: number): string[] => [
      '/api/4.0/login',
      ...Array.from({ length: explores }, () => '/api/4.0/queries/run/json'),
    ];
    expect(standIn.calls.map(({ path }) => path)).toEqual(asked(6));

    const truth = expectedReadings(BASE, '2026-10');
    const seen = REQUEST.accounts.filter(({ id }) => (truth.get(id)?.['mau']?.value ?? 0) > 0);
    const ofSeen = await start();
    await read(ofSeen, {}, { ...REQUEST, accounts: seen });
    expect(ofSeen.calls.map(({ path }) => path)).toEqual(asked(3));
  });

  it('gives the same readings from saved Looks as from queries', async () => {
    const standIn = await start();
    const byQuery = await read(standIn);
    const { queries } = shippedSources().looker;
    const looks = queries.map(({ id, date, fields }, index) => ({ look_id: 42 + index, id, date, fields }));
    const byLook = await read(standIn, { queries: [], looks });
    expect(byLook.readings).toEqual(byQuery.readings);
    // Each is asked for its own limit too: its rows alone do not tell that they were cut off.
    expect(standIn.calls.filter(({ path }) => path.startsWith('/api/4.0/looks/'))).toHaveLength(6);
  });

  it('never takes an answer for whole that a missing permission cut off at 5,000 rows', async () => {
    const big = makeBase(2_000, 5);
    const standIn = await start(big, { downloadWithoutLimit: false });
    const { extraction, readings } = await read(standIn, {}, requestOf(big, '2026-10'));
    expect(extraction.notes.map(({ code }) => code)).toEqual([
      'query_failed',
      'query_failed',
      'query_failed',
    ]);
    expect(extraction.notes[0]?.message).toContain('download_without_limit');
    const values = [...readings.values()].flatMap((all) => Object.values(all)).map(({ value }) => value);
    expect(new Set(values)).toEqual(new Set([null]));
  });

  it('lets a silent customer fall: users, logins and breadth are a measured 0, the trend is −100', async () => {
    const { readings } = await read(await start());
    const silent = BASE.customers.filter(
      ({ story, lookerCustomerId, usage }) =>
        story === 'silent customer' &&
        lookerCustomerId !== null &&
        !usage.some(({ month }) => month === '2026-10') &&
        usage.some(({ month }) => ['2026-07', '2026-08', '2026-09'].includes(month)),
    );
    expect(silent.length).toBeGreaterThan(0);
    for (const { accountId } of silent) {
      expect(readings.get(accountId)).toMatchObject({
        dau: { value: 0 },
        mau: { value: 0 },
        login_frequency: { value: 0 },
        feature_breadth: { value: 0 },
        mau_trend_pct: { value: -100 },
        stickiness_pct: { value: null, missing: 'no_activity' },
        messaging: { value: 0 },
      });
    }
  });

  it('takes the silence of every customer at once for a failed read: the month is not loaded yet', async () => {
    const { extraction, readings } = await read(
      await start(BASE, { quirks: { ...noQuirks(), monthsMissing: 2 } }),
    );
    expect(extraction.notes.filter(({ code }) => code === 'no_rows')).toHaveLength(3);
    const reasons = new Set([...readings.values()].map((all) => all['dau']?.missing));
    expect([...reasons].toSorted()).toEqual(['not_mapped', 'source_down']);
  });

  it('loses everything but invents nothing when the database refuses', async () => {
    const { extraction, readings } = await read(
      await start(BASE, { quirks: { ...noQuirks(), sqlError: 'timeout' } }),
    );
    expect(extraction.notes.map(({ code }) => code)).toEqual([
      'query_failed',
      'query_failed',
      'query_failed',
    ]);
    const values = [...readings.values()].flatMap((all) => Object.values(all)).map(({ value }) => value);
    expect(new Set(values)).toEqual(new Set([null]));
  });

  it.each([
    ['a measure that is gone', withoutMeasures],
    ['formatted numbers', formatted],
  ])('refuses a model that has changed by %s', async (_what, reshape) => {
    const { readings } = await read(await start(BASE, { quirks: { ...noQuirks(), reshape } }));
    const truth = expectedReadings(BASE, '2026-10');
    for (const [id, own] of readings) {
      // That a customer has no rows at all is still there to see: silence is measured, everything else is lost.
      const silent = truth.get(id)?.['mau']?.value === 0;
      for (const [metric, { value }] of Object.entries(own)) {
        if (!silent) expect({ metric, value }).toEqual({ metric, value: null });
        else expect([null, truth.get(id)?.[metric]?.value]).toContain(value);
      }
    }
  });

  it('reads one silent account by itself as silent, because others used the product', async () => {
    const all = await read(await start());
    const silent = [...all.readings].find(([, own]) => own['mau_trend_pct']?.value === -100)?.[0] ?? '';
    const accounts = REQUEST.accounts.filter(({ id }) => id === silent);
    const alone = await read(await start(), {}, { ...REQUEST, accounts });
    expect(alone.readings.get(silent)).toEqual(all.readings.get(silent));
  });

  it('reads the running window over its thirty days, with the months before it', async () => {
    const request = requestOf(BASE, '2026-11');
    const standIn = await start();
    const { extraction, readings } = await read(standIn, {}, request);
    expect(extraction.notes.filter(({ code }) => code !== 'unknown_customer')).toEqual([]);
    const lively = [...readings.values()].filter(({ mau }) => (mau?.value ?? 0) > 0);
    expect(lively.length).toBeGreaterThan(50);
    for (const own of lively) expect(own['mau_trend_pct']?.value ?? -100).toBeGreaterThan(-100);
    // Three explores over the thirty days, the months before for the trend, and what was before the look-back.
    expect(standIn.calls.filter(({ path }) => path.endsWith('/run/json'))).toHaveLength(7);
  });

  it('signs in again when the token of the session has run out', async () => {
    let now = NOW;
    const standIn = await start(BASE, { clock: () => (now += 9_000), tokenSeconds: 60 });
    const { readings } = await read(standIn);
    expect(standIn.calls.filter(({ path }) => path.endsWith('/login')).length).toBeGreaterThan(1);
    expect(readings.size).toBe(REQUEST.accounts.length);
    expect([...readings.values()].some(({ dau }) => (dau?.value ?? 0) > 0)).toBe(true);
  });

  it('says which field is wrong, and loses only the metric that needs it', async () => {
    const [first, ...others] = shippedSources().looker.queries;
    if (first === undefined) throw new Error('no query is shipped');
    const queries = [{ ...first, fields: { dau: 'user_sessions.no_such_field' } }, ...others];
    const { readings, extraction } = await read(await start(), { queries });
    expect(extraction.notes).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('no_such_field') as string }),
    );
    const truth = expectedReadings(BASE, '2026-10');
    for (const { id, lookerCustomerId } of REQUEST.accounts) {
      if (lookerCustomerId === null || isUnknown(truth.get(id)?.['dau'])) continue;
      expect(readings.get(id)?.['dau']).toEqual({ value: null, missing: 'unknown_name' });
      expect(readings.get(id)?.['feature_breadth']).toEqual(truth.get(id)?.['feature_breadth']);
    }
  });

  it('loses only the readings of the query that answers looker_error', async () => {
    const standIn = await start();
    standIn.faults.add({
      kind: 'status',
      status: 200,
      body: [{ looker_error: 'The database went away' }],
      content: /feature_usage/,
    });
    const { readings, extraction } = await read(standIn);
    const truth = expectedReadings(BASE, '2026-10');
    expect(extraction.notes).toContainEqual(expect.objectContaining({ code: 'query_failed' }));
    for (const { id, lookerCustomerId } of REQUEST.accounts) {
      if (lookerCustomerId === null) continue;
      const { feature_breadth: breadth, ...others } = readings.get(id) ?? {};
      expect(breadth).toEqual({ value: null, missing: 'source_down' });
      for (const metric of metricsOf('looker').filter((one) => one !== 'feature_breadth')) {
        const right = truth.get(id)?.[metric];
        // Whether the lost answer knew an id that the others do not know, nobody can tell.
        expect(others[metric]).toEqual(isUnknown(right) ? { value: null, missing: 'source_down' } : right);
      }
    }
  });
});
