/** Response headers in lower case. */
export type Headers = Readonly<Record<string, string>>;

const BASE_MS = 500;
const MAX_BACKOFF_MS = 30_000;
/** A limit that opens again later than this is not waited for: the run goes on without the source. */
export const LONGEST_WAIT_MS = 60_000;
/** Slow down when less than this share of the limit is left. */
const NEAR_LIMIT = 0.1;
/** Where a limit says what is left but not until when, it refills every second (Jira). */
const REFILL_MS = 1_000;

interface Moment {
  /** Our clock, milliseconds since the epoch. */
  readonly now: number;
  /** A number from 0 up to 1. */
  readonly random: number;
}

/**
 * Milliseconds to wait before trying again, or null when the server asks for more than a minute. The
 * server's word comes first (Retry-After in seconds or as a date, else the reset time of its limit), then our
 * own doubling; both with jitter, and never earlier than the server said.
 *
 * @param attempt the attempt that just failed, from 1
 * @example retryDelay({ 'retry-after': '7' }, 1, { now: 0, random: 0 }) // => 7000
 * @example retryDelay({}, 3, { now: 0, random: 0.5 }) // => 2000
 */
export function retryDelay(headers: Headers, attempt: number, { now, random }: Moment): number | null {
  const told = retryAfter(headers, now) ?? untilReset(headers, now);
  if (told === null) {
    const backoff = Math.min(BASE_MS * 2 ** (attempt - 1), MAX_BACKOFF_MS);
    return Math.round(backoff * (0.7 + 0.6 * random));
  }
  if (told > LONGEST_WAIT_MS) return null;
  // Spread upwards only, so that parallel calls do not all return in the same instant.
  return Math.round(told + random * Math.min(1_000, told * 0.1));
}

/** What a response says is left of the vendor's limit. */
export interface Allowance {
  /** Calls in all, and those still left, until the limit opens again. */
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

/**
 * Reads the limit from a response; null when it says nothing of one.
 *
 * @example allowanceOf({ 'x-ratelimit-limit': '350', 'x-ratelimit-remaining': '12' }, 0)
 * // => { limit: 350, remaining: 12, resetMs: 1000 }
 */
export function allowanceOf(headers: Headers, now: number): Allowance | null {
  const remaining = wholeNumber(headers['x-ratelimit-remaining']);
  if (remaining === null) return null;
  const resetMs = Math.min(untilReset(headers, now) ?? intervalMs(headers), LONGEST_WAIT_MS);
  return { limit: wholeNumber(headers['x-ratelimit-limit']) ?? 0, remaining, resetMs };
}

/**
 * Milliseconds to hold the next call back so that the limit is never hit: 0 while plenty is left; near the
 * limit what is left is spread over the time until it opens again; with nothing left, all of that time.
 *
 * @param inFlight how many calls share what is left
 * @example paceDelay({ limit: 100, remaining: 9, resetMs: 10_000 }) // => 1000
 */
export function paceDelay({ limit, remaining, resetMs }: Allowance, inFlight = 1): number {
  if (remaining > limit * NEAR_LIMIT) return 0;
  return Math.round(resetMs * Math.min(1, Math.max(1, inFlight) / (remaining + 1)));
}

function retryAfter(headers: Headers, now: number): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - serverNow(headers, now));
}

/** Milliseconds until the limit opens again; null when the server does not say, or says something absurd. */
function untilReset(headers: Headers, now: number): number | null {
  const value = headers['x-ratelimit-reset']?.trim();
  if (value === undefined || value === '') return null;
  const at = instant(value);
  if (at === null) return null;
  // By the server's own clock first: ours may be minutes off. Some gateways rewrite Date, then ours decides.
  const waits = [at - serverNow(headers, now), at - now];
  return waits.find((wait) => wait >= 0 && wait <= 10 * LONGEST_WAIT_MS) ?? null;
}

/** UNIX seconds (Intercom), milliseconds, or an ISO 8601 time (Jira). */
function instant(value: string): number | null {
  if (!/^\d+$/.test(value)) {
    const parsed = Date.parse(value);
    return Number.isNaN(parsed) ? null : parsed;
  }
  const number = Number(value);
  return number < 1e11 ? number * 1_000 : number;
}

function serverNow(headers: Headers, now: number): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? now : date;
}

const intervalMs = (headers: Headers): number =>
  (wholeNumber(headers['x-ratelimit-interval-seconds']) ?? 0) * 1_000 || REFILL_MS;

const wholeNumber = (value: string | undefined): number | null =>
  value !== undefined && /^\d+$/.test(value.trim()) ? Number(value) : null;
