import { describe, expect, it } from 'vitest';
import { baseOf, customer, HOUR, NOW, person, planned } from '../../sandbox/intercom/small-base.ts';
import { calling, search } from './intercom-call.ts';

const COMPANY = customer(0).intercomCompanyId;
const CONTACT = person(0).intercomId;
const ASKED = (NOW - 2 * HOUR) / 1_000;

/** The vendor's error list with one code. */
const refused = (code: string) => ({ type: 'error.list', errors: [{ code }] });

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

describe('a search for contacts', () => {
  const noon = Date.parse('2026-11-20T12:00:00Z');
  const base = baseOf(
    customer(0, { customerSince: noon }),
    customer(1, { customerSince: noon - 24 * HOUR, contacts: [person(1), person(11)] }),
    customer(2, { customerSince: NOW + 1_000 }),
  );
  const found = async (query: unknown, more: object = {}) => {
    const { post } = await calling({ base });
    return post('/contacts/search', search(query, more));
  };
  const created = (operator: string, moment: number) => ({
    field: 'created_at',
    operator,
    value: moment / 1_000,
  });

  it.each([
    ['=', noon + 11 * HOUR, 1],
    ['>', noon - 20 * HOUR, 1],
    ['>', noon - 11 * HOUR, 0],
    ['<', noon + 11 * HOUR, 2],
  ])('compares dates by whole days: %s %i ms finds %i', async (operator, moment, expected) => {
    expect((await found(created(operator, moment))).body.total_count).toBe(expected);
  });

  it('gives 50 a page and whole contacts, not those of tomorrow', async () => {
    const { body } = await found(
      { field: 'role', operator: '=', value: 'user' },
      { sort: { field: 'id', order: 'ascending' } },
    );
    expect(body.pages).toMatchObject({ per_page: 50, total_pages: 1 });
    expect(body.data.map(({ id }) => id)).toEqual([0, 1, 11].map((number) => person(number).intercomId));
    expect(body.data[0]).toMatchObject({ companies: { data: [{ id: COMPANY }] } });
  });

  it.each<[string, unknown, object, string]>([
    ['by company', { field: 'company_id', operator: '=', value: 'x' }, {}, 'parameter_invalid'],
    ['by a list of dates', { field: 'created_at', operator: 'IN', value: [1] }, {}, 'parameter_invalid'],
    ['by a date that differs', created('!=', noon), {}, 'parameter_invalid'],
    ['by a part of a tag', { field: 'tag_id', operator: '~', value: '1' }, {}, 'parameter_invalid'],
    [
      'by a custom attribute',
      { field: 'custom_attributes.x', operator: '=', value: '1' },
      {},
      'parameter_invalid',
    ],
    ['sorted desc', created('>', 0), { sort: { field: 'id', order: 'desc' } }, 'invalid_sort_order'],
  ])('is refused %s', async (_what, query, more, code) => {
    expect(await found(query, more)).toMatchObject({ status: 400, body: refused(code) });
  });
});

describe('attributes', () => {
  it('of conversations moved to an address of their own in 2.16', async () => {
    const { get } = await calling({ base: baseOf() });
    const names = async (path: string, version: string) =>
      (await get(path, { version })).body.data.map(
        (attribute) => (attribute as unknown as { name: string }).name,
      );
    expect(await names('/data_attributes', '2.15')).toContain('Escalated');
    expect(await names('/data_attributes', '2.16')).not.toContain('Escalated');
    expect(await names('/conversations/attributes', '2.16')).toEqual(['Escalated']);
    expect(await names('/data_attributes?model=company', '2.16')).toContain('company_id');
    const unsupported = await get('/data_attributes?model=conversation', { version: '2.16' });
    expect(unsupported).toMatchObject({ status: 422, body: refused('parameter_invalid') });
    const early = await get('/conversations/attributes', { version: '2.15' });
    expect(early).toMatchObject({ status: 400, body: refused('intercom_version_invalid') });
  });
});
