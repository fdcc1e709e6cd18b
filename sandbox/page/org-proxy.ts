import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RunningOrg } from 'local-org';
import type { Ask } from './records.ts';

/** The way from a page to the local org, always as one person. */
export interface OrgProxy {
  /** Whether a path belongs to the org. */
  readonly serves: (path: string) => boolean;
  /** Hands a request of the browser on, and the answer back. */
  readonly pass: (request: IncomingMessage, response: ServerResponse, userId: string) => Promise<void>;
  /** Asks for the page server itself. */
  readonly as: (userId: string) => Ask;
}

const INTERVIEWS = '/__sandbox/flow-interviews';

/** Sessions stay here: the browser never holds a token of the org. */
export function makeOrgProxy({ url, sessions }: Pick<RunningOrg, 'url' | 'sessions'>): OrgProxy {
  const tokens = new Map<string, string>();

  async function call(userId: string, path: string, init: RequestInit): Promise<Response> {
    const once = (token: string): Promise<Response> =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      });
    const known = tokens.get(userId);
    const first = known === undefined ? undefined : await once(known);
    if (first && first.status !== 401) return first;
    // No session yet, or one that has ended: a page of Salesforce would log in again as well.
    const token = sessions.issue(userId);
    tokens.set(userId, token);
    return once(token);
  }

  return {
    serves: (path) => path.startsWith('/services/data/') || path.startsWith(INTERVIEWS),
    as: (userId) => async (path, body) => {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      const response = await call(userId, path, init);
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    pass: async (request, response, userId) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const method = request.method ?? 'GET';
      const body = method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) };
      const answer = await call(userId, request.url ?? '/', { method, ...body });
      response.writeHead(answer.status, {
        'Content-Type': answer.headers.get('content-type') ?? 'application/json',
        'Cache-Control': 'no-store',
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
    },
  };
}
