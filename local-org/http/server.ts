// Local: a server that answers by a function, with faults to switch on.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFaults, type Fault, type Faults } from './faults.ts';

const MAX_BODY = 64 * 1024 * 1024;
const CONTROL = '/__sandbox/';

export interface Request {
  readonly method: string;
  /** Without query; doubled slashes folded into one. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as it came, for what is no text. */
  readonly bytes: Buffer;
  /** The body as JSON; undefined when it is none. */
  readonly json: () => unknown;
  readonly form: () => URLSearchParams;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless a content type says otherwise: then a text or bytes; none for undefined. */
  readonly body?: unknown;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Of the stand-in's clock, ms. */
  readonly at: number;
}

/** A running stand-in. */
export interface StandIn {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly calls: readonly Call[];
  readonly faults: Faults;
  readonly close: () => Promise<void>;
}

export interface ServerOptions {
  readonly name: string;
  /** 0 for any free one. */
  readonly port?: number;
  readonly handle: (request: Request) => Answer | Promise<Answer>;
  /** What this stand-in has of its own below /__sandbox/; undefined for paths that it does not know. */
  readonly ownControl?: (request: Request) => Promise<Answer | undefined>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * Serves one stand-in on the loopback address only, with a call log and switchable faults.
 * `GET /__sandbox/calls`, `POST /__sandbox/faults` (`match` and `content` as text) and `DELETE /__sandbox/faults`
 * steer it from outside.
 *
 * @throws Error naming the stand-in and the port when that is in use
 */
export async function startServer(options: ServerOptions): Promise<StandIn> {
  const { name, port = 0, handle, ownControl, clock } = options;
  const calls: Call[] = [];
  const faults = makeFaults();
  const server = createServer((incoming, response) => {
    void serve(incoming, response).catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!response.headersSent) send(response, { status: 500, body: { sandbox: name, defect: message } });
      else response.destroy();
    });
  });

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    if (request.path.startsWith(CONTROL)) {
      send(response, (await ownControl?.(request)) ?? control(request));
      return;
    }
    const { method, path } = request;
    const log = (status: number) => calls.push({ method, path, status, at: clock() });
    const fault = faults.meet({
      line: `${method} ${path}`,
      content: () => `${request.query.toString()}\n${request.body}`,
    });
    if (fault?.kind === 'delay') await sleep(fault.ms ?? 50);
    if (fault !== null && fault.kind !== 'delay') {
      log(fault.kind === 'status' ? (fault.status ?? 500) : 0);
      await break_(response, fault, async () => handle(request));
      return;
    }
    const answer = await handle(request);
    log(answer.status);
    send(response, answer);
  }

  function control({ method, path, json }: Request): Answer {
    if (method === 'GET' && path === `${CONTROL}calls`) return { status: 200, body: calls };
    if (path === `${CONTROL}faults` && method === 'DELETE') {
      faults.clear();
      return { status: 204 };
    }
    if (path === `${CONTROL}faults` && method === 'POST') {
      const wanted = json() as Record<string, unknown>;
      const pattern = (key: string) =>
        typeof wanted[key] === 'string' ? { [key]: new RegExp(wanted[key]) } : {};
      faults.add({ ...(wanted as object), ...pattern('match'), ...pattern('content') } as unknown as Fault);
      return { status: 204 };
    }
    return { status: 404, body: { sandbox: name, found: `${method} ${path}`, expected: 'calls or faults' } };
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `The ${name} stand-in: found port ${port} in use, expected it to be free; stop what runs there or choose others with --port`,
            )
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    name,
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    calls,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('the body is larger than 64 MB');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([key, value]) => [key, [value].flat().join(', ')]),
  );
  // Only for those who look at it: a job's file has megabytes.
  let decodedBody: string | undefined;
  const body = (): string => (decodedBody ??= bytes.toString('utf8'));
  return {
    method: incoming.method ?? 'GET',
    path: decoded(path.replaceAll(/\/{2,}/g, '/')),
    query: new URLSearchParams(query),
    headers,
    get body() {
      return body();
    },
    bytes,
    json: () => {
      try {
        return JSON.parse(body()) as unknown;
      } catch {
        return undefined;
      }
    },
    form: () => new URLSearchParams(body()),
  };
}

/** A path that is not properly encoded stays as it came: no route knows it. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const typed = Object.keys(headers).some((key) => key.toLowerCase() === 'content-type');
  response.writeHead(status, {
    ...(typed || body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    ...headers,
  });
  const ready = typed && (typeof body === 'string' || Buffer.isBuffer(body));
  response.end(body === undefined ? undefined : ready ? body : JSON.stringify(body));
}

/** Answers the way a failing vendor does. */
async function break_(response: ServerResponse, fault: Fault, handle: () => Promise<Answer>): Promise<void> {
  switch (fault.kind) {
    case 'status':
      send(response, { status: fault.status ?? 500, headers: fault.headers ?? {}, body: fault.body ?? {} });
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'html':
      send(response, {
        status: 200,
        headers: { 'Content-Type': 'text/html' },
        body: '<html><body>Sign in</body></html>',
      });
      return;
    case 'empty':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end();
      return;
    case 'truncated': {
      const text = JSON.stringify((await handle()).body ?? {});
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(text.slice(0, Math.floor(text.length / 2)));
      return;
    }
    // The connection ends before the length that was promised.
    case 'cut': {
      const text = JSON.stringify((await handle()).body ?? {});
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text) + 1,
      });
      response.write(text, () => response.socket?.destroy());
      return;
    }
    case 'changed': {
      const answer = await handle();
      const { change = (body: unknown) => body, headers = {} } = fault;
      send(response, {
        ...answer,
        headers: { ...answer.headers, ...headers },
        body:
          headers['Content-Type'] === undefined ? change(answer.body) : JSON.stringify(change(answer.body)),
      });
      return;
    }
    case 'drip': {
      const text = JSON.stringify((await handle()).body ?? {});
      response.writeHead(200, { 'Content-Type': 'application/json' });
      for (const character of text) {
        if (response.destroyed) return;
        response.write(character);
        await sleep(fault.ms ?? 200);
      }
      response.end();
      return;
    }
    case 'delay':
      return;
  }
}
