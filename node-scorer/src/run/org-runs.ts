import { ScorerError } from '../errors.ts';
import { soqlText } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import type { Limits, Segment } from '../scoring/index.ts';
import type { HeldRun } from './request.ts';
import { failRunRow } from './run-row.ts';
import type { RunMode } from './store/run-store.ts';

type Row = Readonly<Record<string, unknown>>;

/** A Running run without a sign of life for so long is dead (docs/glossary.md, "run"). */
export const DEAD_AFTER_MS = 30 * 60_000;

/** What the org knows of runs like the one that is about to start. */
export type Standing =
  /** A finished or held run that is as good as a new one. */
  | { readonly kind: 'found'; readonly row: Row }
  | {
      readonly kind: 'free';
      /** Of the record to go on with: our own, or that of a run which was stopped at a safe point. */
      readonly key: string;
      /** When that run began, in milliseconds since the epoch; null for our own. */
      readonly startedAt: number | null;
      /** Whoever stopped had passed the guard: part of it is written already. */
      readonly passed: boolean;
    };

export interface StandingRequest {
  readonly period: string;
  readonly scope: string;
  readonly complete: boolean;
  readonly mode: RunMode;
  /** Our own key: a record of it is ours. */
  readonly key: string;
  /** Of the model that is about to score. */
  readonly modelVersion: string;
  readonly now: number;
}

const STANDING_FIELDS =
  'Id, Run_Key__c, Status__c, Started_At__c, Heartbeat_At__c, Tier_Moves__c, Accounts__c, Scored__c, Unchanged__c, Unscored__c, Failed__c, Written__c, Degraded_Sources__c, Error__c, Model_Version__c, Duration_Seconds__c';

/**
 * Runs of one period, scope and window that are at work or as good as done, newest first.
 *
 * @param fields of Health_Score_Run__c, as a query names them
 */
export const readRunsOf = (
  org: Salesforce,
  fields: string,
  { period, scope, complete }: Pick<StandingRequest, 'period' | 'scope' | 'complete'>,
): Promise<readonly Row[]> =>
  org.query(
    `SELECT ${fields} FROM Health_Score_Run__c WHERE Period__c = ${soqlText(period)} AND Scope__c = ${soqlText(scope)} AND Window__c = '${complete ? 'complete' : 'running'}' AND Status__c IN ('Running', 'Finished', 'Held') ORDER BY Started_At__c DESC NULLS LAST, Id DESC LIMIT 50`,
  );

/**
 * Looks for runs of the same period, scope and window in the org, which knows of those that other machines and
 * earlier invocations began. Dead ones are set Failed; so are those that would have to go on with another model.
 *
 * @throws ScorerError RUN_ELSEWHERE while another machine is at work on it
 */
export async function findExistingRun(org: Salesforce, request: StandingRequest): Promise<Standing> {
  const { period, scope, complete, mode, key, modelVersion, now } = request;
  const rows = await readRunsOf(org, STANDING_FIELDS, { period, scope, complete });
  const isOurs = (row: Row): boolean => `${String(row['Run_Key__c'])}-`.startsWith(`${key}-`);
  const others = rows.filter((row) => !isOurs(row));
  const ended = others.find((row) => row['Status__c'] !== 'Running');
  if (mode === 'ensure' && complete && scope === 'all' && ended) return { kind: 'found', row: ended };

  let free: Standing = {
    kind: 'free',
    key: await ownKey(org, rows.filter(isOurs), request),
    startedAt: null,
    passed: false,
  };
  let waiting = false;
  for (const row of others) {
    if (row['Status__c'] !== 'Running') continue;
    const other = String(row['Run_Key__c']);
    const beat = timeOf(row['Heartbeat_At__c']);
    if (beat === null) {
      const passed = movesOf(row)?.passed === true;
      if (waiting) await failRunRow(org, { key: other }, replaced(row, key), now);
      else if (row['Model_Version__c'] === modelVersion)
        free = { kind: 'free', key: other, startedAt: timeOf(row['Started_At__c']) ?? now, passed };
      else {
        await failRunRow(org, { key: other }, otherModel(row, modelVersion, free.key), now);
        free = { ...free, passed };
      }
      waiting = true;
    } else if (now - beat > DEAD_AFTER_MS) {
      await failRunRow(org, { key: other }, replaced(row, key), now);
    } else {
      throw new ScorerError(
        'RUN_ELSEWHERE',
        `${period}: found run ${other} at work on another machine (last sign of life ${String(row['Heartbeat_At__c'])}), expected none; wait until it has ended, or 30 minutes after its last sign of life`,
      );
    }
  }
  return free;
}

/**
 * The key of our own record. A record of another model keeps it, for rows that point there explain themselves by it:
 * what was taken up then goes on under a key of its own.
 */
async function ownKey(
  org: Salesforce,
  ours: readonly Row[],
  { key, modelVersion, now }: StandingRequest,
): Promise<string> {
  const same = ours.find((row) => row['Model_Version__c'] === modelVersion);
  // Nothing was written for a Held one: no row points at it.
  const pointedAt = ours.filter((row) => row !== same && row['Status__c'] !== 'Held');
  const own = same
    ? String(same['Run_Key__c'])
    : pointedAt.length === 0
      ? key
      : `${key}-${modelVersion.slice(0, 8)}`;
  for (const row of pointedAt) {
    if (row['Status__c'] !== 'Running') continue;
    await failRunRow(org, { key: String(row['Run_Key__c']) }, otherModel(row, modelVersion, own), now);
  }
  return own;
}

const otherModel = (row: Row, version: string, by: string): ScorerError =>
  new ScorerError(
    'RUN_DEAD',
    `found model ${version} in its place, expected ${String(row['Model_Version__c'])}, by which it began; its rows keep that one, and run ${by} goes on`,
  );

const replaced = (row: Row, by: string): ScorerError =>
  new ScorerError(
    'RUN_DEAD',
    `found no sign of life since ${String(row['Heartbeat_At__c'] ?? row['Started_At__c'])}, expected one every 30 minutes; run ${by} does its work`,
  );

/** A run in which reads gave nothing for anybody is done again under an id of its own: its scores point at it. */
const AGAIN = /-released(?:-(\d+))?$/;

/** @example againOf('2026-10-all-1') // => '2026-10-all-1-released', and of that one '2026-10-all-1-released-2' */
function againOf(key: string): string {
  const again = AGAIN.exec(key);
  return again === null
    ? `${key}-released`
    : `${key.slice(0, again.index)}-released-${Number(again[1] ?? 1) + 1}`;
}

/** The run that one is the release of; null for any other. */
function releasedBy(key: string): string | null {
  const again = AGAIN.exec(key);
  if (again === null) return null;
  const times = Number(again[1] ?? 1) - 1;
  const first = key.slice(0, again.index);
  return times === 0 ? first : times === 1 ? `${first}-released` : `${first}-released-${times}`;
}

/**
 * The run that somebody wants to release: a Held one, or one in which reads gave nothing for anybody. A release that
 * came to nothing stands for the run that it was of.
 *
 * @param id its Run_Key__c or the id of its record
 * @throws ScorerError USAGE when there is no such run, or nothing of it waits to be released
 */
export async function readHeldRun(org: Salesforce, id: string): Promise<HeldRun> {
  const keys = [id, releasedBy(id)].flatMap((key) => key ?? []);
  const byId = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(id) ? ` OR Id = ${soqlText(id)}` : '';
  const rows = await org.query(
    `SELECT Run_Key__c, Period__c, Status__c, Tier_Moves__c FROM Health_Score_Run__c WHERE Run_Key__c IN (${keys.map(soqlText).join(', ')})${byId} LIMIT 2`,
  );
  const isOf = (row: Row): boolean => row['Run_Key__c'] !== keys[1];
  const inOrder = [...rows.filter(isOf), ...rows.filter((row) => !isOf(row))];
  for (const row of inOrder) {
    const held = waitingFor(row);
    if (held !== null) return held;
  }
  const [row] = inOrder;
  throw new ScorerError(
    'USAGE',
    `--confirm ${JSON.stringify(id)}: found ${row === undefined ? 'no such run' : `a run that is ${String(row['Status__c'])}`}, expected the id of a run that is Held, or of one in which reads gave nothing for anybody`,
  );
}

/** What of a run waits for a person; null when nothing does. */
function waitingFor(row: Row): HeldRun | null {
  const moves = movesOf(row);
  const [key, period, status] = [row['Run_Key__c'], row['Period__c'], row['Status__c']].map(String) as [
    string,
    string,
    string,
  ];
  const empty = namesIn(moves?.empty);
  const released = namesIn(moves?.released);
  if (status === 'Held' && typeof moves?.digest === 'string')
    return { id: key, period, digest: moves.digest, released };
  if (status === 'Degraded' && empty.length > 0)
    return { id: againOf(key), period, digest: '', released: [...new Set([...released, ...empty])] };
  return null;
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];

/**
 * What the best tenth of each segment reached in the newest run over all accounts: a run of one account asks for
 * no more than that run did.
 *
 * @returns null when no such run has told
 */
export async function readLimits(
  org: Salesforce,
  period: string,
  complete: boolean,
): Promise<Readonly<Record<Segment, Limits>> | null> {
  const [row] = await org.query(
    `SELECT Limits__c FROM Health_Score_Run__c WHERE Period__c = ${soqlText(period)} AND Scope__c = 'all' AND Window__c = '${complete ? 'complete' : 'running'}' AND Status__c IN ('Finished', 'Degraded') ORDER BY Started_At__c DESC NULLS LAST LIMIT 1`,
  );
  const text = row?.['Limits__c'];
  return typeof text === 'string' ? (JSON.parse(text) as Record<Segment, Limits>) : null;
}

interface StoredMoves {
  readonly digest?: unknown;
  readonly passed?: unknown;
  readonly empty?: unknown;
  readonly released?: unknown;
}

function movesOf(row: Row): StoredMoves | null {
  try {
    return JSON.parse(String(row['Tier_Moves__c'])) as StoredMoves;
  } catch {
    return null;
  }
}

/** A time of a record, in milliseconds since the epoch; null when it has none. */
export function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
