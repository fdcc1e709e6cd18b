// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-record-objects.html

import { fieldOf, objectOf } from '../schema/types.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Json, Record_ } from '../soql/shape.ts';
import { cutConnection, planConnection } from './connection.ts';
import { displayValue, uiValue } from './display.ts';
import type { Wanted } from './fields.ts';
import type { NodePlan, World } from './plan.ts';
import { undefinedField } from './problem.ts';

type Step = { select: string[]; put: (record: Record_, answer: Record_) => void };

const isRecord = (value: Json | undefined): value is Record_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (object: ObjectDef): string => object.nameField ?? 'Id';

const stampOf = (value: Json | undefined): number =>
  typeof value === 'string' ? Date.parse(value.replace('+0000', 'Z')) : 0;

/** What a person calls the record; objects without a name field are called by their id. */
function builtIn(one: Wanted, object: ObjectDef, prefix: string): Step | undefined {
  switch (one.name) {
    case '__typename':
    case 'ApiName':
      return { select: [], put: (_, answer) => (answer[one.alias] = object.name) };
    case 'WeakEtag':
      return {
        select: object.fields.has('systemmodstamp') ? [`${prefix}SystemModstamp`] : [],
        put: (record, answer) => (answer[one.alias] = stampOf(record['SystemModstamp'])),
      };
    case 'DisplayValue':
      return {
        select: [`${prefix}${nameOf(object)}`],
        put: (record, answer) => (answer[one.alias] = record[nameOf(object)] ?? null),
      };
    default:
      return undefined;
  }
}

function scalar(one: Wanted, field: FieldDef, prefix: string, path: string[]): Step {
  const select = [`${prefix}${field.name}`];
  if (field.type === 'id')
    return { select, put: (record, answer) => (answer[one.alias] = record[field.name] ?? null) };
  if (one.wanted.length === 0)
    throw undefinedField(one.name, 'a leaf: it needs a selection of value or displayValue', path);
  return {
    select,
    put: (record, answer) => {
      const value = record[field.name] ?? null;
      const shown: Record_ = {};
      for (const part of one.wanted) shown[part.alias] = partOf(part.name, field, value, [...path, one.name]);
      answer[one.alias] = shown;
    },
  };
}

function partOf(name: string, field: FieldDef, value: Json, path: string[]): Json {
  switch (name) {
    case 'value':
      return uiValue(field, value);
    case 'displayValue':
    case 'format':
      return displayValue(field, value);
    case 'label':
      if (field.type === 'picklist') return displayValue(field, value);
      break;
    case '__typename':
      return `${field.type}Value`;
  }
  throw undefinedField(name, `${field.type}Value`, path);
}

/** @throws GraphQLProblem FieldUndefined for fields that do not exist or may not be read, unless they are optional. */
export function planNode(
  world: World,
  object: ObjectDef,
  wanted: Wanted[],
  path: string[],
  prefix = '',
): NodePlan {
  const steps: Step[] = [];
  for (const one of wanted) {
    const step = builtIn(one, object, prefix) ?? member(world, object, one, path, prefix);
    if (step) steps.push(step);
    else if (!one.optional) throw undefinedField(one.name, object.name, path);
  }
  return {
    select: steps.flatMap((step) => step.select),
    build: (record) => {
      const answer: Record_ = {};
      for (const step of steps) step.put(record, answer);
      return answer;
    },
  };
}

function member(
  world: World,
  object: ObjectDef,
  one: Wanted,
  path: string[],
  prefix: string,
): Step | undefined {
  const field = fieldOf(object, one.name);
  if (field) return world.access.canReadField(object, field) ? scalar(one, field, prefix, path) : undefined;
  const link = [...object.fields.values()].find((known) => known.relationshipName === one.name);
  const parent =
    link?.referenceTo?.length === 1 ? objectOf(world.schema, link.referenceTo[0] ?? '') : undefined;
  if (link && parent) {
    if (!world.access.canReadField(object, link) || !world.access.canRead(parent)) return undefined;
    const inner = planNode(world, parent, one.wanted, [...path, one.name], `${prefix}${one.name}.`);
    return {
      select: [`${prefix}${one.name}.Id`, ...inner.select],
      put: (record, answer) => {
        const found = record[one.name];
        answer[one.alias] = isRecord(found) ? inner.build(found) : null;
      },
    };
  }
  return prefix === '' ? children(world, object, one, path) : undefined;
}

function children(world: World, object: ObjectDef, one: Wanted, path: string[]): Step | undefined {
  for (const child of world.schema.objects.values())
    for (const field of child.fields.values()) {
      if (field.childRelationshipName !== one.name || !field.referenceTo?.includes(object.name)) continue;
      if (!world.access.canRead(child) || !world.access.canReadField(child, field)) return undefined;
      const plan = planConnection(world, child, one, [...path, one.name], one.name, planNode);
      return {
        // All of them are counted where the total is asked for; the page is cut afterwards.
        select: [`(${plan.countSoql === undefined ? plan.soql : plan.soql.replace(/ LIMIT \d+$/, '')})`],
        put: (record, answer) => {
          const list = record[one.name];
          const records = isRecord(list) ? (list['records'] as Record_[]) : [];
          answer[one.alias] = cutConnection(plan, records, records.length);
        },
      };
    }
  return undefined;
}
