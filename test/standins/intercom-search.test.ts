import { describe, expect, it } from 'vitest';
import { baseOf, customer, HOUR, NOW, planned } from '../../sandbox/intercom/small-base.ts';
import { calling, EVERYTHING, search, type Reply } from './intercom-call.ts';

const COMPANY = customer(0).intercomCompanyId;
const one = (differs: Parameters<typeof planned>[0] = {}) =>
  baseOf(customer(0, { conversations: [planned(differs)] }));

/** The vendor's error list with one code. */
const refused = (code: string) => ({ type: 'error.list', errors: [{ code }] });

describe('a search in pages', () => {
  // Five at a time begin in one second, so that pages end inside such a second.
  const many = Array.from({ length: 500 }, (_, index) =>
    planned({ id: String(1_001 + index), createdAt: NOW - 20 * HOUR + Math.floor(index / 5) * 60_000 }),
  );
  const base = baseOf(customer(0, { conversations: many }));
  const ids = many.map(({ id }) => id);

  async function allPages(
    { post }: Awaited<ReturnType<typeof calling>>,
    sort: object | undefined,
    perPage: number | undefined,
    between: () => void = () => undefined,
  ) {
    const pages: Reply['body'][] = [];
    let after: string | undefined;
    do {
      const { body } = await post(
        '/conversations/search',
        search(EVERYTHING, {
          ...(sort === undefined ? {} : { sort }),
          pagination: {
            ...(perPage === undefined ? {} : { per_page: perPage }),
            ...(after && { starting_after: after }),
          },
        }),
      );
      pages.push(body);
      after = (body.pages.next as { starting_after: string } | undefined)?.starting_after;
      between();
    } while (after !== undefined);
    return { pages, ids: pages.flatMap(({ conversations }) => conversations.map(({ id }) => id)) };
  }

  it.each([
    ['created_at', 'ascending', 150, 4],
    ['created_at', 'descending', 150, 4],
    ['id', 'ascending', 100, 5],
    ['statistics.time_to_admin_reply', 'ascending', 150, 4],
  ])(
    'by %s %s, %i a page, gives each of 500 conversations once in %i pages',
    async (field, order, perPage, count) => {
      const { pages, ids: seen } = await allPages(await calling({ base }), { field, order }, perPage);
      expect(seen).toEqual(order === 'ascending' ? ids : ids.toReversed());
      expect(pages).toHaveLength(count);
      expect(
        pages.map(({ pages: { page, total_pages, per_page } }) => [page, total_pages, per_page]),
      ).toEqual(pages.map((_, index) => [index + 1, count, perPage]));
      expect(pages.every(({ total_count }) => total_count === 500)).toBe(true);
      expect(pages.at(-1)?.pages).not.toHaveProperty('next');
    },
  );

  it('gives 20 a page, last updated first, unless told otherwise', async () => {
    const { post } = await calling({ base });
    const { conversations, pages } = (await post('/conversations/search', search(EVERYTHING))).body;
    expect(conversations).toHaveLength(20);
    const updates = conversations.map(({ updated_at }) => updated_at);
    expect(updates).toEqual(updates.toSorted((a, b) => b - a));
    expect(pages).toMatchObject({ page: 1, per_page: 20, total_pages: 25 });
  });

  it('is not disturbed by conversations that begin meanwhile', async () => {
    let now = NOW - 20 * HOUR + 50 * 60_000;
    const caller = await calling({ base, clock: () => now });
    const { pages, ids: seen } = await allPages(
      caller,
      { field: 'created_at', order: 'ascending' },
      100,
      () => {
        now += 60_000;
      },
    );
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(ids.slice(0, seen.length));
    expect(pages.map(({ total_count }) => total_count)).toEqual([255, 260, 265]);
  });
});

describe('a search is refused', () => {
  const sort = (field: string, order: string) => ({ sort: { field, order } });
  it.each<[string, unknown, string]>([
    ['with broken JSON', '{"query": ', 'parameter_invalid'],
    ['with an empty body', '', 'parameter_invalid'],
    ['with a list as body', [], 'parameter_invalid'],
    ['without a query', {}, 'parameter_invalid'],
    ['by company', { query: { field: 'company.id', operator: '=', value: COMPANY } }, 'parameter_invalid'],
    [
      'by a date that is none',
      { query: { field: 'created_at', operator: '>', value: 'x' } },
      'type_mismatch',
    ],
    ['151 a page', { query: EVERYTHING, pagination: { per_page: 151 } }, 'parameter_invalid'],
    ['none a page', { query: EVERYTHING, pagination: { per_page: 0 } }, 'parameter_invalid'],
    ['a text a page', { query: EVERYTHING, pagination: { per_page: 'x' } }, 'type_mismatch'],
    ['with a text for paging', { query: EVERYTHING, pagination: 'x' }, 'type_mismatch'],
    ['with page numbers', { query: EVERYTHING, pagination: { page: 2 } }, 'parameter_invalid'],
    [
      'with a garbled cursor',
      { query: EVERYTHING, pagination: { starting_after: 'garbled' } },
      'parameter_invalid',
    ],
    ['sorted by nothing known', { query: EVERYTHING, ...sort('colour', 'ascending') }, 'parameter_invalid'],
    ['sorted by a text', { query: EVERYTHING, ...sort('state', 'ascending') }, 'parameter_invalid'],
    ['sorted asc', { query: EVERYTHING, ...sort('id', 'asc') }, 'parameter_invalid'],
    ['with per_page beside the query', { query: EVERYTHING, per_page: 150 }, 'parameter_invalid'],
  ])('%s', async (_what, body, code) => {
    const { post } = await calling({ base: one() });
    const reply = await post('/conversations/search', { body });
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject(refused(code));
    expect(reply.body.request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.body.errors[0]?.message).toBeTruthy();
  });

  it('with a parameter in the address, naming it', async () => {
    const { post } = await calling({ base: one() });
    const { status, body } = await post('/conversations/search?per_page=150', search(EVERYTHING));
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ code: 'parameter_invalid', field: 'per_page' });
  });
});
