import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** So many texts are packed as one: by itself, one of a few kB costs more to set up than to pack. */
const TOGETHER = 8;
/** The quickest level, and room for such a block: our JSON shrinks to a sixth at any level. */
const PACKING = { level: 1, windowBits: 13, memLevel: 6, chunkSize: 16_384 };
const UNPACKING = { chunkSize: 65_536 };

/** Texts that were packed as one. */
interface Block {
  /** Null until there are enough of them. */
  bytes: Uint8Array | null;
  /** Until they are packed. */
  waiting: string[];
  /** Where each ends in the whole. */
  readonly ends: number[];
  /** The block that was unpacked last, of all that one packer made. */
  readonly last: { block: Block | null; text: string };
}

/** A long text that waits: thousands of them at a time would be most of a run's memory. */
export class Packed {
  readonly #block: Block;
  readonly #at: number;

  constructor(block: Block, at: number) {
    this.#block = block;
    this.#at = at;
  }

  /** The text again; quick for one whose neighbours were asked for just before. */
  text(): string {
    const { bytes, waiting, ends, last } = this.#block;
    if (bytes === null) return waiting[this.#at] ?? '';
    if (last.block !== this.#block) {
      last.block = this.#block;
      last.text = inflateRawSync(bytes, UNPACKING).toString('utf8');
    }
    return last.text.slice(ends[this.#at - 1] ?? 0, ends[this.#at]);
  }
}

/**
 * Packs texts until they are looked at: in the order in which they were packed, or nearly so.
 *
 * Not zstd: it takes half as long again for texts as short as these.
 *
 * @example const pack = makePacker();
 * unpack(pack('{"format":1}')) // => '{"format":1}'
 */
export function makePacker(): (text: string) => Packed {
  const last: Block['last'] = { block: null, text: '' };
  const open = (): Block => ({ bytes: null, waiting: [], ends: [], last });
  let block = open();
  return (text) => {
    const { waiting, ends } = block;
    const packed = new Packed(block, waiting.length);
    waiting.push(text);
    ends.push((ends.at(-1) ?? 0) + text.length);
    if (waiting.length === TOGETHER) {
      // A copy of its own size: zlib hands out the front of its room, and a pooled Buffer keeps its neighbours alive.
      block.bytes = new Uint8Array(deflateRawSync(waiting.join(''), PACKING));
      block.waiting = [];
      block = open();
    }
    return packed;
  };
}

/** The text again; what is not packed is given back as it is. */
export const unpack = (value: unknown): unknown => (value instanceof Packed ? value.text() : value);
