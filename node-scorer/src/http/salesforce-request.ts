import { PassThrough } from 'node:stream';
import { ScorerError } from '../errors.ts';
import type { CallCounter } from './calls.ts';
import type { RetryBudget } from './retry-budget.ts';
import { retryDelay } from './retry-timing.ts';
import type { Attempt, HttpRequest, HttpResponse, NoResponse } from './send.ts';
import { unreachable } from './unreachable.ts';

const VENDOR = 'salesforce';
const DEADLINE_MS = 120_000;
const MAX_TRIES = 3;
/**
 * After so many calls in a row without any answer the org counts as dead and further calls fail at once. An answer
 * of 503 is one: it may be about this object only, and must not keep the others from being written.
 */
const BREAK_AFTER = 3;

/** What the calls to an org need of the world. */
export interface RequestDeps {
  readonly attempt: Attempt;
  readonly calls: CallCounter;
  readonly retries: RetryBudget;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * What jsforce sends, through our transport: retried while the org does not answer (an upsert by external id may
 * be repeated), counted, and refused when a 2xx is no JSON.
 *
 * @param addressIn variable with the address, for a person to check when nothing ever answered there
 */
export function makeHttpRequest(
  { attempt, calls, retries, now, random, sleep }: RequestDeps,
  addressIn: string,
) {
  let silent = 0;
  let answered = false;
  const request = async (wanted: JsforceRequest): Promise<JsforceResponse> => {
    const url = wanted.url;
    const endpoint = endpointOf(wanted.method, new URL(url).pathname);
    for (let tries = 1; ; tries++) {
      if (silent >= BREAK_AFTER) {
        throw new ScorerError(
          'SOURCE_DOWN',
          `Salesforce ${endpoint}: not called, the org has stopped answering`,
        );
      }
      calls.count(VENDOR, endpoint, tries > 1);
      const result = await attempt(toRequest(wanted, url));
      answered ||= 'status' in result;
      const failure = failureOf(result, wanted.method);
      if (failure === null) {
        silent = 0;
        retries.refill();
        const { status, headers, text } = result as HttpResponse;
        return { statusCode: status, headers: { ...headers }, body: text };
      }
      const headers = 'headers' in result ? result.headers : {};
      const wait = retryDelay(headers, tries, { now: now(), random: random() });
      if (tries >= MAX_TRIES || wait === null || !retries.take()) {
        if ('failure' in result) silent++;
        else silent = 0;
        const where = `Salesforce ${endpoint}`;
        const never = answered
          ? null
          : unreachable({ where, code: failure, url, variable: addressIn, tries });
        throw never ?? new ScorerError('SOURCE_DOWN', `${where}: ${failure}; try again later`);
      }
      await sleep(wait);
    }
  };
  return (wanted: JsforceRequest) => Object.assign(request(wanted), { stream: () => new PassThrough() });
}

export interface JsforceRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface JsforceResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const toRequest = (wanted: JsforceRequest, url: string): HttpRequest => ({
  method: wanted.method,
  url,
  headers: wanted.headers ?? {},
  ...(typeof wanted.body === 'string' ? { body: wanted.body } : {}),
  deadlineMs: DEADLINE_MS,
});

const LAST_CHARACTERS = 20;
const SOAP_FAULT = /<(?:\w+:)?Fault\b/;

/** Why an answer is none; null for one that jsforce may judge (also a 4xx, whose code it reads). */
function failureOf(result: HttpResponse | NoResponse, method: string): string | null {
  if ('failure' in result) return result.detail;
  const { status, text, headers } = result;
  // SOAP tells everything that is wrong with a 500, a wrong password too: to ask again would lock the user out.
  if (status === 500 && SOAP_FAULT.test(text)) return null;
  if (status === 408 || status === 429 || status >= 500) return `status ${status}`;
  if (status >= 300 && status < 400) return `status ${status}, a redirect that is not followed`;
  // Whoever asks for something and gets nothing has not been answered.
  if (status === 204 && method === 'GET') return 'status 204, nothing in answer to a question';
  if (status >= 400 || status === 204 || (status === 201 && text === '')) return null;
  // The retired SOAP login speaks XML, and bulk results are CSV.
  if (/\b(xml|csv)\b/.test(headers['content-type'] ?? '')) return null;
  return looksLikeJson(text) ? null : `status ${status} without a JSON body`;
}

/**
 * Where a text begins and ends like JSON. Not parsed: jsforce does that, and a page of stored scores has 30 MB. What
 * breaks off never gets here, and what a proxy says in between is HTML.
 */
const looksLikeJson = (text: string): boolean =>
  /^\s*[[{]/.test(text) && /[\]}]\s*$/.test(text.slice(-LAST_CHARACTERS));

/**
 * The stable name of a call, for counting.
 *
 * @example endpointOf('GET', '/services/data/v66.0/query/01g…-2000') // => 'query more'
 */
export function endpointOf(method: string, path: string): string {
  const rest = path.replace(/^\/+services\/data\/v[\d.]+\//, '');
  if (path.endsWith('/services/oauth2/token')) return 'token';
  if (rest.endsWith('/describe')) return 'describe';
  if (rest === 'query') return 'query';
  if (rest === 'queryAll') return 'query all';
  if (/^query(All)?\//.test(rest)) return 'query more';
  if (path.replace(/\/$/, '') === '/services/data') return 'versions';
  const bulk = /^jobs\/(ingest|query)(\/\w+)?(?:\/(\w+))?$/.exec(rest);
  if (bulk !== null)
    return [
      'bulk',
      bulk[1],
      bulk[3] ?? (bulk[2] === undefined ? 'create' : method === 'GET' ? 'poll' : 'close'),
    ].join(' ');
  const collection = /^composite\/sobjects\/(\w+)\//.exec(rest);
  if (rest === 'composite/sobjects') return 'update records';
  return collection === null
    ? `${method} ${rest.split('/').slice(0, 2).join('/')}`
    : `upsert ${collection[1]}`;
}
