// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-record-objects.html

import type { Access } from '../access.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import type { Record_ } from '../soql/shape.ts';
import type { Wanted } from './fields.ts';

export interface World {
  schema: Schema;
  access: Access;
  userId: string;
}

/** How one object of an answer is read: what to select, and how its record becomes the answer. */
export interface NodePlan {
  select: string[];
  build: (record: Record_) => Record_;
}

/** How a node of any object is planned. */
export type PlanNode = (
  world: World,
  object: ObjectDef,
  wanted: Wanted[],
  path: string[],
  prefix?: string,
) => NodePlan;
