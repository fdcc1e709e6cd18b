import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from './harness.ts';

/** A call that the scorer makes. */
export interface WireCall {
  readonly vendor: 'org' | 'intercom' | 'jira' | 'looker';
  /** `METHOD /path?query`, with spaces for the plus signs of a query. */
  readonly line: string;
  /** Of a write to the org: how many records it carries. */
  readonly records: number;
}

/** Not taken by the other side yet; done there and the answer still on its way; answered. */
export const MOMENTS = ['before', 'in', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** What runs between the scorer and the stand-ins: it passes calls on, and can be cut at any of them. */
export interface Wire {
  /** Environment of a scorer whose calls go through it. */
  readonly env: Readonly<Record<string, string>>;
  /** Calls that reached the other side, in order. */
  readonly taken: WireCall[];
  /** Asked at every moment of every call; true cuts the call there. */
  cut: (call: WireCall, moment: Moment) => boolean;
  readonly close: () => Promise<void>;
}

const VARIABLES = {
  org: 'SF_LOGIN_URL',
  intercom: 'INTERCOM_BASE_URL',
  jira: 'JIRA_BASE_URL',
  looker: 'LOOKER_BASE_URL',
} as const;

/** Of one connection, and not of what is passed on. */
const OF_THE_CONNECTION = new Set([
  'host',
  'connection',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'keep-alive',
]);
const passedOn = (headers: Iterable<[string, string]>): [string, string][] =>
  [...headers].filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));

export async function openWire(world: World): Promise<Wire> {
  const closing: (() => Promise<void>)[] = [];
  const addresses: Record<string, string> = {};
  const wire: Wire = {
    env: addresses,
    taken: [],
    cut: () => false,
    close: async () => void (await Promise.all(closing.map((close) => close()))),
  };
  for (const vendor of ['org', 'intercom', 'jira', 'looker'] as const) {
    const target = world.sandbox[vendor].url;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void pass().catch(() => response.destroy()));
      async function pass(): Promise<void> {
        const body = Buffer.concat(chunks);
        const { method = 'GET', url = '/' } = request;
        const call: WireCall = {
          vendor,
          line: `${method} ${decodeURIComponent(url).replaceAll('+', ' ')}`,
          records: method === 'PATCH' ? recordsOf(body) : 0,
        };
        if (wire.cut(call, 'before')) return void response.destroy();
        const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
          name,
          [value].flat().join(', '),
        ]);
        const answer = await fetch(`${target}${url}`, {
          method,
          headers: passedOn(headers),
          ...(body.length > 0 && { body }),
        });
        // The org names its own address when somebody signs in.
        const text = (await answer.text()).replaceAll(target, addresses[VARIABLES[vendor]] ?? '');
        wire.taken.push(call);
        if (wire.cut(call, 'in')) return void response.destroy();
        response.writeHead(answer.status, Object.fromEntries(passedOn(answer.headers)));
        response.end(text, () => wire.cut(call, 'after'));
      }
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    addresses[VARIABLES[vendor]] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    closing.push(
      () =>
        new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        }),
    );
  }
  return wire;
}

function recordsOf(body: Buffer): number {
  const { records } = JSON.parse(body.toString('utf8')) as { records?: unknown[] };
  return records?.length ?? 0;
}
