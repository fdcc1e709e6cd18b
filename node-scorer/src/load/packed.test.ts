import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePacker, unpack } from './packed.ts';

describe('packed texts', () => {
  it('come back as they were, however many and in whatever order they are asked for', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (given, order) => {
        const pack = makePacker();
        const packed = given.map(pack);
        expect(packed.map(unpack)).toEqual(given);
        const places = [...order.take(given.length)].map((n) => n % given.length);
        expect(places.map((at) => unpack(packed[at]))).toEqual(places.map((at) => given[at]));
      }),
    );
  });

  it('keep signs of every length', () => {
    const pack = makePacker();
    const texts = Array.from({ length: 8 }, (_, n) => `${n} − “quoted” 𝒜\u0000`);
    expect(texts.map(pack).map(unpack)).toEqual(texts);
  });

  it('of other kinds are left alone', () => {
    expect([null, undefined, '', 'text', 7].map(unpack)).toEqual([null, undefined, '', 'text', 7]);
  });
});
