import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { beginToServe } from '../../node-scorer/src/service/lifetime.ts';
import { makeLog } from '../../node-scorer/src/service/log.ts';
import { BEARER, openService, TOKEN, type Opened } from './service-fixture.ts';

const LIMITS = { headersMs: 150, requestMs: 300, handlerMs: 900, checkMs: 20 };
const LOCAL = { host: '127.0.0.1', port: 0 };
const silent = makeLog(new Writable({ write: (_chunk, _encoding, done) => done() }), (text) => text);

let opened: Opened[] = [];
afterEach(async () => {
  for (const { app } of opened) await app.close();
  opened = [];
});
async function open(limits = LIMITS): Promise<Opened> {
  const service = await openService({ limits });
  opened.push(service);
  return service;
}

/** Sends bytes as they are and gives all that comes back until the service closes the connection. */
async function raw({ app }: Opened, ...pieces: string[]): Promise<string> {
  await app.listen(LOCAL);
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined);
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return answer;
}
const HEAD = `POST /v1/runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\n`;

describe('what is no request', () => {
  it.each([
    ['garbage', 'hello\r\n\r\n', 400],
    ['headers without an end', HEAD, 408],
    ['a body that never comes', `${HEAD}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`, 408],
    ['headers of 20 kB', `${HEAD}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
    [
      'a length beside chunks',
      `${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a header with a bare line end', `${HEAD}X: a\nB: c\r\n\r\n`, 400],
  ])('is answered: %s', async (_name, bytes, status) => {
    const service = await open();
    const answer = await raw(service, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
    expect(answer).not.toContain(TOKEN);
    expect(service.logText()).not.toContain(TOKEN);
    expect(service.runs.asked).toEqual([]);
  });

  it('counts under no route', async () => {
    const service = await open();
    await raw(service, 'hello\r\n\r\n');
    const metrics = await service.app.inject({ method: 'GET', url: '/metrics', headers: BEARER });
    expect(metrics.body).toContain('scorer_http_requests_total{method="other",route="none",status="400"} 1');
  });
});

describe('an address that a stranger chooses', () => {
  /** Characters that were looked through for secrets, what was logged, and the answer, for `size` letters. */
  async function costOf(size: number, before: string, headers: string) {
    let scrubbed = 0;
    const service = await openService({
      scrub: (scrub) => (text) => {
        scrubbed += text.length;
        return scrub(text);
      },
    });
    opened.push(service);
    const head = `GET ${before}${'a'.repeat(size)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`;
    const answer = await raw(service, `${head}${headers}\r\n`);
    return { scrubbed, log: service.logText(), status: answer.slice('HTTP/1.1 '.length).slice(0, 3) };
  }
  const WRONG = 'Authorization: Bearer wrong-token\r\n';

  it.each([
    ['/v1/runs/', '', '414'],
    ['/v1/runs/', WRONG, '414'],
    ['/', '', '401'],
    ['/v1/runs/some?verbose=', '', '401'],
    ['/v1/runs/some?verbose=', WRONG, '401'],
  ])('such as %s… (%s) is refused, in no log line, and costs the same however long', async (...asked) => {
    const [before, headers, status] = asked;
    const short = await costOf(2_000, before, headers);
    const long = await costOf(15_900, before, headers);
    expect([short.status, long.status]).toEqual([status, status]);
    expect(long.log).toContain('"level":');
    for (const { log } of [short, long]) expect(log).not.toContain('aaaa');
    // In proportion it would be eight times as much; the lines of two requests differ by a few digits.
    expect(long.scrubbed).toBeGreaterThan(0);
    expect(long.scrubbed).toBeLessThan(1.5 * short.scrubbed);
  });
});

it('an answer that takes too long is 503, to be tried again', async () => {
  const service = await open();
  Object.assign(service.runs, { start: () => new Promise(() => undefined) });
  const answer = await service.app.inject({ method: 'POST', url: '/v1/runs', headers: BEARER });
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('60');
  expect(answer.json()).toMatchObject({ code: 'INTERRUPTED' });
});

describe('the lifetime of the service', () => {
  const begin = ({ app, runs }: Opened, limits?: { requestsMs: number; allMs: number }) =>
    beginToServe(
      { app, runs, log: silent, sleep: (ms) => sleep(ms, undefined, { ref: false }) },
      LOCAL,
      limits,
    );

  it('ends once the request in flight is answered, and then stops the runs', async () => {
    const service = await open();
    const gate = Promise.withResolvers<null>();
    const called = Promise.withResolvers<null>();
    Object.assign(service.runs, {
      get: () => {
        called.resolve(null);
        return gate.promise;
      },
    });
    const { address, end } = await begin(service);
    const asked = fetch(`${address}/v1/runs/some`, { headers: BEARER });
    await called.promise;
    const ended = end();
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
    expect(service.runs.stopped()).toBe(false);
    gate.resolve(null);
    expect((await asked).status).toBe(404);
    expect(await ended).toBe(true);
    expect(service.runs.stopped()).toBe(true);
  });

  it('cuts a request that does not end, and stops the runs all the same', async () => {
    const service = await open({ ...LIMITS, handlerMs: 60_000 });
    const called = Promise.withResolvers<null>();
    Object.assign(service.runs, {
      get: () => {
        called.resolve(null);
        return new Promise(() => undefined);
      },
    });
    const { address, end } = await begin(service, { requestsMs: 50, allMs: 5_000 });
    const asked = fetch(`${address}/v1/runs/some`, { headers: BEARER }).catch(() => 'cut');
    await called.promise;
    expect(await end()).toBe(true);
    expect(await asked).toBe('cut');
    expect(service.runs.stopped()).toBe(true);
  });

  it('says so when runs do not reach a safe point in time', async () => {
    const service = await open();
    Object.assign(service.runs, { stop: () => new Promise(() => undefined) });
    const { end } = await begin(service, { requestsMs: 10, allMs: 50 });
    expect(await end()).toBe(false);
  });

  it('refuses a port that is taken, and an address of another machine', async () => {
    const { address } = await begin(await open());
    const { app, runs } = await open();
    const parts = { app, runs, log: silent, sleep };
    const port = Number(new URL(address).port);
    await expect(beginToServe(parts, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    });
    await expect(beginToServe(parts, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'ENVIRONMENT_INVALID',
    });
  });
});
