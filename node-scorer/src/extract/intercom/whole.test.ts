/** Incomplete is not whole: what came against what Intercom says there is. */
import { describe, expect, it } from 'vitest';
import { ScorerError } from '../../errors.ts';
import { account, GONE, ids, INSIDE, page, read } from './read-in-test.ts';

const own = (id: number) => ({ id: String(id), created_at: INSIDE + id, company: { id: 'c1' } });
const list = (count: number) => Array.from({ length: count }, (_, id) => own(id));
const cursorOf = (body: unknown): string | undefined =>
  (body as { pagination: { starting_after?: string } }).pagination.starting_after;

describe('a list of conversations', () => {
  it.each([
    ['that counts 341 and gives 170 pages of half of them', page(list(170), null, 341)],
    ['that counts one more than it gives', page(list(1), null, 2)],
    ['that is empty and counts some', page([], null, 5)],
    ['that gives far more than it counts', page(list(170), null, 100)],
    [
      'that says there are more pages and names none',
      { conversations: list(1), total_count: 1, pages: { next: null, page: 1, total_pages: 3 } },
    ],
    ['without a count or a mark of its last page', { conversations: list(1), pages: { next: null } }],
    ['without pages and without a count', { conversations: list(1) }],
  ])('%s is a failed read', async (_what, answer) => {
    const { extraction } = read([account('A', 'c1')], () => answer);
    await expect(extraction).rejects.toMatchObject({
      code: 'SOURCE_UNEXPECTED',
      message: expect.stringContaining('POST /conversations/search: found') as string,
    });
  });

  it.each([
    ['whose count is what came', { conversations: list(2), total_count: 2 }],
    ['whose last page says so', { conversations: list(2), pages: { page: 1, total_pages: 1 } }],
    ['whose last page names no next one', page(list(2))],
  ])('%s is whole', async (_what, answer) => {
    const { extraction } = read([account('A', 'c1')], () => answer);
    expect(ids((await extraction).facts.get('A'))).toEqual(['0', '1']);
  });

  it.each([
    ['whose count shrinks by half from one page to the next', [341, 151], 151],
    ['that gives one page twice, and counts nothing', [null, null], 150],
  ])('%s is a failed read', async (_what, counts, came) => {
    const { extraction } = read([account('A', 'c1')], ({ body }) => {
      const isFirst = cursorOf(body) === undefined;
      const [first = null, second = null] = counts;
      if (isFirst) return { ...page(list(150), 'p2'), total_count: first };
      const again = came === 150 ? list(150) : [own(150)];
      return { conversations: again, total_count: second, pages: { next: null, page: 2, total_pages: 2 } };
    });
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });

  it('read in slices, each whole by itself, holds together what was counted first', async () => {
    const { extraction } = read([account('A', 'c1')], ({ body }) => {
      const { value } = (body as { query: { value: { value: number }[] } }).query;
      const isWhole = (value[1]?.value ?? 0) - (value[0]?.value ?? 0) > 20 * 86_400;
      return isWhole ? page(list(150), 'p2', 12_000) : page(list(10));
    });
    await expect(extraction).rejects.toThrow(/150 conversations in slices, of 12000/);
  });

  it('of which one was deleted between two pages is counted again, and whole', async () => {
    const counts = [151, 151, 150];
    const { transport, extraction } = read([account('A', 'c1')], ({ body }) => {
      const count = counts.shift();
      return cursorOf(body) === undefined ? page(list(150), 'p2', count) : page([], null, count);
    });
    expect(ids((await extraction).facts.get('A'))).toHaveLength(150);
    expect(transport.calls.filter(({ endpoint }) => endpoint === 'search')).toHaveLength(3);
  });

  it('of which one was deleted after it came is whole too', async () => {
    const counts = [151, 150, 150];
    const { extraction } = read([account('A', 'c1')], ({ body }) => {
      const count = counts.shift();
      return cursorOf(body) === undefined ? page(list(150), 'p2', count) : page([own(150)], null, count);
    });
    expect(ids((await extraction).facts.get('A'))).toHaveLength(151);
  });

  it('read in slices is proved slice by slice', async () => {
    const { extraction } = read([account('A', 'c1')], ({ body }) => {
      const { value } = (body as { query: { value: { value: number }[] } }).query;
      const isWhole = (value[1]?.value ?? 0) - (value[0]?.value ?? 0) > 20 * 86_400;
      return isWhole ? page(list(150), 'p2', 12_000) : page(list(10), null, 6_000);
    });
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });
});

describe('a look-up of a contact', () => {
  const withContact = { id: '1', created_at: INSIDE, contacts: { contacts: [{ id: 'k1' }] } };
  const redirect = new ScorerError('SOURCE_SETTINGS', 'status 302: redirected', { vendorStatus: 302 });
  const readWith = (answer: () => unknown) =>
    read([account('A', 'c1')], ({ path }) => {
      if (path.startsWith('/contacts/')) return answer();
      return page([withContact]);
    }).extraction;

  it('that answers {} is a failed read', async () => {
    await expect(readWith(() => ({}))).rejects.toThrow(/companies/);
  });

  it('that is redirected is a failed read, and no contact who left', async () => {
    const answer = () => {
      throw redirect;
    };
    await expect(readWith(answer)).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });

  it('that finds nobody is a contact who left', async () => {
    const answer = () => {
      throw GONE;
    };
    const { facts, notes } = await readWith(answer);
    expect(ids(facts.get('A'))).toEqual([]);
    expect(notes.map(({ code }) => code)).toEqual(['unknown_contact']);
  });

  it.each([
    ['fewer companies than it counts', { data: [{ id: 'c1' }], pages: { total_pages: 1 }, total_count: 2 }],
    [
      'one company twice in place of two',
      { data: Array.from({ length: 11 }, () => ({ id: 'c1' })), pages: { total_pages: 1 }, total_count: 11 },
    ],
    ['fewer than the contact has', { data: [{ id: 'c1' }], pages: { total_pages: 1 }, total_count: 1 }],
    ['an empty page before the last one', { data: [], pages: { total_pages: 2 }, total_count: 11 }],
    ['no list', {}],
  ])('that goes on to %s is a failed read', async (_what, attached) => {
    const { extraction } = read([account('A', 'c1')], ({ path }) => {
      if (path === '/contacts/k1') return { companies: { data: [{ id: 'c9' }], total_count: 11 } };
      return path === '/contacts/k1/companies' ? attached : page([withContact]);
    });
    await expect(extraction).rejects.toThrow();
  });
});

describe('a company that no conversation names', () => {
  const silent = ['no1', 'c2', 'no3', 'c4', 'c5'];

  it('and that Intercom does not know is not mapped, and told by name', async () => {
    const { extraction } = read([account('A', 'no such'), account('B', 'c2')], () => page([]));
    const { facts, notes } = await extraction;
    expect([facts.get('A'), facts.get('B')]).toEqual([{ missing: 'not_mapped' }, { known: [] }]);
    expect(notes).toEqual([expect.objectContaining({ code: 'unknown_company', accountId: 'A' })]);
    expect(notes[0]?.message).toContain('"no such" does not exist');
  });

  it('is looked for among all companies where it is one of many, and then by itself', async () => {
    const accounts = silent.map((company, i) => account(String(i), company));
    const { transport, extraction } = read(accounts, ({ path }) =>
      path === '/companies/list'
        ? { data: [{ id: 'c2' }, { id: 'c4' }], pages: { total_pages: 1 }, total_count: 2 }
        : page([]),
    );
    const { facts } = await extraction;
    expect(accounts.map(({ id }) => facts.get(id))).toEqual([
      { missing: 'not_mapped' },
      { known: [] },
      { missing: 'not_mapped' },
      { known: [] },
      { known: [] },
    ]);
    expect(transport.calls.map(({ path }) => path).slice(2)).toEqual([
      '/companies/list',
      '/companies/no1',
      '/companies/no3',
      '/companies/c5',
    ]);
  });

  it('is not taken for unknown because the list of companies is empty or half', async () => {
    const accounts = ['c1', 'c2', 'c3', 'c4'].map((company) => account(company, company));
    const { extraction } = read(accounts, ({ path }) =>
      path === '/companies/list' ? { data: [], pages: { total_pages: 9 }, total_count: 500 } : page([]),
    );
    const { facts } = await extraction;
    expect(accounts.map(({ id }) => facts.get(id))).toEqual(accounts.map(() => ({ known: [] })));
  });

  it('is not asked for when a conversation names it that does not count', async () => {
    const { transport, extraction } = read([account('A', 'c1')], () =>
      page([{ ...own(1), source: { delivered_as: 'automated' } }]),
    );
    expect(ids((await extraction).facts.get('A'))).toEqual([]);
    expect(transport.calls.map(({ endpoint }) => endpoint)).toEqual(['me', 'search']);
  });
});
