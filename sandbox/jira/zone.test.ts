import { describe, expect, it } from 'vitest';
import { makeZone } from './zone.ts';

describe('moments in a time zone', () => {
  it.each([
    ['Europe/London', '2026-10-03T08:14:05Z', '2026-10-03T09:14:05.000+0100'],
    ['Europe/London', '2026-10-25T01:00:00Z', '2026-10-25T01:00:00.000+0000'],
    ['America/New_York', '2026-10-03T08:14:05Z', '2026-10-03T04:14:05.000-0400'],
    ['Asia/Kolkata', '2026-10-03T20:00:00Z', '2026-10-04T01:30:00.000+0530'],
    ['UTC', '2026-10-03T08:14:05Z', '2026-10-03T08:14:05.000+0000'],
  ])('in %s %s is written %s', (name, at, text) => {
    expect(makeZone(name).format(Date.parse(at))).toBe(text);
    expect(Date.parse(text)).toBe(Date.parse(at));
  });

  it.each([
    ['Europe/London', '2026-10-25T00:59', '2026-10-24T23:59:00.000Z'],
    ['Europe/London', '2026-10-25T02:00', '2026-10-25T02:00:00.000Z'],
    ['Europe/London', '2026-03-29T01:30', '2026-03-29T01:30:00.000Z'],
    ['America/New_York', '2026-11-01T00:00', '2026-11-01T04:00:00.000Z'],
    ['America/New_York', '2026-11-02T00:00', '2026-11-02T05:00:00.000Z'],
    ['Pacific/Auckland', '2026-10-01T00:00', '2026-09-30T11:00:00.000Z'],
  ])('in %s the clock time %s is the moment %s', (name, clockTime, at) => {
    expect(new Date(makeZone(name).momentOf(Date.parse(`${clockTime}:00Z`))).toISOString()).toBe(at);
  });
});
