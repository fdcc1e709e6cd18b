import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosInstance } from 'axios';
import type { Headers } from './retry-timing.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_SOCKETS = 32;
const BYTE_ORDER_MARK = '\uFEFF';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first byte out to the last byte in. A slow drip does not outlive it. */
  readonly deadlineMs: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Why there is no response: `detail` is a code such as ECONNREFUSED, never an address or a header. */
export interface NoResponse {
  readonly failure: 'deadline' | 'too_large' | 'network';
  readonly detail: string;
}

/** One attempt: never throws, never follows a redirect, never retries. */
export type Attempt = (request: HttpRequest) => Promise<HttpResponse | NoResponse>;

/**
 * Makes the one function that talks HTTP, with its own kept-alive connections.
 *
 * Not `timeout` of axios: it stops a silent server but not one that sends a byte now and then; an abort signal
 * stops both. Not axios' own JSON parsing either: by default it hands out the text when that is no JSON. Nor its
 * `text`: that keeps every answer as bytes, as bytes joined and as text, until the next big clean-up of memory.
 * Redirects are not followed: a token must reach the host it was meant for and no other.
 *
 * @example const attempt = makeAttempt();
 * await attempt({ method: 'GET', url: 'https://api.intercom.io/me', headers: {}, deadlineMs: 30_000 })
 * // => { status: 401, headers: { … }, text: '{"type":"error.list", …}' }
 */
export function makeAttempt({ maxBytes = MAX_BYTES }: { maxBytes?: number } = {}): Attempt {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const client = axios.create({
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent(options),
    maxRedirects: 0,
    maxBodyLength: maxBytes,
    responseType: 'stream',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    transitional: { silentJSONParsing: false, forcedJSONParsing: false },
    validateStatus: () => true,
  });
  return (request) => attemptWith(client, request, maxBytes);
}

async function attemptWith(
  client: AxiosInstance,
  { method, url, headers, body, deadlineMs }: HttpRequest,
  maxBytes: number,
): Promise<HttpResponse | NoResponse> {
  const deadline = new AbortController();
  const { signal } = deadline;
  const timer = setTimeout(() => deadline.abort(), Math.max(1, Math.ceil(deadlineMs)));
  try {
    const response = await client.request<Readable>({
      method,
      url,
      // An explicit null keeps axios from adding a content type to a call without a body.
      headers: { 'Content-Type': null, ...headers },
      ...(body === undefined ? {} : { data: body }),
      signal,
      // A proxy of the company network must not be asked for this very machine.
      ...(isLoopback(url) ? { proxy: false as const } : {}),
    });
    const { status, data } = response;
    const received = plainHeaders(response.headers);
    const text = await textOf(data, maxBytes);
    if (text === null) return { failure: 'too_large', detail: 'answer too large' };
    return { status, headers: received, text };
  } catch (error) {
    // The error of axios carries the request with its token: only its code leaves this function.
    if (signal.aborted) return { failure: 'deadline', detail: `no answer within ${deadlineMs / 1_000} s` };
    return { failure: 'network', detail: networkCode(error) };
  } finally {
    // Not AbortSignal.timeout: its timer would live on until the deadline, one per call.
    clearTimeout(timer);
  }
}

/** Reads an answer to its end, decoded as it comes; null when it is larger than allowed. */
async function textOf(answer: Readable, maxBytes: number): Promise<string | null> {
  let text = '';
  // A character is a byte at least.
  for await (const part of answer.setEncoding('utf8') as AsyncIterable<string>) {
    text += part;
    if (text.length > maxBytes) return null;
  }
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

function networkCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : 'connection failed';
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

const plainHeaders = (headers: object): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]: [string, unknown]) => {
      const text: unknown = Array.isArray(value) ? value.join(', ') : value;
      return typeof text === 'string' ? [[name.toLowerCase(), text]] : [];
    }),
  );
