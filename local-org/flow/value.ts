// Source: https://help.salesforce.com/HTViewHelpDoc?id=customize_functions.htm&language=en_US

import type { FieldDef, ObjectDef } from '../schema/types.ts';

export interface FlowDate {
  /** YYYY-MM-DD */
  readonly date: string;
}
export interface FlowDateTime {
  /** Milliseconds since 1970. */
  readonly at: number;
}
/** A record as a flow holds it: the fields that were asked for, by lower-case name. */
export interface FlowRecord {
  readonly object: ObjectDef;
  readonly fields: ReadonlyMap<string, Value>;
}
/** What an action has given; undefined stands for an output that is there and is not modelled. */
export interface FlowOutputs {
  readonly outputs: ReadonlyMap<string, Value | undefined>;
}
export type Value =
  null | boolean | number | string | FlowDate | FlowDateTime | FlowRecord | FlowOutputs | readonly Value[];

export const isDate = (value: Value): value is FlowDate =>
  typeof value === 'object' && value !== null && 'date' in value;
export const isDateTime = (value: Value): value is FlowDateTime =>
  typeof value === 'object' && value !== null && 'at' in value;
export const isRecord = (value: Value): value is FlowRecord =>
  typeof value === 'object' && value !== null && 'fields' in value;
export const isOutputs = (value: Value): value is FlowOutputs =>
  typeof value === 'object' && value !== null && 'outputs' in value;
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Empty text is blank, as in formulas. @example isBlank('') // => true */
export const isBlank = (value: Value): boolean => value === null || value === '';

const number = new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 9 });

/**
 * A value as text, the way formulas write it: times in UTC with a Z at the end.
 *
 * Source: Salesforce Help, "Formula Operators and Functions", TEXT: dates and times come in ISO order, times in GMT.
 *
 * @throws Error for records and lists, which have no text
 * @example textOfValue({ at: 0 }) // => '1970-01-01 00:00:00Z'
 */
export function textOfValue(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return number.format(value);
  if (typeof value === 'boolean') return String(value);
  if (isDate(value)) return value.date;
  if (isDateTime(value)) return `${new Date(value.at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  throw new Error(`found a ${isList(value) ? 'collection' : 'record'}, expected a single value with a text`);
}

/** A stored cell as the value that a flow works with. */
export function valueOfCell(field: FieldDef, cell: string | number | null): Value {
  if (field.type === 'boolean') return cell === 1;
  if (cell === null) return null;
  if (field.type === 'date') return { date: String(cell) };
  if (field.type === 'datetime') return { at: Date.parse(String(cell)) };
  return cell;
}

/** A value as what a record is written with over the API. @throws Error for records and lists */
export function inputOfValue(value: Value): unknown {
  if (isDate(value)) return value.date;
  if (isDateTime(value)) return new Date(value.at).toISOString();
  if (isRecord(value) || isOutputs(value) || isList(value))
    throw new Error('found a record, an action or a collection, expected one value');
  return value;
}
