import type { SalesforceSource } from './settings.ts';
import { unknownName, type UnknownName } from '../names.ts';
import type { ObjectDescription, SalesforceReader } from './client.ts';
import { namedLists, type NamedList } from './conditions.ts';
import { namesOf } from './known-names.ts';
import { soqlName, soqlText } from './soql.ts';

interface Condition {
  /** Place in sources.yaml, below `salesforce`. */
  readonly at: string;
  readonly object: string;
  readonly where: string | undefined;
  /** Metrics that are read by it. */
  readonly costs: readonly string[];
}

/**
 * Lists the values and record types in conditions of sources.yaml that an org does not know. One name of a comparison
 * that is known is enough for its metric, and so is one that stands on a record although no picklist has it. What an
 * org lacks of objects and fields is told by `check --org`.
 *
 * @throws ScorerError as the reads of an org do
 * @example await checkSalesforceNames(client, sources.salesforce)
 * // => [{ where: 'sources.yaml salesforce.qbr.where', found: 'the value of Event.Type "QBRs"', … }]
 */
export async function checkSalesforceNames(
  client: SalesforceReader,
  settings: SalesforceSource,
): Promise<readonly UnknownName[]> {
  const { renewal, payment_problems, contract_changes, qbr, champion, expansion } = settings;
  const of = (
    at: string,
    { object, where }: { readonly object: string; readonly where?: string | undefined },
    cost: string,
  ): Condition => ({ at: `${at}.where`, object, where, costs: [cost] });
  const conditions = [
    of('renewal', renewal, 'days_to_renewal'),
    ...(renewal.else === undefined ? [] : [of('renewal.else', renewal.else, 'days_to_renewal')]),
    of('payment_problems', payment_problems, 'payment_health'),
    of('contract_changes', contract_changes, 'contract_changes'),
    of('qbr', qbr, 'qbr_attendance'),
    of('champion', champion, 'champion_stability'),
    of('expansion', expansion, 'expansion_signals'),
  ];
  const found = await Promise.all(conditions.map((condition) => unknownIn(client, condition)));
  return found.flat();
}

async function unknownIn(client: SalesforceReader, condition: Condition): Promise<UnknownName[]> {
  const { at, object, where, costs } = condition;
  const lists = namedLists(where ?? '').filter(({ negated }) => !negated);
  const description = lists.length === 0 ? null : await client.describe(soqlName(object));
  if (description === null) return [];
  const found = await Promise.all(
    lists.map(async ({ field, values, negated }) => {
      const known = namesOf(description, field);
      const has = (value: string): boolean =>
        known.some((name) => name.toLowerCase() === value.toLowerCase());
      const unknown = known.length === 0 ? [] : values.filter((value) => !has(value));
      if (unknown.length === 0) return [];
      const others = unknown.length < values.length;
      if (!others && (await standsSomewhere(client, description, { field, values, negated }))) return [];
      return unknown.map((name) =>
        unknownName({
          at: `salesforce.${at}`,
          kind: `value of ${object}.${field}`,
          name,
          known,
          costs: others ? [] : costs,
        }),
      );
    }),
  );
  return found.flat();
}

/** A value that stands on a record exists, whatever the picklist says: the API writes others too. */
async function standsSomewhere(
  client: SalesforceReader,
  { name, fields }: ObjectDescription,
  { field, values }: NamedList,
): Promise<boolean> {
  const operator = fields.get(field)?.type === 'multipicklist' ? 'INCLUDES' : 'IN';
  const rows = await client.query(
    `SELECT Id FROM ${name} WHERE ${soqlName(field)} ${operator} (${values.map(soqlText).join(', ')}) LIMIT 1`,
  );
  return rows.length > 0;
}
