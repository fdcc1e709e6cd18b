import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readEnvironment, type Environment } from '../config/environment.ts';
import { loadConfig, loadSources } from '../config/load.ts';
import type { Sources } from '../config/sources.ts';
import { problemsError, ScorerError, type Problem } from '../errors.ts';
import { parseMapping } from '../extract/mapping.ts';
import { SOURCES, type SourceName } from '../extract/registry.ts';
import { toId18 } from '../extract/salesforce/account-id.ts';
import type { Account, Window } from '../facts/index.ts';
import { toCsv } from '../load/csv.ts';
import { makeClock } from '../run/clock.ts';
import { readHeldRun } from '../run/org-runs.ts';
import { exitCodeOf, reportText, type Report } from '../run/report.ts';
import type { HeldRun, RefreshRequest } from '../run/request.ts';
import { openSalesforce, type SourceFiles } from '../run/sources.ts';
import { windowFor } from '../run/window.ts';
import { makeWorld } from '../run/world.ts';
import { nextPeriod, type Model } from '../scoring/index.ts';
import { openRunExecutor } from './run-executor.ts';
import type { Io } from './io.ts';

export interface RunOptions {
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: boolean;
  readonly configDir?: string;
  readonly mapping?: string;
  readonly account?: readonly string[];
  readonly force?: boolean;
  readonly confirm?: string;
  readonly report?: string;
  /** Names of files in place of sources. */
  readonly files?: FileNames;
}

/**
 * `scorer run`: reads every source, scores every account of a period and writes what differs; with `--dry-run`
 * nothing is written and the rows go to stdout as CSV. With `--from` and `--to` one month after the other, so that
 * each change is told against the month before.
 *
 * @returns 0, 1 (accounts failed), 3 (held, nothing written) or 75 (a source was down); of several months the first
 *   of 3, 75 and 1 that occurred
 * @throws ScorerError config: nothing was scored; INTERRUPTED: stopped at a safe point
 */
export async function run(options: RunOptions, io: Io): Promise<number> {
  const environment = readEnvironment(io.env);
  const clock = makeClock(environment, io.now);
  await clock.sync();
  const dryRun = options.dryRun ?? false;
  refuseTogether(options);
  const { model, sources } = await readConfig(options.configDir, environment, io);
  await claimReport(options.report, io);
  const mapping = await readMapping(options.mapping, io);
  const ids = accountIds(options.account);
  refuseUnmapped(ids, mapping);
  const files = await readFiles(options.files, io);
  const release =
    options.confirm === undefined ? null : await findHeldRun(options.confirm, environment, clock.now);
  const windows = windowsOf(release?.period ?? options.period, options, clock.now());
  const executor = openRunExecutor(io, clock.now, dryRun);
  const reports: Report[] = [];
  try {
    for (const window of windows) {
      const request: RefreshRequest = {
        window,
        model,
        sources,
        environment,
        mode: 'refresh',
        dryRun,
        force: options.force ?? false,
        backfill: options.from !== undefined,
        release,
        mapping,
        accountIds: ids,
        files,
      };
      const { report, rows } = await executor.carryOut(request, asked(options, io));
      reports.push(report);
      // With a dry run stdout belongs to the CSV, so that it can be piped.
      if (dryRun) io.stdout.write(toCsv(rows));
      // Whatever a program reads from stdout stands there alone.
      (dryRun || options.report === STDOUT ? io.stderr : io.stdout).write(reportText(report));
    }
  } finally {
    await executor.close();
    if (options.report !== undefined && reports.length > 0) {
      const told = options.from === undefined ? reports[0] : reports;
      const text = `${JSON.stringify(told, null, 2)}\n`;
      if (options.report === STDOUT) io.stdout.write(text);
      else await writeFile(resolve(io.cwd, options.report), text);
    }
  }
  const codes = reports.map(exitCodeOf);
  return ([3, 75, 1] as const).find((code) => codes.includes(code)) ?? 0;
}

/** As a file's name: standard output. */
const STDOUT = '-';

/** What two starts must have in common to be one run, beyond what they refresh. */
const asked = ({ configDir, mapping, force, confirm, files = {} }: RunOptions, { cwd }: Io): string => {
  const file = (name: string | undefined) => name && resolve(cwd, name);
  // Without a file nothing stands for one, or the text would be another than that of the service.
  const named = Object.fromEntries(Object.entries(files).map(([source, name]) => [source, file(name)]));
  return JSON.stringify({ configDir: file(configDir), mapping: file(mapping), ...named, force, confirm });
};

/** The windows to refresh, in order. */
function windowsOf(period: string | undefined, { from, to }: RunOptions, now: number): Window[] {
  if (from === undefined) return [windowFor(period, now)];
  const [first, last] = [windowFor(from, now), windowFor(to, now)];
  if (first.period > last.period) {
    throw new ScorerError(
      'USAGE',
      `--from ${first.period} --to ${last.period}: found an end before the beginning, expected months in order`,
    );
  }
  const windows = [first];
  while ((windows.at(-1) as Window).period < last.period)
    windows.push(windowFor(nextPeriod((windows.at(-1) as Window).period), now));
  return windows;
}

/** Options that contradict each other. */
function refuseTogether({
  period,
  from,
  to,
  confirm,
  dryRun,
  account,
  mapping,
  force,
  report,
}: RunOptions): void {
  const refuse = (message: string): never => {
    throw new ScorerError('USAGE', message);
  };
  if (to !== undefined && from === undefined) refuse('--to: found no --from, expected both');
  if (from !== undefined && period !== undefined) refuse('--from: found --period too, expected one of them');
  if (from !== undefined && dryRun === true)
    refuse('--from: found --dry-run too, expected one month at a time: each month builds on the one before');
  if (report === STDOUT && dryRun === true)
    refuse('--report -: found --dry-run too, whose rows go to stdout, expected the name of a file');
  const others = [period, from, account, mapping, dryRun, force].some((value) => value !== undefined);
  if (confirm !== undefined && others)
    refuse('--confirm: found another option that says what to run, expected none: the held run says it');
}

async function findHeldRun(id: string, environment: Environment, now: () => number): Promise<HeldRun> {
  const org = await openSalesforce(environment, makeWorld(now));
  if (org !== null) return readHeldRun(org, id);
  throw new ScorerError('USAGE', '--confirm: found no org, expected one; set SF_LOGIN_URL and the others');
}

/** Where readings come from, and the model: of the folder that is named, else the org's; without an org, the shipped one. */
async function readConfig(
  configDir: string | undefined,
  { salesforce }: Environment,
  io: Io,
): Promise<{ model: Model | null; sources: Sources }> {
  const folder = resolve(io.cwd, configDir ?? 'config');
  if (configDir !== undefined || salesforce === null) return loadConfig(folder);
  return { model: null, sources: await loadSources(folder) };
}

/** The account mapping of a file; undefined when none is named. */
export async function readMapping(file: string | undefined, io: Io): Promise<Account[] | undefined> {
  if (file === undefined) return undefined;
  const fix = 'start from config/account_mapping.example.csv';
  const text = await readText('--mapping', file, fix, io);
  return parseMapping(text, file);
}

/** Names of files in place of sources, by source. */
export type FileNames = { readonly [N in SourceName]?: string | undefined };

/** The files that stand in for sources. */
export async function readFiles(names: FileNames | undefined, io: Io): Promise<SourceFiles> {
  const files = SOURCES.map(async ({ name, file }) => {
    const given = names?.[name];
    if (file === undefined || given === undefined) return [];
    return [[name, { file: given, csv: await readText(`--${file.option}`, given, file.fix, io) }] as const];
  });
  return Object.fromEntries((await Promise.all(files)).flat());
}

/** A file that an option names. */
async function readText(option: string, file: string, fix: string, io: Io): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    throw new ScorerError(
      'INPUT_UNREADABLE',
      `${option} ${file}: found ${code}, expected a readable CSV file; ${fix}`,
    );
  }
}

/** `--account` ids in their 18-character form; undefined for all accounts. */
function accountIds(given: readonly string[] | undefined): string[] | undefined {
  if (given === undefined || given.length === 0) return undefined;
  const problems: Problem[] = given
    .filter((id) => toId18(id) === null)
    .map((id) => ({
      where: '--account',
      found: JSON.stringify(id),
      expected: 'an id of 15 or 18 characters',
    }));
  if (problems.length > 0) throw problemsError('USAGE', 'Accounts', problems);
  return [...new Set(given.map((id) => toId18(id) ?? id))];
}

/** With a mapping file only its accounts can be meant. */
function refuseUnmapped(ids: readonly string[] | undefined, mapping: readonly Account[] | undefined): void {
  if (ids === undefined || mapping === undefined) return;
  const problems = ids
    .filter((id) => !mapping.some((account) => account.id === id))
    .map((id) => ({ where: '--account', found: id, expected: 'an account of the mapping file' }));
  if (problems.length > 0) throw problemsError('USAGE', 'Accounts', problems);
}

/** Makes sure that the report can be written, before anything else is. */
async function claimReport(file: string | undefined, io: Io): Promise<void> {
  if (file === undefined || file === STDOUT) return;
  try {
    await writeFile(resolve(io.cwd, file), '', { flag: 'a' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    throw new ScorerError('USAGE', `--report ${file}: found ${code}, expected a file that can be written`);
  }
}
