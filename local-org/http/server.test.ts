import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer, type Request, type ServerOptions, type StandIn } from './server.ts';

const AT = Date.parse('2026-11-21T09:00:00Z');
const BODY = { items: ['one', 'two', 'three'] };

const open: StandIn[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((standIn) => standIn.close()));
});

async function started(options: Partial<ServerOptions> = {}): Promise<StandIn> {
  const handle = () => ({ status: 200, body: BODY });
  const standIn = await startServer({ name: 'Example', clock: () => AT, handle, ...options });
  open.push(standIn);
  return standIn;
}

/** The cause of a failed fetch, by the client's code or name. */
async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } };
    return cause?.code ?? name;
  }
  throw new Error('it did not fail');
}

describe('a real client sees', () => {
  it('the answer of a server without faults', async () => {
    const { url } = await started();
    const response = await fetch(`${url}/items`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual(BODY);
  });

  it('a status with its headers and body', async () => {
    const { url, faults } = await started();
    faults.add({
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': '7' },
      body: { error: 'slow down' },
    });
    const response = await fetch(url);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ error: 'slow down' });
  });

  it('a connection that is reset', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'reset' });
    expect(await failure(fetch(url))).toMatch(/^(ECONNRESET|UND_ERR_SOCKET)$/);
  });

  it('nothing at all for as long as it waits', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'hang' });
    expect(await failure(fetch(url, { signal: AbortSignal.timeout(100) }))).toBe('TimeoutError');
  });

  it('headers at once and a body that drips, later than its deadline', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'drip', ms: 30 });
    const response = await fetch(url, { signal: AbortSignal.timeout(200) });
    expect(response.status).toBe(200);
    expect(await failure(response.text())).toBe('TimeoutError');
  });

  it('the whole of a body that drips fast enough', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'drip', ms: 0 });
    expect(await (await fetch(url)).json()).toEqual(BODY);
  });

  it('JSON that breaks off', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'truncated' });
    const text = await (await fetch(url)).text();
    expect(JSON.stringify(BODY).startsWith(text)).toBe(true);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('a sign-in page with status 200', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'html' });
    const response = await fetch(url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(await response.text()).toContain('<html>');
  });

  it('status 200 with nothing in it', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'empty' });
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('the right answer, but late', async () => {
    const { url, faults } = await started();
    faults.add({ kind: 'delay', ms: 80 });
    const begun = performance.now();
    expect(await (await fetch(url)).json()).toEqual(BODY);
    expect(performance.now() - begun).toBeGreaterThan(75);
  });

  it('a defect of the stand-in as status 500', async () => {
    const { url } = await started({
      handle: () => {
        throw new Error('no such table');
      },
    });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      sandbox: 'Example',
      defect: expect.stringContaining('no such table') as string,
    });
  });
});

describe('what a handler is given', () => {
  async function given(path: string, init: RequestInit = {}): Promise<Request> {
    const seen: Request[] = [];
    const { url } = await started({
      handle: (request) => {
        seen.push(request);
        return { status: 204 };
      },
    });
    await fetch(url + path, init);
    const [request] = seen;
    if (request === undefined) throw new Error('the handler was not called');
    return request;
  }

  it('is the path without query, decoded and without doubled slashes', async () => {
    const { method, path, query } = await given('//items///of%20all?page=2&q=a?b');
    expect([method, path, query.get('page'), query.get('q')]).toEqual(['GET', '/items/of all', '2', 'a?b']);
  });

  it('is the body as text, as JSON and as form, and headers in lower case', async () => {
    const json = await given('/', { method: 'POST', body: '{"a":1}', headers: { 'X-Version': '2' } });
    expect([json.body, json.json(), json.headers['x-version']]).toEqual(['{"a":1}', { a: 1 }, '2']);
    const form = await given('/', { method: 'POST', body: new URLSearchParams({ a: 'b c' }) });
    expect([form.json(), form.form().get('a')]).toEqual([undefined, 'b c']);
  });
});

describe('a server can be steered from outside', () => {
  const post = (url: string, fault: object) =>
    fetch(`${url}/__sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });

  it('by faults whose patterns come as text, and their end', async () => {
    const { url } = await started();
    expect(
      (await post(url, { kind: 'status', status: 503, match: '^GET /items', content: 'page=2' })).status,
    ).toBe(204);
    const statuses = async () => [
      (await fetch(`${url}/items?page=1`)).status,
      (await fetch(`${url}/items?page=2`)).status,
    ];
    expect(await statuses()).toEqual([200, 503]);
    expect((await fetch(`${url}/__sandbox/faults`, { method: 'DELETE' })).status).toBe(204);
    expect(await statuses()).toEqual([200, 200]);
  });

  it('and tells which calls it had, its own steering left out', async () => {
    const { url, calls, faults } = await started();
    faults.add({ kind: 'status', status: 503, times: 1 });
    faults.add({ kind: 'reset', times: 1, after: 1 });
    await fetch(`${url}/items?page=1`);
    await fetch(`${url}/items`, { method: 'POST' });
    await failure(fetch(`${url}/items`));
    const told: unknown = await (await fetch(`${url}/__sandbox/calls`)).json();
    expect(told).toEqual([
      { method: 'GET', path: '/items', status: 503, at: AT },
      { method: 'POST', path: '/items', status: 200, at: AT },
      { method: 'GET', path: '/items', status: 0, at: AT },
    ]);
    expect(calls).toEqual(told);
  });

  it('but not by addresses that it does not know', async () => {
    const { url } = await started();
    expect((await fetch(`${url}/__sandbox/reset`, { method: 'POST' })).status).toBe(404);
  });
});

describe('a port', () => {
  it('that is in use is named, with what to do', async () => {
    const { port } = await started();
    await expect(started({ port, name: 'Second' })).rejects.toThrow(
      `The Second stand-in: found port ${port} in use, expected it to be free; stop what runs there or choose others with --port`,
    );
  });

  it('is on the loopback address, and closes with calls still hanging', async () => {
    const standIn = await started();
    expect(standIn.url).toBe(`http://127.0.0.1:${standIn.port}`);
    standIn.faults.add({ kind: 'hang' });
    const hanging = failure(fetch(standIn.url));
    await expect.poll(() => standIn.calls.length).toBe(1);
    await standIn.close();
    expect(await hanging).toMatch(/^(ECONNRESET|UND_ERR_SOCKET)$/);
    const refused = await new Promise((resolve) => {
      connect(standIn.port, '127.0.0.1').once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
    });
    expect(refused).toBe('ECONNREFUSED');
  });
});
