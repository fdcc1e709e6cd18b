import { describe, expect, it } from 'vitest';
import { noQuirks } from '../../sandbox/intercom/quirks.ts';
import { baseOf, customer, HOUR, NOW, planned } from '../../sandbox/intercom/small-base.ts';
import { calling, EVERYTHING, search } from './intercom-call.ts';

const seven = Array.from({ length: 7 }, (_, index) =>
  planned({ id: String(1_001 + index), createdAt: NOW - (7 - index) * HOUR }),
);
const base = baseOf(customer(0, { conversations: seven }));

async function idsByPage({ post }: Awaited<ReturnType<typeof calling>>): Promise<string[]> {
  const pages: string[] = [];
  let after: string | undefined;
  do {
    const pagination = { per_page: 3, ...(after === undefined ? {} : { starting_after: after }) };
    const { body } = await post(
      '/conversations/search',
      search(EVERYTHING, { sort: { field: 'id', order: 'ascending' }, pagination }),
    );
    pages.push(body.conversations.map(({ id }) => id.at(-1)).join(''));
    after = (body.pages.next as { starting_after: string } | undefined)?.starting_after;
  } while (after !== undefined);
  return pages;
}

describe('a search of seven conversations, three a page', () => {
  it.each([
    ['exact', ['123', '456', '7']],
    ['repeated', ['123', '345', '567']],
    ['skipped', ['123', '567']],
  ] as const)('with %s rows gives the pages %o', async (rowsAcrossPages, expected) => {
    expect(await idsByPage(await calling({ base, quirks: { ...noQuirks(), rowsAcrossPages } }))).toEqual(
      expected,
    );
  });

  it('shows the workspace of two and a half hours ago while the index lags, single conversations of now', async () => {
    const quirks = noQuirks();
    const caller = await calling({ base, quirks });
    quirks.indexLagSeconds = 9_000;
    expect(await idsByPage(caller)).toEqual(['123', '45']);
    expect((await caller.get('/conversations/1007')).status).toBe(200);
    quirks.indexLagSeconds = 0;
    expect(await idsByPage(caller)).toEqual(['123', '456', '7']);
  });

  it('gives conversations of another shape after the vendor changed it', async () => {
    const reshape = ({ id }: Readonly<Record<string, unknown>>) => ({ id, created: 'yesterday' });
    const { post } = await calling({ base, quirks: { ...noQuirks(), reshape } });
    const { conversations } = (await post('/conversations/search', search(EVERYTHING))).body;
    expect(conversations[0]).toEqual({ id: '1007', created: 'yesterday' });
  });
});
