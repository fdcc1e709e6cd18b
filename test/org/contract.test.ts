import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTED, KEPT, PROTOCOLS, treatmentOf } from 'local-org';
import type { RunningOrg } from 'local-org';
import { accountId, accounts, CREDENTIALS, startWith } from './org-fixture.ts';

interface Description {
  components: { schemas: Record<string, unknown> };
}

// Nullable fields are OpenAPI 3.0's way; ajv knows the word.
const description = JSON.parse(
  readFileSync('test/contracts/salesforce/openapi-salesforce-subset.json', 'utf8').replaceAll(
    '#/components/schemas/',
    'api#/components/schemas/',
  ),
) as Description;
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'api', components: description.components });

const problems = (schema: string, body: unknown): unknown => {
  const known = description.components.schemas[schema];
  if (!known) throw new Error(`no schema ${schema}`);
  const validate = ajv.compile(
    schema.endsWith('Result') && Array.isArray(body)
      ? { type: 'array', items: { $ref: `api#/components/schemas/${schema}` } }
      : { $ref: `api#/components/schemas/${schema}` },
  );
  validate(body);
  return validate.errors;
};

describe('answers of the local org, against the contract', () => {
  let org: RunningOrg;
  let token = '';
  beforeAll(async () => {
    org = await startWith(accounts(2500));
    const response = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CREDENTIALS.clientId,
        client_secret: CREDENTIALS.clientSecret,
      }),
    });
    const body = (await response.json()) as { access_token: string };
    expect(problems('TokenResponse', body)).toBeNull();
    token = body.access_token;
  });
  afterAll(() => org.close());

  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown; usage: string | null }> => {
    const response = await fetch(`${org.url}/services/data/v66.0/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      usage: response.headers.get('sforce-limit-info'),
    };
  };
  const query = (soql: string): string => `query?q=${encodeURIComponent(soql)}`;
  const score = (n: number, more: object = {}): object => ({
    attributes: { type: 'Health_Score__c' },
    Account__c: accountId(n),
    Score_Key__c: `${accountId(n)}:2026-10`,
    ...more,
  });

  it.each([
    ['GET', 'sobjects', undefined, 200, 'DescribeGlobal'],
    ['GET', 'sobjects/Account/describe', undefined, 200, 'DescribeSObject'],
    ['GET', 'sobjects/Health_Score__c/describe', undefined, 200, 'DescribeSObject'],
    ['GET', 'sobjects/Nope__c/describe', undefined, 404, 'ErrorList'],
    ['GET', query('SELECT Id, Name, Owner.Name FROM Account'), undefined, 200, 'QueryResult'],
    ['GET', query('SELECT COUNT() FROM Account'), undefined, 200, 'QueryResult'],
    [
      'GET',
      query('SELECT Name, (SELECT Id FROM Health_Scores__r) FROM Account'),
      undefined,
      200,
      'QueryResult',
    ],
    [
      'GET',
      query('SELECT Health_Segment__c, COUNT(Id) n FROM Account GROUP BY Health_Segment__c'),
      undefined,
      200,
      'QueryResult',
    ],
    ['GET', query('SELECT Nope FROM Account'), undefined, 400, 'ErrorList'],
    ['GET', 'query/01g000000000001AAA-2000', undefined, 200, 'QueryResult'],
    ['GET', 'query/01g000000000099AAA-2000', undefined, 400, 'ErrorList'],
    ['GET', 'query', undefined, 400, 'ErrorList'],
    [
      'PATCH',
      'composite/sobjects/Health_Score__c/Score_Key__c',
      { records: [score(1), score(2, { Tier__c: 'x' })] },
      200,
      'UpsertResult',
    ],
    ['PATCH', 'composite/sobjects/Health_Score__c/Nope__c', { records: [] }, 400, 'ErrorList'],
    [
      'PATCH',
      'composite/sobjects/Health_Score__c/Score_Key__c',
      { records: [score(1, { Id: accountId(1) })] },
      400,
      'ErrorList',
    ],
    [
      'PATCH',
      'composite/sobjects/Health_Score__c/Score_Key__c',
      { records: [score(1, { Nope__c: 1 })] },
      400,
      'ErrorList',
    ],
    [
      'POST',
      'composite/sobjects',
      { records: [{ attributes: { type: 'Account' }, Name: 'New' }] },
      200,
      'SaveResult',
    ],
    [
      'PATCH',
      'composite/sobjects',
      { records: [{ attributes: { type: 'Account' }, Id: accountId(1), Name: 'Other' }] },
      200,
      'SaveResult',
    ],
    [
      'PATCH',
      `sobjects/Health_Score__c/Score_Key__c/${accountId(5)}:2026-10`,
      { Account__c: accountId(5) },
      201,
      'UpsertResult',
    ],
    [
      'PATCH',
      `sobjects/Health_Score__c/Score_Key__c/${accountId(5)}%3A2026-10`,
      { Final__c: true },
      200,
      'UpsertResult',
    ],
    [
      'PATCH',
      'sobjects/Health_Score__c/Score_Key__c/x',
      { Account__c: accountId(5), Tier__c: 'x' },
      400,
      'ErrorList',
    ],
    ['POST', 'sobjects/Account', { Nam: 'x' }, 400, 'ErrorList'],
    ['GET', `sobjects/Account/${accountId(99_999)}`, undefined, 404, 'ErrorList'],
    ['GET', 'nothing/here', undefined, 404, 'ErrorList'],
  ])('%s %s', async (method, path, body, status, schema) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(problems(schema, answer.body)).toBeNull();
    expect(answer.usage).toMatch(/^api-usage=\d+\/100000$/);
  });

  it('answers the parts of a composite each on its own, and fills in earlier answers', async () => {
    const part = (method: string, url: string, referenceId: string, body?: unknown): object => ({
      method,
      url: `/services/data/v66.0/${url}`,
      referenceId,
      ...(body === undefined ? {} : { body }),
    });
    const { body } = await call('POST', 'composite', {
      compositeRequest: [
        part('POST', 'sobjects/Account', 'made', { Name: 'Made here' }),
        part('GET', 'sobjects/Account/@{made.id}?fields=Name', 'read'),
        part('GET', query('SELECT Nope FROM Account'), 'bad'),
      ],
    });
    const { compositeResponse } = body as { compositeResponse: { httpStatusCode: number; body: unknown }[] };
    expect(compositeResponse.map((one) => one.httpStatusCode)).toEqual([201, 200, 400]);
    expect(compositeResponse[1]?.body).toMatchObject({ Name: 'Made here' });
  });

  it('describes bulk jobs as the contract has them', async () => {
    const ingest = await call('POST', 'jobs/ingest', { object: 'Account', operation: 'insert' });
    expect(problems('IngestJob', ingest.body)).toBeNull();
    const { id } = ingest.body as { id: string };
    expect(
      problems('IngestJob', (await call('PATCH', `jobs/ingest/${id}`, { state: 'Aborted' })).body),
    ).toBeNull();
    expect(
      problems('ErrorList', (await call('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' })).body),
    ).toBeNull();
    const query_ = await call('POST', 'jobs/query', { operation: 'query', query: 'SELECT Id FROM Account' });
    expect(problems('QueryJob', query_.body)).toBeNull();
    expect((await call('GET', 'jobs/ingest/750000000000099AAA')).status).toBe(404);
  });

  it.each([
    ['GET', 'tooling/query?q=SELECT+Id+FROM+ApexClass', 404],
    ['GET', 'process/approvals', 404],
    ['POST', 'composite/graph', 501],
    ['POST', 'composite/batch', 501],
    ['GET', 'chatter/feeds/news/me/feed-elements', 404],
    ['POST', 'metadata/retrieveRequest', 501],
    ['PUT', `sobjects/Account/${accountId(1)}`, 501],
    ['GET', 'ui-api/layout/Account', 501],
    ['GET', query('SELECT toLabel(Type) FROM Account'), 501],
  ])('refuses what it lists as refused: %s %s', async (method, path, status) => {
    const answer = await call(method, path, method === 'POST' ? {} : undefined);
    expect(answer.status).toBe(status);
    expect(problems('ErrorList', answer.body)).toBeNull();
  });

  it('says in three lists what becomes of each feature and metadata type', () => {
    const { executed, kept, refused } = PROTOCOLS;
    expect(new Set([...executed, ...kept, ...refused]).size).toBe(
      executed.length + kept.length + refused.length,
    );
    expect([...EXECUTED].filter((type) => KEPT.has(type))).toEqual([]);
    expect([treatmentOf('CustomField'), treatmentOf('Dashboard'), treatmentOf('SharingRules')]).toEqual([
      'executed',
      'kept',
      'refused',
    ]);
  });

  it('lists its versions without a token', async () => {
    const response = await fetch(`${org.url}/services/data`);
    const list = (await response.json()) as { label: string; version: string }[];
    expect(list.find((version) => version.version === '66.0')?.label).toBe("Spring '26");
    expect(list.at(-1)).toMatchObject({ label: "Winter '27", version: '68.0' });
  });

  it('checks what it says against a contract that can fail', () => {
    expect(problems('ErrorList', [{ message: 'no code' }])).not.toBeNull();
  });
});
