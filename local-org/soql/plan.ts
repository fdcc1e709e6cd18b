// Local: types of a compiled query.

import type { Cell, FieldDef, ObjectDef } from '../schema/types.ts';
import type { ScopeContext } from './scope.ts';

/** One cell of the answer: where it goes in the record, and how it is written. */
export interface Column {
  /** Relationships from the record to the one the value belongs to. */
  path: string[];
  key: string;
  field: FieldDef | undefined;
  index: number;
}

export interface Child {
  key: string;
  object: ObjectDef;
  /** Column of the child that points to its parent; selected as the child query's first column. */
  plan: Plan;
  limit: number | undefined;
}

export interface Plan {
  object: ObjectDef;
  kind: 'rows' | 'count' | 'aggregate';
  sql: string;
  parameters: Cell[];
  columns: Column[];
  /** Id column per path of relationships; '' is the record itself. */
  ids: { path: string[]; object: ObjectDef; index: number }[];
  children: Child[];
}

export interface CompileContext extends ScopeContext {
  includeDeleted: boolean;
}
