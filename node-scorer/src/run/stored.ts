import type { Population } from '../extract/salesforce/soql.ts';
import { populationConditions } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { HEALTH_SCORE } from '../load/health-score.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the org holds already. */
export interface Stored {
  /** The record of this period, as stored, by account id. */
  readonly current: ReadonlyMap<string, Row>;
  /** The newest scored record of an earlier period, by account id: period, score and tier. */
  readonly earlier: ReadonlyMap<string, Row>;
}

/** A score older than a year guards nothing and explains nothing. */
const LOOK_BACK_MONTHS = 12;

/**
 * Reads the stored scores of a period, whole, and of the year before it, in outline.
 *
 * @param org null: nothing is stored
 */
export async function readStored(
  org: Salesforce | null,
  population: Population,
  period: string,
): Promise<Stored> {
  if (org === null) return { current: new Map(), earlier: new Map() };
  const description = await org.describe(HEALTH_SCORE);
  // Left out: what the platform adds by itself, and what is never compared.
  const fields = [...(description?.fields.keys() ?? [])].filter((name) => name.endsWith('__c'));
  const scopes = populationConditions('Account__c', population);
  const ask = async (select: string, condition: string, order: string): Promise<Row[]> => {
    const pages = await Promise.all(
      scopes.map((scope) =>
        org.query(
          `SELECT ${select} FROM ${HEALTH_SCORE} WHERE ${condition} AND (${scope}) ORDER BY ${order}`,
        ),
      ),
    );
    return pages.flat();
  };
  const since = monthsBefore(period, LOOK_BACK_MONTHS);
  const [current, earlier] = await Promise.all([
    ask(['Id', ...fields].join(', '), `Period__c = '${period}'`, 'Account__c'),
    ask(
      'Account__c, Period__c, Health_Score__c, Tier__c',
      `Period__c < '${period}' AND Period__c >= '${since}' AND Health_Score__c != null`,
      'Period__c',
    ),
  ]);
  const byAccount = (rows: readonly Row[]) => new Map(rows.map((row) => [String(row['Account__c']), row]));
  // Ascending by period: the last one of an account wins.
  return { current: byAccount(current), earlier: byAccount(earlier) };
}

/**
 * A month some months earlier.
 *
 * @example monthsBefore('2026-02', 3) // => '2025-11'
 */
export function monthsBefore(period: string, months: number): string {
  const [year, month] = period.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7);
}
