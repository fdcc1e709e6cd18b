// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-record-objects.html

import type { Selection, Value } from './parse.ts';
import type { Document } from './parse.ts';
import { invalid } from './problem.ts';

/** A plain JSON value after variables are filled in; names without quotes are strings by then. */
export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** One selected field after fragments are opened and directives decided. */
export interface Wanted {
  alias: string;
  name: string;
  args: Record<string, Plain>;
  /** `@optional`: left out instead of refused when the user may not see it. */
  optional: boolean;
  wanted: Wanted[];
}

export interface Names {
  document: Document;
  variables: Record<string, Plain>;
}

/** @throws GraphQLProblem for a variable that was not declared. */
export function plain(value: Value, names: Names): Plain {
  switch (value.kind) {
    case 'variable': {
      const found = names.variables[value.name];
      if (found === undefined) throw invalid(`Undefined variable '${value.name}'`);
      return found;
    }
    case 'literal':
    case 'enum':
      return value.value;
    case 'list':
      return value.values.map((one) => plain(one, names));
    case 'object':
      return Object.fromEntries(Object.entries(value.fields).map(([key, one]) => [key, plain(one, names)]));
    default:
      return value satisfies never;
  }
}

const arg = (args: Record<string, Value>, name: string, names: Names): Plain => {
  const value = args[name];
  return value === undefined ? null : plain(value, names);
};

/** What is selected of one object: fragments opened where their type fits, skipped fields left out, doubles joined. */
export function wantedOf(selections: Selection[], type: string, names: Names): Wanted[] {
  const found = new Map<string, Wanted>();
  const add = (one: Wanted): void => {
    const known = found.get(one.alias);
    if (!known) found.set(one.alias, one);
    else if (known.name !== one.name)
      throw invalid(`Fields conflict: '${one.alias}' is both ${known.name} and ${one.name}`);
    else known.wanted = [...known.wanted, ...one.wanted];
  };
  for (const selection of selections) {
    let optional = false;
    let skipped = false;
    for (const directive of selection.directives) {
      if (directive.name === 'skip') skipped ||= arg(directive.args, 'if', names) === true;
      else if (directive.name === 'include') skipped ||= arg(directive.args, 'if', names) !== true;
      else if (directive.name === 'optional') optional = true;
      else if (directive.name !== 'category') throw invalid(`Unknown directive '${directive.name}'`);
    }
    if (skipped) continue;
    if (selection.kind === 'field') {
      const args = Object.fromEntries(
        Object.entries(selection.args).map(([key, value]) => [key, plain(value, names)]),
      );
      const inner = wantedOf(selection.selections, '', names);
      add({ alias: selection.alias, name: selection.name, args, optional, wanted: inner });
      continue;
    }
    const fragment =
      selection.kind === 'spread' ? names.document.fragments.get(selection.fragment) : selection;
    if (!fragment)
      throw invalid(`Undefined fragment '${selection.kind === 'spread' ? selection.fragment : ''}'`);
    if (fragment.on !== undefined && type !== '' && fragment.on !== type) continue;
    for (const one of wantedOf(fragment.selections, type, names))
      add({ ...one, optional: one.optional || optional });
  }
  return [...found.values()];
}
