import type { IncomingHttpHeaders } from 'node:http';

/** What may stand in a log line and a header without harm. */
const WELL_FORMED = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Id of a request: the caller's `x-request-id` when it is well formed, so that both logs tell one story; else a new one.
 *
 * @example requestId({ 'x-request-id': 'a b' }, () => 'r-1') // => 'r-1'
 */
export function requestId(headers: IncomingHttpHeaders, newId: () => string): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : newId();
}
