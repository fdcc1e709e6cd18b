import { withSecrets } from './config/secrets.ts';
import type { RunView } from './run/runs.ts';
import type { RunMode } from './run/store/run-store.ts';
import { openMemoryRuns } from './service/memory-runs.ts';
import { shippedConfig } from './shipped-model.ts';

/** What to refresh. All of it may be left out. */
export interface RefreshAsked {
  /** Calendar month `YYYY-MM`; the current one means the last 30 days. Without it the last complete month. */
  readonly period?: string | undefined;
  /** Only this account, 15 or 18 characters. */
  readonly accountId?: string | undefined;
  /** `refresh` (the default) starts anew; `ensure` is content with the finished run of a complete month. */
  readonly mode?: RunMode | undefined;
  /** Write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Read the sources again although the month is final. */
  readonly force?: boolean | undefined;
  /** Run id of a run to release: a Held one, or one in which reads gave nothing for anybody. */
  readonly confirm?: string | undefined;
}

/** Where and how. */
export interface RefreshSettings {
  /** Variables of .env.example; those of the process by default. `AWS_SECRET_ID` is followed. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Folder of sources.yaml; the shipped one by default. */
  readonly configDir?: string | undefined;
  /** Take the model of `configDir` too, and not the org's. */
  readonly modelOfConfigDir?: boolean | undefined;
  /** Milliseconds since the epoch; the machine's clock by default. */
  readonly now?: (() => number) | undefined;
  /** Asked at every safe point; the run then stops, and the next call goes on from there. */
  readonly shouldStop?: (() => boolean) | undefined;
  /** Told of every step, such as `scored` or `written 3/12` (the twelve are the most there can be). */
  readonly onStep?: ((step: string) => void) | undefined;
}

/** A run that has ended, and the rows of a dry run as CSV. */
export interface Refreshed extends RunView {
  readonly csv: string | null;
}

/**
 * One refresh from beginning to end: reads every configured source, scores every account, writes what differs. No
 * journal is kept on disk; what is half done shows in the org, and the next call goes on from there.
 *
 * @returns the run as it ended: Finished, Degraded (a source was down), Held (too many tiers would move), or Failed
 *   with `error`; Running when it was stopped
 * @throws ScorerError for a request, environment or configuration that is wrong
 * @example
 * const run = await refresh({ period: '2026-10' });
 * run.status // => 'Finished'
 * run.report?.counts.scored // => 57
 */
export async function refresh(asked: RefreshAsked = {}, settings: RefreshSettings = {}): Promise<Refreshed> {
  const { environment = process.env, now = Date.now, onStep, ...rest } = settings;
  const { variables } = await withSecrets({ ...environment });
  const runs = await openMemoryRuns({
    ...rest,
    variables,
    now,
    configDir: settings.configDir ?? shippedConfig(),
    progress: (_, step) => onStep?.(step),
  });
  const { period, accountId, mode = 'refresh', dryRun = false, force, confirm } = asked;
  const { runId, ended } = await runs.start({ period, accountId, mode, dryRun, force, confirm });
  return { ...(await ended), csv: dryRun ? await runs.csv(runId) : null };
}
