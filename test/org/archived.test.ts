import { afterAll, describe, expect, it } from 'vitest';
import { openOrg } from 'local-org';
import { fullAccess, runQuery } from 'local-org/inside';

const ACCOUNT = '001000000000001AAA';
const event = (day: string, more: object = {}) => ({
  object: 'Event',
  fields: {
    WhatId: ACCOUNT,
    Subject: day,
    IsAllDayEvent: true,
    ActivityDate: day,
    DurationInMinutes: 1_440,
    ...more,
  },
});
const org = openOrg({
  metadataDirs: [],
  clock: () => Date.parse('2026-11-21T09:00:00Z'),
  records: [
    { object: 'Account', fields: { Id: ACCOUNT, Name: 'Larkfield' } },
    event('2025-11-20'),
    event('2025-11-21'),
    event('2026-10-01'),
    event('2026-10-01', { Subject: 'invited', IsChild: true }),
  ],
});
afterAll(() => org.close());

const subjects = (soql: string, includeDeleted: boolean): unknown[] =>
  runQuery(org, fullAccess, soql, { includeDeleted }).rows.map(([, subject]) => subject);

describe('events of a year ago and more', () => {
  it('are archived: only queryAll gives them', () => {
    expect(subjects('SELECT Subject FROM Event WHERE IsChild = false', false)).toEqual([
      '2025-11-21',
      '2026-10-01',
    ]);
    expect(subjects('SELECT Subject FROM Event WHERE IsDeleted = false AND IsChild = false', true)).toEqual([
      '2025-11-20',
      '2025-11-21',
      '2026-10-01',
    ]);
    expect(subjects('SELECT Subject FROM Event WHERE IsArchived = true', true)).toEqual(['2025-11-20']);
  });

  it('have a child for whoever was invited', () => {
    expect(subjects('SELECT Subject FROM Event WHERE IsChild = true', false)).toEqual(['invited']);
  });
});
