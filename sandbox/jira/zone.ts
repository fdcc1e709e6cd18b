/** Clock times in a time zone. */
export interface Zone {
  readonly name: string;
  /** Milliseconds that the zone is ahead of UTC at a moment. */
  readonly offsetAt: (at: number) => number;
  /** The moment of a clock time, given as if it were UTC. A time that daylight saving skips is read as an hour later. */
  readonly momentOf: (clockTime: number) => number;
  /** The way Jira writes a moment: `2026-10-03T09:14:05.000+0100`, without a colon in the offset. */
  readonly format: (at: number) => string;
}

const QUARTER = 900_000;

/**
 * @param name IANA name of the zone
 * @throws RangeError when there is no such zone
 * @example makeZone('Europe/London').format(Date.parse('2026-10-03T08:14:05Z')) // => '2026-10-03T09:14:05.000+0100'
 */
export function makeZone(name: string): Zone {
  const formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();

  const offsetAt = (at: number): number => {
    // No zone changes its offset inside a quarter of an hour.
    const quarter = Math.floor(at / QUARTER);
    let offset = known.get(quarter);
    if (offset === undefined) {
      const text = formatter.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
      const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? [];
      offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000);
      known.set(quarter, offset);
    }
    return offset;
  };

  return {
    name,
    offsetAt,
    momentOf: (clockTime) => {
      const before = offsetAt(clockTime - 86_400_000);
      const candidate = clockTime - before;
      if (offsetAt(candidate) === before) return candidate;
      const after = offsetAt(clockTime + 86_400_000);
      return offsetAt(clockTime - after) === after ? clockTime - after : candidate;
    },
    format: (at) => {
      const offset = offsetAt(at);
      const minutes = Math.abs(offset) / 60_000;
      const two = (part: number) => String(part).padStart(2, '0');
      return (
        new Date(at + offset).toISOString().slice(0, -1) +
        (offset < 0 ? '-' : '+') +
        two(Math.floor(minutes / 60)) +
        two(minutes % 60)
      );
    },
  };
}
