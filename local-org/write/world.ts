// Source: https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm

import type { Access } from '../access.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { RuleWorld } from './rules.ts';

/** Flows that a save starts, in the same transaction. */
export interface Triggers {
  watches: (object: ObjectDef) => boolean;
  afterSave: (object: ObjectDef, id: string, created: boolean, userId: string) => void;
}

export interface WriteWorld extends RuleWorld {
  access: Access;
  /** Absent while records are loaded: those were saved in an earlier life. */
  triggers?: Triggers;
  /** Id of the user that writes. */
  userId: string;
  /** Validation rules that cannot be evaluated, as Object.Rule. */
  skippedRules: Set<string>;
  /** Next number for a new id, per object. */
  nextNumber: (object: ObjectDef) => number;
  /** Only while records are loaded: references are then checked at the end, rules not at all. */
  skipReferences?: boolean;
  skipRules?: boolean;
  skipRequired?: boolean;
}

export type Input = Record<string, unknown>;
export interface Saved {
  id: string;
  created: boolean;
}
