import { describe, expect, it } from 'vitest';
import { ScorerError } from '../errors.ts';
import { everyPage } from './pages.ts';

interface Page {
  readonly rows: readonly number[];
  readonly next: string | null;
}

async function rowsOf(
  ask: (cursor: string | null) => Promise<Page>,
  most?: (page: Page) => number,
): Promise<number[]> {
  const rows: number[] = [];
  for await (const page of everyPage('Jira: search', ask, most)) rows.push(...page.rows);
  return rows;
}

describe('pages by cursor', () => {
  it('are followed until there is no next one, short or empty pages included', async () => {
    const pages: Record<string, Page> = {
      first: { rows: [1, 2], next: 'b' },
      b: { rows: [], next: 'c' },
      c: { rows: [3], next: null },
    };
    expect(
      await rowsOf((cursor) => Promise.resolve(pages[cursor ?? 'first'] ?? { rows: [], next: null })),
    ).toEqual([1, 2, 3]);
  });

  it('end with an error when a cursor comes twice, however far apart', async () => {
    const next: Record<string, string> = { first: 'a', a: 'b', b: 'c', c: 'a' };
    await expect(
      rowsOf((cursor) => Promise.resolve({ rows: [1], next: next[cursor ?? 'first'] ?? null })),
    ).rejects.toThrow('Jira: search: a page cursor came twice');
  });

  it('end with an error when there are more than can be', async () => {
    let turn = 0;
    const ask = (): Promise<Page> => Promise.resolve({ rows: [1], next: String(turn++) });
    await expect(rowsOf(ask, () => 5)).rejects.toThrow('no end after 5 pages');
  });

  it('begin again once when a cursor has expired', async () => {
    let expired = false;
    const ask = (cursor: string | null): Promise<Page> => {
      if (cursor === null) return Promise.resolve({ rows: [1], next: 'b' });
      if (expired) return Promise.resolve({ rows: [2], next: null });
      expired = true;
      return Promise.reject(new ScorerError('SOURCE_SETTINGS', 'cursor expired'));
    };
    expect(await rowsOf(ask)).toEqual([1, 1, 2]);
  });

  it('do not begin again for ever, nor for the first page, nor for another error', async () => {
    const wrong = new ScorerError('SOURCE_SETTINGS', 'cursor expired');
    const always = (cursor: string | null): Promise<Page> =>
      cursor === null ? Promise.resolve({ rows: [], next: 'b' }) : Promise.reject(wrong);
    await expect(rowsOf(always)).rejects.toBe(wrong);
    await expect(rowsOf(() => Promise.reject(wrong))).rejects.toBe(wrong);
    const down = new ScorerError('SOURCE_DOWN', 'down');
    await expect(
      rowsOf((cursor) => (cursor === null ? Promise.resolve({ rows: [], next: 'b' }) : Promise.reject(down))),
    ).rejects.toBe(down);
  });
});
