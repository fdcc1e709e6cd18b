import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCallCounter } from '../../node-scorer/src/http/calls.ts';
import { makeRetryBudget } from '../../node-scorer/src/http/retry-budget.ts';
import { connectSalesforce, type Salesforce } from '../../node-scorer/src/http/salesforce.ts';
import { makeAttempt } from '../../node-scorer/src/http/send.ts';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: unknown;
}
type Answers = Readonly<Record<string, readonly Answer[]>>;

let server: Server | undefined;
let asked: string[];
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/**
 * An org that answers by a list: each call takes the next answer of the first name that its `METHOD path` holds, and the
 * last one for ever.
 */
async function org(
  answers: Answers,
  options: { bulkQueryAbove?: number; method?: 'soap' } = {},
): Promise<Salesforce> {
  const counts = new Map<string, number>();
  asked = [];
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const line = `${request.method ?? ''} ${request.url ?? ''}`;
      asked.push(line);
      const name = Object.keys(answers).find((each) => line.includes(each));
      const token = { access_token: 't', instance_url: url, id: `${url}/id/00D1/0051`, token_type: 'Bearer' };
      const n = counts.get(name ?? '') ?? 0;
      counts.set(name ?? '', n + 1);
      const list = name === undefined ? undefined : answers[name];
      const {
        status = 200,
        type = 'application/json',
        body,
      } = list?.[Math.min(n, list.length - 1)] ??
      (line.includes('oauth2/token')
        ? { body: token }
        : { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'no' }] });
      response.writeHead(status, { 'content-type': type });
      response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return connectSalesforce({
    credentials:
      options.method === 'soap'
        ? { method: 'soap', loginUrl: url, username: 'u', password: 'p' }
        : { method: 'client_credentials', loginUrl: url, clientId: 'client', clientSecret: 'planted-secret' },
    ...(options.bulkQueryAbove === undefined ? {} : { bulkQueryAbove: options.bulkQueryAbove }),
    attempt: makeAttempt(),
    calls: makeCallCounter(),
    retries: makeRetryBudget(),
    now: () => 0,
    random: () => 0.5,
    sleep: () => Promise.resolve(),
  });
}

const ROWS = [{ Id: '001000000000001AAA' }, { Id: '001000000000002AAA' }];
const WHOLE = { body: { totalSize: 2, done: true, records: ROWS } };
const NEXT = '/services/data/v66.0/query/01g000000000001AAA-2000';
const refusal = (errorCode: string, status = 400): Answer => ({
  status,
  body: [{ errorCode, message: `no (this; time)` }],
});

/** What is no answer to a query, or one that contradicts itself. */
const FAILED: Readonly<Record<string, readonly Answer[]>> = {
  'an empty object': [{ body: {} }],
  'an empty list': [{ body: [] }],
  'nothing at all': [{ status: 204, body: undefined }],
  'an empty body': [{ body: undefined }],
  'a time-out': [{ status: 408, body: 'Request Timeout', type: 'text/plain' }],
  'a page of a proxy': [{ body: '<html>Sign in to the network</html>', type: 'text/html' }],
  'a word': [{ body: 'null' }],
  'another schema': [{ body: { totalSize: '2', done: true, records: ROWS } }],
  'rows that are none': [{ body: { totalSize: 2, done: true, records: [null, 'x'] } }],
  'no rows': [{ body: { totalSize: 2, done: true, records: null } }],
  'fewer rows than it counted': [{ body: { totalSize: 3, done: true, records: ROWS } }],
  'more rows than it counted': [{ body: { totalSize: 1, done: true, records: ROWS } }],
  'an end without its mark': [{ body: { totalSize: 2, done: false, records: ROWS } }],
  'two marks that disagree': [{ body: { totalSize: 2, done: true, records: ROWS, nextRecordsUrl: NEXT } }],
  'a next page elsewhere': [
    {
      body: { totalSize: 4, done: false, records: ROWS, nextRecordsUrl: 'https://elsewhere.example/query/x' },
    },
  ],
  'the same page again and again': [
    { body: { totalSize: 9, done: false, records: ROWS, nextRecordsUrl: NEXT } },
  ],
  'one record twice in place of two': [{ body: { totalSize: 2, done: true, records: [ROWS[0], ROWS[0]] } }],
  'a query that took too long': [refusal('QUERY_TIMEOUT')],
  'a query that is too complicated': [refusal('QUERY_TOO_COMPLICATED')],
  'a query that is too large': [refusal('OPERATION_TOO_LARGE')],
  'a day without calls left': [refusal('REQUEST_LIMIT_EXCEEDED', 403)],
  'a cursor that is gone': [refusal('INVALID_QUERY_LOCATOR')],
};

describe('an answer to a query that is none', () => {
  it.each(Object.entries(FAILED))('%s is a failed read, after few calls', async (_what, list) => {
    const client = await org({ '/query': list });
    const error = await client.query('SELECT Id FROM Account').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ScorerError', kind: 'transient' });
    expect(String(error)).not.toMatch(/sources\.yaml and|html|planted/);
    expect(asked.length).toBeLessThanOrEqual(12);
  });

  it.each(Object.entries(FAILED).filter(([what]) => !/complicated|large|without calls/.test(what)))(
    '%s once is asked for again, from the beginning',
    async (_what, [once]) => {
      const client = await org({ '/query': [once as Answer, WHOLE] });
      expect(await client.query('SELECT Id FROM Account')).toEqual(ROWS);
    },
  );

  it('in the middle of the pages begins the query anew', async () => {
    const first = { body: { totalSize: 3, done: false, records: ROWS, nextRecordsUrl: NEXT } };
    const last = { body: { totalSize: 3, done: true, records: [{ Id: '001000000000003AAA' }] } };
    const client = await org({
      [`GET ${NEXT}`]: [refusal('INVALID_QUERY_LOCATOR'), last],
      '/query?q': [first],
    });
    expect(await client.query('SELECT Id FROM Account')).toHaveLength(3);
    expect(asked.filter((line) => line.includes('/query?q'))).toHaveLength(2);
  });

  it('by a query job of fewer rows than it counted is one too', async () => {
    const job = { id: '750000000000001AAA', state: 'JobComplete', numberRecordsProcessed: 3 };
    const client = await org(
      {
        '/query?q': [WHOLE],
        '/results': [{ body: 'Id\n1\n2\n', type: 'text/csv' }],
        'jobs/query': [{ body: job }],
      },
      { bulkQueryAbove: 1 },
    );
    await expect(client.query('SELECT Id FROM Case')).rejects.toMatchObject({
      code: 'SOURCE_UNEXPECTED',
      message: expect.stringContaining('found 2 rows, expected the 3') as string,
    });
  });
});

describe('an answer to describe that is none', () => {
  it.each([
    { body: {} },
    { body: [] },
    { status: 204, body: undefined },
    { body: { name: 'Account', queryable: true } },
  ])('%j is a failed read, and not remembered', async (answer) => {
    const right = { body: { name: 'Account', queryable: true, fields: [{ name: 'Id', type: 'id' }] } };
    const client = await org({ '/describe': [answer, answer, answer, right] });
    await expect(client.describe('Account')).rejects.toMatchObject({ kind: 'transient' });
    expect((await client.describe('Account'))?.fields.has('Id')).toBe(true);
  });

  it('of an API version that the org has not names the version', async () => {
    const answers = {
      'GET /services/data/v66.0': [refusal('NOT_FOUND', 404)],
      'GET /services/data': [{ body: [{ version: '58.0' }, { version: '64.0' }] }],
    };
    const client = await org(answers);
    for (const ask of [client.describe('Account'), client.query('SELECT Id FROM Account')])
      await expect(ask).rejects.toMatchObject({
        kind: 'config',
        message: expect.stringMatching(/API version 66\.0.*offers 58\.0 to 64\.0/) as string,
      });
  });

  it('of an object that the org has not is null', async () => {
    const client = await org({
      'GET /services/data/v66.0': [refusal('NOT_FOUND', 404)],
      'GET /services/data': [{ body: [{ version: '66.0' }] }],
    });
    expect(await client.describe('Nothing__c')).toBeNull();
  });
});

describe('signing in', () => {
  it.each([
    [{ body: {} }],
    [{ body: [] }],
    [{ status: 204, body: undefined }],
    [{ body: { access_token: '', instance_url: 'http://127.0.0.1', id: 'x/y' } }],
    [{ body: { access_token: 't', id: 'x/y' } }],
    [{ status: 400, body: { error: 'invalid_grant', error_description: 'login rate exceeded' } }],
    [{ status: 400, body: { error: 'unknown_error', error_description: 'retry your request' } }],
  ])('with %j in answer is tried again later', async (answer) => {
    await expect(org({ 'oauth2/token': [answer] })).rejects.toMatchObject({ kind: 'transient' });
    expect(asked.length).toBeLessThanOrEqual(9);
  });

  it('by SOAP that is switched off says the whole sentence', async () => {
    const sentence =
      'SOAP API login() is disabled by default in this org; exceptions (by request) end soon. See the help.';
    const fault = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault><faultcode>INVALID_OPERATION</faultcode><faultstring>INVALID_OPERATION: ${sentence}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
    await expect(
      org({ '/services/Soap': [{ status: 500, type: 'text/xml', body: fault }] }, { method: 'soap' }),
    ).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining(sentence) as string });
    expect(asked).toHaveLength(1);
  });
});

describe('results of a write', () => {
  const records = Array.from({ length: 3 }, (_, n) => ({ Score_Key__c: `k${n}`, Tier__c: null }));
  const ok = (n: number) => ({ id: `a0000000000000${n}AAA`, success: true, errors: [] });

  it.each([
    ['fewer than were sent', [ok(1), ok(2)]],
    ['more than were sent', [ok(1), ok(2), ok(3), ok(4)]],
    ['none', []],
    ['that are no results', {}],
    ['without a verdict', [{ id: null }, ok(2), ok(3)]],
  ])('%s are dealt out to nobody', async (_what, body) => {
    const client = await org({ 'composite/sobjects': [{ body }] });
    const results = await client.save('Health_Score__c', 'Score_Key__c', records);
    expect(results.map(({ success, errors }) => [success, errors.length])).toEqual(
      records.map(() => [false, 1]),
    );
    expect(results[0]?.errors[0]).toMatch(/^SOURCE_UNEXPECTED: /);
  });

  it('of fewer once are asked for again, since a key writes the same record', async () => {
    const client = await org({
      'composite/sobjects': [{ body: [ok(1)] }, { body: [ok(1), ok(2), ok(3)] }],
    });
    expect(await client.save('Health_Score__c', 'Score_Key__c', records)).toHaveLength(3);
  });

  it('of an update for other records are dealt out to nobody', async () => {
    const client = await org({
      'composite/sobjects': [
        { body: [ok(2), ok(1)].map((each, n) => ({ ...each, id: `00100000000000${2 - n}AAA` })) },
      ],
    });
    const accounts = [{ Id: '001000000000001AAA' }, { Id: '001000000000002AAA' }];
    expect((await client.save('Account', 'Id', accounts)).every(({ success }) => !success)).toBe(true);
  });
});
