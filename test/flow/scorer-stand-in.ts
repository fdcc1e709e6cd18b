import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { objectOf } from 'local-org';
import type { Org } from 'local-org';
import { create, update } from 'local-org/inside';

export const TOKEN = 'token-of-this-test';

/** What the scorer does with an order: how its run ends, a refusal by status, or no end at all. */
export type Behaviour = 'Finished' | 'Degraded' | 'Held' | 'Failed' | 'Running' | 'down' | 'slow' | number;

export interface Order {
  readonly period: string;
  readonly accountId: string | null;
  readonly mode: string;
  readonly confirm: string | null;
  readonly force: string | null;
  /** Of the org's clock, ISO. */
  readonly at: string;
}

export interface ScorerStandIn {
  readonly url: string;
  readonly orders: Order[];
  /** @param body what a refusal says, as it stands; without it a JSON object that names the status */
  behave: (how: Behaviour, body?: string) => void;
  readonly close: () => Promise<void>;
}

const RUN_FIELDS = 'Id, Run_Key__c, Status__c, Heartbeat_At__c';

/**
 * A stand-in for the scoring service, by its contract: POST /v1/runs with a bearer token, query strings only, 202 with
 * runId, status and period. It writes run rows as the scorer does and scores nothing. What it does not know it refuses.
 */
export async function startScorerStandIn(org: Org): Promise<ScorerStandIn> {
  const orders: Order[] = [];
  let how: Behaviour = 'Finished';
  let words: string | undefined;
  let runs = 0;
  const object = objectOf(org.schema, 'Health_Score_Run__c');
  if (!object) throw new Error('the org has no Health_Score_Run__c');
  const world = org.writeWorld(org.user(org.adminId));
  const nowIso = (): string => new Date(org.clock()).toISOString();

  function begin(
    order: Order,
    scope: string,
    window: string,
    key = `run-${(runs += 1)}`,
  ): { id: string; key: string } {
    const { id } = create(world, object!, {
      Run_Key__c: key,
      Period__c: order.period,
      Scope__c: scope,
      Window__c: window,
      Mode__c: order.mode,
      Status__c: 'Running',
      Started_At__c: nowIso(),
      Heartbeat_At__c: nowIso(),
    });
    return { id, key };
  }

  function end(id: string): void {
    if (how === 'Running') return;
    const status = how === 'slow' ? 'Finished' : String(how);
    update(world, object!, id, { Status__c: status, Finished_At__c: nowIso() });
  }

  /** ensure joins what runs or is there; refresh joins what runs, else starts anew; confirm releases what is held. */
  function take(order: Order): { runId: string; status: string } {
    const scope = order.accountId ?? 'all';
    const window = order.period === nowIso().slice(0, 7) ? 'running' : 'complete';
    const rows = org.query(
      `SELECT ${RUN_FIELDS} FROM Health_Score_Run__c WHERE Period__c = '${order.period}' AND Scope__c = '${scope}' AND Window__c = '${window}' AND Run_Key__c LIKE 'run-%' ORDER BY Started_At__c`,
    );
    const of = (status: string) => rows.find((row) => row['Status__c'] === status);
    const joined = (row: (typeof rows)[number]) => ({
      runId: row['Run_Key__c'] as string,
      status: row['Status__c'] as string,
    });
    const running = of('Running');
    if (running) {
      const silent =
        Date.parse(nowIso()) - Date.parse((running['Heartbeat_At__c'] as string).replace('+0000', 'Z'));
      if (silent > 30 * 60_000) end(running['Id'] as string);
      return joined(running);
    }
    const held = of('Held');
    if (order.confirm !== null) {
      // One in which lists were empty for everybody is done again, under an id of its own.
      const empty = of('Degraded');
      if (empty?.['Run_Key__c'] === order.confirm) {
        const again = begin(order, scope, window, `${order.confirm}-released`);
        end(again.id);
        return { runId: again.key, status: 'Running' };
      }
      if (held?.['Run_Key__c'] !== order.confirm) throw new Error(`nothing is held as ${order.confirm}`);
      end(held['Id'] as string);
      return joined(held);
    }
    const settled = of('Finished') ?? held;
    if (order.mode === 'ensure' && settled && window === 'complete') return joined(settled);
    const { id, key } = begin(order, scope, window);
    end(id);
    return { runId: key, status: 'Running' };
  }

  const server = createServer((request, response) => {
    void (async () => {
      const answer = (status: number, body: object): void => {
        if (status === 204) return void response.writeHead(status).end();
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      const url = new URL(request.url ?? '/', 'http://stand-in');
      if (how === 'down') return void request.socket.destroy();
      if (typeof how === 'number' && words !== undefined) return void response.writeHead(how).end(words);
      if (typeof how === 'number') return answer(how, { title: `the words of ${how}` });
      if (request.headers.authorization !== `Bearer ${TOKEN}`) return answer(401, { title: 'Unauthorized' });
      if (request.method !== 'POST' || url.pathname !== '/v1/runs')
        return answer(404, { title: 'Not found' });
      for (const name of url.searchParams.keys())
        if (!['period', 'accountId', 'mode', 'confirm', 'force'].includes(name))
          return answer(400, { title: `unknown ${name}` });
      const order: Order = {
        period: url.searchParams.get('period') ?? '',
        accountId: url.searchParams.get('accountId'),
        mode: url.searchParams.get('mode') ?? 'ensure',
        confirm: url.searchParams.get('confirm'),
        force: url.searchParams.get('force'),
        at: nowIso(),
      };
      if (!/^\d{4}-\d{2}$/.test(order.period)) return answer(400, { title: 'period' });
      if (order.period > nowIso().slice(0, 7)) return answer(400, { title: 'period in the future' });
      orders.push(order);
      const run = take(order);
      if (how === 'slow') await sleep(300);
      return answer(202, { ...run, period: order.period });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    orders,
    behave: (next, body) => {
      how = next;
      words = body;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
