import type { Answer } from 'local-org/http';

export interface Limit {
  /** What the bucket holds when full. */
  readonly size: number;
  readonly perSecond: number;
}

/** Two tokens buckets speak differently: Cloud by burst, Data Center by an administrator's fill rate. */
export type Dialect = 'cloud' | 'datacenter';

/**
 * Token buckets, one per method and endpoint, with the vendor's headers.
 *
 * @param tick milliseconds that always go on: a sandbox's clock may stand still, and then nobody would be let in again
 * @returns a function that takes one token: headers for the answer, or the refusal itself
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function makeLimiter(
  dialect: Dialect,
  { size, perSecond }: Limit,
  tick: () => number,
  clock: () => number,
) {
  const buckets = new Map<string, { left: number; at: number }>();
  return (
    endpoint: string,
  ): { readonly headers: Readonly<Record<string, string>>; readonly refusal: Answer | null } => {
    const now = tick();
    const bucket = buckets.get(endpoint) ?? { left: size, at: now };
    bucket.left = Math.min(size, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    buckets.set(endpoint, bucket);
    const refused = bucket.left < 1;
    if (!refused) bucket.left--;
    const common = {
      'X-RateLimit-Limit': String(size),
      'X-RateLimit-Remaining': String(Math.floor(bucket.left)),
    };
    const headers: Readonly<Record<string, string>> =
      dialect === 'cloud'
        ? common
        : { ...common, 'X-RateLimit-FillRate': String(perSecond), 'X-RateLimit-Interval-Seconds': '1' };
    if (!refused) return { headers, refusal: null };
    const seconds = Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
    const reset = new Date(clock() + seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const cloudOnly = { 'X-RateLimit-Reset': reset, 'RateLimit-Reason': 'jira-burst-based' };
    return {
      headers,
      refusal: {
        status: 429,
        headers: { ...headers, 'Retry-After': String(seconds), ...(dialect === 'cloud' ? cloudOnly : {}) },
        body: { errorMessages: ['Rate limit exceeded.'], errors: {} },
      },
    };
  };
}
