import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lasting, openWorld, unexplained, type Row, type World } from './harness.ts';
import { killScorer } from './kill.ts';
import { unscore } from './people.ts';
import { openWire, type Wire } from './wire.ts';

// Thousands of accounts take their time on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** So many scores that they are written by jobs of the Bulk API. */
const ACCOUNTS = 2_250;
const PERIOD = '2026-10';

const POINTS = [
  // The org goes on with it alone, while the next start has begun already.
  ['when the org has taken the job', 'in', /PATCH .*jobs\/ingest\//],
  ['while the rows are sent', 'before', /PUT .*jobs\/ingest\/.*batches/],
  ['when the job has been made', 'in', /POST .*jobs\/ingest$/],
  ['when the org says that it is over', 'in', /GET .*jobs\/ingest\/\w+$/],
] as const;

let world: World;
let wire: Wire;
let undisturbed: Row[];
beforeAll(async () => {
  world = await openWorld({ accounts: ACCOUNTS, months: 5 });
  wire = await openWire(world);
  const { report } = await world.run('--period', PERIOD);
  undisturbed = lasting(world.scores(PERIOD));
  expect([report.counts.written, report.counts.failed]).toEqual([undisturbed.length, 0]);
});
afterAll(async () => {
  await wire.close();
  await world.sandbox.close();
});

describe('a run of thousands that is killed with SIGKILL', () => {
  // The others with KILL_POINTS=all, as those of a run of hundreds.
  it.each(process.env['KILL_POINTS'] === 'all' ? POINTS : POINTS.slice(0, 1))(
    '%s goes on to the same end',
    async (_name, wanted, line) => {
      unscore(world);
      const dataDir = mkdtempSync(join(tmpdir(), 'health-journal-'));
      await killScorer({ ...world.sandbox.env, SCORER_DATA_DIR: dataDir }, wire, PERIOD, {
        at: (call, moment) => moment === wanted && line.test(call.line),
      });
      const [record] = world.runs();
      const { exit, report } = await world.runIn(dataDir, wire.env, '--period', PERIOD);
      expect([exit, report.status, report.runId]).toEqual([0, 'Finished', record?.['Run_Key__c']]);
      expect(report.counts).toMatchObject({
        accounts: undisturbed.length,
        written: undisturbed.length,
        failed: 0,
      });
      expect(lasting(world.scores(PERIOD))).toEqual(undisturbed);
      expect(unexplained(world, PERIOD)).toEqual([]);
    },
  );
});
