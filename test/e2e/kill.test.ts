import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lasting, openWorld, unexplained, type Row, type World } from './harness.ts';
import { unscore } from './people.ts';
import { killScorer, type KillPoint } from './kill.ts';
import { MOMENTS, openWire, type Moment, type Wire, type WireCall } from './wire.ts';

/** Three batches of scores, and as many of the accounts that point at them. */
const ACCOUNTS = 440;
const PER_BATCH = 200;
const PERIOD = '2026-10';

const SCORES = /PATCH .*\/Health_Score__c\/Score_Key__c/;
const RECORD = /PATCH .*\/Health_Score_Run__c\//;
const CALLS: readonly (readonly [string, WireCall['vendor'], RegExp, number])[] = [
  ['the sign-in', 'org', /oauth2\/token/, 1],
  ['the model', 'org', /FROM Health_Metric__mdt/, 1],
  ['the accounts', 'org', /FROM Account /, 1],
  ["the run's record", 'org', RECORD, 1],
  ['the stored scores', 'org', /FROM Health_Score__c WHERE Period__c/, 1],
  ['signals', 'org', /FROM Churn_Signal__c/, 1],
  ['contracts', 'org', /FROM Opportunity /, 1],
  ['conversations', 'intercom', /conversations\/search/, 2],
  ['bugs', 'jira', /search\/jql/, 1],
  ['usage', 'looker', /queries\/run/, 2],
  ['scores 1', 'org', SCORES, 1],
  ['scores 2', 'org', SCORES, 2],
  ['scores 3', 'org', SCORES, 3],
  ['lookups 1', 'org', /PATCH .*\/composite\/sobjects\/?$/, 1],
  ['lookups 2', 'org', /PATCH .*\/composite\/sobjects\/?$/, 2],
  ["the record's end", 'org', RECORD, 2],
];
const STEPS = [
  'read what is stored',
  'read the sources',
  'scored',
  'written 1/3',
  'written 2/3',
  'written 3/3',
];

const POINTS: readonly (KillPoint & { readonly name: string })[] = [
  ...CALLS.flatMap(([what, vendor, line, nth]) =>
    MOMENTS.map((wanted) => {
      let seen = 0;
      return {
        name: `${wanted} the call for ${what}`,
        at: (call: WireCall, moment: Moment) =>
          moment === wanted && call.vendor === vendor && line.test(call.line) && ++seen === nth,
      };
    }),
  ),
  ...STEPS.map((step) => ({ name: `after the step "${step}"`, at: () => false, step })),
];

/** All of them take minutes: KILL_POINTS=all; else some, others for another seed. */
function chosen(): typeof POINTS {
  const wanted = process.env['KILL_POINTS'] ?? '1';
  if (wanted === 'all') return POINTS;
  const seed = Number(wanted);
  if (!Number.isInteger(seed)) throw new Error(`KILL_POINTS: found ${wanted}, expected "all" or a seed`);
  return POINTS.filter((_, i) => i % 8 === seed % 8);
}

let world: World;
let wire: Wire;
let undisturbed: { readonly rows: Row[]; readonly counts: object; readonly pointed: unknown[] };

beforeAll(async () => {
  world = await openWorld({ accounts: ACCOUNTS, months: 6 });
  wire = await openWire(world);
  const { report } = await resume(mkdtempSync(join(tmpdir(), 'health-journal-')));
  undisturbed = { rows: lasting(world.scores(PERIOD)), counts: report.counts, pointed: pointed() };
  expect(report.counts).toMatchObject({ accounts: undisturbed.rows.length, failed: 0 });
  expect(undisturbed.rows.length).toBeGreaterThan(2 * PER_BATCH);
});
afterAll(async () => {
  await wire.close();
  await world.sandbox.close();
});

describe('a run that is killed with SIGKILL', () => {
  it('may be killed at 45 points or more', () => {
    expect(POINTS.length).toBeGreaterThanOrEqual(45);
    expect(chosen().length).toBeGreaterThanOrEqual(5);
  });

  it.each(chosen().map((point) => [point.name, point] as const))(
    '%s goes on to the same end, under the same id, and sends at most one batch again',
    async (_name, point) => {
      unscore(world);
      const dataDir = mkdtempSync(join(tmpdir(), 'health-journal-'));
      wire.taken.length = 0;
      await killScorer({ ...world.sandbox.env, SCORER_DATA_DIR: dataDir }, wire, PERIOD, point);
      const left = journal(dataDir);
      const { exit, report } = await resume(dataDir);
      expect([exit, report.status]).toEqual([0, 'Finished']);
      // What had ended before it was killed has nothing left to do; its journal says so, and a new run finds that.
      const done = left?.['status'] === 'Finished';
      const { accounts } = report.counts;
      expect(report.counts).toEqual(
        done
          ? { accounts, scored: 0, unchanged: accounts, unscored: 0, failed: 0, written: 0 }
          : undisturbed.counts,
      );
      if (left !== undefined && !done) expect(report.runId).toBe(left['id']);
      expect(lasting(world.scores(PERIOD))).toEqual(undisturbed.rows);
      expect(pointed()).toEqual(undisturbed.pointed);
      expect(unexplained(world, PERIOD)).toEqual([]);
      expect(world.runs().map((row) => row['Status__c'])).toEqual(
        done ? ['Finished', 'Finished'] : ['Finished'],
      );
      const sent = wire.taken.filter(({ line }) => SCORES.test(line));
      const again = sent.reduce((sum, { records }) => sum + records, 0) - accounts;
      expect(again).toBeGreaterThanOrEqual(0);
      expect(again).toBeLessThanOrEqual(PER_BATCH);
    },
    60_000,
  );
});

const resume = (dataDir: string) => world.runIn(dataDir, wire.env, '--period', PERIOD);

/** What the journal says of the run that was killed; undefined when it had not begun. */
function journal(dataDir: string): Row | undefined {
  const db = new DatabaseSync(join(dataDir, 'runs.sqlite'));
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE name = 'run'").all();
  const row = tables.length === 0 ? undefined : db.prepare('SELECT id, status FROM run').get();
  db.close();
  return row;
}

/** Which score each account points at. */
const pointed = (): unknown[] =>
  world
    .query('SELECT Id, Current_Health_Score__r.Score_Key__c FROM Account ORDER BY Id')
    .map((row) => [row['Id'], (row['Current_Health_Score__r'] as Row | null)?.['Score_Key__c']]);
