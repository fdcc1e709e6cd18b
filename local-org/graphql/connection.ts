// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-record-objects.html

import type { ObjectDef } from '../schema/types.ts';
import type { Record_ } from '../soql/shape.ts';
import type { Plain, Wanted } from './fields.ts';
import type { NodePlan, PlanNode, World } from './plan.ts';
import { invalid, undefinedField } from './problem.ts';
import { orderSoql, whereSoql } from './where.ts';

/** Records that a query gives without saying how many it wants. */
const DEFAULT_FIRST = 10;
/** Records that can be paged through without `upperBound`. */
const BOUND = 4000;

export interface ConnectionPlan {
  /** Reads every record up to the end of the page, and one more to know whether there are others. */
  soql: string;
  /** Counts all matches; only where totalCount is selected. */
  countSoql: string | undefined;
  node: NodePlan;
  wanted: Wanted[];
  from: number;
  first: number;
}

const cursorOf = (n: number): string => Buffer.from(`v1:${n}`).toString('base64');

function offset(after: Plain | undefined): number {
  if (after === undefined || after === null) return 0;
  const text = typeof after === 'string' ? Buffer.from(after, 'base64').toString('utf8') : '';
  const n = /^v1:(\d+)$/.exec(text)?.[1];
  if (n === undefined) throw invalid(`Invalid cursor ${JSON.stringify(after)}`);
  return Number(n);
}

function checkArgs(args: Record<string, Plain>, path: string[]): void {
  const known = ['first', 'after', 'where', 'orderBy', 'scope', 'upperBound'];
  for (const name of Object.keys(args))
    if (!known.includes(name)) throw invalid(`Unknown field argument '${name}'`, path);
}

/** Selections of the node below edges. */
function nodesOf(wanted: Wanted[], path: string[]): Wanted[] {
  const found: Wanted[] = [];
  for (const one of wanted) {
    if (one.name !== 'edges') continue;
    for (const part of one.wanted) {
      if (part.name === 'node') found.push(...part.wanted);
      else if (part.name !== 'cursor' && part.name !== '__typename')
        throw undefinedField(part.name, 'Edge', path);
    }
  }
  return found;
}

/**
 * A connection (records with paging) as SOQL. `from` is the object, or for children the relationship.
 *
 * @throws GraphQLProblem for unknown arguments, filters and fields, and for pages beyond the documented bounds.
 */
export function planConnection(
  world: World,
  object: ObjectDef,
  one: Wanted,
  path: string[],
  from: string,
  // Handed in, because a node may hold connections in turn.
  planNode: PlanNode,
): ConnectionPlan {
  checkArgs(one.args, path);
  const { first = DEFAULT_FIRST, where, orderBy, scope, upperBound } = one.args;
  if (typeof first !== 'number' || !Number.isInteger(first) || first < 1)
    throw invalid('first must be a positive whole number', path);
  const start = offset(one.args['after']);
  if (upperBound === undefined && start + first > BOUND)
    throw invalid(
      `without upperBound at most ${BOUND} records can be paged through, asked for ${start + first}`,
      path,
    );
  if (typeof upperBound === 'number' && (upperBound < first || upperBound > 10_000))
    throw invalid('upperBound must lie between first and 10,000', path);
  const node = planNode(world, object, nodesOf(one.wanted, path), [...path, 'edges', 'node']);
  const filters: string[] = [];
  if (where !== undefined && where !== null && Object.keys(where).length > 0)
    filters.push(whereSoql(object, where, world.schema, ''));
  if (scope === 'MINE') filters.push(`OwnerId = '${world.userId}'`);
  else if (scope !== undefined && scope !== 'EVERYTHING')
    throw invalid(`scope ${JSON.stringify(scope)} is not modelled by the local org`, path);
  const filter = filters.length > 0 ? ` WHERE ${filters.join(' AND ')}` : '';
  const order = orderBy === undefined || orderBy === null ? [] : orderSoql(object, orderBy, world.schema);
  const sorted = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  const select = [...new Set(['Id', ...node.select])].join(', ');
  return {
    soql: `SELECT ${select} FROM ${from}${filter}${sorted} LIMIT ${start + first + 1}`,
    countSoql: one.wanted.some((part) => part.name === 'totalCount')
      ? `SELECT COUNT() FROM ${from}${filter}`
      : undefined,
    node,
    wanted: one.wanted,
    from: start,
    first,
  };
}

/** The page of a connection from the records that its SOQL gave. */
export function cutConnection(plan: ConnectionPlan, records: Record_[], totalCount: number): Record_ {
  const page = records.slice(plan.from, plan.from + plan.first);
  const answer: Record_ = {};
  for (const one of plan.wanted) answer[one.alias] = partOf(one, plan, page, records.length, totalCount);
  return answer;
}

function partOf(
  one: Wanted,
  plan: ConnectionPlan,
  page: Record_[],
  read: number,
  totalCount: number,
): Record_[string] {
  switch (one.name) {
    case 'edges':
      return page.map((record, i) => {
        const edge: Record_ = {};
        for (const part of one.wanted)
          edge[part.alias] = part.name === 'node' ? plan.node.build(record) : cursorOf(plan.from + i + 1);
        return edge;
      });
    case 'totalCount':
      return totalCount;
    case 'pageResultCount':
      return page.length;
    case '__typename':
      return 'Connection';
    case 'pageInfo': {
      const info: Record<string, Record_[string]> = {
        hasNextPage: read > plan.from + plan.first,
        hasPreviousPage: plan.from > 0,
        startCursor: page.length > 0 ? cursorOf(plan.from + 1) : null,
        endCursor: page.length > 0 ? cursorOf(plan.from + page.length) : null,
      };
      return Object.fromEntries(
        one.wanted.map((part) => {
          const value = info[part.name];
          if (value === undefined) throw undefinedField(part.name, 'PageInfo', []);
          return [part.alias, value];
        }),
      );
    }
    default:
      throw undefinedField(one.name, 'Connection', []);
  }
}
