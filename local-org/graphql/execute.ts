// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-records.html
// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-limits.html
// Unproven: A query of six parts is within every limit of an org.
// See: Setup → System Overview → API usage after an hour of use by a whole team.
// If not: ask for fewer parts at once.

import { OrgError } from '../errors.ts';
import { page, runQuery } from '../soql/run.ts';
import type { Json, Record_ } from '../soql/shape.ts';
import type { Context } from '../protocol/context.ts';
import { planAggregate } from './aggregate.ts';
import { cutConnection, planConnection } from './connection.ts';
import { planNode } from './node.ts';
import { plain, wantedOf } from './fields.ts';
import type { Plain, Wanted } from './fields.ts';
import { mutate } from './mutate.ts';
import type { World } from './plan.ts';
import { objectInfo, uiObject } from './object-info.ts';
import { parseDocument } from './parse.ts';
import type { Operation } from './parse.ts';
import { GraphQLProblem, invalid, undefinedField } from './problem.ts';

interface Body {
  query?: string;
  variables?: Record<string, Plain> | null;
  operationName?: string | null;
}

const errorOf = (error: GraphQLProblem | OrgError, path: string[]): Record_ => ({
  message: error.message,
  locations: [],
  ...(path.length > 0 ? { path } : {}),
  extensions:
    error instanceof GraphQLProblem
      ? { classification: error.classification }
      : { classification: 'DataFetchingException', ErrorType: error.code },
});

/**
 * POST graphql: queries, aggregates, object infos and mutations of the UI API. The answer is always 200 with data and
 * errors, as the real endpoint gives it; each part of an operation fails by itself.
 */
export function graphql(context: Context): Record_ {
  const errors: Record_[] = [];
  try {
    const body = (context.request.json() ?? {}) as Body;
    const document = parseDocument(body.query ?? '');
    const operation = pick(document.operations, body.operationName ?? undefined);
    const variables = variablesOf(operation, body.variables ?? {});
    const world: World = { schema: context.org.schema, access: context.user.access, userId: context.user.id };
    const data: Record_ = {};
    for (const top of wantedOf(operation.selections, operation.type === 'query' ? 'Query' : 'Mutation', {
      document,
      variables,
    })) {
      if (top.name !== 'uiapi')
        throw undefinedField(top.name, operation.type === 'query' ? 'Query' : 'Mutation', []);
      data[top.alias] =
        operation.type === 'query'
          ? query(context, world, top, errors)
          : mutations(context, world, top, errors);
    }
    return { data, errors };
  } catch (error) {
    if (!(error instanceof GraphQLProblem)) throw error;
    return { data: null, errors: [errorOf(error, error.path)] };
  }
}

function pick(operations: Operation[], name: string | undefined): Operation {
  const found = name === undefined ? operations : operations.filter((operation) => operation.name === name);
  const [only, ...more] = found;
  if (!only || more.length > 0)
    throw invalid(
      name === undefined
        ? 'Must provide operation name if query contains multiple operations'
        : `Unknown operation named '${name}'`,
    );
  return only;
}

function variablesOf(operation: Operation, given: Record<string, Plain>): Record<string, Plain> {
  const found: Record<string, Plain> = {};
  for (const { name, type, required, preset } of operation.variables) {
    const value =
      given[name] ??
      (preset ? plain(preset, { document: { operations: [], fragments: new Map() }, variables: {} }) : null);
    if (required && value === null) throw invalid(`Variable '${name}' of type ${type} must not be null`);
    found[name] = value;
  }
  return found;
}

/** Runs one part of an operation; its failure becomes null and an error beside the others' answers. */
function attempt(errors: Record_[], path: string[], work: () => Json): Json {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    errors.push(errorOf(error, path));
    return null;
  }
}

function query(context: Context, world: World, top: Wanted, errors: Record_[]): Record_ {
  const answer: Record_ = {};
  for (const kind of top.wanted) {
    const path = ['uiapi', kind.name];
    if (kind.name === 'objectInfos') {
      answer[kind.alias] = infos(world, kind);
      continue;
    }
    if (kind.name !== 'query' && kind.name !== 'aggregate')
      throw undefinedField(kind.name, 'UIAPI', ['uiapi']);
    const own: Record_ = {};
    for (const one of kind.wanted)
      own[one.alias] = attempt(errors, [...path, one.alias], () =>
        kind.name === 'query' ? records(context, world, one, path) : aggregates(context, world, one, path),
      );
    answer[kind.alias] = own;
  }
  return answer;
}

function records(context: Context, world: World, one: Wanted, path: string[]): Json {
  const object = uiObject(world.schema, world.access, one.name);
  if (!object) throw undefinedField(one.name, 'RecordQuery', path);
  const plan = planConnection(world, object, one, [...path, one.name], object.name, planNode);
  const result = runQuery(context.org, world.access, plan.soql);
  const rows = page(context.org, result, 0, result.rows.length, context.version);
  const total =
    plan.countSoql === undefined
      ? rows.length
      : runQuery(context.org, world.access, plan.countSoql).totalSize;
  return cutConnection(plan, rows, total);
}

function aggregates(context: Context, world: World, one: Wanted, path: string[]): Json {
  const object = uiObject(world.schema, world.access, one.name);
  if (!object) throw undefinedField(one.name, 'RecordQueryAggregate', path);
  const plan = planAggregate(world, object, one, [...path, one.name]);
  const result = runQuery(context.org, world.access, plan.soql);
  return plan.build(page(context.org, result, 0, result.rows.length, context.version));
}

/** Object infos with the members of the REST answer; ApiName is written with a capital here. */
function infos(world: World, kind: Wanted): Json {
  const names = kind.args['apiNames'];
  if (!Array.isArray(names)) throw invalid('objectInfos needs apiNames');
  return names.map((name) => {
    const object = typeof name === 'string' ? uiObject(world.schema, world.access, name) : undefined;
    if (!object) return null;
    return choose(objectInfo(world.schema, world.access, object), kind.wanted, 'ObjectInfo');
  });
}

function choose(info: Record_, wanted: Wanted[], type: string): Record_ {
  const answer: Record_ = {};
  for (const one of wanted) {
    const value = info[one.name === 'ApiName' ? 'apiName' : one.name];
    if (value === undefined) throw undefinedField(one.name, type, ['uiapi', 'objectInfos']);
    const list = one.name === 'fields' ? Object.values(value as Record_) : value;
    answer[one.alias] =
      one.wanted.length > 0 && Array.isArray(list)
        ? list.map((item) => choose(item as Record_, one.wanted, one.name))
        : value;
  }
  return answer;
}

class RolledBack extends Error {}

function mutations(context: Context, world: World, top: Wanted, errors: Record_[]): Record_ {
  const input = top.args['input'];
  const allOrNone = !(
    typeof input === 'object' &&
    input !== null &&
    !Array.isArray(input) &&
    input['allOrNone'] === false
  );
  const answer: Record_ = {};
  try {
    context.org.store.transaction(() => {
      for (const one of top.wanted)
        answer[one.alias] = attempt(errors, ['uiapi', one.alias], () =>
          context.org.store.transaction(() => mutate(context, world, one)),
        );
      if (allOrNone && errors.length > 0) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    for (const one of top.wanted) answer[one.alias] = null;
  }
  return answer;
}
