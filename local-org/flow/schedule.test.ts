import { describe, expect, it } from 'vitest';
import type { Schedule } from './definition.ts';
import { dayIn, startsOf } from './schedule.ts';

const daily: Schedule = { frequency: 'Daily', startDate: '2026-01-01', minute: 300 };
const starts = (schedule: Schedule, zone: string, from: string, to: string): string[] =>
  startsOf(schedule, zone, Date.parse(from), Date.parse(to)).map((at) =>
    new Date(at).toISOString().slice(0, 16),
  );

describe('the schedule of a flow', () => {
  it.each([
    ['GMT', '2026-12-01T05:00'],
    ['America/Los_Angeles', '2026-12-01T13:00'],
    ['Asia/Kolkata', '2026-11-30T23:30'],
    ['Pacific/Kiritimati', '2026-11-30T15:00'],
  ])('starts at 5 in the morning in %s: %s UTC', (zone, expected) => {
    expect(starts(daily, zone, '2026-11-30T14:59:00Z', '2026-12-01T14:00:00Z')).toContain(expected);
  });

  it('leaves the moment itself out and takes the end in', () => {
    expect(starts(daily, 'GMT', '2026-12-01T05:00:00Z', '2026-12-02T05:00:00Z')).toEqual([
      '2026-12-02T05:00',
    ]);
  });

  it.each([
    ['forward', '2027-03-27T12:00:00Z', '2027-03-29T12:00:00Z', ['2027-03-28T03:00', '2027-03-29T03:00']],
    ['back', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z', ['2026-10-25T04:00', '2026-10-26T04:00']],
  ])('follows the clocks when they go %s in Berlin', (_what, from, to, expected) => {
    expect(starts(daily, 'Europe/Berlin', from, to)).toEqual(expected);
  });

  it('gives one start a day where the clocks skip the hour', () => {
    const atHalfPastTwo: Schedule = { ...daily, minute: 150 };
    expect(
      starts(atHalfPastTwo, 'Europe/Berlin', '2027-03-27T12:00:00Z', '2027-03-29T12:00:00Z'),
    ).toHaveLength(2);
  });

  it('does not start before its first day', () => {
    expect(
      starts({ ...daily, startDate: '2026-12-03' }, 'GMT', '2026-12-01T00:00:00Z', '2026-12-04T00:00:00Z'),
    ).toEqual(['2026-12-03T05:00']);
  });

  it('starts once a week on the weekday of its first day', () => {
    const weekly: Schedule = { ...daily, frequency: 'Weekly' };
    expect(starts(weekly, 'GMT', '2026-11-30T00:00:00Z', '2026-12-14T00:00:00Z')).toEqual([
      '2026-12-03T05:00',
      '2026-12-10T05:00',
    ]);
  });

  it('starts once, and never for a day that is past', () => {
    const once: Schedule = { ...daily, frequency: 'Once', startDate: '2026-12-03' };
    expect(starts(once, 'GMT', '2026-12-01T00:00:00Z', '2027-12-01T00:00:00Z')).toEqual(['2026-12-03T05:00']);
    expect(starts(once, 'GMT', '2026-12-03T05:00:00Z', '2027-12-01T00:00:00Z')).toEqual([]);
  });

  it.each([
    ['America/New_York', '2026-11-01T03:00:00Z', '2026-10-31'],
    ['Pacific/Auckland', '2026-10-31T12:00:00Z', '2026-11-01'],
    ['GMT', '2026-10-31T23:59:59Z', '2026-10-31'],
  ])('tells the day of a user in %s', (zone, at, expected) => {
    expect(dayIn(zone, Date.parse(at))).toBe(expected);
  });
});
