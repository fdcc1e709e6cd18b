/** Every call that a contract file describes is modelled by the stand-in of its vendor, or refused by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import { startIntercom } from '../../sandbox/intercom/server.ts';
import { startJira } from '../../sandbox/jira/server.ts';
import { startLooker } from '../../sandbox/looker/server.ts';
import { makeBase, NOW } from './base.ts';

const TOKEN = 'contract-token-0123456789';
const EMAIL = 'health@example.com';
const BASE = makeBase(20, 3);
const clock = (): number => NOW;

let running: StandIn | undefined;
afterEach(() => running?.close());

interface Case {
  readonly vendor: string;
  readonly file: string;
  readonly prefix: string;
  readonly start: () => Promise<StandIn>;
  readonly signIn: (url: string) => Promise<string> | string;
  /** How the stand-in answers an address that neither it nor the vendor knows. */
  readonly unknown: (said: Said) => boolean;
  /** What the vendor has and the stand-in refuses. */
  readonly refused: readonly string[];
}

interface Said {
  readonly status: number;
  readonly text: string;
}

async function signInToLooker(url: string): Promise<string> {
  const body = new URLSearchParams({ client_id: 'contract-client', client_secret: TOKEN });
  const answer = await fetch(`${url}/api/4.0/login`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return `Bearer ${token}`;
}

const CASES: readonly Case[] = [
  {
    vendor: 'Intercom',
    file: 'intercom/openapi-2.16.trimmed.json',
    prefix: '',
    start: () => startIntercom({ base: BASE, clock, token: TOKEN }),
    signIn: () => `Bearer ${TOKEN}`,
    unknown: ({ text }) => text.includes('is not an address that this stand-in models'),
    refused: ['GET /conversations', 'GET /conversations/deleted'],
  },
  {
    vendor: 'Jira Cloud',
    file: 'jira/openapi-cloud-v3.trimmed.json',
    prefix: '',
    start: () => startJira({ base: BASE, clock, email: EMAIL, token: TOKEN }),
    signIn: () => `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}`,
    unknown: ({ status, text }) => status === 501 || text.includes('null for uri'),
    refused: ['POST /rest/api/3/jql/parse'],
  },
  {
    vendor: 'Jira Data Center',
    file: 'jira/openapi-datacenter-v2.subset.json',
    prefix: '',
    start: () => startJira({ base: BASE, clock, edition: 'datacenter', pat: TOKEN }),
    signIn: () => `Bearer ${TOKEN}`,
    unknown: ({ text }) => text.includes('null for uri'),
    refused: [],
  },
  {
    vendor: 'Looker',
    file: 'looker/openapi-4.0.trimmed.json',
    prefix: '/api/4.0',
    start: () => startLooker({ base: BASE, clock, clientId: 'contract-client', clientSecret: TOKEN }),
    signIn: signInToLooker,
    // The address of its manual page names the call, where there is such a call.
    unknown: ({ text }) => text.includes('/err/4.0/404/"'),
    refused: [],
  },
];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const operationsOf = (file: string): { method: string; path: string }[] => {
  const { paths } = JSON.parse(readFileSync(join(import.meta.dirname, '../contracts', file), 'utf8')) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => METHODS.includes(method))
      .map((method) => ({ method: method.toUpperCase(), path })),
  );
};

describe.each(CASES)('The stand-in of $vendor', ({ file, prefix, start, signIn, unknown, refused }) => {
  it('models every call of the contract file but those that it refuses by name', async () => {
    running = await start();
    const { url } = running;
    const ask = async (method: string, path: string): Promise<Said> => {
      const answer = await fetch(url + prefix + path.replaceAll(/\{\w+\}/g, '1'), {
        method,
        // Signed in anew each time: one of the calls signs out.
        headers: { Authorization: await signIn(url), 'Content-Type': 'application/json' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
      return { status: answer.status, text: await answer.text() };
    };
    expect(unknown(await ask('GET', '/no/such/address'))).toBe(true);
    const found: string[] = [];
    const operations = operationsOf(file);
    for (const { method, path } of operations) {
      if (unknown(await ask(method, path))) found.push(`${method} ${path}`);
    }
    expect(operations.length).toBeGreaterThan(3);
    expect(found.toSorted()).toEqual(refused.toSorted());
  });
});

it('A question about JQL itself is refused as not modelled, and not as unknown to Jira', async () => {
  running = await startJira({ base: BASE, clock, email: EMAIL, token: TOKEN });
  const answer = await fetch(`${running.url}/rest/api/3/jql/parse`, { method: 'POST', body: '{}' });
  expect(answer.status).toBe(501);
  expect(await answer.json()).toMatchObject({
    errorMessages: ['This stand-in does not model POST jql/parse.'],
  });
});
