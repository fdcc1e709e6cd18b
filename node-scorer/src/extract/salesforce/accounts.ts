import type { SalesforceSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Account } from '../../facts/index.ts';
import { SEGMENTS } from '../../scoring/index.ts';
import type { Note } from '../extraction.ts';
import { mappedIds } from '../mapped-ids.ts';
import { SALESFORCE, toDay, toText } from './access.ts';
import type { Row, SalesforceReader } from './client.ts';
import { CURRENCY } from './currency.ts';
import { SCORE_KEY } from './own-score.ts';
import { soqlIds, soqlName, IDS_PER_LIST } from './soql.ts';

/** The account's lookup to its newest score, ours and therefore not configurable. */
export const CURRENT_SCORE = 'Current_Health_Score__c';

export interface AccountsRead {
  readonly accounts: readonly Account[];
  /** The account rows as read, by id: today's ARR and success tier. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Customers that left before the window: their last score stays as it is. */
  readonly churned: readonly { readonly id: string; readonly name: string; readonly on: string }[];
  /** Accounts that cannot be scored, and why. */
  readonly failed: readonly { readonly id: string; readonly name: string; readonly error: string }[];
  readonly notes: readonly Note[];
}

/**
 * The scored population: accounts that match `accounts.where`, or those of some ids.
 *
 * @param firstDay first day of the period's month; who churned before it is frozen
 * @throws ScorerError SOURCE_SETTINGS when segment or churn date cannot be read: it would be unknown who is scored
 */
export async function readAccounts(
  client: SalesforceReader,
  settings: SalesforceSource,
  firstDay: string,
  ids?: readonly string[],
): Promise<AccountsRead> {
  const { fields } = settings;
  const description = await client.describe('Account');
  if (description === null) {
    throw new ScorerError(
      'SOURCE_SETTINGS',
      'Salesforce: found no object Account that the running user may read, expected Read on it; assign the permission set Health_Scorer_Integration',
    );
  }
  const wanted = Object.values(fields).map(soqlName);
  const absent = wanted.filter((name) => !description.fields.has(name));
  const needed = [
    [fields.segment, 'who is scored'],
    [fields.churned_on, 'who has left'],
  ] as const;
  for (const [field, purpose] of needed) {
    if (!absent.includes(field)) continue;
    throw new ScorerError(
      'SOURCE_SETTINGS',
      `Salesforce: found no field Account.${field}, expected it to say ${purpose}; deploy force-app and grant Read on it, or name another one in salesforce.fields of sources.yaml`,
    );
  }
  const notes: Note[] = absent.map((name) => ({
    source: SALESFORCE,
    code: 'no_field',
    message: `accounts: found no field Account.${name}, expected to read it; deploy it or grant Read on it`,
  }));
  // The newest score that the account points at, to know whether this run's is newer.
  const current = description.fields.has(CURRENT_SCORE)
    ? [
        CURRENT_SCORE,
        ...['Period__c', SCORE_KEY].map((name) => `${CURRENT_SCORE.replace(/__c$/, '__r')}.${name}`),
      ]
    : [];
  const visible = [...wanted, CURRENCY].filter((name) => description.fields.has(name));
  const select = ['Id', 'Name', 'CreatedDate', ...visible, ...current].join(', ');
  const scopes = ids === undefined ? [''] : chunks(ids).map((chunk) => ` AND Id IN ${soqlIds(chunk)}`);
  const pages = await Promise.all(
    scopes.map((scope) =>
      client.query(`SELECT ${select} FROM Account WHERE (${settings.accounts.where})${scope} ORDER BY Id`),
    ),
  );
  return { ...toAccounts(pages.flat(), settings, firstDay), notes };
}

/** Rows to accounts: the frozen ones and those with an unknown segment apart. */
export function toAccounts(
  rows: readonly Row[],
  { fields }: SalesforceSource,
  firstDay: string,
): Omit<AccountsRead, 'notes'> {
  const fieldOf: Readonly<Record<string, string>> = fields;
  const accounts: Account[] = [];
  const churned: AccountsRead['churned'][number][] = [];
  const failed: AccountsRead['failed'][number][] = [];
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const id = toText(row['Id']);
    if (id === null)
      throw new ScorerError(
        'SOURCE_UNEXPECTED',
        'Salesforce query Account: found a row without an Id, expected one on each',
      );
    const name = toText(row['Name']) ?? id;
    const churnedOn = toDay(row[fields.churned_on]);
    const unreadable = churnedOn === null && row[fields.churned_on] != null;
    const segment = SEGMENTS.find((each) => each === toText(row[fields.segment])?.toLowerCase());
    byId.set(id, row);
    if (churnedOn !== null && churnedOn < firstDay) {
      churned.push({ id, name, on: churnedOn });
    } else if (unreadable) {
      failed.push({
        id,
        name,
        error: `Account.${fields.churned_on}: found ${JSON.stringify(row[fields.churned_on])}, expected a day or nothing`,
      });
    } else if (segment === undefined) {
      failed.push({
        id,
        name,
        error: `Account.${fields.segment}: found ${JSON.stringify(row[fields.segment])}, expected ${SEGMENTS.join(' or ')}`,
      });
    } else {
      accounts.push({
        id,
        name,
        segment,
        ...mappedIds(({ setting }) => toText(row[fieldOf[setting] ?? ''])),
        ...currencyOf(row),
      });
    }
  }
  return { accounts, rows: byId, churned, failed };
}

/** @example currencyOf({ CurrencyIsoCode: 'EUR' }) // => { currency: 'EUR' } */
export function currencyOf(row: Row | undefined): Pick<Account, 'currency'> {
  const currency = toText(row?.[CURRENCY]);
  return currency === null ? {} : { currency };
}

const chunks = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / IDS_PER_LIST) }, (_, i) =>
    ids.slice(i * IDS_PER_LIST, (i + 1) * IDS_PER_LIST),
  );
