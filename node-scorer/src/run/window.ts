import type { Window } from '../facts/index.ts';
import { ScorerError } from '../errors.ts';

const DAY_MS = 86_400_000;
const RUNNING_DAYS = 30;

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * The month that a moment lies in, UTC.
 *
 * @example periodOf(Date.parse('2026-11-21T09:00:00Z')) // => '2026-11'
 */
export const periodOf = (time: number): string => dayOf(time).slice(0, 7);

/**
 * The window in which a period is read. A complete month is read over exactly that month; the current one over
 * the last 30 days to the coming midnight UTC. Without a period: the last complete month.
 *
 * @throws ScorerError USAGE for something that is no month, or one that has not begun
 * @example windowFor('2026-10', Date.parse('2026-11-21T09:00:00Z')).asOf // => '2026-10-31'
 */
export function windowFor(period: string | undefined, now: number): Window {
  const current = periodOf(now);
  const wanted = period ?? periodOf(Date.parse(`${current}-01`) - 1);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(wanted) || wanted < '2000-01') {
    throw new ScorerError(
      'USAGE',
      `--period: found ${JSON.stringify(wanted)}, expected a month such as 2026-10, from 2000-01 on`,
    );
  }
  if (wanted > current) {
    throw new ScorerError(
      'USAGE',
      `--period: found ${wanted}, which has not begun, expected ${current} (running) or earlier; it is ${new Date(now).toISOString()}`,
    );
  }
  if (wanted === current) {
    const end = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
    return {
      period: wanted,
      start: end - RUNNING_DAYS * DAY_MS,
      end,
      asOf: dayOf(end - 1),
      complete: false,
    };
  }
  const [year, month] = wanted.split('-').map(Number) as [number, number];
  const start = Date.UTC(year, month - 1, 1);
  const end = Date.UTC(year, month, 1);
  return { period: wanted, start, end, asOf: dayOf(end - 1), complete: true };
}

/** A window as people and records are told of it: ISO, half open. */
export interface Span {
  readonly start: string;
  readonly end: string;
  readonly complete: boolean;
}

/**
 * A window's span in time.
 *
 * @example spanOf(windowFor('2026-10', now)).end // => '2026-11-01T00:00:00.000Z'
 */
export const spanOf = ({ start, end, complete }: Window): Span => ({
  start: new Date(start).toISOString(),
  end: new Date(end).toISOString(),
  complete,
});
