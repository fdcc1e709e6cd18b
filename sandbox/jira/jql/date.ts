import type { Zone } from '../zone.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * The moment that a date of JQL means. Absolute dates are clock times of the user's zone, without a time of day
 * midnight at the start of the day; periods (`-5d`, `4w 2d`) count from now.
 *
 * @returns milliseconds since the epoch; null when it is no date
 * @example momentOf('2026-10-01', { zone: makeZone('America/New_York'), now }) // => Date.parse('2026-10-01T04:00:00Z')
 */
export function momentOf(text: string, { zone, now }: { zone: Zone; now: number }): number | null {
  const absolute = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (absolute !== null) {
    const [, year, , month, day, hour = '0', minute = '0'] = absolute;
    const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
    const same = new Date(time);
    // 31 February and 25 o'clock are no times, although Date would count on.
    const whole =
      same.getUTCMonth() === Number(month) - 1 &&
      same.getUTCDate() === Number(day) &&
      same.getUTCHours() === Number(hour) &&
      Number(minute) < 60;
    return whole ? zone.momentOf(time) : null;
  }
  const period = /^([-+]?)((?:\d+[wdhm] ?)+)$/.exec(text.trim());
  if (period === null) return null;
  const [, sign, parts = ''] = period;
  const length = [...parts.matchAll(/(\d+)([wdhm])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );
  return now + (sign === '-' ? -length : length);
}

const FUNCTION = /^(startof|endof)(day|month|year)$/;

/**
 * The moment that a function of JQL means, in the user's zone: `now()`, `startOfDay(-1)`, `endOfMonth()`. Steps are
 * whole days, months or years.
 *
 * @returns milliseconds since the epoch; null for a function that this stand-in does not know
 */
export function momentOfFunction(
  name: string,
  args: readonly string[],
  { zone, now }: { zone: Zone; now: number },
): number | null {
  const known = name.toLowerCase();
  if (known === 'now') return args.length === 0 ? now : null;
  const [, edge, unit] = FUNCTION.exec(known) ?? [];
  const steps = /^([-+]?\d+)[dMy]?$/.exec(args[0] ?? '0')?.[1];
  if (edge === undefined || steps === undefined || args.length > 1) return null;
  const local = new Date(now + zone.offsetAt(now));
  const step = Number(steps) + (edge === 'endof' ? 1 : 0);
  const start =
    unit === 'day'
      ? Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + step)
      : unit === 'month'
        ? Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + step)
        : Date.UTC(local.getUTCFullYear() + step, 0);
  return zone.momentOf(start) - (edge === 'endof' ? 1 : 0);
}
