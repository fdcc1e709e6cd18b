import { createRequire } from 'node:module';
import type * as LookerNode from '@looker/sdk-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StandIn } from 'local-org/http';
import { startLooker } from '../../sandbox/looker/server.ts';
import { LOOKER_BASE } from './looker-base.ts';

const { LookerNodeSDK, NodeSettings } = createRequire(import.meta.url)(
  '@looker/sdk-node',
) as typeof LookerNode;

let now = LOOKER_BASE.now;
let looker: StandIn;
beforeAll(async () => {
  // The SDK prints a line per request.
  vi.spyOn(console, 'debug').mockImplementation(() => undefined);
  looker = await startLooker({
    base: LOOKER_BASE,
    clock: () => now,
    clientId: 'an id',
    clientSecret: 'a secret',
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await looker.close();
});

function sdkOf(client_secret: string) {
  const readConfig = () => ({ client_id: 'an id', client_secret });
  class Settings extends NodeSettings {
    override readConfig() {
      return readConfig();
    }
  }
  return LookerNodeSDK.init40(new Settings('', { base_url: looker.url } as never));
}

const body = {
  model: 'alliants',
  view: 'user_sessions',
  fields: ['user_sessions.customer_id', 'user_sessions.monthly_active_users'],
  filters: { 'user_sessions.activity_month': '2026/10' },
  limit: '-1',
};

describe("the vendor's own client", () => {
  it('signs in, runs inline and saved queries and Looks, and signs out', async () => {
    const sdk = sdkOf('a secret');
    const me = await sdk.ok(sdk.me());
    expect(me.display_name).toBe('Health Score Reader');
    const run = { result_format: 'json', apply_formatting: false } as const;
    const expected = [{ 'user_sessions.customer_id': 101, 'user_sessions.monthly_active_users': 1200 }];
    expect(await sdk.ok(sdk.run_inline_query({ ...run, body }))).toEqual(expected);
    const { id } = await sdk.ok(sdk.create_query(body));
    expect(await sdk.ok(sdk.run_query({ ...run, query_id: id ?? '' }))).toEqual(expected);
    expect(await sdk.ok(sdk.run_look({ ...run, look_id: '43', limit: -1 }))).toHaveLength(4);
    expect(
      (
        await sdk.ok(
          sdk.lookml_model_explore({ lookml_model_name: 'alliants', explore_name: 'user_sessions' }),
        )
      ).name,
    ).toBe('user_sessions');
    await sdk.authSession.logout();
    expect(looker.calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/4.0/logout', status: 204 });
  });

  it('fails with the words of the stand-in for bad credentials and an unknown field', async () => {
    const wrong = sdkOf('wrong');
    await expect(wrong.ok(wrong.me())).rejects.toThrow();
    const sdk = sdkOf('a secret');
    const fields = ['user_sessions.nonsense'];
    await expect(
      sdk.ok(sdk.run_inline_query({ result_format: 'json', body: { ...body, fields } })),
    ).rejects.toThrow('Validation Failed');
  });

  it('loses its session when the token expires in between', async () => {
    const sdk = sdkOf('a secret');
    await sdk.ok(sdk.me());
    now += 3_600_000;
    await expect(sdk.ok(sdk.me())).rejects.toThrow('Requires authentication.');
    now = LOOKER_BASE.now;
  });
});
