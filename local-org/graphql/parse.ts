// Source: https://spec.graphql.org/October2021/

import { GraphQLError, Kind, parse, print } from 'graphql';
import type {
  DirectiveNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
  ConstValueNode,
  ValueNode,
} from 'graphql';
import { GraphQLProblem } from './problem.ts';

export type Value =
  | { kind: 'variable'; name: string }
  | { kind: 'literal'; value: string | number | boolean | null }
  /** A name without quotes: ASC, TODAY. */
  | { kind: 'enum'; value: string }
  | { kind: 'list'; values: Value[] }
  | { kind: 'object'; fields: Record<string, Value> };

export interface Directive {
  name: string;
  args: Record<string, Value>;
}

export type Selection =
  | {
      kind: 'field';
      alias: string;
      name: string;
      args: Record<string, Value>;
      directives: Directive[];
      selections: Selection[];
    }
  | { kind: 'spread'; fragment: string; directives: Directive[] }
  | { kind: 'inline'; on: string | undefined; directives: Directive[]; selections: Selection[] };

export interface Operation {
  type: 'query' | 'mutation';
  name: string | undefined;
  variables: { name: string; type: string; required: boolean; preset: Value | undefined }[];
  selections: Selection[];
}

export interface Document {
  operations: Operation[];
  fragments: Map<string, { on: string; selections: Selection[] }>;
}

/**
 * Parses a GraphQL document: operations with variables, fragments, arguments, directives, aliases.
 *
 * @throws GraphQLProblem InvalidSyntax for everything else, subscriptions and type definitions included.
 */
export function parseDocument(text: string): Document {
  const document: Document = { operations: [], fragments: new Map() };
  for (const definition of read(text)) {
    if (definition.kind === Kind.OPERATION_DEFINITION) document.operations.push(operation(definition));
    else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      document.fragments.set(definition.name.value, {
        on: definition.typeCondition.name.value,
        selections: selections(definition.selectionSet),
      });
    } else throw refuse(`found ${definition.kind}, expected query, mutation or fragment`);
  }
  return document;
}

function read(text: string) {
  try {
    return parse(text, { noLocation: true }).definitions;
  } catch (error) {
    throw refuse(error instanceof GraphQLError ? error.message : String(error));
  }
}

const refuse = (why: string): GraphQLProblem => new GraphQLProblem('InvalidSyntax', `Invalid syntax: ${why}`);

function operation({
  operation: type,
  name,
  variableDefinitions,
  selectionSet,
}: OperationDefinitionNode): Operation {
  if (type === 'subscription') throw refuse('found a subscription, expected query or mutation');
  return {
    type,
    name: name?.value,
    variables: (variableDefinitions ?? []).map(({ variable, type: declared, defaultValue }) => ({
      name: variable.name.value,
      type: print(declared),
      required: declared.kind === Kind.NON_NULL_TYPE,
      preset: defaultValue && value(defaultValue),
    })),
    selections: selections(selectionSet),
  };
}

const selections = (set: SelectionSetNode | undefined): Selection[] => (set?.selections ?? []).map(selection);

function selection(node: SelectionNode): Selection {
  const marks = directives(node.directives);
  switch (node.kind) {
    case Kind.FIELD:
      return {
        kind: 'field',
        alias: node.alias?.value ?? node.name.value,
        name: node.name.value,
        args: args(node.arguments),
        directives: marks,
        selections: selections(node.selectionSet),
      };
    case Kind.FRAGMENT_SPREAD:
      return { kind: 'spread', fragment: node.name.value, directives: marks };
    case Kind.INLINE_FRAGMENT:
      return {
        kind: 'inline',
        on: node.typeCondition?.name.value,
        directives: marks,
        selections: selections(node.selectionSet),
      };
    default:
      return node satisfies never;
  }
}

const directives = (nodes: readonly DirectiveNode[] | undefined): Directive[] =>
  (nodes ?? []).map(({ name, arguments: given }) => ({ name: name.value, args: args(given) }));

const args = (
  nodes: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[] | undefined,
): Record<string, Value> =>
  Object.fromEntries((nodes ?? []).map(({ name, value: given }) => [name.value, value(given)]));

function value(node: ValueNode | ConstValueNode): Value {
  switch (node.kind) {
    case Kind.VARIABLE:
      return { kind: 'variable', name: node.name.value };
    case Kind.LIST:
      return { kind: 'list', values: node.values.map(value) };
    case Kind.OBJECT:
      return { kind: 'object', fields: args(node.fields) };
    case Kind.NULL:
      return { kind: 'literal', value: null };
    case Kind.INT:
    case Kind.FLOAT:
      return { kind: 'literal', value: Number(node.value) };
    case Kind.ENUM:
      return { kind: 'enum', value: node.value };
    case Kind.STRING:
    case Kind.BOOLEAN:
      return { kind: 'literal', value: node.value };
    default:
      return node satisfies never;
  }
}
