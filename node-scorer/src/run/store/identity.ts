import type { RunIdentity, RunMode, StoredRun } from './run-store.ts';

/**
 * Is a run that has ended as good as a new one? For `ensure`, of all accounts and a complete month, when it Finished
 * or is Held: a Degraded or Failed one is to be done again (docs/glossary.md, "run").
 *
 * @example satisfies(finishedRun, { mode: 'ensure', scope: 'all', window: 'complete', … }) // => true
 */
export const satisfies = (
  { status }: Pick<StoredRun, 'status'>,
  {
    mode,
    scope,
    window,
    dryRun,
  }: Pick<RunIdentity, 'scope' | 'window' | 'dryRun'> & { readonly mode: RunMode },
): boolean =>
  mode === 'ensure' &&
  scope === 'all' &&
  window === 'complete' &&
  !dryRun &&
  (status === 'Finished' || status === 'Held');

/**
 * Are two runs the same piece of work?
 *
 * @example sameWork(run, { org, period, scope, window, dryRun }) // => true
 */
export const sameWork = (a: RunIdentity, b: RunIdentity): boolean =>
  a.org === b.org &&
  a.period === b.period &&
  a.scope === b.scope &&
  a.window === b.window &&
  a.dryRun === b.dryRun;
