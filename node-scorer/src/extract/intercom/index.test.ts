import { describe, expect, it } from 'vitest';
import { OCTOBER } from '../../facts/october-in-test.ts';
import type { Call } from '../../http/transport.ts';
import { account, ids, INSIDE, page, read, SETTINGS } from './read-in-test.ts';
import { slices } from './read.ts';

describe('reading conversations', () => {
  it('asks once for the whole workspace, a day wider on both sides, in seconds', async () => {
    const { transport, extraction } = read([account('A', 'c1')], () => page([]));
    await extraction;
    expect(transport.calls.map(({ path }) => path)).toEqual([
      '/me',
      '/conversations/search',
      // Nobody wrote for it, so it might not be there at all.
      '/companies/c1',
    ]);
    expect(transport.calls[1]?.body).toEqual({
      query: {
        operator: 'AND',
        value: [
          { field: 'created_at', operator: '>', value: Date.parse('2026-09-30T00:00:00Z') / 1_000 - 1 },
          { field: 'created_at', operator: '<', value: Date.parse('2026-11-02T00:00:00Z') / 1_000 + 1 },
        ],
      },
      sort: { field: 'created_at', order: 'ascending' },
      pagination: { per_page: 150 },
    });
  });

  it('follows the cursor, drops duplicates and cuts to the window', async () => {
    const c = (id: string, created_at: number) => ({ id, created_at, company: { id: 'c1' } });
    const { transport, extraction } = read([account('A', 'c1')], ({ body }) =>
      (body as { pagination: { starting_after?: string } }).pagination.starting_after === 'p2'
        ? page([c('2', INSIDE), c('3', OCTOBER.end / 1_000), c('4', OCTOBER.end / 1_000 - 1)], null, 5)
        : page([c('0', OCTOBER.start / 1_000 - 1), c('1', OCTOBER.start / 1_000), c('2', INSIDE)], 'p2', 5),
    );
    expect(ids((await extraction).facts.get('A'))).toEqual(['1', '2', '4']);
    expect(transport.calls).toHaveLength(3);
  });

  it('tells a known company without conversations from one that is not mapped', async () => {
    const { extraction } = read([account('A', 'c1'), account('B', null)], () => page([]));
    const { facts } = await extraction;
    expect(facts.get('A')).toEqual({ known: [] });
    expect(facts.get('B')).toEqual({ missing: 'not_mapped' });
  });

  it('asks nothing at all when nobody is mapped', async () => {
    const { transport, extraction } = read([account('A', null)], () => page([]));
    expect((await extraction).facts.get('A')).toEqual({ missing: 'not_mapped' });
    expect(transport.calls).toEqual([]);
  });

  it('leaves out what no customer began', async () => {
    const c = (id: string, delivered_as: string | null) => ({
      id,
      created_at: INSIDE,
      company: { id: 'c1' },
      source: { delivered_as },
    });
    const { extraction } = read([account('A', 'c1')], () =>
      page([c('1', 'automated'), c('2', 'customer_initiated'), c('3', null)]),
    );
    expect(ids((await extraction).facts.get('A'))).toEqual(['2', '3']);
  });

  it('ends with an error when a cursor comes twice', async () => {
    const { extraction } = read([account('A', 'c1')], () =>
      page([{ id: '1', created_at: INSIDE }], 'again', 300),
    );
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });

  it('ends with an error when pages never end', async () => {
    let turn = 0;
    const { extraction } = read([account('A', 'c1')], () =>
      page([{ id: '1', created_at: INSIDE }], `cursor ${turn++}`, 300),
    );
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
    expect(turn).toBeLessThan(40);
  });
});

describe('a bad record', () => {
  const good = { id: '1', created_at: INSIDE, company: { id: 'c1' } };

  it('is reported, and what it says no more of is invalid', async () => {
    const bad = { id: '2', created_at: 'yesterday', company: { id: 'c1' } };
    const { extraction } = read([account('A', 'c1')], () => page([good, bad]));
    const { facts, notes } = await extraction;
    expect(facts.get('A')).toMatchObject({
      known: [
        { id: '1', p1p2: false },
        { id: '2', p1p2: 'invalid' },
      ],
    });
    expect(notes.map(({ code }) => code)).toEqual(['bad_record', 'unread_fields']);
    expect(notes[1]).toMatchObject({ accountId: 'A', message: expect.stringContaining('1 of 2') as string });
    expect(notes[0]?.message).toContain('conversation 2: field created_at');
  });

  it('that is all an account has makes no zero of it', async () => {
    const bad = { id: '2', created_at: null, company: { id: 'c2' } };
    const { extraction } = read([account('A', 'c1'), account('B', 'c2')], () => page([good, bad]));
    expect((await extraction).facts.get('B')).toMatchObject({
      known: [{ createdAt: null, rating: 'invalid' }],
    });
  });

  it('like most others means another format, and nothing is read', async () => {
    const { extraction } = read([account('A', 'c1')], () => page([good, { id: 2 }, { id: 3 }]));
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });
});

describe('the company of a conversation', () => {
  const withContacts = (id: string, ...contacts: string[]) => ({
    id,
    created_at: INSIDE,
    contacts: { contacts: contacts.map((contact) => ({ id: contact })) },
  });

  it('comes from its contacts where it names none, each contact asked once', async () => {
    const { transport, extraction } = read([account('A', 'c1')], ({ path }) =>
      path === '/contacts/k1'
        ? { id: 'k1', companies: { data: [{ id: 'other' }, { id: 'c1' }], has_more: false } }
        : page([withContacts('1', 'k1'), withContacts('2', 'k1')]),
    );
    expect(ids((await extraction).facts.get('A'))).toEqual(['1', '2']);
    expect(transport.calls.filter(({ endpoint }) => endpoint === 'contact')).toHaveLength(1);
  });

  it('is not looked for among contacts when the conversation names an unmapped one', async () => {
    const { transport, extraction } = read([account('A', 'c1')], () =>
      page([{ ...withContacts('1', 'k1'), company: { id: 'someone else' } }]),
    );
    expect(ids((await extraction).facts.get('A'))).toEqual([]);
    expect(transport.calls.map(({ endpoint }) => endpoint)).toEqual(['me', 'search', 'company']);
  });

  it('is nobody when its contacts belong to two mapped accounts, and that is reported', async () => {
    const { extraction } = read([account('A', 'c1'), account('B', 'c2')], ({ path }) =>
      path.startsWith('/contacts/')
        ? { id: 'k', companies: { data: [{ id: path.endsWith('k1') ? 'c1' : 'c2' }] } }
        : page([withContacts('1', 'k1', 'k2')]),
    );
    const { facts, notes } = await extraction;
    expect([ids(facts.get('A')), ids(facts.get('B'))]).toEqual([[], []]);
    expect(notes).toEqual([expect.objectContaining({ code: 'ambiguous_contact' })]);
  });

  it('is nobody too when only one of the two accounts is asked for', async () => {
    const others = [account('B', 'c2'), account('C', 'c3')];
    const answer = ({ path }: Call<unknown>) =>
      path.startsWith('/contacts/')
        ? { id: 'k', companies: { data: [{ id: path.endsWith('k1') ? 'c1' : 'c2' }] } }
        : page([withContacts('1', 'k1', 'k2')]);
    const [alone, amongAll] = [
      read([account('A', 'c1')], answer),
      read([account('A', 'c1')], answer, SETTINGS, [account('A', 'c1'), ...others]),
    ];
    expect(ids((await alone.extraction).facts.get('A'))).toEqual(['1']);
    const { facts, notes } = await amongAll.extraction;
    expect([[...facts.keys()], ids(facts.get('A'))]).toEqual([['A'], []]);
    expect(notes).toEqual([expect.objectContaining({ code: 'ambiguous_contact' })]);
  });

  it('is found beyond the ten that a contact embeds', async () => {
    const { extraction } = read([account('A', 'c1')], ({ path, query }) => {
      if (path === '/contacts/k1') return { companies: { data: [{ id: 'c9' }], has_more: true } };
      if (path === '/contacts/k1/companies') {
        return { data: [{ id: query?.['page'] === 2 ? 'c1' : 'c9' }], pages: { total_pages: 2 } };
      }
      return page([withContacts('1', 'k1')]);
    });
    expect(ids((await extraction).facts.get('A'))).toEqual(['1']);
  });

  it('by our own company id asks for the list that carries it', async () => {
    const { transport, extraction } = read(
      [account('A', 'crm-1')],
      ({ path }) =>
        path === '/contacts/k1/companies'
          ? { companies: [{ id: 'x', company_id: 'crm-1' }] }
          : page([withContacts('1', 'k1')]),
      { ...SETTINGS, company_id: 'external' },
    );
    expect(ids((await extraction).facts.get('A'))).toEqual(['1']);
    expect(transport.calls.map(({ endpoint }) => endpoint)).toEqual(['me', 'search', 'contact companies']);
  });

  it('that two accounts claim is counted for neither', async () => {
    const { extraction } = read([account('A', 'c1'), account('B', 'c1')], () =>
      page([{ id: '1', created_at: INSIDE, company: { id: 'c1' } }]),
    );
    const { facts, notes } = await extraction;
    expect([facts.get('A'), facts.get('B')]).toEqual([{ missing: 'not_mapped' }, { missing: 'not_mapped' }]);
    expect(notes.map(({ code, accountId }) => [code, accountId])).toEqual([
      ['ambiguous_mapping', 'A'],
      ['ambiguous_mapping', 'B'],
    ]);
  });
});

describe('many pages', () => {
  it.each([
    [0, 1],
    [150 * 79, 1],
    [150 * 80, 2],
    [150 * 400, 8],
    [150 * 40_000, 8],
  ])('%d conversations are read in %d chains', (count, chains) => {
    const cut = slices({ from: 1_000, to: 9_000 }, count);
    expect(cut).toHaveLength(chains);
    expect(cut[0]?.from).toBe(1_000);
    expect(cut.at(-1)?.to).toBe(9_000);
    for (const [index, { from }] of cut.slice(1).entries()) expect(cut[index]?.to).toBe(from);
  });

  it('are read in slices of the span, side by side, each conversation once', async () => {
    const total = 150 * 80;
    const span = {
      from: Date.parse('2026-09-30T00:00:00Z') / 1_000,
      to: Date.parse('2026-11-02T00:00:00Z') / 1_000,
    };
    const every = Array.from({ length: total }, (_, index) => ({
      id: String(index),
      created_at: span.from + Math.floor(((span.to - span.from) * index) / total),
      company: { id: 'c1' },
    }));
    const { transport, extraction } = read([account('A', 'c1')], ({ body }) => {
      const { query, pagination } = body as {
        query: { value: { value: number }[] };
        pagination: { starting_after?: string };
      };
      const [after, before] = query.value.map(({ value }) => value);
      const hits = every.filter(({ created_at: at }) => at > (after ?? 0) && at < (before ?? 0));
      const start = Number(pagination.starting_after ?? 0);
      const next = start + 150 < hits.length ? String(start + 150) : null;
      return page(hits.slice(start, start + 150), next, hits.length);
    });
    const { facts, notes } = await extraction;
    const inWindow = every.filter(
      ({ created_at: at }) => at * 1_000 >= OCTOBER.start && at * 1_000 < OCTOBER.end,
    );
    expect((ids(facts.get('A')) as string[]).toSorted()).toEqual(inWindow.map(({ id }) => id).toSorted());
    expect(notes).toEqual([]);
    expect(transport.calls.length).toBeLessThanOrEqual(1.05 * (1 + 80 + 2));
  });
});
