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
 * Makes the request over real HTTP. Never throws: whatever goes wrong is a message for the fault path. The words of the
 * platform for these faults are not documented; what is sure is that the fault path is taken.
 *
 * @param timeoutMs milliseconds until the callout counts as failed
 */
export async function callOut(
  request: CalloutRequest,
  { timeoutMs = CALLOUT_TIMEOUT_MS, fetch: send = fetch }: { timeoutMs?: number; fetch?: typeof fetch } = {},
): Promise<CalloutAnswer> {
  const { method, url, headers, accepted, action } = request;
  try {
    const response = await send(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.arrayBuffer();
    return {
      status: response.status,
      message: `The external service action ${action} got HTTP status ${response.status}, expected ${accepted}.`,
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return {
      status: 0,
      message: timedOut
        ? `The external service action ${action} failed: Read timed out after ${timeoutMs / 1000} seconds.`
        : `The external service action ${action} failed: no connection to ${new URL(url).host}.`,
    };
  }
}
