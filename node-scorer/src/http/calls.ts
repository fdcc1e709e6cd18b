/** Calls made so far, by vendor and endpoint. Every attempt counts: a retry is a call that the vendor bills. */
export type CallCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface CallCounter {
  readonly count: (vendor: string, endpoint: string) => void;
  readonly snapshot: () => CallCounts;
}

/**
 * Counts calls by vendor and endpoint; one counter per run.
 *
 * @example
 * const calls = makeCallCounter();
 * calls.count('jira', 'search');
 * calls.snapshot() // => { jira: { search: 1 } }
 */
export function makeCallCounter(): CallCounter {
  const counts = new Map<string, Map<string, number>>();
  return {
    count: (vendor, endpoint) => {
      const endpoints = counts.get(vendor) ?? new Map<string, number>();
      endpoints.set(endpoint, (endpoints.get(endpoint) ?? 0) + 1);
      counts.set(vendor, endpoints);
    },
    snapshot: () =>
      Object.fromEntries([...counts].map(([vendor, endpoints]) => [vendor, Object.fromEntries(endpoints)])),
  };
}

/**
 * All calls of a vendor, or of every vendor.
 *
 * @example totalCalls({ jira: { search: 2, status: 1 } }) // => 3
 */
export const totalCalls = (counts: CallCounts, vendor?: string): number =>
  Object.entries(counts)
    .filter(([name]) => vendor === undefined || name === vendor)
    .flatMap(([, endpoints]) => Object.values(endpoints))
    .reduce((sum, count) => sum + count, 0);
