import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOrg, startOrg } from 'local-org';
import type { RunningOrg } from 'local-org';
import { REGISTRATION, registration } from '../../scripts/generate/external-service.ts';
import { readFileSync } from 'node:fs';
import { restByFetch } from '../../scripts/connect/rest.ts';
import type { Rest } from '../../scripts/connect/rest.ts';
import { externalServiceDocument } from '../../node-scorer/src/service/openapi.ts';
import { CREDENTIALS, NOW } from '../org/org-fixture.ts';
import { METADATA } from './flow-world.ts';
import { namedCredentialInput } from '../../scripts/connect/named-credential-input.ts';

let org: RunningOrg;
let rest: Rest;
beforeEach(async () => {
  org = await startOrg({ metadataDirs: METADATA, clock: () => NOW, ...CREDENTIALS });
  rest = restByFetch(org.url, () => org.sessions.issue(org.org.adminId));
});
afterEach(() => org.close());

const API = '/services/data/v66.0/named-credentials';
const WHO = { externalCredential: 'Node_Scorer', principalName: 'Scorer', principalType: 'NamedPrincipal' };
const filled = (values: Record<string, string>) => ({
  ...WHO,
  authenticationProtocol: 'Custom',
  credentials: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, encrypted: true }]),
  ),
});
const QUERY = new URLSearchParams(WHO).toString();

describe('filling a principal over the Connect API', () => {
  it('begins empty, is filled once, then exchanged', async () => {
    expect(await rest('GET', `${API}/credential?${QUERY}`)).toMatchObject({
      status: 200,
      body: { authenticationStatus: 'NotConfigured', credentials: {} },
    });
    expect(await rest('PUT', `${API}/credential`, filled({ Token: 'a' }))).toMatchObject({ status: 404 });
    expect(await rest('POST', `${API}/credential`, filled({ Token: 'a' }))).toMatchObject({ status: 201 });
    expect(await rest('POST', `${API}/credential`, filled({ Token: 'b' }))).toMatchObject({ status: 400 });
    expect(await rest('PATCH', `${API}/credential`, filled({ Other: 'c' }))).toMatchObject({
      body: { credentials: { Token: { revision: 1 }, Other: { revision: 1 } } },
    });
    expect(await rest('PUT', `${API}/credential`, filled({ Token: 'd' }))).toMatchObject({
      body: { credentials: { Token: { encrypted: true, revision: 2 } } },
    });
    const { body } = await rest('GET', `${API}/credential?${QUERY}`);
    expect(Object.keys((body as { credentials: object }).credentials)).toEqual(['Token']);
  });

  it.each([
    ['a principal that does not exist', { ...filled({ Token: 'a' }), principalName: 'Nobody' }, 404],
    ['another protocol', { ...filled({ Token: 'a' }), authenticationProtocol: 'Oauth' }, 400],
    ['a principal of each user', { ...filled({ Token: 'a' }), principalType: 'PerUserPrincipal' }, 400],
    ['an empty value', filled({ Token: '' }), 400],
    ['nothing at all', {}, 400],
  ])('refuses %s', async (_what, body, status) => {
    expect(await rest('POST', `${API}/credential`, body)).toMatchObject({ status });
  });
});

describe('the address of a named credential', () => {
  const PATH = `${API}/named-credential-setup/Node_Scorer`;

  it('is a placeholder that answers nobody, until it is set', async () => {
    const { body } = await rest('GET', PATH);
    expect(body).toMatchObject({ calloutUrl: 'https://scorer.example.com', type: 'SecuredEndpoint' });
    const next = { ...namedCredentialInput(body as object), calloutUrl: 'https://scorer.example.org' };
    expect(await rest('PUT', PATH, next)).toMatchObject({
      status: 200,
      body: { calloutUrl: 'https://scorer.example.org' },
    });
  });

  it.each(['http://scorer.example.org', 'https://scorer.example.org/v1', 'ftp://scorer', 7])(
    'is never %s',
    async (calloutUrl) => {
      const { body } = await rest('GET', PATH);
      const next = { ...namedCredentialInput(body as object), calloutUrl };
      expect(await rest('PUT', PATH, next)).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_INPUT' }],
      });
    },
  );

  it('is refused without the parts that the API requires', async () => {
    expect(await rest('PUT', PATH, { calloutUrl: 'https://scorer.example.org' })).toMatchObject({
      status: 400,
    });
    expect(await rest('GET', `${API}/named-credential-setup/Nope`)).toMatchObject({ status: 404 });
    expect(await rest('GET', `${API}/external-credentials`)).toMatchObject({ status: 501 });
  });
});

describe('the registration of the service', () => {
  it('is what the service says of itself', () => {
    expect(readFileSync(REGISTRATION, 'utf8')).toBe(registration());
  });

  it('holds what External Services take: one operation, text and booleans in the query, 202 alone', () => {
    const document = externalServiceDocument();
    expect(document.openapi).toBe('3.0.3');
    const { post } = document.paths['/v1/runs'];
    expect(post.operationId).toBe('startRun');
    expect(Object.keys(post.responses)).toEqual(['202']);
    expect(
      post.parameters.map(
        ({ name, in: place, required, schema }) => `${place} ${name} ${schema.type} ${required}`,
      ),
    ).toEqual([
      'query period string false',
      'query accountId string false',
      'query mode string false',
      'query dryRun boolean false',
      'query force boolean false',
      'query confirm string false',
    ]);
    expect(JSON.stringify(document)).not.toMatch(/"enum"|"number"|"pattern"|\$ref|"default"/);
  });
});

describe('credentials that the simulation does not model', () => {
  it.each([
    [
      'externalCredentials/Node_Scorer.externalCredential-meta.xml',
      '>Custom<',
      '>Oauth<',
      'Oauth is not modelled',
    ],
    [
      'externalCredentials/Node_Scorer.externalCredential-meta.xml',
      '>NamedPrincipal<',
      '>PerUserPrincipal<',
      'PerUserPrincipal is not modelled',
    ],
    [
      'namedCredentials/Node_Scorer.namedCredential-meta.xml',
      '>SecuredEndpoint<',
      '>PrivateEndpoint<',
      'PrivateEndpoint is not modelled',
    ],
    [
      'externalServiceRegistrations/NodeScorer.externalServiceRegistration-meta.xml',
      '"in": "query"',
      '"in": "header"',
      'in header of type string is not modelled',
    ],
  ])('are refused by name: %s with %s as %s', (file, from, to, words) => {
    const text = readFileSync(`force-app/main/default/${file}`, 'utf8');
    expect(text).toContain(from);
    const other = openOrg({ metadataDirs: METADATA, clock: () => NOW });
    const { success, messages } = other.deploy(
      new Map([
        ['package.xml', Buffer.from('<Package><version>66.0</version></Package>')],
        [file, Buffer.from(text.replace(from, to))],
      ]),
      { checkOnly: true },
    );
    other.close();
    expect(success).toBe(false);
    expect(messages.map((message) => message.problem?.text).join()).toContain(words);
  });
});
