// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm

import type { Cell, FieldDef } from '../schema/types.ts';
import type { Plan } from './plan.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Record_ = { [key: string]: Json };

/**
 * A cell as the REST API writes it: booleans as such, times with +0000, dates bare, everything else as stored.
 *
 * @example jsonValue(field, '2026-10-01T00:00:00.000Z') // => '2026-10-01T00:00:00.000+0000' for a dateTime field
 */
export function jsonValue(field: FieldDef | undefined, cell: Cell): Json {
  if (cell === null || field === undefined) return cell;
  if (field.type === 'boolean') return cell === 1;
  if (field.type === 'datetime') return String(cell).replace('Z', '+0000');
  if (field.type === 'anyType') return JSON.parse(String(cell)) as Json;
  return cell;
}

export const recordUrl = (version: string, object: string, id: Cell): string =>
  `/services/data/v${version}/sobjects/${object}/${String(id)}`;

/** Rows of cells as records: attributes first, then fields in the order asked for, parents as nested records. */
export function shapeRow(plan: Plan, cells: Cell[], version: string): Record_ {
  if (plan.kind === 'aggregate') {
    const record: Record_ = { attributes: { type: 'AggregateResult' } };
    for (const column of plan.columns)
      record[column.key] = jsonValue(column.field, cells[column.index] ?? null);
    return record;
  }
  const record: Record_ = {};
  const places = new Map<string, Record_>();
  for (const id of plan.ids) {
    const own = cells[id.index] ?? null;
    const key = id.path.join('.').toLowerCase();
    const place: Record_ = id.path.length === 0 ? record : {};
    if (own !== null) {
      place['attributes'] = { type: id.object.name, url: recordUrl(version, id.object.name, own) };
      places.set(key, place);
    }
  }
  for (const column of plan.columns) {
    let here: Record_ | undefined = record;
    for (let depth = 1; depth <= column.path.length && here; depth++) {
      const name = column.path[depth - 1] ?? '';
      const parent = places.get(column.path.slice(0, depth).join('.').toLowerCase());
      here[name] ??= parent ?? null;
      here = parent;
    }
    if (here) here[column.key] = jsonValue(column.field, cells[column.index] ?? null);
  }
  return record;
}
