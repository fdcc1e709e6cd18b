import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readEnvironment } from '../config/environment.ts';
import { ScorerError } from '../errors.ts';
import { intercomTransport } from '../extract/intercom/client.ts';
import { jiraTransport } from '../extract/jira/client.ts';
import { makeLookerSdk } from '../extract/looker/sdk.ts';
import { makeCallCounter } from './calls.ts';
import { makeCertificate, type Certificate } from './certificate-in-test.ts';
import { makeRetryBudget } from './retry-budget.ts';
import { connectSalesforce } from './salesforce.ts';
import { answerJson, startScriptedServer } from './scripted-server.ts';
import { makeAttempt } from './send.ts';
import { unreachable } from './unreachable.ts';

const closing: (() => Promise<unknown>)[] = [];
const trusted = getCACertificates('default');
afterEach(async () => {
  setDefaultCACertificates(trusted);
  await Promise.all(closing.splice(0).map((close) => close()));
});

const runtime = () => ({
  calls: makeCallCounter(),
  now: Date.now,
  sleep: () => Promise.resolve(),
  random: () => 0.5,
});

/** An address where nothing listens. */
async function closedPort(): Promise<string> {
  const server = await startScriptedServer(() => undefined);
  await server.close();
  return server.url;
}

/** A server with that certificate, as `localhost`. */
async function secure({ cert, key }: Certificate): Promise<string> {
  const server = createServer({ cert, key }, (_asked, response) => answerJson(response, 200, {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

const salesforceAt = (variables: Readonly<Record<string, string>>) => {
  const { salesforce: credentials } = readEnvironment(variables);
  if (credentials === null) throw new Error('found no credentials');
  return connectSalesforce({
    credentials,
    attempt: makeAttempt(),
    retries: makeRetryBudget(),
    ...runtime(),
  });
};

const CALL = { method: 'GET', path: '/x', endpoint: 'x', schema: z.unknown() } as const;
const intercomAt = (baseUrl: string) =>
  intercomTransport({ token: 't', baseUrl }, { api_version: '2.13', base_url: baseUrl }, runtime());

/** The first contact with each source, and where its address is written. */
const FIRST: Readonly<Record<string, readonly [string, (url: string) => Promise<unknown>]>> = {
  Intercom: ['INTERCOM_BASE_URL', (url) => intercomAt(url).request(CALL)],
  Jira: ['JIRA_BASE_URL', (baseUrl) => jiraTransport({ baseUrl, pat: 'p' }, runtime()).request(CALL)],
  Looker: [
    'LOOKER_BASE_URL',
    async (baseUrl) =>
      (await makeLookerSdk({ baseUrl, clientId: 'c', clientSecret: 's' }, runtime())).login(),
  ],
  'Salesforce by client credentials': [
    'SF_LOGIN_URL',
    (url) => salesforceAt({ SF_LOGIN_URL: url, SF_CLIENT_ID: 'c', SF_CLIENT_SECRET: 's' }),
  ],
  'Salesforce by access token': [
    'SF_INSTANCE_URL',
    async (url) =>
      (await salesforceAt({ SF_INSTANCE_URL: url, SF_ACCESS_TOKEN: 'a' })).query('SELECT Id FROM Account'),
  ],
  'Salesforce by SOAP': [
    'SF_LOGIN_URL or SF_DOMAIN',
    (url) => salesforceAt({ SF_LOGIN_URL: url, SF_USERNAME: 'u', SF_PASSWORD: 'p' }),
  ],
};

async function errorOf(work: Promise<unknown>): Promise<ScorerError> {
  const error: unknown = await work.then(
    () => expect.fail('expected an error'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ScorerError);
  return error as ScorerError;
}

describe.each(Object.entries(FIRST))('the first contact with %s', (_, [variable, contact]) => {
  it('at a host that does not exist names host and variable, for a person', async () => {
    const { code, kind, message } = await errorOf(contact('https://nosuch.invalid'));
    expect([code, kind]).toEqual(['SOURCE_UNREACHABLE', 'config']);
    expect(message).toMatch(
      /host nosuch\.invalid: (ENOTFOUND|EAI_AGAIN), no such host is known \(\d tries\)/,
    );
    expect(message).toContain(`check ${variable} for a typo`);
  });

  it('at a closed port names host, port and variable', async () => {
    const url = await closedPort();
    const { code, message } = await errorOf(contact(url));
    expect(code).toBe('SOURCE_UNREACHABLE');
    expect(message).toContain(`host ${new URL(url).host}: ECONNREFUSED`);
    expect(message).toContain(`check host and port in ${variable}`);
  });

  it('behind a certificate of its own names NODE_EXTRA_CA_CERTS', async () => {
    const url = await secure(makeCertificate({ host: 'localhost' }));
    const { code, message } = await errorOf(contact(url));
    expect(code).toBe('SOURCE_UNREACHABLE');
    expect(message).toContain(`host ${new URL(url).host}: DEPTH_ZERO_SELF_SIGNED_CERT`);
    expect(message).toContain(`check ${variable} and the certificate`);
    expect(message).toContain('NODE_EXTRA_CA_CERTS');
  });
});

describe('a certificate', () => {
  const authority = makeCertificate({ host: 'Company Root' });

  it('of an authority that nobody named is not trusted, and of one that is named it is', async () => {
    const url = await secure(makeCertificate({ host: 'localhost', by: authority }));
    const { code, message } = await errorOf(intercomAt(url).request(CALL));
    expect([code, /UNABLE_TO_\w+/.test(message)]).toEqual(['SOURCE_UNREACHABLE', true]);
    setDefaultCACertificates([...trusted, authority.cert]);
    expect(await intercomAt(url).request(CALL)).toEqual({});
  });

  it.each([
    ['that has ended', { host: 'localhost', endsInDays: -2 }, 'CERT_HAS_EXPIRED'],
    ['of another host', { host: 'elsewhere.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that has not begun', { host: 'localhost', endsInDays: 60 }, 'CERT_NOT_YET_VALID'],
  ])('%s is a setting too', async (_, wanted, expected) => {
    setDefaultCACertificates([...trusted, authority.cert]);
    const url = await secure(makeCertificate({ ...wanted, by: authority }));
    const { code, message } = await errorOf(intercomAt(url).request(CALL));
    expect(code).toBe('SOURCE_UNREACHABLE');
    expect(message).toContain(expected);
  });

  it('is not asked of a server that speaks no TLS', async () => {
    const server = await startScriptedServer((_asked, response) => answerJson(response, 200, {}));
    closing.push(() => server.close());
    const { code, message } = await errorOf(intercomAt(server.url.replace('http:', 'https:')).request(CALL));
    expect(code).toBe('SOURCE_UNREACHABLE');
    expect(message).toContain('check http or https');
  });
});

describe('a source that has answered in this run', () => {
  it('and then is gone is down, not a setting', async () => {
    const server = await startScriptedServer((_asked, response) => answerJson(response, 503, {}));
    const transport = intercomAt(server.url);
    expect(await errorOf(transport.request(CALL))).toMatchObject({ code: 'SOURCE_DOWN' });
    await server.close();
    const { code, kind, message } = await errorOf(transport.request(CALL));
    expect([code, kind]).toEqual(['SOURCE_DOWN', 'transient']);
    expect(message).toContain('ECONNREFUSED');
  });

  it('is Looker after its sign-in', async () => {
    const server = await startScriptedServer((_asked, response) =>
      answerJson(response, 200, { access_token: 't', token_type: 'Bearer', expires_in: 3_600 }),
    );
    const credentials = { baseUrl: server.url, clientId: 'c', clientSecret: 's' };
    const sdk = await makeLookerSdk(credentials, runtime());
    await sdk.login();
    await server.close();
    expect(await errorOf(sdk.look(1))).toMatchObject({ code: 'SOURCE_DOWN' });
  });

  it('is an org after its sign-in', async () => {
    const server = await startScriptedServer((_asked, response) =>
      answerJson(response, 200, {
        access_token: 't',
        instance_url: server.url,
        id: `${server.url}/id/00D/005`,
      }),
    );
    const org = await salesforceAt({ SF_LOGIN_URL: server.url, SF_CLIENT_ID: 'c', SF_CLIENT_SECRET: 's' });
    await server.close();
    expect(await errorOf(org.describe('Account'))).toMatchObject({ code: 'SOURCE_DOWN' });
  });
});

it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'connection failed', 'status 503'])(
  '%s passes by itself',
  (code) => {
    const url = 'https://example.com/x';
    expect(unreachable({ where: 'Jira: GET /x', code, url, variable: 'JIRA_BASE_URL', tries: 4 })).toBeNull();
  },
);
