import { resolve } from 'node:path';
import { readEnvironment, type Environment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import type { Sources } from '../config/sources.ts';
import { ScorerError } from '../errors.ts';
import { readAccounts } from '../extract/salesforce/accounts.ts';
import type { Account } from '../facts/index.ts';
import { totalCalls } from '../http/calls.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { SOURCES, type SourceName } from '../extract/registry.ts';
import { refuseNobody } from '../run/population.ts';
import { notesOf, observedAt, readingsOf, type Attempts } from '../run/readings.ts';
import { extractAll, openSalesforce, type SalesforceSource, type World } from '../run/sources.ts';
import { windowFor } from '../run/window.ts';
import type { Io } from './io.ts';
import { makeWorld } from '../run/world.ts';
import { readFiles, readMapping, type FileNames } from './run.ts';

export interface ExtractOptions {
  readonly source: SourceName;
  readonly period: string;
  readonly configDir?: string;
  readonly mapping?: string;
  readonly format?: 'jsonl' | 'table';
  /** Names of files in place of sources. */
  readonly files?: FileNames;
}

/** One reading of one account, as it is printed. */
interface PrintedReading {
  readonly accountId: string;
  readonly name: string;
  readonly metric: string;
  readonly value: number | null;
  readonly missing: string | null;
  readonly unit: string;
  readonly source: string;
  readonly window: { readonly start: string; readonly end: string };
  readonly observedAt: string | null;
}

/**
 * `scorer extract`: reads one source for one month and prints every reading with unit, window and time, or why
 * it is missing; what it cost in calls goes to stderr.
 *
 * @returns 0, or 75 when the source, or one of its questions, was down
 * @throws ScorerError config: the source is not configured or refuses us
 */
export async function extract(options: ExtractOptions, io: Io): Promise<number> {
  const environment = readEnvironment(io.env);
  const { source } = options;
  const files = await readFiles(options.files, io);
  const other = SOURCES.find(({ name }) => name !== source && files[name] !== undefined);
  if (other !== undefined) {
    throw new ScorerError(
      'USAGE',
      `--${other.file?.option ?? ''}: found --source ${source}, expected --source ${other.name}`,
    );
  }
  if (environment[source] === null && files[source] === undefined) {
    throw new ScorerError(
      'ENVIRONMENT_INVALID',
      `--source ${source}: found no credentials, expected its variables to be set; see .env.example`,
    );
  }
  const fixedNow = environment.fixedNow;
  const world = makeWorld(fixedNow === null ? io.now : () => fixedNow);
  const window = windowFor(options.period, world.now());
  const { sources } = await loadConfig(resolve(io.cwd, options.configDir ?? 'config'));
  const mapping = await readMapping(options.mapping, io);
  const { accounts, salesforce } = await accountsFor(
    source,
    mapping,
    environment,
    sources,
    world,
    window.period,
  );
  const none = Object.fromEntries(SOURCES.map(({ name }) => [name, null]));
  const only: Environment = { ...environment, ...none, [source]: environment[source] };
  const attempts = await extractAll(
    only,
    sources,
    world,
    { accounts, window, now: world.now },
    salesforce,
    files,
  );

  const own = CATALOGUE.filter((metric) => metric.source === source);
  const times = observedAt(attempts);
  const span = { start: new Date(window.start).toISOString(), end: new Date(window.end).toISOString() };
  const printed = accounts.flatMap(({ id, name }): PrintedReading[] => {
    const readings = readingsOf(id, attempts, window);
    return own.map((metric) => ({
      accountId: id,
      name,
      metric: metric.id,
      value: readings[metric.id]?.value ?? null,
      missing: readings[metric.id]?.missing ?? null,
      unit: metric.unit,
      source,
      window: span,
      observedAt: times[source],
    }));
  });
  print(printed, options.format ?? 'jsonl', io);
  tellCost(source, attempts, world, io);
  // One question that failed is a read that failed, although the others were answered.
  return 'missing' in attempts[source] || printed.some(({ missing }) => missing === 'source_down') ? 75 : 0;
}

/** The accounts to read for: those of the mapping file, else of the org. */
async function accountsFor(
  source: SourceName,
  mapping: readonly Account[] | undefined,
  environment: Environment,
  sources: Sources,
  world: World,
  period: string,
): Promise<{ accounts: readonly Account[]; salesforce: SalesforceSource | null }> {
  if (mapping !== undefined && source !== 'salesforce') return { accounts: mapping, salesforce: null };
  const client = await openSalesforce(environment, world);
  if (client === null) {
    throw new ScorerError(
      'ENVIRONMENT_INVALID',
      'SF_LOGIN_URL: found nothing, expected the org that says which accounts to read; set it, or name a file with --mapping',
    );
  }
  const ids = mapping?.map(({ id }) => id);
  const read = await readAccounts(client, sources.salesforce, `${period}-01`, ids);
  if (ids === undefined) refuseNobody(read, sources);
  const population = ids === undefined ? { where: sources.salesforce.accounts.where } : { ids };
  return {
    accounts: mapping?.filter(({ id }) => read.rows.has(id)) ?? read.accounts,
    salesforce: source === 'salesforce' ? { client, population, accountRows: read.rows } : null,
  };
}

function print(readings: readonly PrintedReading[], format: 'jsonl' | 'table', io: Io): void {
  if (format === 'jsonl') {
    for (const reading of readings) io.stdout.write(`${JSON.stringify(reading)}\n`);
    return;
  }
  const width = (pick: (reading: PrintedReading) => string) =>
    Math.max(0, ...readings.map((reading) => pick(reading).length));
  const [names, metrics] = [width(({ name }) => name), width(({ metric }) => metric)];
  for (const { name, metric, value, missing, unit } of readings) {
    const shown = value === null ? `– (${missing ?? ''})` : `${value} ${unit}`;
    io.stdout.write(`${name.padEnd(names)}  ${metric.padEnd(metrics)}  ${shown}\n`);
  }
}

function tellCost(source: SourceName, attempts: Attempts, world: World, io: Io): void {
  for (const { message, accountId } of notesOf(attempts)) {
    io.stderr.write(`note: ${accountId === undefined ? '' : `${accountId}: `}${message}\n`);
  }
  const counts = world.calls.snapshot();
  const endpoints = Object.entries(counts[source] ?? {}).map(([name, count]) => `${name} ${count}`);
  io.stderr.write(`calls: ${totalCalls(counts, source)} to ${source} (${endpoints.join(', ')})\n`);
}
