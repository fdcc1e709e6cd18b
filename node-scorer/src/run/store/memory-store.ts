import { satisfies, sameWork } from './identity.ts';
import { CSV_KEPT_MS, type RunStore, type StoredRun } from './run-store.ts';

/**
 * A journal that lives as long as its process: where there is no disk to keep (AWS Lambda), the org's own record of
 * the run and the scores it holds are the journal that lasts (decision 0006).
 */
export function makeMemoryStore(): RunStore {
  const runs = new Map<string, StoredRun>();
  const csvs = new Map<string, { readonly text: string; readonly keptAt: number }>();
  const change = (id: string, changed: Partial<StoredRun>): void => {
    const run = runs.get(id);
    if (run !== undefined) runs.set(id, { ...run, ...changed });
  };
  return {
    begin: ({ owner, now, ...wanted }) => {
      const same = [...runs.values()].filter((run) => sameWork(run, wanted));
      const there =
        same.find(({ status }) => status === 'Running') ?? same.findLast((run) => satisfies(run, wanted));
      if (there !== undefined) return Promise.resolve({ run: there, begun: false });
      const run: StoredRun = {
        ...wanted,
        status: 'Running',
        owner,
        step: 'begun',
        // A Held run that is released goes on under its own id.
        startedAt: runs.get(wanted.id)?.startedAt ?? now,
        heartbeatAt: now,
        report: null,
        error: null,
      };
      runs.set(run.id, run);
      return Promise.resolve({ run, begun: true });
    },
    takeUp: ({ id, heartbeatAt }, owner, now) => {
      const run = runs.get(id);
      if (run?.status !== 'Running' || run.heartbeatAt !== heartbeatAt) return Promise.resolve(false);
      change(id, { owner, heartbeatAt: Math.max(now, heartbeatAt + 1) });
      return Promise.resolve(true);
    },
    step: (id, step, now) => Promise.resolve(change(id, { step, heartbeatAt: now })),
    release: (id, now) => Promise.resolve(change(id, { owner: null, heartbeatAt: now })),
    finish: (id, end, now) => Promise.resolve(change(id, { ...end, owner: null, heartbeatAt: now })),
    find: (id) => Promise.resolve(runs.get(id) ?? null),
    unfinished: () => Promise.resolve([...runs.values()].filter(({ status }) => status === 'Running')),
    keepCsv: (id, text, now) => {
      for (const [old, { keptAt }] of csvs) if (now - keptAt > CSV_KEPT_MS) csvs.delete(old);
      csvs.set(id, { text, keptAt: now });
      return Promise.resolve();
    },
    csv: (id, now) => {
      const kept = csvs.get(id);
      return Promise.resolve(kept !== undefined && now - kept.keptAt <= CSV_KEPT_MS ? kept.text : null);
    },
    close: () => Promise.resolve(),
  };
}
