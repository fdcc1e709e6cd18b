import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/load.ts';
import type { Sources } from '../config/sources.ts';
import type { Account, Window } from '../facts/index.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { readInPart } from './account-readings.ts';
import { lend } from './carry.ts';
import { askedAgain, keptReadings } from './kept-readings.ts';
import { digestsUnder } from './reading-digest.ts';
import type { Row, Stored } from './stored.ts';

const { sources } = await loadConfig(new URL('../../../config', import.meta.url).pathname);
const OCTOBER = { period: '2026-10', asOf: '2026-10-31', complete: true } as Window;
const A: Account = {
  id: '001000000000001AAA',
  name: 'Larkfield Hotels',
  segment: 'paid',
  intercomCompanyId: 'company-1',
  lookerCustomerId: '7',
  jiraProjectKey: 'LARK',
  jiraComponent: null,
};
const B: Account = { ...A, id: '001000000000002AAA', jiraProjectKey: 'LARK' };

/** A final score of October whose readings were asked by these digests; null: of before they were kept. */
const finalRow = (
  account: Account,
  digests: Readonly<Record<string, string>> | null,
  missing?: string,
): Row => ({
  Score_Key__c: `${account.id}:2026-10`,
  Final__c: true,
  Window_End__c: '2026-10-31',
  ARR__c: 120_000,
  Details__c: JSON.stringify({
    format: 1,
    asOf: '2026-10-31',
    signals: [],
    readings: CATALOGUE.map(({ id, unit, source }) => ({
      ...{ id, unit, source, observedAt: '2026-11-03T05:00:00.000Z' },
      ...(missing !== undefined && source === 'jira' ? { value: null, missing } : { value: 1 }),
      ...(digests && { digest: digests[id] }),
    })),
  }),
});

const storedOf = (...rows: [Account, Row][]): Stored =>
  ({ current: new Map(rows.map(([{ id }, row]) => [id, row])), earlier: new Map() }) as unknown as Stored;

/** Metrics of a final month that are read again when the account and the settings are these. */
const again = (account: Account, settings: Sources = sources): string[] => {
  const stored = storedOf([account, finalRow(account, digestsUnder(sources)(A))]);
  return [
    ...(keptReadings([account], stored, OCTOBER, false, digestsUnder(settings)).get(A.id)?.again ?? []),
  ];
};
const ofSource = (source: string): string[] =>
  CATALOGUE.filter((metric) => metric.source === source).map(({ id }) => id);
const { intercom, jira, looker, salesforce } = sources;

describe('A final month keeps its readings', () => {
  it('when nothing changed: nobody is asked', () => expect(again(A)).toEqual([]));

  it('of before it was kept what they were asked by', () => {
    const stored = storedOf([A, finalRow(A, null)]);
    const changed = { ...A, jiraProjectKey: 'OTHER' };
    expect(keptReadings([changed], stored, OCTOBER, false, digestsUnder(sources)).get(A.id)?.again.size).toBe(
      0,
    );
  });

  it('not with --force', () => {
    const stored = storedOf([A, finalRow(A, null)]);
    expect(keptReadings([A], stored, OCTOBER, true, digestsUnder(sources)).size).toBe(0);
  });
});

describe('What was corrected is read again, and nothing else', () => {
  it.each<[string, Partial<Account>, string]>([
    ['a Jira project', { jiraProjectKey: 'LARKFIELD' }, 'jira'],
    ['a Jira component', { jiraComponent: 'Hotels' }, 'jira'],
    ['a Jira project that is gone', { jiraProjectKey: null }, 'jira'],
    ['an Intercom company', { intercomCompanyId: 'company-2' }, 'intercom'],
    ['a Looker customer', { lookerCustomerId: '8' }, 'looker'],
  ])('%s: %j reads %s', (_what, change, source) => {
    expect(again({ ...A, ...change })).toEqual(ofSource(source));
  });

  it.each<[string, Partial<Sources>, string[]]>([
    ['names of critical priorities', { jira: { ...jira, critical_priorities: ['P0'] } }, ['critical_bugs']],
    ['issue types', { jira: { ...jira, bug_issue_types: ['Defect'] } }, ofSource('jira')],
    ['tags of escalations', { intercom: { ...intercom, escalation: [{ tag: ['l2'] }] } }, ['escalation_pct']],
    ['limits of tiers', { salesforce: { ...salesforce, tier_limits: { Standard: 1 } } }, ['tier_alignment']],
    [
      'reviews',
      { salesforce: { ...salesforce, qbr: { ...salesforce.qbr, where: "Type = 'Review'" } } },
      ['qbr_attendance'],
    ],
    [
      'a column of Looker',
      {
        looker: {
          ...looker,
          queries: looker.queries.map((query) => ({
            ...query,
            fields: {
              ...query.fields,
              ...('messaging' in query.fields && { messaging: 'platform_metrics.other' }),
            },
          })),
        },
      },
      ['messaging'],
    ],
  ])('%s', (_what, change, metrics) => {
    expect(again(A, { ...sources, ...change })).toEqual(metrics);
  });

  it('also for the other account of an id that was nobody’s because two had it', () => {
    const before = digestsUnder(sources);
    const stored = storedOf(
      [A, finalRow(A, before(A), 'not_mapped')],
      [B, finalRow(B, before(B), 'not_mapped')],
    );
    const kept = keptReadings([A, { ...B, jiraProjectKey: 'OPAL' }], stored, OCTOBER, false, before);
    expect([...(kept.get(A.id)?.again ?? [])]).toEqual(ofSource('jira'));
    expect(askedAgain(kept.get(A.id)?.again ?? new Set())).toEqual(['jira']);
  });

  it('and the others stay as they are, to the byte', () => {
    const row = finalRow(A, digestsUnder(sources)(A));
    const kept = keptReadings([A], storedOf([A, row]), OCTOBER, false, digestsUnder(sources)).get(A.id);
    const readings = kept?.readings;
    if (readings === undefined) throw new Error('found no readings');
    const fresh = {
      ...readings,
      readings: Object.fromEntries(CATALOGUE.map(({ id }) => [id, { value: 9 }])),
      stored: () => readings.stored().map((reading) => ({ ...reading, value: 9 })),
      arr: 5,
    };
    const merged = readInPart(readings, fresh, new Set(['open_bugs']));
    expect(merged.stored()).toEqual(
      readings.stored().map((reading) => (reading.id === 'open_bugs' ? { ...reading, value: 9 } : reading)),
    );
    expect([merged.readings['open_bugs'], merged.readings['csat_score'], merged.arr]).toEqual([
      { value: 9 },
      { value: 1 },
      120_000,
    ]);
  });
});

it('A value of another project is not lent for the one that is mapped now', () => {
  const row = finalRow(A, digestsUnder(sources)(A));
  const lost = { open_bugs: { value: null, missing: 'source_down' } } as const;
  const lentTo = (account: Account) =>
    lend(lost, [row], '2026-10-31', 45, digestsUnder(sources)(account)).size;
  expect([lentTo(A), lentTo({ ...A, jiraProjectKey: 'OTHER' })]).toEqual([1, 0]);
});
