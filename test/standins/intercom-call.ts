import { afterEach } from 'vitest';
import type { StandIn } from 'local-org/http';
import { startIntercom, type IntercomOptions } from '../../sandbox/intercom/server.ts';
import { NOW } from '../../sandbox/intercom/small-base.ts';

export const TOKEN = 'sandbox-token';

/** What answers are made of, as far as the tests look into them; nothing is checked here. */
interface Item {
  readonly id: string;
  readonly company_id: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly statistics: unknown;
  readonly conversation_rating: unknown;
}

interface Body extends Item {
  readonly conversations: readonly Item[];
  readonly data: readonly Item[];
  readonly companies: { readonly data: readonly Item[] };
  readonly total_count: number;
  readonly pages: {
    readonly page: number;
    readonly per_page: number;
    readonly total_pages: number;
    readonly next?: unknown;
  };
  readonly request_id: string;
  readonly errors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: string | null;
  }[];
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Sent {
  readonly body?: unknown;
  readonly version?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Caller {
  readonly standIn: StandIn;
  readonly get: (path: string, sent?: Sent) => Promise<Reply>;
  readonly post: (path: string, sent?: Sent) => Promise<Reply>;
}

const open: StandIn[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((standIn) => standIn.close()));
});

/** Starts the stand-in for one test and calls it as any client would; a text body goes out as it is. */
export async function calling(
  options: Pick<IntercomOptions, 'base'> & Partial<IntercomOptions>,
): Promise<Caller> {
  const standIn = await startIntercom({ clock: () => NOW, token: TOKEN, ...options });
  open.push(standIn);
  async function call(method: string, path: string, { body, version, headers }: Sent = {}): Promise<Reply> {
    const response = await fetch(standIn.url + path, {
      method,
      headers: {
        Authorization: `Bearer ${TOKEN}`,
        ...(version === undefined ? {} : { 'Intercom-Version': version }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  }
  return {
    standIn,
    get: (path, sent) => call('GET', path, sent),
    post: (path, sent) => call('POST', path, sent),
  };
}

export const search = (query: unknown, more: object = {}): Sent => ({ body: { query, ...more } });
export const EVERYTHING = { field: 'created_at', operator: '>', value: 0 };
