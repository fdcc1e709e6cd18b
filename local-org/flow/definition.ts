// Local: types of what read-flow.ts reads.

import type { Value } from './value.ts';

/** A literal, a reference to a resource or element, or text with {!references} in it. */
export type Source =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'reference'; readonly path: string }
  | { readonly kind: 'merge'; readonly text: string };

export interface Condition {
  readonly left: string;
  readonly operator: string;
  readonly right: Source;
}
export interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly value: Source;
}
export interface Named {
  readonly name: string;
  readonly value: Source;
}

interface Node {
  readonly name: string;
  readonly label: string;
  readonly next: string | undefined;
}
interface Faulting extends Node {
  readonly fault: string | undefined;
}

export interface ActionNode extends Faulting {
  readonly kind: 'actionCalls';
  readonly type: 'externalService' | 'customNotificationAction';
  readonly action: string;
  readonly inputs: readonly Named[];
}
export interface AssignmentNode extends Node {
  readonly kind: 'assignments';
  readonly items: readonly { to: string; operator: 'Assign' | 'Add'; value: Source }[];
}
export interface DecisionNode extends Node {
  readonly kind: 'decisions';
  readonly rules: readonly {
    name: string;
    logic: string;
    conditions: readonly Condition[];
    next: string | undefined;
  }[];
}
export interface LoopNode extends Node {
  readonly kind: 'loops';
  readonly collection: string;
  readonly each: string | undefined;
}
export interface LookupNode extends Faulting {
  readonly kind: 'recordLookups';
  readonly object: string;
  readonly logic: string;
  readonly filters: readonly Filter[];
  readonly first: boolean;
  readonly fields: readonly string[];
  readonly sort: { field: string; order: 'Asc' | 'Desc' } | undefined;
}
export interface CreateNode extends Faulting {
  readonly kind: 'recordCreates';
  readonly object: string;
  readonly inputs: readonly Named[];
}
export interface UpdateNode extends Faulting {
  readonly kind: 'recordUpdates';
  readonly object: string;
  readonly logic: string;
  readonly filters: readonly Filter[];
  readonly inputs: readonly Named[];
}
export interface SubflowNode extends Node {
  readonly kind: 'subflows';
  readonly flow: string;
  readonly inputs: readonly Named[];
  readonly outputs: readonly { from: string; to: string }[];
}
export interface ScreenNode extends Node {
  readonly kind: 'screens';
  readonly button: string | undefined;
  readonly components: readonly ScreenComponent[];
}
/** What a screen shows; under a rule, only to whom the rule holds for as the screen opens. */
export type ScreenComponent = { readonly name: string; readonly visible?: VisibilityRule } & (
  | { readonly kind: 'DisplayText'; readonly text: string }
  | { readonly kind: 'ComponentInstance'; readonly component: string; readonly inputs: readonly Named[] }
  | { readonly kind: 'InputField'; readonly type: 'Boolean'; readonly label: string; readonly start: Source }
);
export interface VisibilityRule {
  readonly logic: string;
  readonly conditions: readonly Condition[];
}
export type FlowNode =
  | ActionNode
  | AssignmentNode
  | DecisionNode
  | LoopNode
  | LookupNode
  | CreateNode
  | UpdateNode
  | SubflowNode
  | ScreenNode;

export interface Variable {
  readonly kind: 'variable';
  readonly type: string;
  readonly list: boolean;
  readonly input: boolean;
  readonly output: boolean;
  readonly start: Source | undefined;
}
export interface Formula {
  readonly kind: 'formula';
  readonly type: string;
  readonly expression: string;
  /** Decimal places of a number; none are cut off without it. */
  readonly scale: number | undefined;
}
export type Resource = Variable | Formula;

export interface Schedule {
  readonly frequency: 'Once' | 'Daily' | 'Weekly';
  /** YYYY-MM-DD, the first day. */
  readonly startDate: string;
  /** Minutes after midnight, in the time zone of the org. */
  readonly minute: number;
}

export type Start =
  | { readonly kind: 'called' }
  | { readonly kind: 'scheduled'; readonly schedule: Schedule }
  | {
      readonly kind: 'record';
      readonly object: string;
      readonly on: 'Create' | 'Update' | 'CreateAndUpdate';
      readonly filter: string | undefined;
    };

/** One flow file, read in full: whatever it says is here, or the file was refused. */
export interface FlowDefinition {
  readonly name: string;
  readonly label: string;
  readonly active: boolean;
  readonly screen: boolean;
  /** user: as far as permissions and sharing go. system: all records and fields. default: by how it is started. */
  readonly mode: 'default' | 'system';
  /** Only who was given access to this very flow may start it. */
  readonly restricted: boolean;
  readonly start: Start;
  readonly first: string | undefined;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly resources: ReadonlyMap<string, Resource>;
}
