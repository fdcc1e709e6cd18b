import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { main } from '../../node-scorer/src/cli/index.ts';
import { modelFromJson } from '../../node-scorer/src/config/model-json.ts';
import { readCompact, replay } from '../../node-scorer/src/scoring/index.ts';
import { recompute } from '../../node-scorer/src/run/recompute.ts';
import type { Report } from '../../node-scorer/src/run/report.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/start.ts';

export const ROOT = new URL('../..', import.meta.url).pathname;

export type Row = Readonly<Record<string, unknown>>;

export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ReportedOutcome extends Outcome {
  readonly report: Report;
}

/** All four stand-ins and the command line against them, as a user runs it. */
export interface World {
  readonly sandbox: Sandbox;
  readonly scorer: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Outcome>;
  /** `scorer run`, and the report that it leaves in a file. */
  readonly run: (...args: readonly string[]) => Promise<ReportedOutcome>;
  /** The same with a journal elsewhere, and whatever else is different in the environment. */
  readonly runIn: (
    dataDir: string,
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ) => Promise<ReportedOutcome>;
  /** Where its runs keep their journal. */
  readonly dataDir: string;
  readonly query: (soql: string) => Row[];
  readonly scores: (period?: string) => Row[];
  readonly runs: () => Row[];
}

const SCORE_FIELDS = [
  'Id',
  'Score_Key__c',
  'Account__c',
  'Health_Score__c',
  'Quantitative_Score__c',
  'Churn_Risk_Score__c',
  'Platform_Value_Score__c',
  'Tier__c',
  'Previous_Tier__c',
  'Main_Reason__c',
  'Renewal_On__c',
  'Headline_Codes__c',
  'Next_Step__c',
  'Coverage__c',
  'Band_Low__c',
  'Band_High__c',
  'Provisional__c',
  'Cap__c',
  'Change__c',
  'Change_Behaviour__c',
  'Change_Data__c',
  'Change_Rules__c',
  'Change_Calendar__c',
  'Change_Signals__c',
  'Period__c',
  'Window_End__c',
  'Final__c',
  'ARR__c',
  'Scored_At__c',
  'Model_Version__c',
  'Run__c',
  'Readings__c',
  'Details__c',
].join(', ');

export async function openWorld(options: SandboxOptions = {}): Promise<World> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const dataDir = mkdtempSync(join(tmpdir(), 'health-journal-'));
  const query = (soql: string): Row[] => sandbox.org.org.query(soql);
  const scorer: World['scorer'] = (args, env = {}) =>
    runScorer(args, { ...sandbox.env, SCORER_DATA_DIR: dataDir, ...env });
  const runIn: World['runIn'] = async (folder, env, ...args) => {
    const file = join(folder, 'report.json');
    rmSync(file, { force: true });
    const outcome = await scorer(['run', ...args, '--report', file], { SCORER_DATA_DIR: folder, ...env });
    const text = readFileSync(file, 'utf8');
    if (text === '') throw new Error(`found no report, expected one; ${outcome.stderr}`);
    return { ...outcome, report: JSON.parse(text) as Report };
  };
  return {
    sandbox,
    query,
    scorer,
    run: (...args) => runIn(dataDir, {}, ...args),
    runIn,
    dataDir,
    scores: (period = '2026-10') =>
      query(`SELECT ${SCORE_FIELDS} FROM Health_Score__c WHERE Period__c = '${period}' ORDER BY Account__c`),
    runs: () =>
      query(
        'SELECT Id, Run_Key__c, Period__c, Status__c, Mode__c, Heartbeat_At__c, Tier_Moves__c, Accounts__c, Scored__c, Unchanged__c, Unscored__c, Failed__c, Written__c, Calls__c, Degraded_Sources__c, Model_Version__c, Model__c, Error__c, Errors__c FROM Health_Score_Run__c ORDER BY Name',
      ),
  };
}

/** The command line with its output collected. */
async function runScorer(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written[name] += chunk.toString('utf8');
        done();
      },
    });
  const exit = await main(args, {
    stdin: Readable.from([]),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env,
    cwd: ROOT,
    now: Date.now,
  });
  return { exit, ...written };
}

/** Ways in which stored scores do not explain themselves; none, if all is well. */
export function unexplained(world: World, period?: string): string[] {
  const models = new Map(world.runs().map((run) => [run['Id'], String(run['Model__c'])]));
  return world.scores(period).flatMap((row) => {
    const modelJson = models.get(row['Run__c']) ?? '';
    const { differences } = recompute(row, modelJson);
    const compact = readCompact(String(row['Readings__c']));
    const replayed = compact && replay(modelFromJson(modelJson), compact).shown.healthScore;
    return [
      ...differences,
      ...(compact !== null && replayed === row['Health_Score__c']
        ? []
        : [`Readings__c: replays ${replayed}`]),
    ].map((difference) => `${String(row['Score_Key__c'])} ${difference}`);
  });
}

/** Rows but for what differs between two runs that say the same: when, by which run, under which id. */
export const lasting = (rows: readonly Row[]): Row[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([field]) => !['Id', 'attributes', 'Scored_At__c', 'Run__c'].includes(field))
        .map(([field, value]) => [field, field === 'Details__c' ? withoutTimes(String(value)) : value]),
    ),
  );

const withoutTimes = (text: string): string => text.replaceAll(/"observedAt":"[^"]*"/g, '"observedAt":"…"');

/** What must be true of every report: its counts add up. */
export const countsAddUp = ({ counts }: Report): boolean =>
  counts.scored + counts.unchanged + counts.unscored + counts.failed === counts.accounts;

/** The readings stored beside a score, in the form of the generator's truth. */
export function storedReadings(row: Row): Record<string, unknown> {
  const { readings } = JSON.parse(String(row['Details__c'])) as {
    readings: { id: string; value: number | null; missing?: string }[];
  };
  return Object.fromEntries(
    readings.map(({ id, value, missing }) => [id, value === null ? { value, missing } : { value }]),
  );
}
