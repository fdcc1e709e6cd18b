import type { Population } from '../extract/salesforce/soql.ts';
import { populationConditions } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { HEALTH_SCORE } from '../load/health-score.ts';
import { makePacker } from '../load/packed.ts';
import { addMonths, previousPeriod } from '../scoring/index.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What the org holds already. */
export interface Stored {
  /** The record of this period, as stored, by account id. */
  readonly current: ReadonlyMap<string, Row>;
  /** The newest scored record of an earlier period, by account id: {@link EARLIER_FIELDS}. */
  readonly earlier: ReadonlyMap<string, Row>;
}

/** A score older than a year guards nothing and explains nothing. */
const LOOK_BACK_MONTHS = 12;

/** What carrying readings, the hold and the change need of an earlier score. */
const EARLIER_FIELDS = [
  'Account__c',
  'Score_Key__c',
  'Period__c',
  'Health_Score__c',
  'Tier__c',
  'Segment__c',
  'Window_End__c',
  'Model_Version__c',
  'Run__c',
  'Details__c',
];

/**
 * Fields of the stored record that are not read: an org sends no more than 200 rows a page when two long texts are
 * asked for, and Readings__c only repeats what Details__c says.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_soql_changing_batch_size.htm
 */
const NOT_READ = new Set(['Readings__c']);

/**
 * Reads the stored scores of a period and, of each account, the newest scored one of the year before it.
 *
 * @param org null: nothing is stored
 * @param accountIds the accounts that are about to be scored
 */
export async function readStored(
  org: Salesforce | null,
  population: Population,
  period: string,
  accountIds: readonly string[],
): Promise<Stored> {
  if (org === null) return { current: new Map(), earlier: new Map() };
  const description = await org.describe(HEALTH_SCORE);
  // Left out: what the platform adds by itself, and what is never compared.
  const fields = [...(description?.fields.keys() ?? [])].filter(
    (name) => name.endsWith('__c') && !NOT_READ.has(name),
  );
  const visible = EARLIER_FIELDS.filter((name) => description?.fields.has(name) ?? false);
  const scopes = populationConditions('Account__c', population);
  const ask = async (select: readonly string[], condition: string, within = scopes): Promise<Row[]> => {
    const pages = await Promise.all(
      within.map((scope) =>
        org.query(
          `SELECT ${select.join(', ')} FROM ${HEALTH_SCORE} WHERE ${condition} AND (${scope}) ORDER BY Account__c, Period__c`,
          packDetails(),
        ),
      ),
    );
    return pages.flat();
  };
  const last = previousPeriod(period);
  const scored = 'Health_Score__c != null';
  const [current, previous] = await Promise.all([
    ask(['Id', ...fields], `Period__c = '${period}'`).then(byAccount),
    ask(visible, `Period__c = '${last}' AND ${scored}`).then(byAccount),
  ]);
  const without = accountIds.filter((id) => !previous.has(id));
  const older = await readOlder(without);
  return { current, earlier: new Map([...older, ...previous]) };

  /**
   * Accounts without a score of last month are few: new ones, and those of months that were left out. Their newest
   * score is found first, in outline, and only then read whole.
   */
  async function readOlder(ids: readonly string[]): Promise<Map<string, Row>> {
    if (ids.length === 0) return new Map();
    const range = `Period__c < '${last}' AND Period__c >= '${addMonths(`${period}-01`, -LOOK_BACK_MONTHS).slice(0, 7)}' AND ${scored}`;
    const outline = await ask(
      ['Account__c', 'Period__c', 'Score_Key__c'],
      range,
      ids.length > FEW ? scopes : populationConditions('Account__c', { ids }),
    );
    const wanted = new Set(ids);
    // Ascending by period: the last one of an account wins.
    const newest = [...byAccount(outline).values()].filter((row) => wanted.has(String(row['Account__c'])));
    if (newest.length === 0) return new Map();
    const periods = new Map<string, string[]>();
    for (const row of newest) {
      const month = String(row['Period__c']);
      periods.set(month, [...(periods.get(month) ?? []), String(row['Account__c'])]);
    }
    const rows = await Promise.all(
      [...periods].map(([month, own]) =>
        ask(
          visible,
          `Period__c = '${month}' AND ${scored}`,
          own.length > FEW ? scopes : populationConditions('Account__c', { ids: own }),
        ),
      ),
    );
    return byAccount(rows.flat().filter((row) => wanted.has(String(row['Account__c']))));
  }
}

/** Up to so many accounts are named one by one; beyond, the whole population is asked for in pages. */
const FEW = 2_000;

/** Details are looked at one account at a time, in the order of the accounts. */
const packDetails = (): ((row: Row) => Row) => {
  const pack = makePacker();
  return (row) =>
    typeof row['Details__c'] === 'string' ? { ...row, Details__c: pack(row['Details__c']) } : row;
};

const byAccount = (rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [String(row['Account__c']), row]));
