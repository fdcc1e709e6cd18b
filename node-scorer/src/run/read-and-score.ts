import type { Sources } from '../config/sources.ts';
import type { Note } from '../extract/extraction.ts';
import type { AccountsRead } from '../extract/salesforce/accounts.ts';
import { readSignals, type SignalsRead } from '../extract/salesforce/signals.ts';
import type { Population } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import type { Model } from '../scoring/index.ts';
import { readAccount, type AccountReadings } from './account-readings.ts';
import { readLimits } from './org-runs.ts';
import type { Scored } from './outcome.ts';
import { notesOf } from './readings.ts';
import { scopeOf, type RefreshRequest } from './request.ts';
import { readMapped } from './population.ts';
import { keptReadings, scoreAccounts } from './score-accounts.ts';
import { extractAll, type World } from './sources.ts';
import { readableDetails, readStoredCards } from './stored-card.ts';
import { readStored, straysNote, type Stored } from './stored.ts';

export interface ReadingRequest {
  readonly org: Salesforce | null;
  readonly request: RefreshRequest;
  readonly world: World;
  readonly model: Model;
  readonly population: Population;
  readonly read: AccountsRead;
  /** Id of the run's record. */
  readonly recordId: string | null;
  readonly step: (name: string) => Promise<void>;
}

/**
 * Reads what is stored and all sources, these side by side, and scores every account. Both are let go of on return:
 * they are the largest things in a run's memory, and writing needs them no more.
 *
 * @throws ScorerError of kind config when a source refuses us
 */
export async function readAndScore(
  reading: ReadingRequest,
): Promise<{ readonly scored: Scored; readonly notes: readonly Note[] }> {
  const { org, request, model, population, read, step } = reading;
  const { sources, window } = request;
  const ids = read.accounts.map(({ id }) => id);
  const stored = await readStored(org, population, window.period, ids);
  await step('read what is stored');
  const [{ readings, notes }, signals, cards, limits] = await Promise.all([
    readAll(reading, stored),
    readSignalsOf(org, sources, population),
    readStoredCards(org, [...stored.current.values(), ...stored.earlier.values()], model),
    scopeOf(request) === 'all' || org === null ? undefined : readLimits(org, window.period, window.complete),
  ]);
  await step('read the sources');
  const scored = scoreAccounts({
    accounts: read.accounts,
    readings,
    signals,
    stored,
    cards,
    model,
    window,
    limits,
    runId: reading.recordId,
    scoredAt: new Date(reading.world.now()).toISOString(),
  });
  const strays = straysNote(stored.strays);
  return {
    scored,
    notes: [
      ...(strays === null ? [] : [{ source: 'salesforce', code: 'other_account', message: strays }]),
      ...signals.notes,
      ...notes,
      ...cards.notes.map((message) => ({ source: 'salesforce', code: 'CONFIG_INVALID', message })),
    ],
  };
}

interface AllRead {
  /** By account id. */
  readonly readings: ReadonlyMap<string, AccountReadings>;
  readonly notes: readonly Note[];
}

/**
 * Readings of every account. What the sources told is let go of on return: from here on its readings stand for it.
 */
async function readAll(
  { org, request, world, model, population, read }: ReadingRequest,
  stored: Stored,
): Promise<AllRead> {
  const { environment, sources, window } = request;
  const kept = keptReadings(read.accounts, stored, window, request.force);
  const asked = read.accounts.filter(({ id }) => !kept.has(id));
  // Only the accounts of conversations depend on who else there is.
  const readsConversations = environment.intercom !== null || request.intercomExport !== undefined;
  const mapped =
    asked.length > 0 && readsConversations ? await readMapped(org, request, read) : read.accounts;
  const attempts = await extractAll(
    environment,
    sources,
    world,
    {
      accounts: asked,
      mapped,
      window,
      now: world.now,
      knownBefore: (id, source) => hasReading(stored, id, source),
    },
    org && { client: org, population, accountRows: read.rows },
    request.intercomExport,
  );
  const { maxCarryForwardDays } = model.guards;
  const readings = read.accounts.map((account): [string, AccountReadings] => [
    account.id,
    kept.get(account.id) ?? readAccount(account, attempts, stored, window, maxCarryForwardDays),
  ]);
  return { readings: new Map(readings), notes: notesOf(attempts) };
}

/** Does a stored score of this account hold a value of this source? */
const hasReading = ({ current, earlier }: Stored, accountId: string, source: string): boolean =>
  [current.get(accountId), earlier.get(accountId)]
    .flatMap((row) => readableDetails(row)?.readings ?? [])
    .some((reading) => reading.source === source && reading.value !== null);

/** Without an org there are no signals to read: a dry run over a mapping file says so and scores without. */
async function readSignalsOf(
  org: Salesforce | null,
  sources: Sources,
  population: Population,
): Promise<SignalsRead> {
  if (org !== null) return readSignals(org, sources.salesforce, population);
  const message = 'signals were not read, because Salesforce is not configured: no score is capped';
  return { of: () => ({ known: [] }), notes: [{ source: 'salesforce', code: 'not_configured', message }] };
}
