import type { Population } from '../extract/salesforce/soql.ts';
import { CURRENCY } from '../extract/salesforce/currency.ts';
import { isOwn, scoredAccount } from '../extract/salesforce/own-score.ts';
import { populationConditions } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { HEALTH_SCORE } from '../load/health-score.ts';
import { addMonths, previousPeriod } from '../scoring/index.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What the org holds already. */
export interface Stored {
  /** The record of this period, as stored, by the account id of its key. */
  readonly current: ReadonlyMap<string, Row>;
  /** The newest scored record of an earlier period, by the account id of its key: {@link EARLIER_FIELDS}. */
  readonly earlier: ReadonlyMap<string, Row>;
  /** Records of these that hang below another account than their key is of, such as one that theirs was merged into. */
  readonly strays: readonly Row[];
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
  if (org === null) return { current: new Map(), earlier: new Map(), strays: [] };
  const description = await org.describe(HEALTH_SCORE);
  // Left out: what the platform adds by itself, and what is never compared.
  const fields = [...(description?.fields.keys() ?? [])].filter(
    (name) => (name.endsWith('__c') || name === CURRENCY) && !NOT_READ.has(name),
  );
  const visible = EARLIER_FIELDS.filter((name) => description?.fields.has(name) ?? false);
  const scopes = populationConditions('Account__c', population);
  const strays = new Map<unknown, Row>();
  const ask = async (select: readonly string[], condition: string, within = scopes): Promise<Row[]> => {
    const pages = await Promise.all(
      within.map((scope) =>
        org.query(
          `SELECT ${select.join(', ')} FROM ${HEALTH_SCORE} WHERE ${condition} AND (${scope}) ORDER BY Account__c, Period__c`,
        ),
      ),
    );
    const rows = pages.flat();
    for (const row of rows) if (!isOwn(row)) strays.set(row['Score_Key__c'], row);
    return rows;
  };
  const last = previousPeriod(period);
  const scored = 'Health_Score__c != null';
  const [current, previous] = await Promise.all([
    ask(['Id', ...fields], `Period__c = '${period}'`).then(byAccount),
    ask(visible, `Period__c = '${last}' AND ${scored}`).then(byAccount),
  ]);
  const without = accountIds.filter((id) => !previous.has(id));
  const older = await readOlder(without);
  return { current, earlier: new Map([...older, ...previous]), strays: [...strays.values()] };

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
    const newest = [...byAccount(outline).values()].filter((row) => wanted.has(accountOf(row)));
    if (newest.length === 0) return new Map();
    const periods = new Map<string, string[]>();
    for (const row of newest) {
      const month = String(row['Period__c']);
      periods.set(month, [...(periods.get(month) ?? []), accountOf(row)]);
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
    return byAccount(rows.flat().filter((row) => wanted.has(accountOf(row))));
  }
}

/** Up to so many accounts are named one by one; beyond, the whole population is asked for in pages. */
const FEW = 2_000;

const byAccount = (rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [accountOf(row), row]));

const accountOf = (row: Row): string => scoredAccount(row) ?? '';

/** So many keys are named; the others are only counted. */
const NAMED = 10;

/**
 * What to tell of scores that hang below an account that they are not of; null when there are none.
 *
 * @example straysNote([{ Score_Key__c: '0010000000000C1AAA:2026-09', Account__c: '0010000000000A1AAA' }])
 * // => '1 score hangs below another account than its key is of …: 0010000000000C1AAA:2026-09 (below 0010000000000A1AAA)'
 */
export function straysNote(strays: readonly Row[]): string | null {
  if (strays.length === 0) return null;
  const named = strays
    .slice(0, NAMED)
    .map((row) => `${String(row['Score_Key__c'])} (below ${String(row['Account__c'])})`);
  const more = strays.length > NAMED ? ` and ${strays.length - NAMED} more` : '';
  const [verb, its, they] =
    strays.length === 1 ? ['score hangs', 'its', 'it is'] : ['scores hang', 'their', 'they are'];
  return `${strays.length} ${verb} below another account than ${its} key is of, as after a merge of accounts; ${they} left alone and shown for neither: ${named.join(', ')}${more}`;
}
