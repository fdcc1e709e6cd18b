import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A long text that waits: thousands of them at a time would be most of a run's memory. */
export interface Packed {
  readonly packed: Uint8Array;
}

/**
 * The quickest level, with tables and an output block for texts of a few kB: our JSON shrinks to a fifth at any level,
 * and making larger ones takes as long as the work. Not zstd: it takes half as long again for texts as short as these.
 */
const QUICK = { level: 1, windowBits: 13, memLevel: 6, chunkSize: 4_096 };

/**
 * Packs a text until it is looked at.
 *
 * @example unpack(pack('{"format":1}')) // => '{"format":1}'
 */
export const pack = (text: string): Packed => ({
  // A copy of its own size: zlib hands out the front of its block, and a pooled Buffer keeps its neighbours alive.
  packed: new Uint8Array(deflateRawSync(text, QUICK)),
});

/** The text again; what is not packed is given back as it is. */
export const unpack = (value: unknown): unknown =>
  isPacked(value) ? inflateRawSync(value.packed).toString('utf8') : value;

const isPacked = (value: unknown): value is Packed =>
  typeof value === 'object' && value !== null && (value as Partial<Packed>).packed instanceof Uint8Array;
