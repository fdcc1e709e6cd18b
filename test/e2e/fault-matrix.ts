/** One run for each read call and each way in which it can fail, and whether it is what the design wants. */
import { resolve } from 'node:path';
import type { Row as StoredRow } from 'local-org';
import { readEnvironment } from '../../node-scorer/src/config/environment.ts';
import { loadSources } from '../../node-scorer/src/config/load.ts';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import { makeCallCounter } from '../../node-scorer/src/http/calls.ts';
import { makeAttempt, type Attempt } from '../../node-scorer/src/http/send.ts';
import { refresh } from '../../node-scorer/src/run/refresh.ts';
import { exitCodeOf, type Report } from '../../node-scorer/src/run/report.ts';
import type { RefreshRequest } from '../../node-scorer/src/run/request.ts';
import { windowFor } from '../../node-scorer/src/run/window.ts';
import { CALLS, FAULTS, type FaultKind, type ReadCall } from './fault-calls.ts';
import { lasting, openWorld, ROOT, type Row, type World } from './harness.ts';
import { filledIn, risen, shownScores } from './outages.ts';

const BEFORE = '2026-09';
const PERIOD = '2026-10';
/** A server that answers nobody is given this long in place of minutes. */
const PATIENCE_MS = 400;

/** What came of one cell. */
export interface Verdict {
  readonly call: string;
  readonly fault: string;
  /** Exit code and status, such as `75 Degraded`. */
  readonly outcome: string;
  /** What is not as designed; none when all is. */
  readonly wrong: readonly string[];
  /** Scores that rose by it. */
  readonly promotions: readonly string[];
}

interface Ran {
  readonly exit: number;
  readonly report: Report | null;
  readonly error: Error | null;
  /** How many calls the fault was put on. */
  readonly met: number;
}

/** Runs cells one after the other over one base, whose month before has been scored. */
export interface Matrix {
  readonly run: (call: string, fault: string) => Promise<Verdict>;
  readonly close: () => Promise<void>;
}

/**
 * @example
 * const matrix = await openMatrix({ accounts: 14, seed: 1 });
 * await matrix.run('Jira search', '503') // => { outcome: '75 Degraded', wrong: [], promotions: [], … }
 */
export async function openMatrix(options: {
  readonly accounts: number;
  readonly seed: number;
}): Promise<Matrix> {
  const world = await openWorld({ months: 6, ...options });
  const sources = await loadSources(resolve(ROOT, 'config'));
  const environment = readEnvironment(world.sandbox.env);
  const now = (): number => environment.fixedNow ?? Date.now();
  let runs = 0;
  const month = async (period: string, planted?: { readonly call: ReadCall; readonly kind: FaultKind }) => {
    const { attempt, met } = attemptOf(world, planted);
    const request: RefreshRequest = {
      window: windowFor(period, now()),
      model: null,
      sources,
      environment,
      mode: 'ensure',
      dryRun: false,
      force: false,
      backfill: false,
      release: null,
    };
    runs++;
    const handle = {
      id: `${period}-all-${String(runs).padStart(6, '0')}`,
      startedAt: now(),
      resumedAfter: null,
      step: () => Promise.resolve(),
    };
    const outside = {
      now,
      tick: () => performance.now(),
      random: () => 0.5,
      sleep: () => Promise.resolve(),
      calls: makeCallCounter(),
      newId: () => `new-${runs}`,
      attempt,
    };
    try {
      const { report } = await refresh(request, outside, handle);
      return { exit: exitCodeOf(report), report, error: null, met: met() } satisfies Ran;
    } catch (error) {
      const kind = error instanceof ScorerError ? error.kind : 'defect';
      const exit = { config: 2, transient: 75, defect: 1 }[kind];
      return { exit, report: null, error: error as Error, met: met() } satisfies Ran;
    }
  };

  const first = await month(BEFORE);
  if (first.exit !== 0) throw first.error ?? new Error(`${BEFORE} ended ${first.exit}`);
  const before = shownScores(world, BEFORE);
  const earlier = world.scores(BEFORE);
  const restore = rememberOrg(world);
  const undisturbed = await month(PERIOD);
  if (undisturbed.exit !== 0) throw undisturbed.error ?? new Error(`${PERIOD} ended ${undisturbed.exit}`);
  const truth = lasting(world.scores(PERIOD));
  const trueScores = shownScores(world, PERIOD);
  restore();

  /** Scores above both the one before and the true one. */
  const above = (): string[] =>
    [...shownScores(world, PERIOD)].flatMap(([account, score]) => {
      const most = Math.max(Number(before.get(account) ?? 0), Number(trueScores.get(account) ?? 0));
      return typeof score === 'number' && score > most && before.get(account) != null
        ? [`${String(account)}: ${score}, expected at most ${most}`]
        : [];
    });

  const differing = (rows: readonly Row[]): string[] => {
    const wanted = new Map(truth.map((row) => [row['Account__c'], JSON.stringify(row)]));
    return lasting(rows)
      .filter((row) => wanted.get(row['Account__c']) !== JSON.stringify(row))
      .map((row) => String(row['Score_Key__c']));
  };

  function wrongIn({ exit, report, error, met }: Ran, kind: FaultKind): string[] {
    const wrong: string[] = [];
    const rows = world.scores(PERIOD);
    const last = world.runs().findLast((row) => row['Period__c'] === PERIOD)?.['Status__c'];
    const status = typeof last === 'string' ? last : 'none';
    if (met === 0) wrong.push('the fault met no call');
    if (![0, 2, 75].includes(exit)) wrong.push(`exit ${exit}: ${error?.message ?? report?.status ?? ''}`);
    if (kind.nature === 'harmless' && exit !== 0) wrong.push(`exit ${exit} although nothing was lost`);
    if (kind.nature === 'failed read' && exit === 2)
      wrong.push(`exit 2 for what passes by itself: ${error?.message ?? ''}`);
    if (error !== null) {
      if (rows.length > 0) wrong.push(`${rows.length} scores written by a run that failed`);
      if (!['Failed', 'none'].includes(status)) wrong.push(`the org says ${status} of a run that failed`);
    } else if (status !== report?.status) {
      wrong.push(`the org says ${status} of a run that ended ${report?.status ?? ''}`);
    }
    const lies = differing(exit === 0 ? rows : rows.filter((row) => row['Final__c'] === true));
    if (exit === 0 && rows.length !== truth.length) wrong.push(`${rows.length} of ${truth.length} scores`);
    if (lies.length > 0)
      wrong.push(
        `${lies.length} of ${rows.length} ${exit === 0 ? 'scores of a finished run' : 'final scores'} are not the true ones`,
      );
    if (exit === 75 && report !== null) {
      if (rows.length > 0 && rows.every((row) => row['Final__c'] === true) && report.counts.failed === 0)
        wrong.push('every score of a degraded run is final');
      const invented = filledIn(world, PERIOD, [BEFORE]);
      if (invented.length > 0)
        wrong.push(`${invented.length} readings filled in, such as ${invented[0] ?? ''}`);
    }
    if (JSON.stringify(world.scores(BEFORE)) !== JSON.stringify(earlier))
      wrong.push('the month before changed');
    return wrong;
  }

  return {
    run: async (callName, faultName) => {
      const call = CALLS[callName] as ReadCall;
      const kind = FAULTS[faultName] as FaultKind;
      const standIn = world.sandbox[call.vendor];
      standIn.faults.add({ ...kind.fault, ...call.at });
      const ran = await month(PERIOD, { call, kind });
      standIn.faults.clear();
      const wrong = wrongIn(ran, kind);
      const promotions = [...above(), ...risen(world, PERIOD, before)];
      const isWhole = ran.exit === 0 && wrong.length === 0;
      if (!isWhole) {
        const again = await month(PERIOD);
        const left = differing(world.scores(PERIOD));
        if (again.exit !== 0) wrong.push(`read again it ends ${again.exit}: ${again.error?.message ?? ''}`);
        else if (left.length > 0 || world.scores(PERIOD).length !== truth.length)
          wrong.push(`read again ${left.length} scores are not the true ones`);
      }
      restore();
      const outcome = `${ran.exit} ${ran.report?.status ?? 'Failed'}`;
      return { call: callName, fault: faultName, outcome, wrong, promotions };
    },
    close: () => world.sandbox.close(),
  };
}

/** The real thing, but for its patience with the one call that is made to hang. */
function attemptOf(
  world: World,
  planted?: { readonly call: ReadCall; readonly kind: FaultKind },
): { readonly attempt: Attempt; readonly met: () => number } {
  const real = makeAttempt();
  let met = 0;
  if (planted === undefined) return { attempt: real, met: () => met };
  const { call, kind } = planted;
  const base = world.sandbox[call.vendor].url;
  return {
    met: () => met,
    attempt: (request) => {
      const { pathname, search } = new URL(request.url);
      const body = typeof request.body === 'string' ? request.body : '';
      const isMet =
        request.url.startsWith(base) &&
        (call.at.match?.test(`${request.method} ${pathname}`) ?? true) &&
        (call.at.content?.test(`${search.slice(1).replaceAll('%20', '+')}\n${body}`) ?? true);
      if (!isMet) return real(request);
      met++;
      return real(kind.isSlow === true ? { ...request, deadlineMs: PATIENCE_MS } : request);
    },
  };
}

/** Takes note of what a run changes in an org; the answer puts it back. */
function rememberOrg(world: World): () => void {
  const { org } = world.sandbox.org;
  const tables = ['account', 'health_score__c', 'health_score_run__c'].map((name) => {
    const object = org.schema.objects.get(name);
    if (object === undefined) throw new Error(`found no object ${name}`);
    const idsNow = (): string[] =>
      org.store.rows(`SELECT "Id" FROM "${object.name}"`, []).map(([id]) => String(id));
    const rows = new Map<string, StoredRow>(
      idsNow().flatMap((id) => {
        const row = org.store.find(object, id);
        return row === undefined ? [] : [[id, { ...row }]];
      }),
    );
    return { object, idsNow, rows };
  });
  return () => {
    for (const { object, idsNow, rows } of tables) {
      for (const id of idsNow()) {
        const row = rows.get(id);
        if (row === undefined) org.store.erase(object, id);
        else org.store.update(object, id, row);
      }
    }
  };
}

/** A small seeded generator (mulberry32): numbers from 0 up to 1. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Cell = readonly [call: string, fault: string];

export const ALL_CELLS: readonly Cell[] = Object.keys(CALLS).flatMap((call) =>
  Object.keys(FAULTS).map((fault): Cell => [call, fault]),
);

/**
 * A few cells with every call and every fault at least once, by chance.
 *
 * @example sampleOf(1).length // => 38
 */
export function sampleOf(seed: number): Cell[] {
  const random = seeded(seed);
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const calls = [...shuffled(Object.keys(CALLS)), ...shuffled(Object.keys(CALLS))];
  return shuffled(Object.keys(FAULTS)).map((fault, i): Cell => [calls[i % calls.length] as string, fault]);
}
