import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import type { SalesforceSource } from './settings.ts';
import type { AccountFacts, Window } from '../../facts/index.ts';
import { FINANCIAL } from '../../metrics/financial.ts';
import { RELATIONSHIP } from '../../metrics/relationship.ts';
import type { Reading } from '../../scoring/index.ts';
import type { Facts } from '../../metrics/define-metric.ts';
import { ScorerError } from '../../errors.ts';
import type { Row, SalesforceReader } from './client.ts';
import { extractSalesforce } from './index.ts';

const A = '001000000000001AAA';
const COMPLETE: Window = {
  period: '2026-10',
  start: Date.parse('2026-10-01'),
  end: Date.parse('2026-11-01'),
  asOf: '2026-10-31',
  complete: true,
};
const RUNNING: Window = { ...COMPLETE, complete: false };

let settings: SalesforceSource;
beforeAll(async () => {
  ({
    sources: { salesforce: settings },
  } = await loadConfig(join(import.meta.dirname, '../../../../config')));
});

type Tables = Record<string, readonly Row[]>;

/** A small customer: one open renewal, two reviews, a champion, a downgrade's worth of history. */
const tables = (): Tables => ({
  Opportunity: [
    { Id: '006000000000001AAA', AccountId: A, CloseDate: '2027-01-31', Type: 'Renewal' },
    { Id: '006000000000002AAA', AccountId: A, CloseDate: '2026-12-31', Type: 'Renewal' },
  ],
  OpportunityHistory: [
    {
      OpportunityId: '006000000000001AAA',
      CreatedDate: '2026-02-01T00:00:00.000+0000',
      StageName: 'Negotiation',
      CloseDate: '2027-01-31',
    },
    {
      OpportunityId: '006000000000002AAA',
      CreatedDate: '2026-02-01T00:00:00.000+0000',
      StageName: 'Negotiation',
      CloseDate: '2026-12-31',
    },
  ],
  OpportunityStage: [
    { MasterLabel: 'In talks', ApiName: 'Negotiation', IsClosed: false },
    { MasterLabel: 'Won (signed)', ApiName: 'Closed Won', IsClosed: true },
  ],
  Event: [
    { Id: '00U000000000001AAA', AccountId: A, ActivityDate: '2026-03-01', Attended__c: true, Type: 'QBR' },
    { Id: '00U000000000002AAA', AccountId: A, ActivityDate: '2026-06-01', Attended__c: false, Type: 'QBR' },
  ],
  AccountContactRelation: [
    { Id: '07k000000000001AAA', AccountId: A, StartDate: '2024-01-01', EndDate: '2026-09-30' },
    { Id: '07k000000000002AAA', AccountId: A, StartDate: '2026-10-01', EndDate: null },
  ],
  Case: [{ Id: '500000000000001AAA', AccountId: A, CreatedDate: '2026-05-01T00:00:00.000+0000' }],
  Contract: [],
  Health_Score__c: [
    { Account__c: A, Window_End__c: '2026-01-31', ARR__c: 100_000, Score_Key__c: `${A}:2026-01` },
  ],
  AccountHistory: [
    { AccountId: A, CreatedDate: '2025-12-01T00:00:00.000+0000', Field: 'created', OldValue: null },
    { AccountId: A, CreatedDate: '2026-06-01T00:00:00.000+0000', Field: 'ARR__c', OldValue: 100_000 },
  ],
});
const accountRow = (): Row => ({
  Id: A,
  CreatedDate: '2024-01-01T00:00:00.000+0000',
  ARR__c: 150_000,
  Success_Tier__c: 'Standard',
});

const PICKLISTS: Readonly<Record<string, readonly string[]>> = {
  'Opportunity.Type': ['Renewal', 'Expansion', 'Upsell', 'Downgrade', 'Amendment'],
  'Event.Type': ['QBR', 'Call'],
  'Case.Type': ['Billing'],
  'Contract.Status': ['Activated'],
  'AccountContactRelation.Roles': ['Champion'],
  'Account.Success_Tier__c': ['Standard', 'Premium'],
};

interface Org {
  readonly data: Tables;
  readonly account?: Row;
  readonly picklists?: Readonly<Record<string, readonly string[]>>;
  readonly objects?: Tables;
  readonly refuse?: (soql: string) => ScorerError | undefined;
}

/** A reader over tables: the rows of the object asked for, whatever the conditions; the queries as they came. */
function readerOver({ data, picklists = PICKLISTS, refuse }: Org) {
  const asked: { soql: string; archived: boolean }[] = [];
  const objectOf = (soql: string) => / FROM (\w+)/.exec(soql)?.[1] ?? '';
  const client: SalesforceReader = {
    query: (soql, options) => {
      asked.push({ soql, archived: options?.archived === true });
      const error = refuse?.(soql);
      if (error !== undefined) return Promise.reject(error);
      const rows = data[objectOf(soql)] ?? [];
      const renewalsOnly = /Type = 'Renewal'/.test(soql) || objectOf(soql) !== 'Opportunity';
      return Promise.resolve(renewalsOnly ? rows : []);
    },
    describe: (object) => {
      const activity = object === 'Event' ? ['IsChild', 'IsArchived'] : [];
      const configured: readonly string[] = Object.values(settings.fields);
      const names = [
        ...new Set([
          ...configured,
          'Id',
          'AccountId',
          'Account__c',
          'CloseDate',
          'EndDate',
          'StartDate',
          'Status',
          'CreatedDate',
          'ActivityDate',
          'Attended__c',
          'Roles',
          'Type',
          'OpportunityId',
          'StageName',
          'MasterLabel',
          'ApiName',
          'IsClosed',
          'Field',
          'OldValue',
          'Window_End__c',
          'ARR__c',
          'Score_Key__c',
          'IsoCode',
          'ConversionRate',
          'IsCorporate',
          'CurrencyIsoCode',
          ...activity,
        ]),
      ];
      return Promise.resolve({
        name: object,
        queryable: true,
        recordTypes: [],
        fields: new Map(
          names.map((name) => [name, { name, type: 'string', values: picklists[`${object}.${name}`] ?? [] }]),
        ),
      });
    },
  };
  return { client, asked };
}

type Readings = Readonly<Record<string, Reading>>;

async function readingsIn(org: Org, window = COMPLETE) {
  const { client, asked } = readerOver(org);
  const accountRows = new Map([[A, org.account ?? accountRow()]]);
  const { facts, notes } = await extractSalesforce(
    { client, settings, population: { where: 'Health_Segment__c != null' }, accountRows },
    { accounts: [{ id: A } as never], window, now: () => 0 },
  );
  const known = facts.get(A) as { known: AccountFacts };
  const all = { salesforce: known } as unknown as Facts;
  const readings: Readings = Object.fromEntries(
    [...FINANCIAL, ...RELATIONSHIP].map(({ id, read }) => [id, read(all, window)]),
  );
  return { readings, notes, asked };
}

describe('what the org says of a customer', () => {
  it('is read as it stands', async () => {
    const { readings, notes } = await readingsIn({ data: tables() });
    expect(readings).toEqual({
      days_to_renewal: { value: 61 },
      payment_health: { value: 1 },
      contract_changes: { value: 0 },
      arr_trajectory_pct: { value: 50 },
      tier_alignment: { value: 0 },
      qbr_attendance: { value: 50 },
      champion_stability: { value: 30 },
      expansion_signals: { value: 0 },
    });
    expect(notes).toEqual([]);
  });

  it('of activities is asked for with what was archived, without what was deleted and without invitees', async () => {
    const { asked } = await readingsIn({ data: tables() });
    const events = asked.filter(({ soql }) => / FROM Event /.test(soql));
    expect(events).toHaveLength(1);
    expect(events[0]?.archived).toBe(true);
    expect(events[0]?.soql).toContain('(IsDeleted = false) AND (IsChild = false)');
    expect(asked.filter(({ archived }) => archived)).toHaveLength(1);
  });

  it('of stages is told by their API name, whatever they are called now', async () => {
    const data = tables();
    const won = {
      OpportunityId: '006000000000002AAA',
      CreatedDate: '2026-10-20T00:00:00.000+0000',
      StageName: 'Closed Won',
      CloseDate: '2026-10-20',
    };
    data['OpportunityHistory'] = [...(data['OpportunityHistory'] ?? []), won];
    expect((await readingsIn({ data })).readings['days_to_renewal']).toEqual({ value: 92 });
  });

  it.each(['SOURCE_SETTINGS', 'SOURCE_DOWN', 'SOURCE_UNEXPECTED'] as const)(
    'loses to one query that fails with %s only what that query was for',
    async (code) => {
      const refuse = (soql: string) =>
        / FROM Event /.test(soql)
          ? new ScorerError(code, 'Salesforce query Event: OPERATION_TOO_LARGE')
          : undefined;
      const { readings, notes } = await readingsIn({ data: tables(), refuse });
      expect(readings['qbr_attendance']).toEqual({ value: null, missing: 'source_down' });
      expect(readings['champion_stability']).toEqual({ value: 30 });
      expect(notes.map(({ message }) => message).join()).toMatch(/^qbr_attendance: .*OPERATION_TOO_LARGE/);
    },
  );
});

describe('an org with several currencies', () => {
  const CurrencyType = [
    { IsoCode: 'USD', ConversionRate: 1, IsCorporate: true },
    { IsoCode: 'JPY', ConversionRate: 150, IsCorporate: false },
    { IsoCode: 'EUR', ConversionRate: 0.8, IsCorporate: false },
  ];
  const revenue = async (account: Row, more: Tables = {}, snapshot: Row = {}) => {
    const data = tables();
    const [row] = data['Health_Score__c'] ?? [];
    const scores = [{ ...row, CurrencyIsoCode: account['CurrencyIsoCode'], ...snapshot }];
    const { readings, notes, asked } = await readingsIn(
      {
        data: { ...data, AccountHistory: [], Health_Score__c: scores, CurrencyType, ...more },
        account: { ...accountRow(), ...account },
      },
      RUNNING,
    );
    return { limit: readings['tier_alignment'], trend: readings['arr_trajectory_pct'], notes, asked };
  };

  it.each([
    ['JPY', 30_000_001, 1],
    ['JPY', 30_000_000, 0],
    ['EUR', 170_000, 1],
    ['EUR', 160_000, 0],
    ['USD', 200_001, 1],
  ])('compares %s %d with a limit of 200,000 of its own one: %d', async (CurrencyIsoCode, ARR__c, value) => {
    expect((await revenue({ CurrencyIsoCode, ARR__c })).limit).toEqual({ value });
  });

  it('compares revenue with what it was in the same currency, and converts where that was another', async () => {
    expect((await revenue({ CurrencyIsoCode: 'JPY', ARR__c: 150_000 })).trend).toEqual({ value: 50 });
    const other = { CurrencyIsoCode: 'USD', ARR__c: 1_000 };
    expect((await revenue({ CurrencyIsoCode: 'JPY', ARR__c: 165_000 }, {}, other)).trend).toEqual({
      value: 10,
    });
  });

  it.each([
    ['without a rate', { CurrencyIsoCode: 'GBP' }, {}, 'invalid'],
    ['that cannot be read', { CurrencyIsoCode: null }, {}, 'invalid'],
    [
      'whose rate is none',
      { CurrencyIsoCode: 'JPY' },
      { CurrencyType: [{ IsoCode: 'JPY', ConversionRate: 0, IsCorporate: false }] },
      'invalid',
    ],
  ])('knows no limit in a currency %s', async (_what, account, more, missing) => {
    expect((await revenue(account, more)).limit).toEqual({ value: null, missing });
  });

  it('is asked for its rates once, and one with a single currency never', async () => {
    const rates = ({ asked }: Awaited<ReturnType<typeof revenue>>) =>
      asked.filter(({ soql }) => soql.includes('CurrencyType'));
    expect(rates(await revenue({ CurrencyIsoCode: 'JPY' }))).toHaveLength(1);
    expect(rates(await revenue({}))).toHaveLength(0);
  });
});

describe('a name of sources.yaml that the org has not', () => {
  it.each([
    ['Event.Type', ['Quarterly QBR', 'Call'], 'qbr_attendance', /no Type "QBR" of Event/],
    ['Event.Type', ['Qbr.', 'Call'], 'qbr_attendance', /did you mean "Qbr\."/],
    ['AccountContactRelation.Roles', ['Sponsor'], 'champion_stability', /"Champion".*there are Sponsor/],
    ['Case.Type', ['Invoice'], 'payment_health', /"Billing"/],
    ['Opportunity.Type', ['New Business'], 'days_to_renewal', /"Renewal"/],
    ['Opportunity.Type', ['Renewal', 'Contraction', 'Amendment'], 'contract_changes', /"Downgrade"/],
    ['Opportunity.Type', ['Renewal', 'Cross-sell'], 'expansion_signals', /"Expansion" or "Upsell"/],
  ])('in %s (%j) leaves %s unknown_name, and is named', async (field, values, metric, message) => {
    const data = tables();
    // No record holds the name either.
    const empty = { ...data, Event: [], Case: [], AccountContactRelation: [], Opportunity: [] };
    const { readings, notes } = await readingsIn({
      data: empty,
      picklists: { ...PICKLISTS, [field]: values },
    });
    expect(readings[metric]).toEqual({ value: null, missing: 'unknown_name' });
    const told = notes.filter(({ code }) => code === 'unknown_name').map((note) => note.message);
    expect(told.join('\n')).toMatch(message);
  });

  it('but that stands on records is known', async () => {
    const { readings } = await readingsIn({
      data: tables(),
      picklists: { ...PICKLISTS, 'Event.Type': ['Call'] },
    });
    expect(readings['qbr_attendance']).toEqual({ value: 50 });
  });

  it('beside another one that it has, or written in another case, loses nothing', async () => {
    const picklists = { ...PICKLISTS, 'Opportunity.Type': ['renewal', 'UPSELL', 'Downgrade', 'Amendment'] };
    const { readings, notes } = await readingsIn({ data: tables(), picklists });
    expect([readings['expansion_signals'], readings['days_to_renewal']]).toEqual([
      { value: 0 },
      { value: 61 },
    ]);
    expect(notes).toEqual([]);
  });

  it('among the success tiers costs those whose tier has no limit', async () => {
    const picklists = { ...PICKLISTS, 'Account.Success_Tier__c': ['Standard', 'Premium Plus'] };
    const of = async (Success_Tier__c: string) =>
      (await readingsIn({ data: tables(), picklists, account: { ...accountRow(), Success_Tier__c } }))
        .readings['tier_alignment'];
    expect(await of('Standard')).toEqual({ value: 0 });
    expect(await of('Premium Plus')).toEqual({ value: null, missing: 'unknown_name' });
  });
});

describe('a record with a field that cannot be read', () => {
  /** What a field may hold that is none of its values. */
  const GARBAGE: readonly unknown[] = [
    '',
    'soon',
    '2026-13-45',
    '2026-02-30',
    Number.NaN,
    {},
    [],
    true,
    'NaN',
    undefined,
  ];
  const DIRECTIONS = new Map([...FINANCIAL, ...RELATIONSHIP].map(({ id, direction }) => [id, direction]));
  const isBetter = (id: string, now: number, before: number): boolean =>
    DIRECTIONS.get(id) === 'lower' ? now < before : now > before;

  it.each([[COMPLETE], [RUNNING]])('never makes a reading better: $complete', async (window) => {
    const { readings: right } = await readingsIn({ data: tables() }, window);
    let told = 0;
    for (const [object, rows] of Object.entries(tables())) {
      for (const [n, row] of rows.entries()) {
        for (const field of Object.keys(row).filter((name) => name !== 'Id')) {
          for (const garbage of GARBAGE.filter(
            (each) => typeof each !== 'boolean' || typeof row[field] !== 'boolean',
          )) {
            const mutated = rows.map((each, i) => (i === n ? { ...each, [field]: garbage } : each));
            const { readings, notes } = await readingsIn(
              { data: { ...tables(), [object]: mutated } },
              window,
            );
            for (const [id, { value }] of Object.entries(readings)) {
              const before = right[id]?.value;
              if (value === null || before == null) continue;
              const where = `${object}[${n}].${field} = ${JSON.stringify(garbage)}: ${id}`;
              expect([where, isBetter(id, value, before)]).toEqual([where, false]);
            }
            if (notes.some(({ code }) => code === 'invalid' || code === 'SOURCE_UNEXPECTED')) told++;
          }
        }
      }
    }
    expect(told).toBeGreaterThan(50);
  });

  it.each([
    ['an opportunity without a close day', 'Opportunity', { CloseDate: null }, RUNNING, 'days_to_renewal'],
    ['a state without a close day', 'OpportunityHistory', { CloseDate: 'x' }, COMPLETE, 'days_to_renewal'],
    ['a state without a time', 'OpportunityHistory', { CreatedDate: null }, COMPLETE, 'days_to_renewal'],
    ['a review without its tick', 'Event', { Attended__c: 'yes' }, COMPLETE, 'qbr_attendance'],
    ['a champion since no day', 'AccountContactRelation', { StartDate: 'x' }, COMPLETE, 'champion_stability'],
    ['a snapshot of no number', 'Health_Score__c', { ARR__c: 'much' }, COMPLETE, 'arr_trajectory_pct'],
    [
      'a change from no number',
      'AccountHistory',
      { Field: 'ARR__c', OldValue: 'much' },
      COMPLETE,
      'tier_alignment',
    ],
  ])('%s makes its metric invalid, and no other', async (_what, object, garbage, window, metric) => {
    const data = tables();
    const [first, ...others] = data[object] ?? [];
    const before = (await readingsIn({ data }, window)).readings;
    const { readings, notes } = await readingsIn(
      { data: { ...data, [object]: [{ ...first, ...garbage }, ...others] } },
      window,
    );
    expect(readings[metric]).toEqual({ value: null, missing: 'invalid' });
    const same = metric === 'tier_alignment' ? 'qbr_attendance' : 'payment_health';
    expect(readings[same]).toEqual(before[same]);
    if (object !== 'Opportunity')
      expect(notes.map(({ message }) => message).join()).toMatch(/found 1 of \d records/);
  });

  it('an account of no revenue that can be read has no revenue metric', async () => {
    const { readings } = await readingsIn({ data: tables(), account: { ...accountRow(), ARR__c: 'much' } });
    expect(readings['tier_alignment']).toEqual({ value: null, missing: 'invalid' });
  });
});
