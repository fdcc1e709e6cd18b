import { describe, expect, it } from 'vitest';
import { baseOf, customer, HOUR, NOW, person, planned } from '../../sandbox/intercom/small-base.ts';
import { calling, EVERYTHING, search, type Reply } from './intercom-call.ts';

const [COMPANY, CONTACT] = [customer(0).intercomCompanyId, person(0).intercomId];
const ASKED = (NOW - 2 * HOUR) / 1_000;
const one = (differs: Parameters<typeof planned>[0] = {}) =>
  baseOf(customer(0, { conversations: [planned(differs)] }));

/** A text of the vendor's error list. */
const refused = (code: string) => ({ type: 'error.list', errors: [{ code }] });

describe('a conversation in a search', () => {
  async function found(differs: Parameters<typeof planned>[0] = {}, version?: string) {
    const { post } = await calling({ base: one(differs) });
    const { body } = await post('/conversations/search', {
      ...search(EVERYTHING),
      ...(version === undefined ? {} : { version }),
    });
    const [conversation] = body.conversations;
    if (conversation === undefined) throw new Error('nothing was found');
    return conversation;
  }

  it('carries the customer’s and the team’s first words apart, and all moments in seconds', async () => {
    const { statistics, created_at } = await found({
      id: '1005',
      state: 'closed',
      firstReply: { seconds: 600, measured: true },
      lastClose: { seconds: 3_600, measured: true },
    });
    expect(created_at).toBe(ASKED);
    expect(statistics).toMatchObject({
      first_contact_reply_at: ASKED + 25,
      first_admin_reply_at: ASKED + 600,
      time_to_admin_reply: 600,
      last_close_at: ASKED + 3_600,
      time_to_last_close: 3_600,
    });
  });

  it('has the moments of an unmeasured reply and close, but no durations', async () => {
    const { statistics } = await found({
      state: 'closed',
      firstReply: { seconds: 600, measured: false },
      lastClose: { seconds: 3_600, measured: false },
    });
    expect(statistics).toMatchObject({
      first_admin_reply_at: ASKED + 600,
      time_to_admin_reply: null,
      last_close_at: ASKED + 3_600,
      time_to_last_close: null,
    });
  });

  it('has neither reply nor close nor rating that lie ahead of the clock', async () => {
    const unanswered = await found({
      state: 'closed',
      firstReply: { seconds: 7_201, measured: true },
      lastClose: { seconds: 9_000, measured: true },
      rating: 5,
    });
    expect(unanswered).toMatchObject({ state: 'open', open: true, conversation_rating: null });
    expect(unanswered.statistics).toMatchObject({ first_admin_reply_at: null, last_close_at: null });
  });

  it('may come without statistics', async () => {
    const { statistics } = await found({
      withoutStatistics: true,
      firstReply: { seconds: 5, measured: true },
    });
    expect(statistics).toBeNull();
  });

  it.each([
    ['not asked', null],
    ['unanswered', { rating: null, created_at: ASKED }],
    [2, { rating: 2, created_at: ASKED, updated_at: ASKED + 600 }],
  ] as const)('shows a customer %s for a rating as %o', async (rating, expected) => {
    const { conversation_rating } = await found({ rating });
    if (expected === null) expect(conversation_rating).toBeNull();
    else expect(conversation_rating).toMatchObject(expected);
  });

  it('carries tags by name, its contact, how it was delivered and the escalation, but no parts', async () => {
    const conversation = await found({
      tags: ['p1', 'billing question'],
      escalatedAttribute: true,
      deliveredAs: 'automated',
    });
    expect(conversation).toMatchObject({
      source: { delivered_as: 'automated' },
      tags: {
        type: 'tag.list',
        tags: [
          { id: '102', name: 'p1' },
          { id: '101', name: 'billing question' },
        ],
      },
      contacts: { contacts: [{ type: 'contact', id: CONTACT }] },
      custom_attributes: { Escalated: true },
    });
    expect(conversation).not.toHaveProperty('conversation_parts');
  });

  it('names its company only when that was set, and only from 2.15 on', async () => {
    const company = { type: 'company', id: COMPANY, company_id: 'ext-0', name: 'Fictional Hotel 0' };
    expect(await found()).toMatchObject({ company });
    expect(await found({}, '2.15')).toMatchObject({ company });
    expect(await found({}, '2.14')).not.toHaveProperty('company');
    expect(await found({ via: 'contact' })).toMatchObject({ company: null });
  });

  it.each([
    ['none', '2.16', 'none'],
    ['urgent', '2.16', 'urgent'],
    ['urgent', '2.15', 'priority'],
    ['high', '2.14', 'priority'],
    ['medium', '2.15', 'not_priority'],
  ] as const)('of %s priority is in version %s: %s', async (priority, version, expected) => {
    expect(await found({ priority }, version)).toMatchObject({ priority: expected });
  });

  it.each([
    ['2.16', 0],
    ['2.15', null],
  ])('that nobody took is in version %s assigned to %s', async (version, expected) => {
    expect(await found({}, version)).toMatchObject({ admin_assignee_id: expected });
  });

  it('is absent before it began', async () => {
    const { post, get } = await calling({ base: one(), clock: () => NOW - 2 * HOUR - 1 });
    expect((await post('/conversations/search', search(EVERYTHING))).body).toMatchObject({
      conversations: [],
      total_count: 0,
    });
    expect(await get('/conversations/1001')).toMatchObject({ status: 404, body: refused('not_found') });
  });

  it('has its parts when asked for alone', async () => {
    const { get } = await calling({ base: one({ firstReply: { seconds: 60, measured: true } }) });
    expect((await get('/conversations/1001')).body).toMatchObject({
      id: '1001',
      conversation_parts: {
        total_count: 2,
        conversation_parts: [{ created_at: ASKED + 21 }, { created_at: ASKED + 60 }],
      },
    });
  });
});

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

describe('the door', () => {
  it.each([
    ['no token', ''],
    ['another token', 'Bearer another'],
    ['the token without its scheme', 'sandbox-token'],
  ])('stays shut for %s', async (_what, authorization) => {
    const { get } = await calling({ base: one() });
    expect(await get('/me', { headers: { Authorization: authorization } })).toMatchObject({
      status: 401,
      body: refused('unauthorized'),
    });
  });

  it('says who the token is', async () => {
    const { get } = await calling({ base: one() });
    expect(await get('/me')).toMatchObject({ status: 200, body: { type: 'admin', app: { type: 'app' } } });
  });

  it.each(['2.9', '2.17', '3.0', 'newest', ''])('refuses the version %j', async (version) => {
    const { get } = await calling({ base: one() });
    expect(await get('/me', { version })).toMatchObject({
      status: 400,
      body: refused('intercom_version_invalid'),
    });
  });

  it('takes the version of the app’s settings when a call names none', async () => {
    const { get } = await calling({ base: one({ priority: 'urgent' }), defaultVersion: '2.11' });
    expect((await get('/conversations/1001')).body).toMatchObject({ priority: 'priority' });
  });

  it.each(['GET /admins', 'POST /me', 'GET /conversations', 'POST /companies', 'GET /'])(
    'knows no %s',
    async (line) => {
      const caller = await calling({ base: one() });
      const [method = '', path = ''] = line.split(' ');
      const reply = await (method === 'GET' ? caller.get(path) : caller.post(path));
      expect(reply).toMatchObject({ status: 404, body: refused('not_found') });
    },
  );

  it('counts calls per window of 10 s, refuses those beyond and opens again at the reset', async () => {
    const { get, standIn } = await calling({ base: one(), rateLimit: { perWindow: 2 } });
    const replies = [await get('/me'), await get('/conversations/1'), await get('/me')];
    expect(replies.map(({ status }) => status)).toEqual([200, 404, 429]);
    expect(replies[2]?.body).toMatchObject(refused('rate_limit_exceeded'));
    const headers = replies.map((reply) => reply.headers);
    expect(headers.map((each) => each.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0']);
    expect(headers.map((each) => each.get('x-ratelimit-limit'))).toEqual(['2', '2', '2']);
    // NOW is the beginning of a window, and the clock of the workspace stands still.
    expect(headers[2]?.get('x-ratelimit-reset')).toBe(String(NOW / 1_000 + 10));
    expect(headers[2]?.get('date')).toBe('Sat, 21 Nov 2026 09:00:00 GMT');
    expect(standIn.calls.map(({ status }) => status)).toEqual([200, 404, 429]);
  });
});

describe('companies and contacts', () => {
  const far = Array.from({ length: 12 }, (_, index) => index + 1);
  const base = baseOf(
    customer(0, { contacts: [person(0, far), person(100)], conversations: [planned()] }),
    ...far.map((index) => customer(index, index === 12 ? { intercomCompanyId: null } : {})),
    customer(13, { contacts: [] }),
    customer(14, { customerSince: NOW + 1_000 }),
  );

  it('a contact embeds ten of its companies, by Intercom’s id only, and says that there are more', async () => {
    const { get } = await calling({ base });
    const { companies } = (await get(`/contacts/${CONTACT}`)).body;
    expect(companies).toMatchObject({ total_count: 12, has_more: true });
    expect(companies.data).toHaveLength(10);
    expect(companies.data[0]).toEqual({ type: 'company', id: COMPANY, url: `/companies/${COMPANY}` });
    const { companies: few } = (await get(`/contacts/${person(100).intercomId}`)).body;
    expect(few).toMatchObject({ total_count: 1, has_more: false, data: [{ id: COMPANY }] });
  });

  it('all companies of a contact come in pages, with our id', async () => {
    const { get, standIn } = await calling({ base });
    const path = `/contacts/${CONTACT}/companies?per_page=8`;
    const first = (await get(path)).body;
    expect(first).toMatchObject({ total_count: 12, pages: { page: 1, total_pages: 2 } });
    expect(first.pages.next).toBe(`${standIn.url}/contacts/${CONTACT}/companies?per_page=8&page=2`);
    const second = (await get(`${path}&page=2`)).body;
    expect(second.pages.next).toBeNull();
    const ours = [...first.data, ...second.data].map(({ company_id }) => company_id);
    expect(ours).toEqual(['ext-0', ...far.slice(0, 11).map((index) => `ext-${index}`)]);
  });

  it('a contact whose customer Intercom does not know has no company', async () => {
    const { get } = await calling({ base });
    expect((await get(`/contacts/${person(12).intercomId}`)).body.companies).toMatchObject({
      data: [],
      total_count: 0,
    });
  });

  it('a company is found by Intercom’s id in the path and by ours in the query, not the other way round', async () => {
    const { get } = await calling({ base });
    expect((await get(`/companies/${COMPANY}`)).body).toMatchObject({ type: 'company', company_id: 'ext-0' });
    expect((await get('/companies?company_id=ext-0')).body).toMatchObject({ data: [{ id: COMPANY }] });
    for (const path of ['/companies/ext-0', `/companies?company_id=${COMPANY}`]) {
      expect(await get(path)).toMatchObject({ status: 404, body: refused('company_not_found') });
    }
  });

  it('the list of companies leaves out those without people, and those of tomorrow', async () => {
    const { post, get } = await calling({ base });
    const pages = [await post('/companies/list'), await post('/companies/list?page=2&per_page=10')];
    expect(pages.map(({ body }) => body.data.length)).toEqual([12, 2]);
    expect(pages[0]?.body.data[0]).toMatchObject({ id: COMPANY, last_request_at: ASKED });
    expect(pages[1]?.body.pages).toMatchObject({ page: 2, total_pages: 2, next: null });
    expect(await post('/companies/list?per_page=60&page=168')).toMatchObject({
      status: 400,
      body: refused('bad_request'),
    });
    expect(await post('/companies/list?per_page=61')).toMatchObject({ status: 400 });
    expect(await get(`/companies/${customer(14).intercomCompanyId}`)).toMatchObject({ status: 404 });
  });

  it('the contacts of a company include those of others that are tied to it', async () => {
    const { get } = await calling({ base });
    const { data } = (await get(`/companies/${customer(3).intercomCompanyId}/contacts`)).body;
    expect(data.map(({ id }) => id)).toEqual([CONTACT, person(3).intercomId]);
  });
});
