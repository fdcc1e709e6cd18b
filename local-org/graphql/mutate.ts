// Source: https://developer.salesforce.com/docs/platform/graphql/guide/mutations-schema.html
// Source: https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-mutation.html

import { OrgError } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import { page, runQuery } from '../soql/run.ts';
import type { Json, Record_ } from '../soql/shape.ts';
import type { Context } from '../protocol/context.ts';
import { remove } from '../write/remove.ts';
import { checkNames, create, update } from '../write/save.ts';
import type { Input } from '../write/world.ts';
import type { Plain, Wanted } from './fields.ts';
import { planNode } from './node.ts';
import type { World } from './plan.ts';
import { uiObject } from './object-info.ts';
import { invalid, undefinedField } from './problem.ts';

type Verb = 'Create' | 'Update' | 'Delete';

/** `Order__cCreate` is the object and what is done to it. */
function targetOf(world: World, name: string): { object: ObjectDef; verb: Verb } {
  const [, objectName = '', verb = ''] = /^(\w+)(Create|Update|Delete)$/.exec(name) ?? [];
  const object = uiObject(world.schema, world.access, objectName);
  if (!object) throw undefinedField(name, 'UIAPIMutations', ['uiapi']);
  return { object, verb: verb as Verb };
}

const mapOf = (value: Plain | undefined): { [key: string]: Plain } => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('WrongType: input must be an object');
  return value;
};

/**
 * One mutation of the UI API: Create and Update give the record back, Delete its id. Same rules as every other write.
 *
 * @throws OrgError when the record is refused, GraphQLProblem when the mutation makes no sense.
 */
export function mutate(context: Context, world: World, one: Wanted): Json {
  const { object, verb } = targetOf(world, one.name);
  const input = mapOf(one.args['input']);
  const id = input['Id'];
  if (verb !== 'Create' && typeof id !== 'string') throw invalid(`${one.name} needs the Id of a record`);
  const key = typeof id === 'string' ? id : '';
  if (verb === 'Delete') {
    remove(context.world, object, key);
    return Object.fromEntries(
      one.wanted.map((part) => {
        if (part.name !== 'Id') throw undefinedField(part.name, `${one.name}Payload`, ['uiapi', one.name]);
        return [part.alias, key];
      }),
    );
  }
  const fields: Input = mapOf(input[object.name]);
  checkNames(object, fields, world.access);
  const saved =
    verb === 'Create' ? create(context.world, object, fields) : update(context.world, object, key, fields);
  const answer: Record_ = {};
  for (const part of one.wanted) {
    if (part.name === 'success') answer[part.alias] = true;
    else if (part.name === 'Record') answer[part.alias] = readBack(context, world, object, saved.id, part);
    else throw undefinedField(part.name, `${one.name}Payload`, ['uiapi', one.name]);
  }
  return answer;
}

function readBack(context: Context, world: World, object: ObjectDef, id: string, part: Wanted): Json {
  const node = planNode(world, object, part.wanted, ['uiapi', part.name]);
  const select = [...new Set(['Id', ...node.select])].join(', ');
  const result = runQuery(
    context.org,
    world.access,
    `SELECT ${select} FROM ${object.name} WHERE Id = '${id}'`,
  );
  const [record] = page(context.org, result, 0, 1, context.version);
  if (!record) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return node.build(record);
}
