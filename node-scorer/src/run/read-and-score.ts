import type { Sources } from '../config/sources.ts';
import type { Note } from '../extract/extraction.ts';
import type { AccountsRead } from '../extract/salesforce/accounts.ts';
import type { Account } from '../facts/index.ts';
import { SOURCES, type SourceName } from '../extract/registry.ts';
import { readSignals, type SignalsRead } from '../extract/salesforce/signals.ts';
import type { Population } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import type { Model } from '../scoring/index.ts';
import { readAccount, readInPart, type AccountReadings } from './account-readings.ts';
import { NO_PAST, readPast } from './evidence.ts';
import { askedAgain, keptReadings } from './kept-readings.ts';
import type { AdviceSettings } from './org-advice.ts';
import { digestsUnder } from './reading-digest.ts';
import { readLimits } from './org-runs.ts';
import type { Scored } from './outcome.ts';
import { hadValue, knewBefore, withoutForgotten } from './forgotten.ts';
import {
  emptyByTheirNotes,
  findEmptiness,
  NO_EMPTINESS,
  signalsUnlessEmpty,
  withoutEmptiness,
} from './nothing.ts';
import { notesOf, readingsOf } from './readings.ts';
import { scopeOf, type RefreshRequest } from './request.ts';
import { readMapped } from './population.ts';
import { scoreAccounts } from './score-accounts.ts';
import { extractAll, type World } from './sources.ts';
import { readStoredCards } from './stored-card.ts';
import { readStored, straysNote, type Stored } from './stored.ts';

export interface ReadingRequest {
  readonly org: Salesforce | null;
  readonly request: RefreshRequest;
  readonly world: World;
  readonly model: Model;
  readonly population: Population;
  readonly read: AccountsRead;
  readonly advice: Omit<AdviceSettings, 'evidence'>;
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
  const countsEvidence = scopeOf(request) === 'all' && window.complete;
  const [{ readings, notes, empty }, readSignalsNow, cards, past, limits] = await Promise.all([
    readAll(reading, stored),
    readSignalsOf(org, sources, population),
    readStoredCards(org, [...stored.current.values(), ...stored.earlier.values()], model),
    org === null ? NO_PAST : readPast(org, population, window.period, countsEvidence),
    scopeOf(request) === 'all' || org === null ? undefined : readLimits(org, window.period, window.complete),
  ]);
  await step('read the sources');
  const { signals, failed } =
    scopeOf(request) === 'all'
      ? signalsUnlessEmpty(readSignalsNow, read.accounts, stored, request.release?.released ?? [])
      : { signals: readSignalsNow, failed: [] };
  const scored = scoreAccounts({
    empty: [...empty, ...failed],
    accounts: read.accounts,
    readings,
    signals,
    stored,
    cards,
    model,
    window,
    limits,
    advice: reading.advice,
    past,
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
  /** Reads that gave nothing for anybody where there was some before. */
  readonly empty: readonly string[];
}

/**
 * Readings of every account. What the sources told is let go of on return: from here on its readings stand for it.
 */
async function readAll(
  { org, request, world, model, population, read }: ReadingRequest,
  stored: Stored,
): Promise<AllRead> {
  const { environment, sources, window } = request;
  const released = request.release?.released ?? [];
  const digestsOf = digestsUnder(sources);
  const kept = keptReadings(read.accounts, stored, window, request.force, digestsOf);
  const askedOf = (source: SourceName): Account[] =>
    read.accounts.filter(({ id }) => {
      const own = kept.get(id);
      return own === undefined || askedAgain(own.again).includes(source);
    });
  const mapped = SOURCES.some(
    ({ name, amongAll }) =>
      amongAll === true &&
      (environment[name] !== null || request.files?.[name] !== undefined) &&
      askedOf(name).length > 0,
  )
    ? await readMapped(org, request, read)
    : read.accounts;
  const attempts = await extractAll(
    environment,
    sources,
    world,
    {
      accounts: read.accounts,
      mapped,
      window,
      now: world.now,
      someOnly: scopeOf(request) !== 'all',
      knownBefore: (id, source) => knewBefore(stored, id, source),
      hadBefore: (id, metric) => hadValue(stored, id, metric),
    },
    org && { client: org, population, accountRows: read.rows },
    request.files,
    ({ name, silence: { tells } }) => ({
      accounts: askedOf(name),
      acceptsNothing: tells !== undefined && released.includes(tells),
    }),
  );
  const { maxCarryForwardDays } = model.guards;
  const told = new Map(
    read.accounts
      .filter(({ id }) => kept.get(id)?.again.size !== 0)
      .map(({ id }) => [id, readingsOf(id, attempts, window)] as const),
  );
  const emptiness = scopeOf(request) === 'all' ? findEmptiness(told, stored, released) : NO_EMPTINESS;
  const forgotten: Note[] = [];
  const readings = read.accounts.map((account): [string, AccountReadings] => {
    const own = kept.get(account.id);
    const now = told.get(account.id);
    if (own !== undefined && now === undefined) return [account.id, own.readings];
    const digests = digestsOf(account);
    const read = withoutForgotten(withoutEmptiness(now ?? {}, emptiness), account, stored, digests);
    forgotten.push(...read.notes);
    const fresh = readAccount(account, read.readings, attempts, stored, window, maxCarryForwardDays, digests);
    return [account.id, own === undefined ? fresh : readInPart(own.readings, fresh, own.again)];
  });
  const ofSources = notesOf(attempts);
  return {
    readings: new Map(readings),
    notes: [...ofSources, ...emptiness.notes, ...forgotten],
    empty: [...emptiness.failed, ...emptyByTheirNotes(ofSources)],
  };
}

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
