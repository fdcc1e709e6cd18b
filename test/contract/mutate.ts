/** JSON as it comes off the wire. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const JUNK: readonly Json[] = [
  null,
  true,
  '',
  'x',
  '12%',
  '0',
  -1,
  0,
  0.5,
  1e308,
  -1e308,
  9_007_199_254_740_993,
  '9'.repeat(400),
  '2026-13-45',
  '1969-12-31T23:59:59Z',
  [],
  {},
  [null],
  { id: null },
  [[[[]]]],
  '\u0000',
  '__proto__',
];

/** A small seeded generator (xorshift32): numbers from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

type Path = readonly (string | number)[];

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function pathsOf(value: Json, here: Path = []): Path[] {
  const inside = Array.isArray(value)
    ? (value as readonly Json[]).flatMap((item, index) => pathsOf(item, [...here, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...here, key]))
      : [];
  return [here, ...inside];
}

/** A document with the value at a path replaced, or taken out when `change` gives undefined. */
export function changed(
  value: Json,
  [head, ...rest]: Path,
  change: (old: Json) => Json | undefined,
): Json | undefined {
  if (head === undefined) return change(value);
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) => {
      const now = index === head ? changed(item, rest, change) : item;
      return now === undefined ? [] : [now];
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const now = key === head ? changed(item, rest, change) : item;
      return now === undefined ? [] : [[key, now]];
    }),
  );
}

/**
 * A document damaged in one to three places: junk instead of a value, a value gone, a list doubled, a number
 * as text. The same seed gives the same damage.
 *
 * @example mutate({ a: 1 }, seeded(7)) // some such as { a: '12%' } or {}
 */
export function mutate(document: Json, random: () => number): Json {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let result = document;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const kind = random();
    result =
      changed(result, pick(pathsOf(result)), (old) => {
        if (kind < 0.25) return undefined;
        if (kind < 0.35 && Array.isArray(old))
          return [...(old as readonly Json[]), ...(old as readonly Json[])];
        if (kind < 0.45 && typeof old === 'number') return String(old);
        return pick(JUNK);
      }) ?? null;
  }
  return result;
}
