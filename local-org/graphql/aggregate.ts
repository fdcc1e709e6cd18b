// Source: https://developer.salesforce.com/docs/platform/graphql/guide/aggregate-schema.html

import { fieldOf } from '../schema/types.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Json, Record_ } from '../soql/shape.ts';
import { displayValue } from './display.ts';
import type { Plain, Wanted } from './fields.ts';
import type { World } from './plan.ts';
import { invalid, undefinedField } from './problem.ts';
import { whereSoql } from './where.ts';

const FUNCTIONS: Record<string, string> = {
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  sum: 'SUM',
  avg: 'AVG',
  min: 'MIN',
  max: 'MAX',
};

interface Cell {
  alias: string;
  soql: string;
  put: (value: Json, answer: Record_) => void;
}

/** `aggregate { Account(groupBy: { Region__c: { group: true } }) { edges { node { aggregate { … } } } } }` */
export function planAggregate(
  world: World,
  object: ObjectDef,
  one: Wanted,
  path: string[],
): { soql: string; build: (rows: Record_[]) => Record_ } {
  const { where, groupBy, first, ...other } = one.args;
  for (const name of Object.keys(other))
    throw invalid(`argument '${name}' of an aggregate is not modelled by the local org`, path);
  const groups = groupsOf(world, object, groupBy, path);
  const cells: Cell[] = [];
  const nodes = one.wanted
    .filter((part) => part.name === 'edges')
    .flatMap((part) => part.wanted.filter((inner) => inner.name === 'node'))
    .flatMap((part) => part.wanted.filter((inner) => inner.name === 'aggregate'));
  for (const node of nodes)
    for (const field of node.wanted) addCells(world, object, field, groups, cells, path);
  if (cells.length === 0) throw invalid('an aggregate needs at least one field', path);
  const filter =
    where === undefined || where === null ? '' : ` WHERE ${whereSoql(object, where, world.schema, '')}`;
  const grouped = groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
  const select = cells.map((cell) => `${cell.soql} ${cell.alias}`).join(', ');
  return {
    soql: `SELECT ${select} FROM ${object.name}${filter}${grouped} LIMIT ${typeof first === 'number' ? first : 2000}`,
    build: (rows) => ({
      edges: rows.map((row) => {
        const answer: Record_ = {};
        for (const cell of cells) cell.put(row[cell.alias] ?? null, answer);
        return { node: { aggregate: answer } };
      }),
      totalCount: rows.length,
    }),
  };
}

function groupsOf(world: World, object: ObjectDef, groupBy: Plain | undefined, path: string[]): string[] {
  if (groupBy === undefined || groupBy === null) return [];
  if (typeof groupBy !== 'object' || Array.isArray(groupBy))
    throw invalid('WrongType: groupBy must be an object', path);
  return Object.entries(groupBy).map(([name, how]) => {
    const field = fieldOf(object, name);
    if (!field || !world.access.canReadField(object, field))
      throw undefinedField(name, `${object.name}_GroupBy`, path);
    if (JSON.stringify(how) !== '{"group":true}')
      throw invalid('only { group: true } is modelled by the local org', path);
    return field.name;
  });
}

function addCells(
  world: World,
  object: ObjectDef,
  one: Wanted,
  groups: string[],
  cells: Cell[],
  path: string[],
): void {
  const field = fieldOf(object, one.name);
  if (!field || !world.access.canReadField(object, field))
    throw undefinedField(one.name, `${object.name}Aggregate`, path);
  const put =
    (part: Wanted, shown: (leaf: string, value: Json) => Json) => (value: Json, answer: Record_) => {
      const own = (answer[one.alias] ?? {}) as Record_;
      own[part.alias] =
        part.wanted.length === 0
          ? shown(part.name, value)
          : Object.fromEntries(part.wanted.map((leaf) => [leaf.alias, shown(leaf.name, value)]));
      answer[one.alias] = own;
    };
  const plainLeaf = (leaf: string, value: Json): Json =>
    leaf === 'value' ? value : displayValue(field, value);
  for (const part of one.wanted) {
    const alias = `c${cells.length}`;
    const fn = FUNCTIONS[part.name];
    if (fn !== undefined)
      cells.push({
        alias,
        soql: `${fn}(${field.name})`,
        put: put(part, (leaf, value) => (leaf === 'value' ? value : null)),
      });
    else if (['value', 'displayValue', 'label'].includes(part.name)) {
      if (!groups.includes(field.name))
        throw invalid(`Field must be grouped or aggregated: ${field.name}`, path);
      cells.push({ alias, soql: field.name, put: put(part, plainLeaf) });
    } else throw undefinedField(part.name, 'FieldAggregate', path);
  }
}
