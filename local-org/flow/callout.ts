// Source: https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_callouts_timeouts.htm
// Unproven: A service that cannot be reached, or is silent for 120 seconds, takes the fault path.
// See: stop the service and start the flow.
// If not: the interview fails as a whole: look at the callout in a debug run.

import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

/** An HTTP request that a flow makes through a Named Credential. */
export interface CalloutRequest {
  readonly method: string;
  readonly url: string;
  /** Header and value; the value is a secret and appears in no message. */
  readonly headers: Readonly<Record<string, string>>;
  readonly action: string;
}

/** What a service answered, whatever its status, or why there was no answer. */
export type CalloutAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'none'; readonly message: string };

/** A callout may take this long. Source: Apex Developer Guide, "Callout Limits and Limitations". */
export const CALLOUT_TIMEOUT_MS = 120_000;

/**
 * Makes the request over real HTTP, on a connection of its own. Never throws: no connection and no answer in time are
 * messages for the fault path, and every status is an answer. Redirects are not followed: they are answers too.
 *
 * @param timeoutMs milliseconds until the callout counts as failed
 */
export function callOut(
  { method, url, headers, action }: CalloutRequest,
  { timeoutMs = CALLOUT_TIMEOUT_MS }: { timeoutMs?: number } = {},
): Promise<CalloutAnswer> {
  const send = url.startsWith('https:') ? overHttps : overHttp;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve) => {
    const fail = (): void =>
      resolve({
        kind: 'none',
        message: signal.aborted
          ? `The external service action ${action} failed: Read timed out after ${timeoutMs / 1000} seconds.`
          : `The external service action ${action} failed: no connection to ${new URL(url).host}.`,
      });
    // No pool of connections: one that its server has just closed would look like a service that is down.
    const request = send(url, { method, headers: { ...headers }, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.once('error', fail);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        resolve({
          kind: 'answer',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.once('error', fail);
    request.end();
  });
}
