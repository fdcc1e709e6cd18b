import { describe, expect, it } from 'vitest';
import { compareIds, compareValues, decodeCursor, encodeCursor } from './cursor.ts';
import { Refusal } from './refusal.ts';

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('a cursor', () => {
  it.each([
    { value: 1_734_537_546, id: '515', page: 2 },
    { value: null, id: '9', page: 40 },
    { value: '1002', id: '1002', page: 3 },
  ])('leads back to where a page ended: %o', (cursor) => {
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  });

  const good = encodeCursor({ value: 1, id: '2', page: 3 });
  it.each<[string, unknown]>([
    ['is no text', 7],
    ['is empty', ''],
    ['is no base64', '%%%'],
    ['was cut', good.slice(0, -3)],
    ['has something before it', ` ${good}`],
    ['holds no list', base64({ value: 1 })],
    ['holds too little', base64([1, '2'])],
    ['holds an id that is a number', base64([1, 2, 3])],
    ['holds the first page', base64([1, '2', 1])],
    ['holds a list to sort by', base64([[1], '2', 3])],
  ])('that %s is refused', (_what, text) => {
    expect(() => decodeCursor(text)).toThrow(Refusal);
  });
});

it('ids are ordered as numbers, also beyond what a number holds', () => {
  const ids = ['10', '9', '215474123456789012345', '215474123456789012344', '100'];
  expect(ids.toSorted(compareIds)).toEqual([
    '9',
    '10',
    '100',
    '215474123456789012344',
    '215474123456789012345',
  ]);
});

it('nothing comes before any value', () => {
  expect([3, null, 1].toSorted(compareValues)).toEqual([null, 1, 3]);
});
