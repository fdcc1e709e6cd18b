import type { AccountFacts, AdviceText, StoredAdvice } from '../advice/index.ts';
import { ScorerError } from '../errors.ts';
import type {
  Change,
  Hold,
  MissingReason,
  NoChange,
  NoPath,
  OutputLine,
  PathToTier,
  Segment,
  Signal,
} from '../scoring/index.ts';

/** A reading as it is stored: value or reason, with where and when it came from. */
export interface StoredReading {
  readonly id: string;
  readonly value: number | null;
  readonly missing?: MissingReason | undefined;
  readonly unit: string;
  readonly source: string;
  /** ISO time of the read; null when the source was not read. */
  readonly observedAt: string | null;
  /** Last day of the window it was read in, when an earlier score lent it because its source was down. */
  readonly carriedFrom?: string | undefined;
  /** What it was asked by (run/reading-digest.ts); absent on readings of before this was kept. */
  readonly digest?: string | undefined;
  /** Of one that a failed read took: the source knew the account when it was last asked. */
  readonly knew?: true | undefined;
}

/** The scorecard that a change is told against. */
export interface Since {
  readonly period: string;
  readonly asOf: string;
  readonly modelVersion: string;
}

/** A change as it is stored: what people see of it, and since when. */
export type StoredChange =
  (Pick<Change, 'from' | 'to' | 'shown' | 'bars' | 'metrics'> & { readonly since: Since }) | NoChange;

/** All it takes to compute a score again, and what a person may ask of it: Details__c. */
export interface Details {
  readonly format: 1;
  readonly segment: Segment;
  /** The window's last calendar day. */
  readonly asOf: string;
  /** ISO, half open. */
  readonly window: { readonly start: string; readonly end: string; readonly complete: boolean };
  readonly readings: readonly StoredReading[];
  readonly signals: readonly Signal[];
  readonly hold: Hold | null;
  readonly cap: OutputLine['cap'];
  readonly reasons: OutputLine['reasons'];
  readonly change: StoredChange;
  readonly path: PathToTier | NoPath;
  /** What stands behind the readings; absent on scores of before it was kept. */
  readonly facts?: AccountFacts | undefined;
  /** What to do next, as of the window's last day; absent likewise. */
  readonly advice?: DetailsAdvice | undefined;
}

/** Advice with owner and words of what it may name, as far as an admin changed them: a card cannot read the settings. */
export type DetailsAdvice = StoredAdvice & { readonly words?: Readonly<Record<string, AdviceText>> };

/**
 * The stored input of a score.
 *
 * @param text Details__c
 * @param key names the record in the error
 * @throws ScorerError CONFIG_INVALID when it is not what we have written
 * @example parseDetails(row.Details__c, row.Score_Key__c).readings[0].id // => 'p1_p2_pct'
 */
export function parseDetails(text: unknown, key: string): Details {
  try {
    const value = JSON.parse(String(text)) as Details;
    if (Array.isArray(value.readings) && Array.isArray(value.signals)) return value;
  } catch {
    // Said below: what is no JSON and what is another JSON is the same to the reader.
  }
  throw new ScorerError(
    'CONFIG_INVALID',
    `Health_Score__c ${key} Details__c: found no readings and signals, expected both; score the period again`,
  );
}

/**
 * The last day of the window that each carried reading was read in, by metric id.
 *
 * @example carriedOf(details.readings) // => { open_bugs: '2026-09-30' }
 */
export const carriedOf = (readings: readonly StoredReading[]): Record<string, string> =>
  Object.fromEntries(
    readings.flatMap(({ id, carriedFrom }) => (carriedFrom === undefined ? [] : [[id, carriedFrom]])),
  );
