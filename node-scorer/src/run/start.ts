import type { Environment } from '../config/environment.ts';
import { loadConfig, loadSources } from '../config/load.ts';
import type { Sources } from '../config/sources.ts';
import { ScorerError, messageOf } from '../errors.ts';
import { toId18 } from '../extract/salesforce/account-id.ts';
import type { Model } from '../scoring/index.ts';
import { executeRun, isOrphan, type ExecutorDeps } from './run-executor.ts';
import { refuseBesideConfirm, refuseOtherPeriod } from './confirm.ts';
import { readHeldRun } from './org-runs.ts';
import { refresh } from './refresh.ts';
import { scopeOf, type HeldRun, type RefreshRequest } from './request.ts';
import { makeRunId } from './run-id.ts';
import type { Runs, RunView, StartedRun, StartRequest } from './runs.ts';
import { openSalesforce, type World } from './sources.ts';
import type { NewRun, StoredRun } from './store/run-store.ts';
import { windowFor } from './window.ts';

export interface RunsDeps extends Omit<ExecutorDeps, 'shouldStop'> {
  readonly environment: Environment;
  /** Folder of sources.yaml. */
  readonly configDir: string;
  /** Take the model of that folder, and not the org's. */
  readonly modelOfConfigDir: boolean;
  /** A world for one run: it counts its own calls. */
  readonly makeWorld: () => World;
  /** Asked at every safe point, beside {@link Runs.stop}. */
  readonly shouldStop?: () => boolean;
  /** Told how each run ended that was carried out here. */
  readonly onEnd?: (view: RunView, error: unknown) => void;
}

/**
 * Everything that a service may do with runs, over one journal.
 *
 * @example const { runId, status } = await makeRuns(deps).start({ mode: 'ensure', dryRun: false })
 */
export function makeRuns(deps: RunsDeps): Runs {
  const { environment, store, now } = deps;
  let stopping = false;
  const working = new Set<Promise<RunView>>();
  const ownFolder = deps.modelOfConfigDir ? deps.configDir : undefined;
  const shouldStop = () => stopping || (deps.shouldStop?.() ?? false);

  const settings = async (): Promise<{ sources: Sources; model: Model | null }> =>
    deps.modelOfConfigDir
      ? loadConfig(deps.configDir)
      : { sources: await loadSources(deps.configDir), model: null };

  /** From the org: the journal knows neither runs of elsewhere nor what a held run believed. */
  async function heldRun(id: string): Promise<HeldRun> {
    const known = await store.find(id);
    if (known?.dryRun === true) {
      throw new ScorerError(
        'USAGE',
        `confirm ${id}: found a dry run, expected the id of a run that is Held; start the run without dryRun`,
      );
    }
    const org = await openSalesforce(environment, deps.makeWorld());
    if (org === null) throw new ScorerError('USAGE', `confirm ${id}: found no org to look it up in`);
    return readHeldRun(org, id);
  }

  async function start(request: StartRequest): Promise<StartedRun> {
    refuseBesideConfirm(request);
    const release = request.confirm === undefined ? null : await heldRun(request.confirm);
    if (release !== null) refuseOtherPeriod(release, request.period);
    const { sources, model } = await settings();
    const refreshRequest: RefreshRequest = {
      window: windowFor(release?.period ?? request.period, now()),
      model,
      sources,
      environment,
      // Ensure would be content with the very run that is to be released, or read again.
      mode: release === null && request.force !== true ? request.mode : 'refresh',
      dryRun: request.dryRun,
      force: request.force ?? false,
      backfill: false,
      release,
      accountIds: request.accountId === undefined ? undefined : [accountId(request.accountId)],
    };
    const wanted = newRun(refreshRequest, deps, askedFor(request, ownFolder));
    const { run, ended } = await executeRun({ ...deps, shouldStop }, wanted, (handle) =>
      refresh(refreshRequest, deps.makeWorld(), handle),
    );
    const view = ended.then((end) => {
      const seen = viewOf(end.run);
      deps.onEnd?.(seen, end.error);
      return seen;
    });
    working.add(view);
    void view.finally(() => working.delete(view));
    return { runId: run.id, status: run.status, period: run.period, ended: view };
  }

  return {
    start,
    get: async (runId) => {
      const run = await store.find(runId);
      return run && viewOf(run);
    },
    csv: (runId) => store.csv(runId, now()),
    recover: async () => {
      const orphans = (await store.unfinished()).filter((run) => isOrphan(run, deps));
      const asked = orphans.flatMap((run) => requestOf(run, ownFolder) ?? []);
      const started = await Promise.allSettled(asked.map((request) => start(request)));
      return started.filter(({ status }) => status === 'fulfilled').length;
    },
    readiness: async () => {
      const problems: string[] = [];
      if (environment.salesforce === null) problems.push('SF_LOGIN_URL: found nothing, expected the org');
      await settings().catch((error: unknown) => problems.push(messageOf(error)));
      await store.unfinished().catch((error: unknown) => problems.push(messageOf(error)));
      if (shouldStop()) problems.push('shutting down');
      return problems;
    },
    stop: async () => {
      stopping = true;
      await Promise.allSettled(working);
    },
  };
}

/**
 * The journal's entry for a refresh that is about to begin.
 *
 * @param request what was asked beyond the identity: two runs may join only when this is the same
 */
export function newRun(
  refreshRequest: RefreshRequest,
  { now, owner, makeWorld }: Pick<RunsDeps, 'now' | 'owner' | 'makeWorld'>,
  request: string,
): NewRun {
  const { window, mode, dryRun, release } = refreshRequest;
  const scope = scopeOf(refreshRequest);
  const at = now();
  return {
    id: release?.id ?? makeRunId(window.period, scope, at, makeWorld().newId()),
    org: orgOf(refreshRequest.environment),
    period: window.period,
    scope,
    window: window.complete ? 'complete' : 'running',
    dryRun,
    mode,
    owner,
    now: at,
    request,
  };
}

/**
 * What was asked beyond what identifies a run, as the command line writes it too: a service and a person at a terminal
 * who ask for the same join.
 */
const askedFor = (
  { confirm, dryRun, force }: Pick<StartRequest, 'confirm' | 'dryRun' | 'force'>,
  configDir: string | undefined,
): string =>
  JSON.stringify({ configDir, ...(force === true && { force }), confirm, ...(dryRun && { dryRun }) });

/**
 * What a run that was left unfinished had been asked to do; null when only whoever began it can go on, because it
 * read files that were named on its command line.
 */
function requestOf(
  { period, scope, mode, request }: StoredRun,
  ownFolder: string | undefined,
): StartRequest | null {
  const { confirm, dryRun, force, configDir, ...files } = JSON.parse(request) as Partial<StartRequest> & {
    readonly configDir?: string;
  };
  if (
    configDir !== ownFolder ||
    Object.keys(files).length > 0 ||
    !(scope === 'all' || toId18(scope) !== null)
  )
    return null;
  return {
    mode,
    period,
    dryRun: dryRun ?? false,
    ...(scope === 'all' ? {} : { accountId: scope }),
    ...(force === undefined ? {} : { force }),
    ...(confirm === undefined ? {} : { confirm }),
  };
}

const orgOf = ({ salesforce }: Environment): string => {
  if (salesforce === null) return 'none';
  return new URL('loginUrl' in salesforce ? salesforce.loginUrl : salesforce.instanceUrl).host;
};

function accountId(text: string): string {
  const id = toId18(text);
  if (id !== null) return id;
  throw new ScorerError(
    'USAGE',
    `accountId: found ${JSON.stringify(text)}, expected an id of 15 or 18 characters`,
  );
}

/**
 * A run as people and programs see it.
 *
 * @example viewOf(run).status // => 'Finished'
 */
export const viewOf = (run: StoredRun): RunView => ({
  runId: run.id,
  status: run.status,
  period: run.period,
  scope: run.scope,
  mode: run.mode,
  dryRun: run.dryRun,
  step: run.step,
  startedAt: new Date(run.startedAt).toISOString(),
  heartbeatAt: new Date(run.heartbeatAt).toISOString(),
  error: run.error,
  report: run.report,
});
