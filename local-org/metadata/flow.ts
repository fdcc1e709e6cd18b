// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

import type { Component } from './source.ts';
import { all, textOf } from './xml.ts';
import type { Element } from './xml.ts';

/** Elements of a flow that interviews pass through. */
const ELEMENTS = [
  'actionCalls',
  'assignments',
  'collectionProcessors',
  'customErrors',
  'decisions',
  'loops',
  'recordCreates',
  'recordDeletes',
  'recordLookups',
  'recordRollbacks',
  'recordUpdates',
  'screens',
  'subflows',
  'transforms',
  'waits',
];
/** Things with a value that can be referred to. */
const RESOURCES = [
  'variables',
  'formulas',
  'constants',
  'textTemplates',
  'choices',
  'dynamicChoiceSets',
  'stages',
];

/** An element that interviews pass through. */
export interface FlowElement {
  name: string;
  /** actionCalls, decisions … */
  kind: string;
  element: Element;
  /** Names of the elements that may come next, fault paths included. */
  next: string[];
}

export interface Flow {
  component: Component;
  elements: Map<string, FlowElement>;
  resources: Map<string, { kind: string; element: Element }>;
  /** Names of the first elements. */
  first: string[];
  start: Element | undefined;
}

/** Every connector below an element: next, default, fault, of rules and of scheduled paths. */
function targets(element: Element): string[] {
  return element.children.flatMap((child) =>
    /[cC]onnector$/.test(child.name) ? [textOf(child, 'targetReference') ?? ''] : targets(child),
  );
}

/**
 * A flow file as its elements, what leads to what, and the resources they share. Says nothing of whether it would run:
 * the gate looks at it, and the simulation of flows builds on it.
 *
 * @example readFlow(component).elements.get('Start_run')?.next // => ['Was_it_taken', 'Tell_failure']
 */
export function readFlow(component: Component): Flow {
  const { root } = component;
  const elements = new Map<string, FlowElement>();
  const resources: Flow['resources'] = new Map();
  for (const element of root.children) {
    const name = textOf(element, 'name');
    if (name === undefined) continue;
    if (ELEMENTS.includes(element.name))
      elements.set(name, { name, kind: element.name, element, next: targets(element) });
    if (RESOURCES.includes(element.name)) resources.set(name, { kind: element.name, element });
  }
  const [start] = all(root, 'start');
  const legacy = textOf(root, 'startElementReference');
  const first = start ? targets(start) : legacy === undefined ? [] : [legacy];
  return { component, elements, resources, first, start };
}

/** Names of all elements that an interview can come to. */
export function reachable(flow: Flow): Set<string> {
  const seen = new Set<string>();
  const open = [...flow.first];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(flow.elements.get(name)?.next ?? []));
  }
  return seen;
}
