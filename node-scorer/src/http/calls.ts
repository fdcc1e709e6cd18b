/** Calls made so far, by vendor and endpoint. Every attempt counts: a retry is a call that the vendor bills. */
export type CallCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface CallCounter {
  /** @param repeated the same question was asked before, and not answered */
  readonly count: (vendor: string, endpoint: string, repeated?: boolean) => void;
  readonly snapshot: () => CallCounts;
  /** The fewest calls that the same answers take, by vendor: those that were not repeats. */
  readonly least: () => Readonly<Record<string, number>>;
}

/**
 * Counts calls by vendor and endpoint; one counter per run.
 *
 * @example
 * const calls = makeCallCounter();
 * calls.count('jira', 'search');
 * calls.count('jira', 'search', true);
 * calls.snapshot() // => { jira: { search: 2 } }
 * calls.least() // => { jira: 1 }
 */
export function makeCallCounter(): CallCounter {
  const counts = new Map<string, Map<string, number>>();
  const least = new Map<string, number>();
  return {
    count: (vendor, endpoint, repeated = false) => {
      const endpoints = counts.get(vendor) ?? new Map<string, number>();
      endpoints.set(endpoint, (endpoints.get(endpoint) ?? 0) + 1);
      counts.set(vendor, endpoints);
      least.set(vendor, (least.get(vendor) ?? 0) + (repeated ? 0 : 1));
    },
    snapshot: () =>
      Object.fromEntries([...counts].map(([vendor, endpoints]) => [vendor, Object.fromEntries(endpoints)])),
    least: () => Object.fromEntries(least),
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
