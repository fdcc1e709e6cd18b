import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { callOut } from './callout.ts';

let close: (() => void) | undefined;
afterEach(() => close?.());

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.close();
    server.closeAllConnections();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const request = (url: string) => ({
  method: 'POST',
  url: `${url}/v1/runs?period=2026-10`,
  headers: { Authorization: 'Bearer a-secret' },
  action: 'Shipping.startOrder',
});

describe('a callout', () => {
  it('makes the request as it is told, on a connection of its own', async () => {
    const got: IncomingMessage[] = [];
    const url = await serve((incoming, response) => {
      got.push(incoming);
      response.writeHead(202).end('{}');
    });
    expect(await callOut(request(url))).toMatchObject({ status: 202 });
    expect(await callOut(request(url))).toMatchObject({ status: 202 });
    expect(
      got.map(({ method, url: path, headers }) => [method, path, headers.authorization, headers.connection]),
    ).toEqual(
      Array.from({ length: 2 }, () => ['POST', '/v1/runs?period=2026-10', 'Bearer a-secret', 'close']),
    );
  });

  it.each([
    ['a refusal', 401, {}, 'no'],
    ['a redirect, which is not followed', 302, { location: '/elsewhere' }, ''],
    ['a fault of the service', 500, {}, '{"title":"Fehler: \u00fc"}'],
  ])('takes %s for an answer', async (_what, status, headers, body) => {
    const url = await serve((_, response) => response.writeHead(status, headers).end(body));
    expect(await callOut(request(url))).toEqual({ kind: 'answer', status, body });
  });

  it.each([
    [
      'a connection that breaks off',
      (incoming: IncomingMessage) => incoming.socket.destroy(),
      'no connection to 127.0.0.1',
    ],
    [
      'an answer that breaks off',
      (incoming, response) => {
        response.writeHead(202, { 'content-length': '9' });
        response.write('{');
        setImmediate(() => incoming.socket.destroy());
      },
      'no connection to 127.0.0.1',
    ],
    ['silence', () => undefined, 'Read timed out after 0.2 seconds'],
  ] as [string, RequestListener, string][])(
    'tells %s as a fault, without the secret',
    async (_what, answer, words) => {
      const result = await callOut(request(await serve(answer)), { timeoutMs: 200 });
      expect(result).toMatchObject({ kind: 'none', message: expect.stringContaining(words) as string });
      expect(JSON.stringify(result)).not.toContain('a-secret');
    },
  );

  it('tells that nobody is there', async () => {
    const url = await serve(() => undefined);
    close?.();
    expect(await callOut(request(url))).toMatchObject({ kind: 'none' });
  });
});
