// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_changing_batch_size.htm

import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Access } from '../access.ts';
import { OrgError } from '../errors.ts';
import type { Cell, Schema } from '../schema/types.ts';
import type { Store } from '../store.ts';
import { compileQuery } from './compile.ts';
import type { Plan } from './plan.ts';
import { shapeRow } from './shape.ts';
import type { Record_ } from './shape.ts';

export interface QueryWorld {
  schema: Schema;
  store: Store;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** An answered query, all rows read at one moment; pages are cut from it. */
export interface Result {
  plan: Plan;
  totalSize: number;
  rows: Cell[][];
}

/** @throws OrgError MALFORMED_QUERY with the parser's words. */
export function parse(soql: string): Query {
  if (soql.length > 100_000)
    throw new OrgError(400, 'QUERY_TOO_LONG', 'SOQL statement is longer than 100,000 characters');
  try {
    // Never an options object here: the parser then rebuilds itself, 100 ms a call.
    return parseQuery(soql);
  } catch (error) {
    throw new OrgError(400, 'MALFORMED_QUERY', error instanceof Error ? error.message : String(error));
  }
}

/** Runs a query for a user. @throws OrgError as Salesforce would refuse it. */
export function runQuery(
  world: QueryWorld,
  access: Access,
  soql: string,
  { includeDeleted = false }: { includeDeleted?: boolean } = {},
): Result {
  const plan = compileQuery(parse(soql), {
    schema: world.schema,
    access,
    now: world.clock(),
    aliases: { next: 0 },
    includeDeleted,
  });
  const rows = world.store.rows(plan.sql, plan.parameters);
  if (plan.kind === 'count') return { plan, totalSize: Number(rows[0]?.[0] ?? 0), rows: [] };
  return { plan, totalSize: rows.length, rows };
}

/** Some rows of a result as records, with their children. Version is the API version of the request, as 66.0. */
export function page(
  world: QueryWorld,
  result: Result,
  from: number,
  to: number,
  version: string,
): Record_[] {
  const { plan } = result;
  const cells = result.rows.slice(from, to);
  const records = cells.map((row) => shapeRow(plan, row, version));
  const ids = cells.map((row) => row[plan.ids[0]?.index ?? 0] ?? null);
  for (const child of plan.children) {
    const rows = world.store.rows(child.plan.sql, [...child.plan.parameters, JSON.stringify(ids)]);
    const byParent = new Map<Cell, Record_[]>();
    for (const row of rows) {
      const parent = row[0] ?? null;
      const list = byParent.get(parent) ?? [];
      if (child.limit === undefined || list.length < child.limit)
        list.push(shapeRow(child.plan, row, version));
      byParent.set(parent, list);
    }
    records.forEach((record, i) => {
      const list = byParent.get(ids[i] ?? null);
      record[child.key] = list ? { totalSize: list.length, done: true, records: list } : null;
    });
  }
  return records;
}
