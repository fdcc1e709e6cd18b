import type { Answer } from 'local-org/http';
import { Refusal } from './answers.ts';
import type { Explore, Field } from './model.ts';
import type { Quirks } from './quirks.ts';
import type { Cell, Row } from './run.ts';

export interface Result {
  readonly explore: Explore;
  readonly fields: readonly Field[];
  readonly filters: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

/** What a field looks like in the description of an explore and in results that describe themselves. */
export const describeField = (field: Field, numericIds: boolean) => ({
  name: field.name,
  label: field.label,
  label_short: field.label,
  view: field.name.split('.')[0] ?? '',
  view_label: field.viewLabel,
  category: field.kind,
  type:
    field.kind === 'measure'
      ? 'number'
      : field.is === 'month'
        ? 'date_month'
        : numericIds
          ? 'number'
          : 'string',
  is_numeric: field.kind === 'measure' || (field.is === 'id' && numericIds),
  is_timeframe: field.kind === 'dimension' && field.is === 'month',
  measure: field.kind === 'measure',
  hidden: false,
  description: null,
  dimension_group: null,
  field_group_label: null,
  field_group_variant: field.label,
  sql: null,
  value_format: field.kind === 'measure' ? (field.digits === 0 ? '#,##0' : '#,##0.0') : null,
});

const NUMBERS = [0, 1].map(
  (digits) =>
    new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** A value as the model formats it for people: with it, numbers are texts. */
function formatted(field: Field, value: Cell): Cell {
  if (field.kind === 'dimension' || typeof value !== 'number') return value;
  return NUMBERS[field.digits]?.format(value) ?? value;
}

interface WriteOptions {
  /** Numbers as texts, the way people read them. */
  readonly asText: boolean;
  readonly numericIds: boolean;
  readonly reshape: Quirks['reshape'];
}

/** What a query of which the database refuses the SQL answers: only plain `json` and `json_detail` say so with 200. */
export function writeSqlError(format: string, message: string): Answer {
  if (format === 'json') return { status: 200, body: [{ looker_error: message }] };
  if (format === 'json_detail') return { status: 200, body: { errors: [{ message }], data: [] } };
  throw new Refusal(400, message);
}

/**
 * Writes a result in the format asked for.
 *
 * @throws Refusal 400 for a format that this stand-in does not write
 */
export function writeResult(
  format: string,
  result: Result,
  { asText, numericIds, reshape }: WriteOptions,
): Answer {
  const { fields, rows, filters } = result;
  const values = asText
    ? rows.map((row) =>
        Object.fromEntries(fields.map((field) => [field.name, formatted(field, row[field.name] ?? null)])),
      )
    : rows;
  const shown = reshape === null ? values : values.map((row) => reshape(row) as Row);
  const of = (kind: Field['kind']) =>
    fields.filter((field) => field.kind === kind).map((field) => describeField(field, numericIds));
  const described = {
    dimensions: of('dimension'),
    measures: of('measure'),
    pivots: [],
    table_calculations: [],
  };
  const cells = (row: Row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, { value }]));
  switch (format) {
    case 'json':
      return { status: 200, body: shown };
    case 'json_bi':
      return {
        status: 200,
        body: {
          metadata: {
            fields: described,
            pivots: [],
            has_subtotals: false,
            has_totals: false,
            columns_truncated: 'no',
            filter_expression: null,
            filters,
            sql: null,
          },
          rows: shown.map(cells),
        },
      };
    case 'json_detail':
      return {
        status: 200,
        body: {
          id: 'sandbox',
          fields: described,
          applied_filters: filters,
          errors: [],
          data: shown.map(cells),
        },
      };
    case 'csv':
      return separated(',', 'text/csv', fields, shown);
    case 'txt':
      return separated('\t', 'text/plain', fields, shown);
    default:
      throw new Refusal(400, `Unsupported result_format "${format}"`);
  }
}

function separated(separator: string, type: string, fields: readonly Field[], rows: readonly Row[]): Answer {
  const quoted = (value: Cell) => {
    const text = value === null ? '' : String(value);
    return /[",\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [
    fields.map(({ label }) => quoted(label)),
    ...rows.map((row) => fields.map(({ name }) => quoted(row[name] ?? null))),
  ];
  return {
    status: 200,
    headers: { 'Content-Type': `${type}; charset=utf-8` },
    body: lines.map((line) => `${line.join(separator)}\n`).join(''),
  };
}
