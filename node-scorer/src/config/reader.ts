import type { Fields, Path } from './checks.ts';

/**
 * Reads keys of a map that are there; an absent one has been reported with the keys of its map.
 *
 * @example reader(fields, ['jira'])('edition', (value, path) => checks.text(value, path))
 */
export const reader =
  (fields: Fields | null, path: Path) =>
  <T>(key: string, read: (value: unknown, path: Path) => T | null): T | null =>
    fields !== null && Object.hasOwn(fields, key) ? read(fields[key], [...path, key]) : null;

/**
 * The parts together, or null when one of them could not be read.
 *
 * @example complete({ id: 'a', date: null }) // => null
 */
export const complete = <T extends object>(parts: T): { [K in keyof T]: Exclude<T[K], null> } | null =>
  Object.values(parts).includes(null) ? null : (parts as { [K in keyof T]: Exclude<T[K], null> });
