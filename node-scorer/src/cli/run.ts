import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment, type Environment } from '../config/environment.ts';
import { loadConfig, loadSources } from '../config/load.ts';
import type { Sources } from '../config/sources.ts';
import { problemsError, ScorerError, type Problem } from '../errors.ts';
import { parseMapping } from '../extract/mapping.ts';
import { toId18 } from '../extract/salesforce/account-id.ts';
import type { Account } from '../facts/index.ts';
import { makeCallCounter } from '../http/calls.ts';
import { toCsv } from '../load/csv.ts';
import { refresh } from '../run/refresh.ts';
import type { Model } from '../scoring/index.ts';
import { exitCodeOf, reportText } from '../run/report.ts';
import type { IntercomExport, World } from '../run/sources.ts';
import { windowFor } from '../run/window.ts';
import type { Io } from './io.ts';

export interface RunOptions {
  readonly period?: string;
  readonly dryRun?: boolean;
  readonly configDir?: string;
  readonly mapping?: string;
  readonly account?: readonly string[];
  readonly report?: string;
  readonly intercomExport?: string;
}

/**
 * `scorer run`: reads every source, scores every account of a period and writes what differs; with `--dry-run`
 * nothing is written and the rows go to stdout as CSV.
 *
 * @returns 0, 1 (accounts failed) or 75 (a source was down)
 * @throws ScorerError config: nothing was scored
 */
export async function run(options: RunOptions, io: Io): Promise<number> {
  const environment = readEnvironment(io.env);
  const now = environment.fixedNow === null ? io.now : () => environment.fixedNow ?? 0;
  const window = windowFor(options.period, now());
  const { model, sources } = await readConfig(options.configDir, environment, io);
  await claimReport(options.report, io);
  const mapping = await readMapping(options.mapping, io);
  const ids = accountIds(options.account);
  refuseUnmapped(ids, mapping);
  const { report, outcomes } = await refresh(
    {
      window,
      model,
      sources,
      environment,
      dryRun: options.dryRun ?? false,
      mapping,
      accountIds: ids,
      intercomExport: await readExport(options.intercomExport, io),
    },
    makeWorld(now),
  );
  if (options.report !== undefined) {
    await writeFile(resolve(io.cwd, options.report), `${JSON.stringify(report, null, 2)}\n`);
  }
  // With a dry run stdout belongs to the CSV, so that it can be piped.
  if (report.dryRun) io.stdout.write(toCsv(outcomes.map(({ fields }) => fields)));
  (report.dryRun ? io.stderr : io.stdout).write(reportText(report));
  return exitCodeOf(report);
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

/** The export of conversations; undefined when none is named. */
export async function readExport(file: string | undefined, io: Io): Promise<IntercomExport | undefined> {
  if (file === undefined) return undefined;
  const fix = 'export the conversations of the month from Intercom';
  return { file, csv: await readText('--intercom-export', file, fix, io) };
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
  if (file === undefined) return;
  try {
    await writeFile(resolve(io.cwd, file), '', { flag: 'a' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    throw new ScorerError('USAGE', `--report ${file}: found ${code}, expected a file that can be written`);
  }
}

/** The world outside: clock, chance, patience. */
export const makeWorld = (now: () => number): World => ({
  now,
  tick: () => performance.now(),
  random: Math.random,
  sleep: (ms) => sleep(ms),
  calls: makeCallCounter(),
  newId: randomUUID,
});
