import { describe, expect, it } from 'vitest';
import { baseOf, customer, NOW, planned } from '../../sandbox/intercom/small-base.ts';
import { calling } from './intercom-call.ts';

const one = (differs: Parameters<typeof planned>[0] = {}) =>
  baseOf(customer(0, { conversations: [planned(differs)] }));

/** The vendor's error list with one code. */
const refused = (code: string) => ({ type: 'error.list', errors: [{ code }] });

describe('the door', () => {
  it.each([
    ['no token', ''],
    ['another token', 'Bearer another'],
    ['the token without its scheme', 'sandbox-token'],
  ])('stays shut for %s', async (_what, authorization) => {
    const { get } = await calling({ base: one() });
    expect(await get('/me', { headers: { Authorization: authorization } })).toMatchObject({
      status: 401,
      body: refused('unauthorized'),
    });
  });

  it('says who the token is', async () => {
    const { get } = await calling({ base: one() });
    expect(await get('/me')).toMatchObject({ status: 200, body: { type: 'admin', app: { type: 'app' } } });
  });

  it.each(['2.9', '2.17', '3.0', 'newest', ''])('refuses the version %j', async (version) => {
    const { get } = await calling({ base: one() });
    expect(await get('/me', { version })).toMatchObject({
      status: 400,
      body: refused('intercom_version_invalid'),
    });
  });

  it('takes the version of the app’s settings when a call names none', async () => {
    const { get } = await calling({ base: one({ priority: 'urgent' }), defaultVersion: '2.11' });
    expect((await get('/conversations/1001')).body).toMatchObject({ priority: 'priority' });
  });

  it.each(['GET /admins', 'POST /me', 'GET /conversations', 'POST /companies', 'GET /'])(
    'knows no %s',
    async (line) => {
      const caller = await calling({ base: one() });
      const [method = '', path = ''] = line.split(' ');
      const reply = await (method === 'GET' ? caller.get(path) : caller.post(path));
      expect(reply).toMatchObject({ status: 404, body: refused('not_found') });
    },
  );

  it('counts calls per window of 10 s, refuses those beyond and opens again at the reset', async () => {
    const { get, standIn } = await calling({ base: one(), rateLimit: { perWindow: 2 } });
    const replies = [await get('/me'), await get('/conversations/1'), await get('/me')];
    expect(replies.map(({ status }) => status)).toEqual([200, 404, 429]);
    expect(replies[2]?.body).toMatchObject(refused('rate_limit_exceeded'));
    const headers = replies.map((reply) => reply.headers);
    expect(headers.map((each) => each.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0']);
    expect(headers.map((each) => each.get('x-ratelimit-limit'))).toEqual(['2', '2', '2']);
    // NOW is the beginning of a window, and the clock of the workspace stands still.
    expect(headers[2]?.get('x-ratelimit-reset')).toBe(String(NOW / 1_000 + 10));
    expect(headers[2]?.get('date')).toBe('Sat, 21 Nov 2026 09:00:00 GMT');
    expect(standIn.calls.map(({ status }) => status)).toEqual([200, 404, 429]);
  });
});
