import { nearest } from '../../config/nearest.ts';
import { namedLists, type NamedList } from './conditions.ts';
import type { ObjectDescription, Row } from './client.ts';

/** Names in one comparison of which the org knows none. */
export interface UnknownList extends NamedList {
  /** The names that the org has there. */
  readonly known: readonly string[];
}

const RECORD_TYPE = /^RecordType\.(Developer)?Name$/i;

/**
 * Comparisons of a condition that can match nothing, because the org has none of their names: values of picklists and
 * record types. Texts that are free cannot be judged. SOQL compares without regard to case.
 *
 * @example unknownLists("Type = 'QBR'", event) // => [{ field: 'Type', values: ['QBR'], negated: false, known: ['Call', 'Meeting'] }]
 */
export function unknownLists(where: string, description: ObjectDescription): UnknownList[] {
  return namedLists(where).flatMap((list) => {
    const known = namesOf(description, list.field);
    const isKnown = (value: string) => known.some((name) => isSame(name, value));
    return list.negated || known.length === 0 || list.values.some(isKnown) ? [] : [{ ...list, known }];
  });
}

/** The names that a field can have; none where they are free. */
export const namesOf = ({ fields, recordTypes }: ObjectDescription, field: string): readonly string[] =>
  RECORD_TYPE.test(field) ? recordTypes : (fieldIn(fields, field)?.values ?? []);

/** The org takes field names in any case. */
const fieldIn = (fields: ObjectDescription['fields'], name: string) =>
  fields.get(name) ?? [...fields.values()].find((field) => isSame(field.name, name));

/** A value that stands on a record exists, whatever the picklist says: the API writes others too. */
export const standsOn = (rows: readonly Row[], { field, values }: NamedList): boolean =>
  rows.some(({ [field]: given }) =>
    (typeof given === 'string' ? given : '')
      .split(';')
      .some((found) => values.some((value) => isSame(value, found))),
  );

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * What to write in place of a name: the one that is meant, or those that there are.
 *
 * @example instead('Qbr review', ['QBR', 'Call']) // => 'did you mean "QBR"?'
 */
export function instead(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== null) return `did you mean ${JSON.stringify(meant)}?`;
  return `there are ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`;
}
