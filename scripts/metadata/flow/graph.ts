import type { Part } from '../project.ts';
import { all, textOf } from '../../../local-org/metadata/tree.ts';
import type { Element } from '../../../local-org/metadata/tree.ts';

/** Elements of a flow that interviews pass through. */
const NODES = [
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

export interface FlowNode {
  name: string;
  kind: string;
  element: Element;
  /** Names of the elements that may come next, fault paths included. */
  next: string[];
}

export interface FlowGraph {
  part: Part;
  nodes: Map<string, FlowNode>;
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

export function graphOf(part: Part): FlowGraph {
  const nodes = new Map<string, FlowNode>();
  const resources: FlowGraph['resources'] = new Map();
  for (const element of part.root.children) {
    const name = textOf(element, 'name');
    if (name === undefined) continue;
    if (NODES.includes(element.name))
      nodes.set(name, { name, kind: element.name, element, next: targets(element) });
    if (RESOURCES.includes(element.name)) resources.set(name, { kind: element.name, element });
  }
  const [start] = all(part.root, 'start');
  const legacy = textOf(part.root, 'startElementReference');
  const first = start ? targets(start) : legacy === undefined ? [] : [legacy];
  return { part, nodes, resources, first, start };
}

/** Names of all elements that an interview can come to. */
export function reachable(graph: FlowGraph): Set<string> {
  const seen = new Set<string>();
  const open = [...graph.first];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(graph.nodes.get(name)?.next ?? []));
  }
  return seen;
}
