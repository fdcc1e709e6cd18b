// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_considerations_trigger_schedule.htm

import type { Schedule } from './definition.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Made once per zone: making one costs a thousand times what using it costs. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const parts = formatterOf(zone).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(at / 1000) * 1000;
}

/**
 * The calendar day of a moment in a time zone.
 *
 * @example dayIn('America/New_York', Date.parse('2026-11-01T03:00:00Z')) // => '2026-10-31'
 */
export const dayIn = (zone: string, at: number): string =>
  new Date(at + offsetAt(zone, at)).toISOString().slice(0, 10);

/** When a local time is, in UTC; a time that the clocks skip is the one an hour on, of two equal ones the first. */
function momentOf(zone: string, day: string, minute: number): number {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE;
  // Two tries: the offset at the guess may be the one before a change of the clocks.
  const guess = wall - offsetAt(zone, wall);
  return wall - offsetAt(zone, guess);
}

const next = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/**
 * Every start of a schedule after one moment and up to another, in order. The start time is in the time zone of the
 * org.
 *
 * Source: Salesforce Help, "Considerations for Schedule-Triggered Flows": startTime is in the org's default time zone.
 *
 * @param after milliseconds since 1970, not included
 * @param until milliseconds since 1970, included
 * @example startsOf({ frequency: 'Daily', startDate: '2026-01-01', minute: 300 }, 'GMT', a, b).length // => days between
 */
export function startsOf(schedule: Schedule, zone: string, after: number, until: number): number[] {
  const starts: number[] = [];
  const step = schedule.frequency === 'Weekly' ? 7 : 1;
  const first = dayIn(zone, after);
  let day = schedule.startDate;
  if (schedule.frequency !== 'Once' && day < first) {
    const behind = (Date.parse(`${first}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / DAY;
    day = next(day, Math.floor(behind / step) * step);
  }
  for (;;) {
    const at = momentOf(zone, day, schedule.minute);
    if (at > until) return starts;
    if (at > after) starts.push(at);
    if (schedule.frequency === 'Once') return starts;
    day = next(day, step);
  }
}
