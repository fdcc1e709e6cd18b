import { modelFromJson } from '../config/model-json.ts';
import { ScorerError } from '../errors.ts';
import { soqlIds } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { carriedOf, parseDetails, type Details } from '../load/details.ts';
import {
  scoreAccount,
  type AccountInput,
  type Model,
  type Reading,
  type Scorecard,
} from '../scoring/index.ts';
import type { Row } from './stored.ts';

/**
 * The input that a stored score was computed from.
 *
 * @throws ScorerError CONFIG_INVALID when Details__c is not what we have written
 * @example inputOf(row).readings.open_bugs // => { value: 3 }
 */
export function inputOf(row: Row, details: Details = detailsOf(row)): AccountInput {
  const key = String(row['Score_Key__c']);
  return {
    accountId: key.split(':')[0] ?? key,
    name: key,
    segment: details.segment,
    period: String(row['Period__c']),
    asOf: details.asOf,
    readings: readingsIn(details),
    signals: details.signals,
    hold: details.hold,
    carried: carriedOf(details.readings),
  };
}

/** What a stored score keeps of itself. */
export const detailsOf = (row: Row): Details => parseDetails(row['Details__c'], String(row['Score_Key__c']));

/** The same; null for a record that is not what we have written. */
export function readableDetails(row: Row | undefined): Details | null {
  try {
    return row === undefined ? null : detailsOf(row);
  } catch {
    return null;
  }
}

/**
 * Readings as the core takes them, by metric id.
 *
 * @example readingsIn(details).open_bugs // => { value: 3 }
 */
export const readingsIn = ({ readings }: Pick<Details, 'readings'>): Record<string, Reading> =>
  Object.fromEntries(readings.map(({ id, value, missing }) => [id, toReading(value, missing)]));

const toReading = (value: number | null, missing: string | undefined): Reading =>
  (value === null ? { value, missing: missing ?? 'invalid' } : { value }) as Reading;

/** Scorecards of stored scores, made again from what is stored. */
export interface StoredCards {
  /** Null when the record, or the model of its run, cannot be read any more. */
  readonly cardOf: (row: Row) => Scorecard | null;
  /** Why some could not be read; one line a model or record. */
  readonly notes: readonly string[];
}

/**
 * Reads the models that stored scores were made by: those that are not the present one, from the runs that the
 * scores point at.
 *
 * @param present the model of this run; the one of most stored scores, and not asked for again
 */
export async function readStoredCards(
  org: Salesforce | null,
  rows: Iterable<Row>,
  present: Model,
): Promise<StoredCards> {
  const runOfVersion = new Map<string, string>();
  for (const row of rows) {
    const [version, run] = [row['Model_Version__c'], row['Run__c']];
    if (typeof version === 'string' && typeof run === 'string') runOfVersion.set(version, run);
  }
  runOfVersion.delete(present.version);
  const notes: string[] = [];
  const models = new Map([[present.version, present]]);
  if (org !== null && runOfVersion.size > 0) {
    const runs = await org.query(
      `SELECT Id, Model__c FROM Health_Score_Run__c WHERE Id IN ${soqlIds([...runOfVersion.values()])}`,
    );
    const texts = new Map(runs.map((row) => [row['Id'], row['Model__c']]));
    for (const [version, run] of runOfVersion) {
      const model = readModel(texts.get(run));
      if (model === null) {
        notes.push(
          `run ${run}: found no readable model ${version}, expected the one its scores were made by; changes since then are not explained`,
        );
      } else models.set(version, model);
    }
  }
  return {
    cardOf: (row) => {
      const model = models.get(String(row['Model_Version__c']));
      if (model === undefined) return null;
      try {
        return scoreAccount(model, inputOf(row));
      } catch (error) {
        if (error instanceof ScorerError || error instanceof RangeError) return null;
        throw error;
      }
    },
    notes,
  };
}

function readModel(text: unknown): Model | null {
  try {
    return typeof text === 'string' ? modelFromJson(text) : null;
  } catch (error) {
    if (error instanceof ScorerError) return null;
    throw error;
  }
}
