/** What accounts did in three months: counted by runs over all accounts, and added up over a year of them. */
import { sliceOf, tableOf, type EvidenceSlice, type EvidenceTable, type Pair } from '../advice/index.ts';
import { isOwn, scoredAccount } from '../extract/salesforce/own-score.ts';
import { populationConditions, soqlText, type Population } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { addMonths, readCompact, type AccountInput, type Model } from '../scoring/index.ts';
import { TEXT_LENGTHS } from './field-texts.ts';

const MONTHS_APART = 3;
const MONTHS_BACK = 11;
/** Runs of a year that are looked through: each month may have been refreshed several times. */
const MOST_RUNS = 200;

/** What runs before have counted, and what accounts were like three months before this one. */
export interface Past {
  readonly slices: readonly EvidenceSlice[];
  /** Readings__c by account id; empty where this run counts nothing. */
  readonly starts: ReadonlyMap<string, unknown>;
}

export const NO_PAST: Past = { slices: [], starts: new Map() };

/**
 * Reads the slices of the newest run of each of the last twelve months, and where accounts stood three months ago.
 *
 * @param counts whether this run makes a slice: one over all accounts and a complete month
 */
export async function readPast(
  org: Salesforce,
  population: Population,
  period: string,
  counts: boolean,
): Promise<Past> {
  const monthsBefore = (months: number): string => addMonths(`${period}-01`, -months).slice(0, 7);
  const [runs, starts] = await Promise.all([
    org.query(
      `SELECT Period__c, Evidence__c FROM Health_Score_Run__c WHERE Scope__c = 'all' AND Window__c = 'complete' AND Status__c IN ('Finished', 'Degraded') AND Period__c >= ${soqlText(monthsBefore(MONTHS_BACK))} AND Period__c <= ${soqlText(period)} ORDER BY Started_At__c DESC NULLS LAST LIMIT ${String(MOST_RUNS)}`,
    ),
    counts ? readStarts(org, population, monthsBefore(MONTHS_APART)) : new Map<string, unknown>(),
  ]);
  const newest = new Map<unknown, EvidenceSlice>();
  for (const { Period__c: month, Evidence__c: text } of runs) {
    const slice = newest.has(month) ? null : sliceIn(text);
    if (slice !== null) newest.set(month, slice);
  }
  return { slices: [...newest.values()], starts };
}

function sliceIn(text: unknown): EvidenceSlice | null {
  try {
    const slice = JSON.parse(String(text)) as EvidenceSlice | null;
    return slice?.format === 1 ? slice : null;
  } catch {
    // None, or cut by hand: it lends nothing.
    return null;
  }
}

async function readStarts(
  org: Salesforce,
  population: Population,
  period: string,
): Promise<Map<string, unknown>> {
  const pages = await Promise.all(
    populationConditions('Account__c', population).map((scope) =>
      org.query(
        `SELECT Account__c, Score_Key__c, Readings__c FROM Health_Score__c WHERE Period__c = ${soqlText(period)} AND Health_Score__c != null AND (${scope}) ORDER BY Account__c`,
      ),
    ),
  );
  return new Map(
    pages
      .flat()
      .filter((row) => isOwn(row))
      .map((row) => [scoredAccount(row) ?? '', row['Readings__c']]),
  );
}

/** What this run has to say of what similar accounts do. */
export interface Evidence {
  readonly table: EvidenceTable;
  /** As it is stored with the run; null where it counts nothing, or would not fit. */
  readonly text: string | null;
}

/**
 * Counts what accounts did since three months ago, and adds a year of such counts up.
 *
 * @param inputs of the scores that this run makes
 * @example evidenceOf(model, '2026-10', past, inputs).table.metrics.messaging?.paid?.['4']?.[0] // => 96
 */
export function evidenceOf(
  model: Model,
  period: string,
  { slices, starts }: Past,
  inputs: readonly AccountInput[],
): Evidence {
  if (starts.size === 0) return { table: tableOf(model, period, slices), text: null };
  const slice = sliceOf(model, period, pairsOf(starts, inputs));
  const text = JSON.stringify(slice);
  return {
    table: tableOf(model, period, [slice, ...slices.filter((other) => other.period !== period)]),
    text: text.length > TEXT_LENGTHS.Evidence__c ? null : text,
  };
}

function* pairsOf(starts: Past['starts'], inputs: readonly AccountInput[]): Generator<Pair> {
  for (const now of inputs) {
    const text = starts.get(now.accountId);
    const compact = typeof text === 'string' ? readCompact(text) : null;
    if (compact === null) continue;
    const { input, earlier, counts } = compact;
    // Where lost readings capped it, its own score says nothing.
    yield { before: { ...input, hold: earlier === null ? null : { at: earlier, sources: [] } }, now, counts };
  }
}
