import { describe, expect, it } from 'vitest';
import { numberedPage, onlyParameters } from './paging.ts';
import { Refusal } from './refusal.ts';

const RULES = { perPage: 2, most: 3 };
const page = (query: string) => numberedPage(['a', 'b', 'c', 'd', 'e'], new URLSearchParams(query), RULES);

describe('a page of five', () => {
  it.each([
    ['', ['a', 'b'], 1, 3],
    ['page=3', ['e'], 3, 3],
    ['page=4', [], 4, 3],
    ['page=2&per_page=3', ['d', 'e'], 2, 2],
  ])('asked for by "%s" is %o', (query, items, number, totalPages) => {
    expect(page(query)).toMatchObject({ items, page: number, totalPages, total: 5 });
  });

  it.each(['page=0', 'page=-1', 'page=x', 'page=1.5', 'per_page=0', 'per_page=4', 'per_page='])(
    'is refused for %s',
    (query) => {
      expect(() => page(query)).toThrow(Refusal);
    },
  );
});

it('a parameter that is not known is named, not ignored', () => {
  const query = new URLSearchParams('page=1&segment_id=7');
  expect(() => onlyParameters(query, ['page'])).toThrow('segment_id');
  expect(() => onlyParameters(query, ['page', 'segment_id'])).not.toThrow();
});
