/** Seeded chance: the same seed and purpose give the same draws, whatever else is drawn. */
export interface Random {
  /** From 0 up to 1. */
  readonly unit: () => number;
  /** True with this probability. */
  readonly chance: (probability: number) => boolean;
  /** A whole number from low to high, both included. */
  readonly whole: (low: number, high: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
}

/**
 * A generator of chance for one purpose, such as `3:conversations`.
 *
 * @example makeRandom(1, '3:usage').unit() === makeRandom(1, '3:usage').unit() // => true
 */
export function makeRandom(seed: number, purpose: string): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ hash(purpose)) >>> 0;
  // mulberry32
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    whole,
    chance: (probability) => unit() < probability,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error('found nothing to pick from, expected at least one item');
      return item;
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
