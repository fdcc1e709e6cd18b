/** The monthly refresh as Salesforce starts it: by the shipped flows, in the local org's interpreter (a simulation). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/start.ts';
import { connect } from '../connect/connect.ts';
import { restByFetch } from '../connect/rest.ts';
import type { Query, Row } from './portfolio.ts';
import type { Service } from './scorer.ts';

const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 60_000;

/** Gives the org the address of the service and the token that proves it, as `npm run connect` does. */
export async function connectOrg({ org }: Sandbox, { url, token }: Service): Promise<void> {
  const rest = restByFetch(org.url, () => org.sessions.issue(org.org.adminId));
  await connect({ rest, print: () => undefined, targetOrg: 'local', url, token });
}

/** Moves the one clock of the sandbox on; flows that are scheduled in between run. */
export async function moveClock({ org }: Sandbox, now: string): Promise<number> {
  const response = await fetch(`${org.url}/__sandbox/clock`, {
    method: 'POST',
    body: JSON.stringify({ now }),
  });
  const answer = (await response.json()) as { interviews?: unknown[] };
  if (!response.ok) throw new Error(`the clock of the sandbox: ${JSON.stringify(answer)}`);
  return answer.interviews?.length ?? 0;
}

/** The record of the run that a flow has started, once it has ended. */
export async function awaitRun(query: Query, period: string): Promise<Row> {
  const since = performance.now();
  for (;;) {
    const [row] = await query(
      `SELECT Run_Key__c, Status__c, Error__c, Accounts__c, Scored__c, Unchanged__c, Failed__c, Written__c FROM Health_Score_Run__c WHERE Period__c = '${period}' ORDER BY CreatedDate DESC LIMIT 1`,
    );
    if (row !== undefined && row['Status__c'] !== 'Running') return row;
    if (performance.now() - since > PATIENCE_MS) {
      throw new Error(
        `the flow's run of ${period}: found ${row === undefined ? 'no record' : 'it running'} after a minute, expected it to end`,
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** One line about a run's record. */
export const runLine = (row: Row, period: string): string =>
  `${period} ${String(row['Status__c'])}: ${String(row['Accounts__c'])} accounts, ${String(row['Scored__c'])} scored, ${String(row['Unchanged__c'])} unchanged, ${String(row['Failed__c'])} failed; ${String(row['Written__c'])} rows written`;
