import type { Environment } from '../config/environment.ts';
import { loadSources } from '../config/load.ts';
import { ScorerError, messageOf } from '../errors.ts';
import { toId18 } from '../extract/salesforce/account-id.ts';
import { soqlText } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { refuseBesideConfirm, refuseOtherPeriod } from './confirm.ts';
import { DEAD_AFTER_MS, readHeldRun, readRunsOf, timeOf } from './org-runs.ts';
import { makeRunId } from './run-id.ts';
import type { Runs, RunView, StartedRun, StartRequest } from './runs.ts';
import { openSalesforce, type World } from './sources.ts';
import { RUN_MODES, RUN_STATUSES } from './store/run-store.ts';
import { windowFor } from './window.ts';

export interface QueuedRunsDeps {
  readonly environment: Environment;
  /** Folder of sources.yaml. */
  readonly configDir: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly makeWorld: () => World;
  /** Gives a run to whoever carries it out, under the id that was announced. */
  readonly handOver: (request: StartRequest, runId: string) => Promise<void>;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Runs for a caller who cannot wait and a process that does not stay: `start` finds the run to join in the records
 * of the org, or announces the id of a new one and hands it over. The org is the only memory.
 *
 * Two starts within the second or two until the first record is there are two runs; the second to begin then finds
 * the first at work and leaves it to that one.
 *
 * @example makeQueuedRuns(deps).start({ mode: 'ensure', dryRun: false })
 */
export function makeQueuedRuns(deps: QueuedRunsDeps): Runs {
  const { environment, now, makeWorld, handOver } = deps;
  const openOrg = async (): Promise<Salesforce> => {
    const org = await openSalesforce(environment, makeWorld());
    if (org !== null) return org;
    throw new ScorerError('ENVIRONMENT_INVALID', 'SF_LOGIN_URL: found nothing, expected the org to write to');
  };

  async function start(asked: StartRequest): Promise<StartedRun> {
    refuseBesideConfirm(asked);
    if (asked.dryRun) {
      const message =
        'dryRun: found true, expected false; there is nowhere to keep its rows until they are fetched';
      throw new ScorerError('USAGE', message);
    }
    const scope = asked.accountId === undefined ? 'all' : toId18(asked.accountId);
    if (scope === null) {
      throw new ScorerError('USAGE', 'accountId: found no id, expected one of 15 or 18 characters');
    }
    const window = windowFor(asked.period, now());
    const org = await openOrg();
    if (asked.confirm !== undefined) {
      const held = await readHeldRun(org, asked.confirm);
      refuseOtherPeriod(held, asked.period);
      const { id, period } = held;
      // Whoever carries it out looks the run up by what was asked for, and comes to the same id.
      await handOver(asked, id);
      return startedRun(id, 'Running', period);
    }
    const { period, complete } = window;
    const rows = await readRunsOf(org, FIELDS, { period, scope, complete });
    const views = rows.map(viewOf);
    const ended = views.find(({ status }) => status !== 'Running');
    if (asked.mode === 'ensure' && asked.force !== true && complete && scope === 'all' && ended) {
      return startedRun(ended.runId, ended.status, period);
    }
    const running = rows.filter((row) => row['Status__c'] === 'Running');
    const alive = running.find((row) => now() - (timeOf(row['Heartbeat_At__c']) ?? 0) <= DEAD_AFTER_MS);
    if (alive !== undefined) return startedRun(String(alive['Run_Key__c']), 'Running', period);
    // One that was let go at a safe point is taken up, under the id that it has.
    const released = running.find((row) => timeOf(row['Heartbeat_At__c']) === null);
    const runId =
      released === undefined
        ? makeRunId(period, scope, now(), makeWorld().newId())
        : String(released['Run_Key__c']);
    await handOver({ ...asked, period }, runId);
    return startedRun(runId, 'Running', period);
  }

  return {
    start,
    get: async (runId) => {
      const org = await openOrg();
      const [row] = await org.query(
        `SELECT ${FIELDS} FROM Health_Score_Run__c WHERE Run_Key__c = ${soqlText(runId)} LIMIT 1`,
      );
      return row === undefined ? null : viewOf(row);
    },
    csv: () => Promise.resolve(null),
    // The daily schedule finishes what was left unfinished.
    recover: () => Promise.resolve(0),
    readiness: async () => {
      const problems =
        environment.salesforce === null ? ['SF_LOGIN_URL: found nothing, expected the org'] : [];
      const settings = await loadSources(deps.configDir).then(
        () => [],
        (error: unknown) => [messageOf(error)],
      );
      return [...problems, ...settings];
    },
    stop: () => Promise.resolve(),
  };
}

const FIELDS =
  'Run_Key__c, Period__c, Scope__c, Status__c, Mode__c, Started_At__c, Heartbeat_At__c, Error__c';

/** Whoever needs the end asks for it: this process will be gone by then. */
const startedRun = (runId: string, status: RunView['status'], period: string): StartedRun => ({
  runId,
  status,
  period,
  ended: new Promise(() => undefined),
});

/** A run's record as a view; its report is what the record's own fields say. */
function viewOf(row: Row): RunView {
  const startedAt = isoOf(row['Started_At__c']);
  return {
    runId: String(row['Run_Key__c']),
    status: RUN_STATUSES.find((status) => status === row['Status__c']) ?? 'Failed',
    period: String(row['Period__c']),
    scope: String(row['Scope__c']),
    mode: RUN_MODES.find((mode) => mode === row['Mode__c']) ?? 'ensure',
    dryRun: false,
    step: row['Status__c'] === 'Running' ? 'begun' : 'ended',
    startedAt,
    heartbeatAt: row['Heartbeat_At__c'] == null ? startedAt : isoOf(row['Heartbeat_At__c']),
    error: typeof row['Error__c'] === 'string' ? row['Error__c'] : null,
    report: null,
  };
}

const isoOf = (value: unknown): string => new Date(timeOf(value) ?? 0).toISOString();
