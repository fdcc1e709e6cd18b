import type { ZodType } from 'zod';
import { ScorerError } from '../errors.ts';
import type { CallCounter } from './calls.ts';
import { at, down, isTransient, statusError, unexpected, unexpectedField, type Place } from './failure.ts';
import { makePace } from './pace.ts';
import { makeRetryBudget, type RetryBudget } from './retry-budget.ts';
import { retryDelay, type Headers } from './retry-timing.ts';
import { makeAttempt, type Attempt, type HttpResponse, type NoResponse } from './send.ts';
import { unreachable, type Contact } from './unreachable.ts';

/** Whom a transport talks to. */
export interface Vendor {
  /** By which its calls are counted. */
  readonly name: string;
  /** By which people know it. */
  readonly title: string;
  /** The variable that holds its address. */
  readonly addressIn: string;
}

/** What the world gives: clock, patience, chance, and who counts the calls. */
export interface Runtime {
  readonly calls: CallCounter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly retryBudget?: RetryBudget;
}

export interface TransportOptions extends Runtime {
  readonly vendor: Vendor;
  /** May hold a path, as Jira behind a context path or api.atlassian.com does. */
  readonly baseUrl: string;
  /** Asked before every attempt, so that a renewed session is used at once. */
  readonly headers: () => Record<string, string> | Promise<Record<string, string>>;
  /** What to check when the vendor refuses: the variable, and the permission it needs. */
  readonly access?: string;
  /** Secrets that are not in every request, such as the one that a session was opened with. */
  readonly secrets?: readonly string[];
  /** Milliseconds for one attempt. */
  readonly deadlineMs?: number;
  /** Milliseconds for all attempts of one call, without the waits between them. */
  readonly totalMs?: number;
  readonly maxTries?: number;
  /** Called once when a call is answered 401; afterwards that call is made once more. */
  readonly renew?: () => Promise<void>;
  readonly attempt?: Attempt;
  /** Shared by transports to the same host. */
  readonly contact?: Contact;
}

export interface Call<T> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Stable name by which calls are counted, such as `search`. */
  readonly endpoint: string;
  /** A list is sent as the same name several times. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly schema: ZodType<T>;
  readonly responseHeaders?: (headers: Headers) => void;
}

export interface Transport {
  readonly request: <T>(call: Call<T>) => Promise<T>;
}

const DEADLINE_MS = 30_000;
const MAX_TRIES = 4;
/** After so many calls in a row that failed after all their tries, the vendor counts as dead. */
const DEAD_AFTER = 3;
/** Shorter parts, such as the word Bearer, are ordinary words and stay. */
const SHORTEST_SECRET = 8;

/**
 * The one way to talk to a vendor: deadline, retries at this layer only, the limit respected before it is hit,
 * strict JSON, schema, counting, and errors that carry no secret. Lives for one run: a vendor that it has found
 * dead stays dead, and costs nothing more. A dead vendor costs one call at most 4.6 s of waiting.
 *
 * A host that was never reached is a setting (SOURCE_UNREACHABLE); once it has answered anything it is down.
 *
 * Only for reads: every call may be made again.
 *
 * @throws ScorerError SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_SETTINGS, SOURCE_DOWN, SOURCE_UNEXPECTED
 * @example
 * const jira = makeTransport({ vendor: JIRA, baseUrl: 'https://example.atlassian.net', headers, ...runtime });
 * await jira.request({ method: 'GET', path: '/rest/api/3/myself', endpoint: 'myself', schema })
 */
export function makeTransport(options: TransportOptions): Transport {
  const { vendor, now, calls, sleep, random, renew, secrets = [] } = options;
  const {
    deadlineMs = DEADLINE_MS,
    maxTries = MAX_TRIES,
    access = 'the credentials of this source',
  } = options;
  const { totalMs = 2 * deadlineMs, attempt = makeAttempt(), retryBudget = makeRetryBudget() } = options;
  const { contact = { answered: false } } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  let inFlight = 0;
  let failuresInARow = 0;
  const pace = makePace({ now, tick: () => performance.now(), inFlight: () => inFlight });

  async function request<T>(call: Call<T>): Promise<T> {
    const place: Place = {
      vendor: vendor.title,
      method: call.method,
      path: call.path,
      access,
      secrets: [],
    };
    if (failuresInARow >= DEAD_AFTER) throw down(place, `not asked: ${DEAD_AFTER} calls in a row failed`, 1);
    inFlight++;
    try {
      const value = await tryUntilDone(call, place);
      failuresInARow = 0;
      retryBudget.refill();
      return value;
    } catch (error) {
      failuresInARow = error instanceof ScorerError && error.kind === 'transient' ? failuresInARow + 1 : 0;
      throw error;
    } finally {
      inFlight--;
    }
  }

  async function tryUntilDone<T>(call: Call<T>, open: Place): Promise<T> {
    let spentMs = 0;
    let renewed = renew === undefined;
    for (let tries = 1; ; tries++) {
      // A retry has waited already.
      const hold = tries === 1 ? pace.wait() : 0;
      if (hold > 0) await sleep(hold);
      const started = performance.now();
      const headers = await options.headers();
      const place: Place = { ...open, secrets: [...secretsOf(headers, call.form), ...secrets] };
      calls.count(vendor.name, call.endpoint, tries > 1);
      const outcome = await attempt({
        method: call.method,
        url: baseUrl + call.path + queryOf(call.query),
        ...payload(call, headers),
        deadlineMs: Math.min(deadlineMs, totalMs - spentMs),
      });
      const read = readOutcome(outcome, call, place);
      if ('value' in read) return read.value;
      if (read.status === 401 && !renewed && renew !== undefined) {
        renewed = true;
        await renew();
        continue;
      }
      const wait = read.again ? retryDelay(read.headers, tries, { now: now(), random: random() }) : null;
      spentMs += performance.now() - started;
      const giveUp = wait === null || tries >= maxTries || spentMs >= totalMs || failuresInARow >= DEAD_AFTER;
      if (giveUp || !retryBudget.take()) throw read.error(tries);
      await sleep(wait);
    }
  }

  function readOutcome<T>(outcome: Awaited<ReturnType<Attempt>>, call: Call<T>, place: Place): Read<T> {
    if ('failure' in outcome) {
      const again = outcome.failure !== 'too_large';
      const error = (tries: number): ScorerError =>
        again
          ? (neverReached(outcome, place, tries) ?? down(place, outcome.detail, tries))
          : unexpected(place, outcome.detail);
      return { again, headers: {}, error };
    }
    contact.answered = true;
    const { status, headers } = outcome;
    pace.learn(headers, status);
    call.responseHeaders?.(headers);
    if (status < 200 || status > 299) return readFailure(outcome, place);
    const json = strictJson(outcome.text);
    if (json === undefined) {
      const found = outcome.text === '' ? 'an empty answer' : `no JSON (${contentType(headers)})`;
      return { again: true, headers, error: () => unexpected(place, `status ${status} with ${found}`) };
    }
    const checked = call.schema.safeParse(json);
    return checked.success
      ? { value: checked.data }
      : { again: false, headers, error: () => unexpectedField(place, checked.error) };
  }

  function neverReached({ failure, detail }: NoResponse, place: Place, tries: number): ScorerError | null {
    if (contact.answered || failure !== 'network') return null;
    const variable = vendor.addressIn;
    return unreachable({ where: at(place), code: detail, url: baseUrl, variable, tries });
  }

  return { request };
}

/** A value, or how the attempt failed and whether another one may help. */
type Read<T> =
  | { readonly value: T }
  | {
      readonly again: boolean;
      readonly status?: number;
      readonly headers: Headers;
      readonly error: (tries: number) => ScorerError;
    };

function readFailure(response: HttpResponse, place: Place): Read<never> {
  const { status, headers } = response;
  if (!isTransient(status))
    return { again: false, status, headers, error: () => statusError(place, response) };
  // A quota of Jira is counted by the hour: trying again burns it further.
  const quota = (headers['ratelimit-reason'] ?? '').startsWith('jira-quota');
  const why = quota
    ? `status ${status}, quota used up (${headers['ratelimit-reason'] ?? ''})`
    : `status ${status}`;
  return { again: !quota, status, headers, error: (tries) => down(place, why, tries) };
}

function payload<T>(
  { body, form }: Call<T>,
  headers: Record<string, string>,
): { headers: Record<string, string>; body?: string } {
  const all = { Accept: 'application/json', ...headers };
  if (form !== undefined) {
    const type = 'application/x-www-form-urlencoded';
    return { headers: { ...all, 'Content-Type': type }, body: new URLSearchParams(form).toString() };
  }
  if (body === undefined) return { headers: all };
  return { headers: { ...all, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function queryOf(query: Call<unknown>['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'object' ? value : [value]).map((one) => [name, String(one)]),
  );
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? '' : `?${text}`;
}

/** Everything in a request that must never reach a message: credential headers, their parts, form values. */
function secretsOf(headers: Record<string, string>, form: Call<unknown>['form'] = {}): string[] {
  const credentials = Object.entries(headers)
    .filter(([name]) => /authorization|token|key|secret/i.test(name))
    .flatMap(([, value]) => [value, ...value.split(' ')]);
  const basic = credentials.flatMap((value) => Buffer.from(value, 'base64').toString('utf8').split(':'));
  return [...credentials, ...basic, ...Object.values(form)].filter(
    (value) => value.length >= SHORTEST_SECRET,
  );
}

const contentType = (headers: Headers): string =>
  (headers['content-type'] ?? 'no content type').split(';')[0] ?? '';

function strictJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
