import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';
import { makeAttempt, type HttpRequest, type HttpResponse, type NoResponse } from './send.ts';

let server: ScriptedServer | undefined;
afterEach(() => server?.close());

async function ask(
  script: Script,
  {
    maxBytes,
    ...wanted
  }: { maxBytes?: number } & Partial<Pick<HttpRequest, 'deadlineMs' | 'body' | 'method'>> = {},
): Promise<HttpResponse | NoResponse> {
  server = await startScriptedServer(script);
  const attempt = makeAttempt(maxBytes === undefined ? {} : { maxBytes });
  return attempt({ method: 'GET', url: `${server.url}/x`, headers: {}, deadlineMs: 2_000, ...wanted });
}

describe('An answer', () => {
  it('is put together from its parts, even where one ends inside a character', async () => {
    const bytes = Buffer.from('{"name":"Zürich 🏔"}');
    const outcome = await ask((_asked, response) => {
      response.write(bytes.subarray(0, 11));
      setTimeout(() => {
        response.write(bytes.subarray(11, 19));
        setTimeout(() => response.end(bytes.subarray(19)), 20);
      }, 20);
    });
    expect(outcome).toMatchObject({ status: 200, text: '{"name":"Zürich 🏔"}' });
  });

  it('is unpacked where the vendor packs it', async () => {
    const outcome = await ask((_asked, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"ok":true}')),
    );
    expect(outcome).toMatchObject({ status: 200, text: '{"ok":true}' });
  });

  it('loses its byte-order mark, which is no JSON', async () => {
    const outcome = await ask((_asked, response) => response.end('\uFEFF{}'));
    expect(outcome).toMatchObject({ text: '{}' });
  });

  it('may be empty, whatever its status', async () => {
    const outcome = await ask((_asked, response) => response.writeHead(503).end());
    expect(outcome).toMatchObject({ status: 503, text: '' });
  });

  it.each([
    [1_000, 'text'],
    [1_001, 'too_large'],
  ])('of %i bytes, where 1000 are allowed, ends in %s', async (bytes, ending) => {
    const outcome = await ask((_asked, response) => response.end('x'.repeat(bytes)), { maxBytes: 1_000 });
    expect('failure' in outcome ? outcome.failure : 'text').toBe(ending);
  });

  it('that never ends is given up when it has become too large', async () => {
    const outcome = await ask(
      (_asked, response) => {
        const more = (): void => {
          if (!response.destroyed) response.write('x'.repeat(500), () => setTimeout(more, 1));
        };
        more();
      },
      { maxBytes: 5_000 },
    );
    expect(outcome).toEqual({ failure: 'too_large', detail: 'answer too large' });
  });

  it('that breaks off in the middle is no answer', async () => {
    const outcome = await ask((_asked, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"half":', () => response.socket?.resetAndDestroy());
    });
    expect(outcome).toEqual({ failure: 'network', detail: 'ECONNRESET' });
  });

  it('that drips on is cut off at the deadline', async () => {
    const begun = performance.now();
    const outcome = await ask(
      (_asked, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
      { deadlineMs: 150 },
    );
    expect(outcome).toEqual({ failure: 'deadline', detail: 'no answer within 0.15 s' });
    expect(performance.now() - begun).toBeLessThan(1_500);
  });
});

it('A request goes out whole, with its length said', async () => {
  await ask((_asked, response) => response.end('{}'), { method: 'PUT', body: 'a,b\n1,é\n' });
  expect(server?.asked).toMatchObject([{ body: 'a,b\n1,é\n', headers: { 'content-length': '9' } }]);
});
