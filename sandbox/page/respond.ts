import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PageBuild } from './build/build.ts';
import { packageDir } from './build/sources.ts';

const HOUR = 3600;

/** What a browser may load and do on these pages: nothing from elsewhere, no inline script. */
const SECURITY = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
}

/** Scripts and styles of a build by their path, each also packed. */
export function loadAssets({ key, shadow, app }: PageBuild): Map<string, Asset> {
  const slds = join(packageDir('@salesforce-ux/design-system-2'), 'dist/css/bundled/slds2.cosmos.css');
  const asset = (type: string, content: string): Asset => {
    const plain = Buffer.from(content);
    return { type, plain, packed: gzipSync(plain) };
  };
  return new Map([
    [`/sandbox/${key}/shadow.js`, asset('text/javascript; charset=utf-8', shadow)],
    [`/sandbox/${key}/app.js`, asset('text/javascript; charset=utf-8', app)],
    [`/sandbox/${key}/slds.css`, asset('text/css; charset=utf-8', readFileSync(slds, 'utf8'))],
    [
      `/sandbox/${key}/page.css`,
      asset('text/css; charset=utf-8', readFileSync(join(import.meta.dirname, 'page.css'), 'utf8')),
    ],
  ]);
}

export function sendAsset(
  request: IncomingMessage,
  response: ServerResponse,
  { type, plain, packed }: Asset,
): void {
  const zip = (request.headers['accept-encoding'] ?? '').includes('gzip');
  response.writeHead(200, {
    ...SECURITY,
    'Content-Type': type,
    'Cache-Control': `public, max-age=${HOUR}, immutable`,
    ...(zip ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(zip ? packed : plain);
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location });
  response.end();
}

export function send(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { ...SECURITY, 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}
