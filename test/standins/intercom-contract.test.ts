import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { baseOf, customer, HOUR, NOW, person, planned } from '../../sandbox/intercom/small-base.ts';
import { calling, EVERYTHING, search, TOKEN, type Caller, type Reply } from './intercom-call.ts';

const CONTRACTS = join(import.meta.dirname, '../contracts/intercom');

type Schema = Record<string, unknown> & {
  properties?: Record<string, Schema>;
  additionalProperties?: { anyOf: unknown[] };
};

/**
 * The vendor's description, loosened in memory where its service is known to give more than it describes:
 * members of statistics and of a rating that are null, conversation attributes that are booleans, and up to 2.15
 * data attributes of conversations, which its own text promises.
 */
function contractOf(version: string): (path: string, method: string, status: number) => ValidateFunction {
  const description = JSON.parse(
    readFileSync(join(CONTRACTS, `openapi-${version}.trimmed.json`), 'utf8'),
  ) as { components: { schemas: Record<string, Schema> } };
  const { conversation_statistics, conversation_rating, custom_attributes, data_attribute } =
    description.components.schemas;
  for (const schema of [conversation_statistics, conversation_rating]) {
    for (const [name, member] of Object.entries(schema?.properties ?? {})) {
      if (schema?.properties) schema.properties[name] = { anyOf: [member, { type: 'null' }] };
    }
  }
  custom_attributes?.additionalProperties?.anyOf.push({ type: 'boolean' });
  const model = data_attribute?.properties?.['model'];
  if (version === '2.15' && model) model['enum'] = ['contact', 'company', 'conversation'];
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(description, 'intercom');
  const pointer = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');
  return (path, method, status) =>
    ajv.compile({
      $ref: `intercom#/paths/${pointer(path)}/${method}/responses/${status}/content/application~1json/schema`,
    });
}

const far = Array.from({ length: 12 }, (_, index) => index + 1);
const base = baseOf(
  customer(0, {
    contacts: [person(0, far)],
    conversations: [
      planned({ id: '1001', tags: ['p1', 'escalated'], escalatedAttribute: true, priority: 'urgent' }),
      planned({
        id: '1002',
        state: 'closed',
        firstReply: { seconds: 90, measured: true },
        lastClose: { seconds: 900, measured: false },
        rating: 4,
      }),
      planned({ id: '1003', rating: 'unanswered', state: 'snoozed', via: 'contact' }),
      planned({ id: '1004', withoutStatistics: true, deliveredAs: 'automated' }),
      planned({ id: '1005', deliveredAs: 'admin_initiated', createdAt: NOW - 100 * HOUR, contact: 7 }),
      planned({ id: '1006', deliveredAs: 'operator_initiated' }),
    ],
  }),
  ...far.map((index) => customer(index)),
);
const CONTACT = person(0).intercomId;
const COMPANY = customer(0).intercomCompanyId ?? '';

const answers: readonly [
  string,
  string,
  string,
  number,
  (caller: Caller, version: string) => Promise<Reply>,
][] = [
  ['who we are', '/me', 'get', 200, ({ get }, version) => get('/me', { version })],
  [
    'a search',
    '/conversations/search',
    'post',
    200,
    ({ post }, version) =>
      post('/conversations/search', { ...search(EVERYTHING, { pagination: { per_page: 4 } }), version }),
  ],
  [
    'an empty search',
    '/conversations/search',
    'post',
    200,
    ({ post }, version) =>
      post('/conversations/search', { ...search({ field: 'id', operator: '=', value: '9' }), version }),
  ],
  [
    'a conversation',
    '/conversations/{conversation_id}',
    'get',
    200,
    ({ get }, version) => get('/conversations/1002', { version }),
  ],
  [
    'an unknown conversation',
    '/conversations/{conversation_id}',
    'get',
    404,
    ({ get }, version) => get('/conversations/9', { version }),
  ],
  [
    'a contact',
    '/contacts/{contact_id}',
    'get',
    200,
    ({ get }, version) => get(`/contacts/${CONTACT}`, { version }),
  ],
  [
    'the companies of a contact',
    '/contacts/{contact_id}/companies',
    'get',
    200,
    ({ get }, version) => get(`/contacts/${CONTACT}/companies?per_page=5`, { version }),
  ],
  [
    'the companies of an unknown contact',
    '/contacts/{contact_id}/companies',
    'get',
    404,
    ({ get }, version) => get('/contacts/nobody/companies', { version }),
  ],
  [
    'a company',
    '/companies/{company_id}',
    'get',
    200,
    ({ get }, version) => get(`/companies/${COMPANY}`, { version }),
  ],
  [
    'an unknown company',
    '/companies/{company_id}',
    'get',
    404,
    ({ get }, version) => get('/companies/nobody', { version }),
  ],
  [
    'the contacts of a company',
    '/companies/{company_id}/contacts',
    'get',
    200,
    ({ get }, version) => get(`/companies/${COMPANY}/contacts`, { version }),
  ],
  [
    'a company by our id',
    '/companies',
    'get',
    200,
    ({ get }, version) => get('/companies?company_id=ext-3', { version }),
  ],
  [
    'no company by our id',
    '/companies',
    'get',
    404,
    ({ get }, version) => get('/companies?company_id=nobody', { version }),
  ],
  [
    'the list of companies',
    '/companies/list',
    'post',
    200,
    ({ post }, version) => post('/companies/list?per_page=5', { version }),
  ],
  [
    'a scroll over companies',
    '/companies/scroll',
    'get',
    200,
    ({ get }, version) => get('/companies/scroll', { version }),
  ],
  [
    'a search for contacts',
    '/contacts/search',
    'post',
    200,
    ({ post }, version) => post('/contacts/search', { ...search(EVERYTHING), version }),
  ],
  [
    'the data attributes',
    '/data_attributes',
    'get',
    200,
    ({ get }, version) => get('/data_attributes', { version }),
  ],
  ['the tags', '/tags', 'get', 200, ({ get }, version) => get('/tags', { version })],
  ['the teams', '/teams', 'get', 200, ({ get }, version) => get('/teams', { version })],
  [
    'a refused token',
    '/tags',
    'get',
    401,
    ({ get }, version) => get('/tags', { version, headers: { Authorization: `Bearer not-${TOKEN}` } }),
  ],
];

describe.each(['2.15', '2.16'])('in version %s', (version) => {
  const contract = contractOf(version);
  it.each(answers)('%s is as the contract says (%s, %s, %i)', async (_what, path, method, status, ask) => {
    const reply = await ask(await calling({ base }), version);
    const validate = contract(path, method, status);
    validate(reply.body);
    expect(validate.errors ?? []).toEqual([]);
    expect(reply.status).toBe(status);
  });

  it('an answer that breaks the contract is noticed', () => {
    const validate = contract('/conversations/search', 'post', 200);
    expect(validate({ type: 'conversation.list', conversations: [{ id: 7 }] })).toBe(false);
  });
});

it('in version 2.16 the attributes of conversations are as the contract says', async () => {
  const { get } = await calling({ base });
  const validate = contractOf('2.16')('/conversations/attributes', 'get', 200);
  validate((await get('/conversations/attributes', { version: '2.16' })).body);
  expect(validate.errors ?? []).toEqual([]);
});
