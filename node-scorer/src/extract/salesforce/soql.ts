import { ScorerError } from '../../errors.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const ID = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/;

/** Ids in one IN list: about 8,400 characters, well under the length of an address. */
export const IDS_PER_LIST = 400;

/**
 * An object or field name that is safe in SOQL.
 *
 * @throws ScorerError SOURCE_SETTINGS for anything that is not a plain API name
 * @example soqlName('Health_Segment__c') // => 'Health_Segment__c'
 */
export function soqlName(name: string): string {
  if (!NAME.test(name)) {
    throw new ScorerError(
      'SOURCE_SETTINGS',
      `sources.yaml: found ${JSON.stringify(name)}, expected the API name of an object or field`,
    );
  }
  return name;
}

/**
 * A text literal: backslashes and quotes escaped, control characters refused.
 *
 * @example soqlText("O'Neill") // => "'O\\'Neill'"
 */
export function soqlText(text: string): string {
  if (/[\u0000-\u001f]/.test(text)) {
    throw new ScorerError('SOURCE_SETTINGS', 'a SOQL text: found a control character, expected none');
  }
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/**
 * A list of record ids for IN.
 *
 * @throws ScorerError DEFECT for an id that is not 15 or 18 letters and digits
 * @example soqlIds(['001000000000001AAA']) // => "('001000000000001AAA')"
 */
export function soqlIds(ids: readonly string[]): string {
  const bad = ids.find((id) => !ID.test(id));
  if (bad !== undefined) {
    throw new ScorerError('DEFECT', `a SOQL id list: found ${JSON.stringify(bad)}, expected a Salesforce id`);
  }
  return `(${ids.map((id) => `'${id}'`).join(',')})`;
}

/** Which accounts a query is about: all of the scored population by a semi-join, or some by their ids. */
export type Population = { readonly where: string } | { readonly ids: readonly string[] };

/** Does a condition hold an OR, outside of its quoted texts? */
const hasOr = (condition: string): boolean =>
  /\bOR\b/i.test(condition.replaceAll(/'(?:\\.|[^'\\])*'/g, "''"));

/**
 * The conditions that limit a query to a population: one for the whole, one a chunk of ids otherwise.
 * SOQL refuses a semi-join together with OR. Then all rows that have an account are asked for, and those of
 * others are left aside when they are dealt out: more rows, never other answers.
 *
 * @param others the query's other conditions
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
 * @example populationConditions('AccountId', { where: 'Health_Segment__c != null' })
 * // => ['AccountId IN (SELECT Id FROM Account WHERE Health_Segment__c != null)']
 */
export function populationConditions(
  accountField: string,
  population: Population,
  others: readonly string[] = [],
): string[] {
  const field = soqlName(accountField);
  if ('where' in population) {
    return [population.where, ...others].some(hasOr)
      ? [`${field} != null`]
      : [`${field} IN (SELECT Id FROM Account WHERE ${population.where})`];
  }
  return idLists(field, population.ids);
}

/**
 * Conditions that limit a query to the children of some records: one semi-join by the condition that found the
 * parents, or lists of their ids where that condition holds an OR.
 *
 * @example childConditions('OpportunityId', 'Opportunity', "Type = 'Renewal'", ids)
 * // => ["OpportunityId IN (SELECT Id FROM Opportunity WHERE Type = 'Renewal')"]
 */
export function childConditions(
  field: string,
  parent: string,
  where: string,
  ids: readonly string[],
): string[] {
  return hasOr(where)
    ? idLists(field, ids)
    : [`${soqlName(field)} IN (SELECT Id FROM ${soqlName(parent)} WHERE ${where})`];
}

function idLists(field: string, ids: readonly string[]): string[] {
  const lists: string[] = [];
  for (let i = 0; i < ids.length; i += IDS_PER_LIST) {
    lists.push(`${soqlName(field)} IN ${soqlIds(ids.slice(i, i + IDS_PER_LIST))}`);
  }
  return lists;
}

/**
 * A day or moment as SOQL writes it, by the type of the field that it is compared with.
 *
 * @example soqlTime('date', Date.parse('2026-11-01')) // => '2026-11-01'
 * @example soqlTime('datetime', Date.parse('2026-11-01')) // => '2026-11-01T00:00:00Z'
 */
export function soqlTime(type: 'date' | 'datetime', time: number): string {
  const iso = new Date(time).toISOString();
  return type === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`;
}

/**
 * The same condition without its "is open now": for a past moment, what was open is decided from the history,
 * so the query must also find what was closed since. `IsClosed = false` becomes "created before then".
 *
 * Not a second setting beside `where`: two conditions that must say the same thing drift apart.
 *
 * @example asOfCondition("Type = 'Renewal' AND IsClosed = false", '2026-11-01T00:00:00Z')
 * // => "Type = 'Renewal' AND CreatedDate < 2026-11-01T00:00:00Z"
 */
export function asOfCondition(where: string | undefined, before: string): string {
  const openNow = /\bIsClosed\s*=\s*false\b/gi;
  const created = `CreatedDate < ${before}`;
  if (where === undefined) return created;
  return openNow.test(where) ? where.replaceAll(openNow, created) : `(${where}) AND ${created}`;
}
