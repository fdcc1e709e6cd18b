import { describe, expect, it } from 'vitest';
import type { IntercomSource } from './settings.ts';
import type { Account } from '../../facts/index.ts';
import { OCTOBER } from '../../facts/october-in-test.ts';
import { readIntercomExport } from './export.ts';

const SETTINGS: IntercomSource = {
  api_version: '2.16',
  base_url: 'https://api.intercom.io',
  company_id: 'intercom',
  exclude_delivered_as: ['automated'],
  p1_p2: [{ priority: ['urgent'] }, { tag: ['p1'] }],
  escalation: [{ custom_attribute: { name: 'Escalated', equals: true } }, { tag: ['escalated'] }],
};

const ACCOUNTS: Account[] = ['c1', 'c2'].map((intercomCompanyId) => ({
  id: `account of ${intercomCompanyId}`,
  name: intercomCompanyId,
  segment: 'paid',
  intercomCompanyId,
  lookerCustomerId: null,
  jiraProjectKey: null,
  jiraComponent: null,
}));

const HEADINGS =
  'Conversation ID,Conversation started at,Company ID,State,Priority,Conversation tags,Delivered as,Time to admin reply,Time to last close,Conversation rating,Rating requested at,Escalated';

const read = (csv: string, settings: IntercomSource = SETTINGS) =>
  readIntercomExport(
    { csv, file: 'october.csv', settings },
    { accounts: ACCOUNTS, window: OCTOBER, now: () => Date.parse('2026-11-03T05:00:00Z') },
  );

describe('an export of conversations', () => {
  it('gives the same facts as the API, a byte-order mark and quotes included', async () => {
    const csv = [
      `\uFEFF${HEADINGS}`,
      '1,2026-10-03 09:00:00,c1,closed,urgent,"billing, vip",customer_initiated,300,7200,5,2026-10-03 10:00:00,',
      '2,1791018000,c1,open,none,escalated,customer_initiated,,,,1791018000,',
      '3,2026-10-04T09:00:00+02:00,c1,open,none,p1; other,automated,,,,,true',
      '4,2026-11-01T00:00:00Z,c1,open,none,,customer_initiated,,,,,',
    ].join('\r\n');
    const { facts, notes } = await read(csv);
    expect(facts.get('account of c1')).toEqual({
      known: [
        {
          id: '1',
          createdAt: Date.parse('2026-10-03T09:00:00Z'),
          p1p2: true,
          escalated: false,
          firstResponseSeconds: 300,
          resolutionSeconds: 7_200,
          ratingRequested: true,
          rating: 5,
        },
        {
          id: '2',
          createdAt: 1_791_018_000_000,
          p1p2: false,
          escalated: true,
          firstResponseSeconds: null,
          resolutionSeconds: null,
          ratingRequested: true,
          rating: null,
        },
      ],
    });
    expect(facts.get('account of c2')).toEqual({ known: [] });
    expect(notes).toEqual([]);
  });

  it('reads a custom attribute from the column of its name', async () => {
    const row = '1,2026-10-03 09:00:00,c1,open,none,,customer_initiated,,,,,TRUE';
    const { facts } = await read(`${HEADINGS}\n${row}`);
    expect(facts.get('account of c1')).toMatchObject({ known: [{ escalated: true }] });
  });

  it('lists every column that it lacks, because a metric without its column would be invented', async () => {
    const error: unknown = await read('id,created_at\n1,2').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'INPUT_UNREADABLE' });
    for (const name of [
      'company_id',
      'state',
      'priority',
      'tags',
      'delivered_as',
      'rating',
      'rating_requested_at',
    ]) {
      expect((error as Error).message).toContain(`no column ${name}`);
    }
  });

  it('says so when a tested custom attribute has no column', async () => {
    const { notes } = await read(
      `${HEADINGS.replace(',Escalated', '')}\n1,2026-10-03 09:00:00,c1,open,none,,x,,,,`,
    );
    expect(notes).toEqual([expect.objectContaining({ code: 'column_absent' })]);
  });

  it('knows nothing of what is tested by columns that it lacks alone', async () => {
    const csv = `${HEADINGS.replace(',Escalated', '')}\n1,2026-10-03 09:00:00,c1,open,none,,x,,,,`;
    const [attribute] = SETTINGS.escalation;
    const { facts } = await read(csv, { ...SETTINGS, escalation: attribute ? [attribute] : [] });
    expect(facts.get('account of c1')).toMatchObject({ known: [{ p1p2: false, escalated: 'unknown_name' }] });
  });

  it('reports bad rows and rows without a company and keeps the others', async () => {
    const csv = [
      HEADINGS,
      '1,2026-10-03 09:00:00,c1,open,none,,x,,,,,',
      '2,2026-10-03 09:00:00,,open,none,,x,,,,,',
      '3,some day,c1,open,none,,x,,,,,',
      '4,short row',
      '5,2026-10-03 09:00:00,c2,open,none,,x,fast,,,,',
      '6,2026-10-03 09:00:00,c1,open,none,,x,,,,,',
    ].join('\n');
    const { facts, notes } = await read(csv);
    expect(facts.get('account of c1')).toMatchObject({
      known: [{ id: '1' }, { id: '3', createdAt: null, escalated: 'invalid' }, { id: '6' }],
    });
    expect(facts.get('account of c2')).toMatchObject({
      known: [{ id: '5', firstResponseSeconds: 'invalid', escalated: false }],
    });
    expect(notes.map(({ code }) => code).toSorted()).toEqual([
      'bad_record',
      'bad_record',
      'bad_record',
      'no_company',
      'unread_fields',
      'unread_fields',
    ]);
  });

  it.each([
    ['an empty file', ''],
    ['no CSV at all', '"never closed\n1,2'],
  ])('cannot be %s', async (_what, csv) => {
    await expect(read(csv)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  });
});
