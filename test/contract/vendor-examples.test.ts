/** The vendors' own examples, from their descriptions of their APIs, go through our schemas and parsers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeIntercomClient } from '../../node-scorer/src/extract/intercom/client.ts';
import { parseConversation } from '../../node-scorer/src/extract/intercom/parse.ts';
import { makeJiraClient } from '../../node-scorer/src/extract/jira/client.ts';
import { parseMoves } from '../../node-scorer/src/extract/jira/moves.ts';
import { scriptedTransport } from '../../node-scorer/src/http/scripted-transport.ts';
import { shippedSources } from './base.ts';

interface Media {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Description {
  readonly paths: Record<
    string,
    Record<string, { readonly responses: Record<string, { readonly content?: Record<string, Media> }> }>
  >;
}

const description = (file: string): Description =>
  JSON.parse(readFileSync(new URL(`../contracts/${file}`, import.meta.url), 'utf8')) as Description;

/** Every example of a good answer to a call; there has to be one. */
function examples(file: string, method: string, path: string): unknown[] {
  const media = Object.values(description(file).paths[path]?.[method]?.responses['200']?.content ?? {});
  const found = media.flatMap(({ example, examples: named = {} }) => [
    ...(example === undefined ? [] : [example]),
    ...Object.values(named).map(({ value }) => value),
  ]);
  if (found.length === 0) throw new Error(`${file} holds no example of ${method} ${path}`);
  return found;
}

describe.each(['intercom/openapi-2.15.trimmed.json', 'intercom/openapi-2.16.trimmed.json'])('%s', (file) => {
  const client = (answer: unknown) =>
    makeIntercomClient(
      scriptedTransport(() => answer),
      '2.16',
    );

  it('tells who we are', async () => {
    for (const me of examples(file, 'get', '/me')) await expect(client(me).me()).resolves.toBeUndefined();
  });

  it('has searches whose conversations can all be read', async () => {
    for (const answer of examples(file, 'post', '/conversations/search')) {
      const page = await client(answer).search({ from: 0, to: 1 }, null);
      expect(page.conversations.length).toBeGreaterThan(0);
      for (const conversation of page.conversations) {
        expect(parseConversation(conversation, shippedSources().intercom)).toHaveProperty('conversation');
      }
    }
  });

  it('has contacts and their companies', async () => {
    for (const contact of examples(file, 'get', '/contacts/{contact_id}')) {
      expect(await client(contact).contactCompanies('1')).toEqual(expect.any(Array));
    }
    for (const answer of examples(file, 'get', '/contacts/{contact_id}/companies')) {
      expect(await client(answer).attachedCompanies('1')).toEqual([
        expect.objectContaining({
          id: expect.any(String) as string,
          company_id: expect.any(String) as string,
        }),
      ]);
    }
  });
});

describe('jira/openapi-cloud-v3.trimmed.json', () => {
  const file = 'jira/openapi-cloud-v3.trimmed.json';
  const api = '/rest/api/3';
  const client = (answer: unknown) =>
    makeJiraClient(
      scriptedTransport(() => answer),
      'cloud',
    );

  it('tells who we are', async () => {
    for (const me of examples(file, 'get', `${api}/myself`))
      await expect(client(me).myself()).resolves.toBeUndefined();
  });

  it('has statuses with categories', async () => {
    for (const answer of examples(file, 'get', `${api}/status`)) {
      expect((await client(answer).statuses()).length).toBeGreaterThan(0);
    }
  });

  it('has projects and components', async () => {
    for (const answer of examples(file, 'get', `${api}/project/search`)) {
      // The example is the first page of several.
      const last = { ...(answer as { values: unknown[] }), isLast: true, total: undefined };
      expect((await client(last).visibleProjects(['EX'])).size).toBeGreaterThan(0);
    }
    for (const answer of examples(file, 'get', `${api}/project/{projectIdOrKey}/components`)) {
      expect((await client(answer).components('EX')).length).toBeGreaterThan(0);
    }
  });

  it('has a search of which the last page is known', async () => {
    for (const answer of examples(file, 'post', `${api}/search/jql`)) {
      const issues: unknown[] = [];
      const pages = client(answer).search('project = EX', 'status', (records) => issues.push(...records));
      await pages.next();
      expect(issues).not.toEqual([]);
    }
  });

  it('has changes that are dated by a number of seconds', async () => {
    for (const answer of examples(file, 'post', `${api}/changelog/bulkfetch`)) {
      const last = { ...(answer as object), nextPageToken: undefined };
      expect([...(await client(last).moves(['10100'], 'status')).entries()]).toEqual([['10100', []]]);
      const { issueChangeLogs } = answer as { issueChangeLogs: { changeHistories: { created: number }[] }[] };
      const [first] = issueChangeLogs[0]?.changeHistories ?? [];
      const moved = { ...first, items: [{ fieldId: 'status', from: '1', to: '3' }] };
      expect(parseMoves([moved], 'status')).toEqual([
        { at: 1_492_070_429_000, from: { id: '1', name: null }, to: { id: '3', name: null } },
      ]);
    }
  });
});
