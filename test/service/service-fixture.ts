import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import type { Runs, RunView, StartRequest } from '../../node-scorer/src/run/runs.ts';
import { makeAuth, type AuthParts } from '../../node-scorer/src/service/caller.ts';
import { makeLog } from '../../node-scorer/src/service/log.ts';
import { makeServiceMetrics } from '../../node-scorer/src/service/metrics.ts';
import { makeReplays } from '../../node-scorer/src/service/replay.ts';
import { makeScrubber } from '../../node-scorer/src/service/scrub.ts';
import { makeService, type Limits } from '../../node-scorer/src/service/service.ts';

/** A made-up token, as an External Credential would hold it. */
export const TOKEN = 'planted-service-token-7Qm2xV0c';
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
export const BEARER = { authorization: `Bearer ${TOKEN}` };

/** What the last complete month is for the runs below. */
const LAST_MONTH = '2026-10';

/**
 * Runs without any work in them, for what HTTP alone decides. They keep to the rules of joining; what a real run
 * does is tested over the sandbox.
 */
export interface BareRuns extends Runs {
  readonly asked: StartRequest[];
  /** Ends what is running. */
  readonly finish: () => void;
  readonly fail: (error: Error | null) => void;
  readonly lack: (missing: readonly string[]) => void;
  readonly looks: () => number;
  readonly stopped: () => boolean;
}

export function makeBareRuns(): BareRuns {
  const views = new Map<string, RunView>();
  const asked: StartRequest[] = [];
  let failure: Error | null = null;
  let missing: readonly string[] = [];
  let looks = 0;
  let isStopped = false;
  return {
    asked,
    finish: () => {
      for (const [id, view] of views) views.set(id, { ...view, status: 'Finished', step: 'finished' });
    },
    fail: (error) => (failure = error),
    lack: (lacking) => (missing = lacking),
    looks: () => looks,
    stopped: () => isStopped,
    start: (request) => {
      asked.push(request);
      if (failure !== null) return Promise.reject(failure);
      if (request.accountId?.startsWith('000') === true) {
        return Promise.reject(
          new ScorerError('USAGE', 'accountId: found another object, expected an account'),
        );
      }
      const { period = LAST_MONTH, mode, dryRun, accountId: scope = 'all' } = request;
      const same = [...views.values()].filter(
        (view) => view.period === period && view.scope === scope && view.dryRun === dryRun,
      );
      const found =
        same.find(({ status }) => status === 'Running') ?? (mode === 'ensure' ? same.at(-1) : undefined);
      const at = '2026-11-21T09:00:00.000Z';
      const view: RunView = found ?? {
        runId: `${period}-${scope}-${views.size + 1}`,
        status: 'Running',
        period,
        scope,
        mode,
        dryRun,
        step: 'begun',
        startedAt: at,
        heartbeatAt: at,
        error: null,
        report: null,
      };
      views.set(view.runId, view);
      return Promise.resolve({ ...view, ended: new Promise<RunView>(() => undefined) });
    },
    get: (runId) => Promise.resolve(views.get(runId) ?? null),
    csv: (runId) =>
      Promise.resolve(views.get(runId)?.dryRun === true ? 'Score_Key__c,Tier__c\r\nk,Healthy\r\n' : null),
    recover: () => Promise.resolve(0),
    readiness: () => {
      looks++;
      return Promise.resolve(missing);
    },
    stop: () => {
      isStopped = true;
      return Promise.resolve();
    },
  };
}

export interface Opened {
  readonly app: Awaited<ReturnType<typeof makeService>>;
  readonly runs: BareRuns;
  /** Log lines so far. */
  readonly lines: () => Record<string, unknown>[];
  readonly logText: () => string;
}

/** A service over bare runs, not listening: requests are injected, or it is told to listen by the test. */
export async function openService(
  more: {
    auth?: Partial<AuthParts>;
    limits?: Partial<Limits>;
    tick?: () => number;
    /** Stands around what blots secrets out of the log. */
    scrub?: (scrub: (text: string) => string) => (text: string) => string;
  } = {},
): Promise<Opened> {
  const runs = makeBareRuns();
  let text = '';
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString('utf8');
      done();
    },
  });
  let ids = 0;
  const auth = { tokens: [sha256(TOKEN)], jwt: null, replays: makeReplays(Date.now, 1_000), ...more.auth };
  const app = await makeService({
    runs,
    auth: makeAuth(auth),
    log: makeLog(out, more.scrub?.(makeScrubber({})) ?? makeScrubber({})),
    metrics: makeServiceMetrics(Date.now),
    tick: more.tick ?? (() => performance.now()),
    newId: () => `request-${++ids}`,
    limits: more.limits ?? {},
  });
  return {
    app,
    runs,
    logText: () => text,
    lines: () =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
