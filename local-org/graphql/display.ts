// Unproven: Display values of numbers, dates and currencies are written in the locale of the user.
// See: open a page that shows them as a user of another locale.
// If not: numbers look foreign there; compute from values, never from display values.

import type { FieldDef } from '../schema/types.ts';
import type { Json } from '../soql/shape.ts';

const formats = new Map<number, Intl.NumberFormat>();

/** Formats are kept: making one costs more than everything else about a value. */
function number(value: number, scale: number): string {
  let format = formats.get(scale);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: scale, maximumFractionDigits: scale });
    formats.set(scale, format);
  }
  return format.format(value);
}

const DATE = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' });

/**
 * How the UI API shows a value to a person, for the locale en-US, dollars and UTC; null where it shows nothing of its own.
 *
 * @example displayValue(score, 68.2) // => '68.2'
 */
export function displayValue(field: FieldDef, value: Json): string | null {
  if (value === null) return null;
  if (typeof value === 'number') {
    if (field.type === 'currency') return `$${number(value, field.scale ?? 2)}`;
    return `${number(value, field.scale ?? 0)}${field.type === 'percent' ? '%' : ''}`;
  }
  if (field.type === 'date') return DATE.format(new Date(`${text(value)}T00:00:00Z`));
  if (field.type === 'datetime') return TIME.format(new Date(text(value)));
  if (field.type === 'picklist')
    return field.values?.find((one) => one.value === value)?.label ?? text(value);
  return null;
}

const text = (value: Json): string =>
  typeof value === 'string' ? value.replace('+0000', 'Z') : JSON.stringify(value);

/** A value as the UI API writes it: times end in Z there, not in +0000. */
export const uiValue = (field: FieldDef, value: Json): Json =>
  field.type === 'datetime' && value !== null ? text(value) : value;

/** Names of the data types that object-info gives. */
export const UI_TYPES: Record<FieldDef['type'], string> = {
  id: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  combobox: 'ComboBox',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  reference: 'Reference',
  anyType: 'AnyType',
};
