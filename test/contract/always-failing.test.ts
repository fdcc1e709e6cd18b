/** Servers that fail in one way and never stop: every client gives up, after few calls and little time. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import { intercomTransport } from '../../node-scorer/src/extract/intercom/index.ts';
import { detectEdition, makeJiraClient, jiraTransport } from '../../node-scorer/src/extract/jira/client.ts';
import { makeLookerSdk } from '../../node-scorer/src/extract/looker/index.ts';
import { makeRetryBudget } from '../../node-scorer/src/http/retry-budget.ts';
import { connectSalesforce } from '../../node-scorer/src/http/salesforce.ts';
import { answerJson, startScriptedServer, type Asked } from '../../node-scorer/src/http/scripted-server.ts';
import { makeAttempt, type Attempt } from '../../node-scorer/src/http/send.ts';
import { shippedSources, testRuntime } from './base.ts';
import { z } from 'zod';

const TOKEN = 'contract-token-0123456789';
const MINUTE = 60_000;
const HANGING = 'a hanging answer';
const json =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    answerJson(response, status, [{ errorCode: 'INVALID_SESSION_ID', message: 'no' }], headers);

type Failure = [string, (response: ServerResponse) => void];
const FAILURES: readonly Failure[] = [
  ...[401, 403, 404, 408, 429, 500, 503].map((status): Failure => [String(status), json(status)]),
  ['429 with Retry-After 58', json(429, { 'Retry-After': '58' })],
  ['503 with Retry-After 3600', json(503, { 'Retry-After': '3600' })],
  ['a connection that breaks', (response) => response.destroy()],
  [HANGING, () => undefined],
  ['an empty answer', (response) => response.writeHead(200).end()],
  ['HTML', (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>')],
];

const real = makeAttempt();
/** As it is, but for its patience with a server that hangs. */
const attemptFor =
  (patienceMs: number): Attempt =>
  (request) =>
    real({ ...request, deadlineMs: Math.min(request.deadlineMs, patienceMs) });

type Ask = (url: string, world: ReturnType<typeof worldOf>) => Promise<unknown>;

const worldOf = (patienceMs = 20_000) => {
  const runtime = testRuntime();
  let waited = 0;
  const sleep = (ms: number): Promise<void> => {
    waited += ms;
    return Promise.resolve();
  };
  return { ...runtime, sleep, attempt: attemptFor(patienceMs), waited: () => waited };
};

const salesforce = async (url: string, world: ReturnType<typeof worldOf>) =>
  connectSalesforce({
    credentials: { method: 'client_credentials', loginUrl: url, clientId: 'client', clientSecret: TOKEN },
    retries: makeRetryBudget(),
    ...world,
  });
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ Score_Key__c: `k${n}` }));

const CLIENTS: readonly [string, Ask][] = [
  [
    'Intercom',
    (url, world) =>
      intercomTransport({ token: TOKEN, baseUrl: url }, shippedSources().intercom, world).request({
        method: 'GET',
        path: '/me',
        endpoint: 'me',
        schema: z.looseObject({ id: z.string() }),
      }),
  ],
  [
    'Jira',
    async (url, world) => {
      const transport = jiraTransport({ baseUrl: url, email: 'a@b.example', token: TOKEN }, world);
      return makeJiraClient(transport, await detectEdition(transport)).myself();
    },
  ],
  [
    'Looker',
    async (url, world) => {
      const sdk = await makeLookerSdk({ baseUrl: url, clientId: 'client', clientSecret: TOKEN }, world);
      return sdk.runLook(1);
    },
  ],
  [
    'a query of Salesforce',
    async (url, world) => (await salesforce(url, world)).query('SELECT Id FROM Account'),
  ],
  [
    'a save to Salesforce',
    async (url, world) => (await salesforce(url, world)).save('S__c', 'Score_Key__c', rows(2)),
  ],
  [
    'a job of Salesforce',
    async (url, world) => (await salesforce(url, world)).save('S__c', 'Score_Key__c', rows(2_000)),
  ],
];

/** Lets everybody in. */
function signIn({ path }: Asked, response: ServerResponse, url: string): boolean {
  if (path.endsWith('/login'))
    answerJson(response, 200, { access_token: 't', token_type: 'Bearer', expires_in: 3_600 });
  else if (path.endsWith('/oauth2/token'))
    answerJson(response, 200, { access_token: '00D!t', instance_url: url, id: `${url}/id/00D/005` });
  else return false;
  return true;
}
const isSignIn = ({ path }: Asked): boolean => path.endsWith('/login') || path.endsWith('/oauth2/token');

describe.each(CLIENTS)('%s', (_client, ask) => {
  it.each(FAILURES)(
    'gives up on a server that lets us in and then always answers %s',
    async (what, fail) => {
      const world = worldOf(what === HANGING ? 200 : undefined);
      const server = await startScriptedServer((asked, response) => {
        if (!signIn(asked, response, server.url)) fail(response);
      });
      try {
        const outcome = await ask(server.url, world).catch((error: unknown) => error);
        // A save says of each record why it failed; everything else fails as a whole.
        if (Array.isArray(outcome)) {
          expect(outcome.some((each: { success: boolean }) => each.success)).toBe(false);
        } else expect(outcome).toBeInstanceOf(ScorerError);
        expect(server.asked.length).toBeLessThan(30);
        // A hanging one may keep even a sign-in waiting: those are tried again.
        if (what !== HANGING) expect(server.asked.filter(isSignIn).length).toBeLessThanOrEqual(2);
        expect(world.waited()).toBeLessThan(10 * MINUTE);
        if (what === '401') expect(outcome).toMatchObject({ code: 'SOURCE_REFUSED', kind: 'config' });
      } finally {
        await server.close();
      }
    },
    60_000,
  );
});
