// Source: https://developer.salesforce.com/docs/platform/api-metadata/references/meta-types/metadata-customfield.html

import { recordError } from '../errors.ts';
import { to18 } from '../id.ts';
import type { Cell, FieldDef } from '../schema/types.ts';

const wrong = (field: FieldDef, value: unknown, expected: string): Error =>
  recordError(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    `${field.label}: value not of required type: ${String(value)} (expected ${expected})`,
    [field.name],
  );

/** Half up, away from zero, at so many places. @example roundTo(2.45, 1) // => 2.5 */
export function roundTo(value: number, scale: number): number {
  const shifted = Number(`${Math.abs(value)}e${scale}`);
  if (!Number.isFinite(shifted)) return value;
  const rounded = Number(`${Math.round(shifted)}e-${scale}`);
  return value < 0 ? -rounded : rounded;
}

function number(field: FieldDef, value: unknown): number {
  const text = typeof value === 'string' ? value.trim() : value;
  const parsed =
    typeof text === 'string' && /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
  if (typeof parsed !== 'number' || !Number.isFinite(parsed)) throw wrong(field, value, 'number');
  const scale = field.scale ?? 0;
  const rounded = roundTo(parsed, scale);
  const digits = (field.precision ?? 18) - scale;
  if (Math.abs(rounded) >= 10 ** digits)
    throw recordError(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${parsed}`,
      [field.name],
    );
  return rounded;
}

function date(field: FieldDef, value: unknown): string {
  const text = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(value)?.[1] : undefined;
  if (
    text === undefined ||
    Number.isNaN(Date.parse(text)) ||
    new Date(text).toISOString().slice(0, 10) !== text
  )
    throw wrong(field, value, 'date YYYY-MM-DD');
  return text;
}

function dateTime(field: FieldDef, value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : '';
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (Number.isNaN(time)) throw wrong(field, value, 'dateTime');
  return new Date(time).toISOString();
}

function id(field: FieldDef, value: unknown): string {
  if (typeof value !== 'string' || !/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(value))
    throw recordError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${String(value)}`, [
      field.name,
    ]);
  return to18(value.slice(0, 15));
}

function picklist(field: FieldDef, text: string): string {
  const parts = field.type === 'multipicklist' ? text.split(';').filter((part) => part !== '') : [text];
  const known = parts.map(
    (part) => field.values?.find((v) => v.active && v.value.toLowerCase() === part.toLowerCase())?.value,
  );
  if (field.restricted && known.includes(undefined))
    throw recordError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${text}`,
      [field.name],
    );
  return parts.map((part, i) => known[i] ?? part).join(';');
}

function text(field: FieldDef, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw wrong(field, JSON.stringify(value), 'string');
  const content = String(value);
  const kept = field.type === 'textarea' ? content : content.trim();
  // Characters are counted only where code units do not already say that they are few enough: the texts are long.
  if (field.length !== undefined && kept.length > field.length && [...kept].length > field.length)
    throw recordError(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${kept.slice(0, 80)} (max length=${field.length})`,
      [field.name],
    );
  return kept;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * A value from outside as the cell that is stored: types, lengths, ranges, picklists and forms of ids checked; numbers
 * rounded half up to the field's scale, empty text becomes null. Text from CSV is taken for every type.
 *
 * @throws OrgError with the code of the record error.
 * @example toCell(score, 86.66) // => 86.7 for a Number(4, 1)
 */
export function toCell(field: FieldDef, value: unknown): Cell {
  if (value === null || value === undefined || value === '') return field.type === 'boolean' ? 0 : null;
  switch (field.type) {
    case 'boolean':
      if (value === true || value === 'true' || value === 'TRUE') return 1;
      if (value === false || value === 'false' || value === 'FALSE') return 0;
      throw wrong(field, value, 'boolean');
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return number(field, value);
    case 'date':
      return date(field, value);
    case 'datetime':
      return dateTime(field, value);
    case 'id':
    case 'reference':
      return id(field, value);
    case 'picklist':
    case 'multipicklist':
      return picklist(field, text(field, value)) || null;
    case 'email': {
      const address = text(field, value);
      if (!EMAIL.test(address))
        throw recordError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${address}`, [
          field.name,
        ]);
      return address;
    }
    case 'anyType':
      return JSON.stringify(value);
    case 'string':
    case 'textarea':
    case 'phone':
    case 'url':
    case 'combobox':
      return text(field, value) || null;
    default:
      return field.type satisfies never;
  }
}
