import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

/** An HTTP request that a flow makes through a Named Credential. */
export interface CalloutRequest {
  readonly method: string;
  readonly url: string;
  /** Header and value; the value is a secret and appears in no message. */
  readonly headers: Readonly<Record<string, string>>;
  /** The one status that the service declares; every other one is a fault. */
  readonly accepted: number;
  readonly action: string;
}

export interface CalloutAnswer {
  /** 0 when there was no answer. */
  readonly status: number;
  /** For the fault path, when the status is not the accepted one. */
  readonly message: string;
}

/** A callout may take this long. Source: Apex Developer Guide, "Callout Limits and Limitations". */
export const CALLOUT_TIMEOUT_MS = 120_000;

/**
 * Makes the request over real HTTP, on a connection of its own. Never throws: whatever goes wrong is a message for the
 * fault path. The words of the platform for these faults are not documented; what is sure is that the fault path is
 * taken. Redirects are not followed: they are no accepted answer.
 *
 * @param timeoutMs milliseconds until the callout counts as failed
 */
export function callOut(
  { method, url, headers, accepted, action }: CalloutRequest,
  { timeoutMs = CALLOUT_TIMEOUT_MS }: { timeoutMs?: number } = {},
): Promise<CalloutAnswer> {
  const send = url.startsWith('https:') ? overHttps : overHttp;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve) => {
    const fail = (): void =>
      resolve({
        status: 0,
        message: signal.aborted
          ? `The external service action ${action} failed: Read timed out after ${timeoutMs / 1000} seconds.`
          : `The external service action ${action} failed: no connection to ${new URL(url).host}.`,
      });
    // No pool of connections: one that its server has just closed would look like a service that is down.
    const request = send(url, { method, headers: { ...headers }, agent: false, signal }, (response) => {
      response.once('error', fail);
      response.once('end', () => {
        const status = response.statusCode ?? 0;
        const message = `The external service action ${action} got HTTP status ${status}, expected ${accepted}.`;
        resolve({ status, message });
      });
      response.resume();
    });
    request.once('error', fail);
    request.end();
  });
}
