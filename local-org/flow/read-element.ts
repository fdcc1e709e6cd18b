// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

import { all, textOf } from '../metadata/xml.ts';
import type { Element } from '../metadata/xml.ts';
import type { Condition, Filter, Named, Source } from './definition.ts';

/** What places and labels an element; it does nothing when a flow runs. */
const LAYOUT = ['description', 'label', 'locationX', 'locationY', 'name'];

/** @throws Error that names what the simulation does not model: nothing in a flow file is passed over in silence. */
export function only(node: Element, where: string, known: readonly string[]): void {
  for (const { name } of node.children)
    if (!known.includes(name) && !LAYOUT.includes(name))
      throw new Error(`${where}: found ${name}, which the flow simulation does not model`);
}

/** The text of a child that must be one of a few words. @throws Error naming them otherwise */
export function word<W extends string>(node: Element, where: string, name: string, words: readonly W[]): W {
  const text = textOf(node, name) ?? '(none)';
  const known = words.find((one_) => one_ === text);
  if (known === undefined)
    throw new Error(
      `${where}: found ${name} ${text}, the flow simulation models ${words.join(', ')} and nothing else`,
    );
  return known;
}

/** @throws Error when the element is missing */
export function needed(node: Element, where: string, name: string): string {
  const text = textOf(node, name);
  if (text === undefined || text === '') throw new Error(`${where}: found no ${name}, expected one`);
  return text;
}

/** Name of the element that a connector leads to. */
export function target(node: Element, where: string, name: string): string | undefined {
  const [connector] = all(node, name);
  if (!connector) return undefined;
  only(connector, `${where}.${name}`, ['isGoTo', 'targetReference']);
  return needed(connector, `${where}.${name}`, 'targetReference');
}

/** The one value below an element such as `value` or `rightValue`. */
export function source(node: Element, where: string, name: string): Source {
  const [value] = all(node, name);
  if (!value) throw new Error(`${where}: found no ${name}, expected one`);
  const [given, ...more] = value.children;
  if (more.length > 0) throw new Error(`${where}.${name}: found ${more.length + 1} values, expected one`);
  // An element that is there and holds nothing is the empty value.
  if (!given) return { kind: 'literal', value: null };
  const { name: type, text } = given;
  switch (type) {
    case 'elementReference':
      return { kind: 'reference', path: text };
    case 'stringValue':
      return text.includes('{!') ? { kind: 'merge', text } : { kind: 'literal', value: text };
    case 'booleanValue':
      return { kind: 'literal', value: text === 'true' };
    case 'numberValue':
      return { kind: 'literal', value: Number(text) };
    case 'dateValue':
      return { kind: 'literal', value: { date: text } };
    case 'dateTimeValue':
      return { kind: 'literal', value: { at: Date.parse(text) } };
    default:
      throw new Error(`${where}.${name}: found ${type}, which the flow simulation does not model`);
  }
}

/** Entries such as inputParameters or inputAssignments: a name (or field) with its value. */
export function named(node: Element, where: string, element: string, key: 'name' | 'field'): Named[] {
  return all(node, element).map((entry) => {
    only(entry, `${where}.${element}`, [key, 'value']);
    const name = needed(entry, `${where}.${element}`, key);
    return { name, value: source(entry, `${where}.${element} ${name}`, 'value') };
  });
}

const FILTER_OPERATORS = [
  'EqualTo',
  'NotEqualTo',
  'GreaterThan',
  'GreaterThanOrEqualTo',
  'LessThan',
  'LessThanOrEqualTo',
  'IsNull',
] as const;
const CONDITION_OPERATORS = [...FILTER_OPERATORS, 'IsEmpty'] as const;

export function filters(node: Element, where: string): Filter[] {
  return all(node, 'filters').map((entry) => {
    only(entry, `${where}.filters`, ['field', 'operator', 'value']);
    return {
      field: needed(entry, `${where}.filters`, 'field'),
      operator: word(entry, `${where}.filters`, 'operator', FILTER_OPERATORS),
      value: source(entry, `${where}.filters`, 'value'),
    };
  });
}

export function conditions(node: Element, where: string): Condition[] {
  return all(node, 'conditions').map((entry) => {
    only(entry, `${where}.conditions`, ['leftValueReference', 'operator', 'rightValue']);
    return {
      left: needed(entry, `${where}.conditions`, 'leftValueReference'),
      operator: word(entry, `${where}.conditions`, 'operator', CONDITION_OPERATORS),
      right: source(entry, `${where}.conditions`, 'rightValue'),
    };
  });
}
