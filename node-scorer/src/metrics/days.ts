const DAY_MS = 86_400_000;

/**
 * Days from one calendar day to another; negative when the second is earlier.
 *
 * @example daysBetween('2026-10-31', '2026-11-03') // => 3
 */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
