// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm
// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_distribute_system_mode.htm

import type { Access } from '../access.ts';
import { fullAccess } from '../access.ts';
import { notModelled } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import { fieldOf, objectOf, relationOf } from '../schema/types.ts';
import { runQuery } from '../soql/run.ts';
import type { WriteWorld } from '../write/world.ts';
import { checkNames, create, update } from '../write/save.ts';
import type { CreateNode, Filter, LookupNode, UpdateNode } from './definition.ts';
import { parseLogic, written } from './logic.ts';
import { inputOfValue, isDate, isDateTime, isRecord, textOfValue, valueOfCell } from './value.ts';
import type { FlowRecord, Value } from './value.ts';

/** Where an interview reads and writes: the org's own paths, as the user and with the access it runs with. */
export interface RecordWorld {
  readonly world: WriteWorld;
  readonly access: Access;
  readonly valueOf: (filter: Filter['value']) => Value;
}

const OPERATORS: Readonly<Record<string, string>> = {
  EqualTo: '=',
  NotEqualTo: '!=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
};

function literal(value: Value): string {
  if (value === null || value === '') return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (isDate(value)) return value.date;
  if (isDateTime(value)) return new Date(value.at).toISOString();
  throw notModelled(`a flow filter by a ${isRecord(value) ? 'record' : 'collection'}`);
}

function condition(filter: Filter, valueOf: RecordWorld['valueOf']): string {
  const value = valueOf(filter.value);
  if (filter.operator === 'IsNull') return `${filter.field} ${value === true ? '=' : '!='} null`;
  const operator = OPERATORS[filter.operator];
  if (operator === undefined) throw notModelled(`flow filter operator ${filter.operator}`);
  return `${filter.field} ${operator} ${literal(value)}`;
}

const where = (filters: readonly Filter[], logic: string, valueOf: RecordWorld['valueOf']): string => {
  if (filters.length === 0) return '';
  const parts = filters.map((filter) => condition(filter, valueOf));
  return ` WHERE ${written(parseLogic(logic, filters.length), (i) => parts[i] ?? '')}`;
};

function known(world: WriteWorld, name: string): ObjectDef {
  const object = objectOf(world.schema, name);
  if (!object) throw notModelled(`object ${name} in a flow`);
  return object;
}

/**
 * Get Records: the first record or all of them, with the fields that the flow asks for. Asking for none is refused: the
 * platform then picks those that the flow uses, and a simulation that guesses them would hide a slip.
 *
 * @throws OrgError as the org refuses the query, for example a field that the user may not read
 */
export function getRecords({ world, access, valueOf }: RecordWorld, node: LookupNode): FlowRecord[] {
  const object = known(world, node.object);
  if (node.fields.length === 0) throw notModelled(`${node.name} without queriedFields`);
  const sort = node.sort ? ` ORDER BY ${node.sort.field} ${node.sort.order}` : '';
  const limit = node.first ? ' LIMIT 1' : '';
  const soql = `SELECT ${node.fields.join(', ')} FROM ${object.name}${where(node.filters, node.logic, valueOf)}${sort}${limit}`;
  const { plan, rows } = runQuery(world, access, soql);
  return rows.map((row) => ({
    object,
    fields: new Map(
      plan.columns.flatMap(({ key, field, index }) =>
        field ? [[key.toLowerCase(), valueOfCell(field, row[index] ?? null)] as const] : [],
      ),
    ),
  }));
}

const inputsOf = (node: CreateNode | UpdateNode, valueOf: RecordWorld['valueOf']): Record<string, unknown> =>
  Object.fromEntries(node.inputs.map(({ name, value }) => [name, inputOfValue(valueOf(value))]));

/** Create Records. @returns id of the new record. @throws OrgError for the first rule that it breaks */
export function createRecord({ world, access, valueOf }: RecordWorld, node: CreateNode): string {
  const object = known(world, node.object);
  const input = inputsOf(node, valueOf);
  checkNames(object, input, access);
  return world.store.transaction(() => create({ ...world, access }, object, input).id);
}

/** Update Records that meet the conditions, all or none. @throws OrgError for the first rule that one breaks */
export function updateRecords({ world, access, valueOf }: RecordWorld, node: UpdateNode): void {
  const object = known(world, node.object);
  const input = inputsOf(node, valueOf);
  checkNames(object, input, access);
  const soql = `SELECT Id FROM ${object.name}${where(node.filters, node.logic, valueOf)}`;
  const { plan, rows } = runQuery(world, access, soql);
  const index = plan.columns[0]?.index ?? 0;
  world.store.transaction(() => {
    for (const row of rows) update({ ...world, access }, object, String(row[index]), input);
  });
}

/** The fields of a stored record that a flow started by it refers to, parents included: Account__r.OwnerId. */
export function recordField(
  world: WriteWorld,
  object: ObjectDef,
  id: string,
  path: readonly string[],
): Value {
  const [step = '', ...rest] = path;
  if (rest.length === 0) {
    const field = fieldOf(object, step);
    if (!field) throw notModelled(`field ${object.name}.${step} in a flow`);
    if (field.formula) {
      // Worked out as in any query: https://help.salesforce.com/s/articleView?id=platform.flow_ref_resources_system_variables.htm
      const soql = `SELECT ${field.name} FROM ${object.name} WHERE Id = '${id}'`;
      const { plan, rows } = runQuery(world, fullAccess, soql);
      return valueOfCell(field, rows[0]?.[plan.columns[0]?.index ?? 0] ?? null);
    }
    const [row] = world.store.rows(`SELECT "${field.name}" FROM "${object.name}" WHERE "Id" = ?`, [id]);
    return valueOfCell(field, row?.[0] ?? null);
  }
  const link = relationOf(object, step);
  const parent = objectOf(world.schema, link?.referenceTo?.[0] ?? '');
  if (!link || !parent) throw notModelled(`relationship ${object.name}.${step} in a flow`);
  const parentId = recordField(world, object, id, [link.name]);
  return parentId === null ? null : recordField(world, parent, textOfValue(parentId), rest);
}
