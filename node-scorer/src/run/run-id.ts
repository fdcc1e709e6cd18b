/**
 * The id of a new run, which people read in logs and records and send in addresses: what it refreshes, when it began,
 * and a part that makes it unlike any other. At most 60 characters.
 *
 * @param scope `all`, an account's id or the hash of a list
 * @param now milliseconds since the epoch
 * @param unique never the same twice
 * @example makeRunId('2026-10', 'all', Date.parse('2026-11-03T05:00:00Z'), '3f0a9c41-…')
 * // => '2026-10-all-20261103T050000Z-3f0a9c41'
 */
export function makeRunId(period: string, scope: string, now: number, unique: string): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const about = /^\w+$/.test(scope) ? scope : 'list';
  return `${period}-${about}-${time}-${unique.slice(0, 8)}`;
}
