import { textOf } from 'local-org/metadata';
import type { Flow, FlowElement } from 'local-org/metadata';

const WRITES = new Set(['recordCreates', 'recordUpdates', 'recordDeletes']);

const isCallout = (node: FlowElement): boolean =>
  node.kind === 'actionCalls' &&
  ['externalService', 'apex'].includes(textOf(node.element, 'actionType') ?? '');

interface Effects {
  /** Something may be written before the flow ends. */
  writes: boolean;
  /** Something may be called out for when nothing was written before. */
  calls: boolean;
}

function effectsOf(graph: Flow, flows: Map<string, Flow>, depth: number): Effects {
  const nodes = [...graph.elements.values()];
  const inner =
    depth > 5 ? [] : nodes.map((node) => called(node, flows)).filter((flow) => flow !== undefined);
  const below = inner.map((flow) => effectsOf(flow, flows, depth + 1));
  return {
    writes: nodes.some((node) => WRITES.has(node.kind)) || below.some((one) => one.writes),
    calls: nodes.some(isCallout) || below.some((one) => one.calls),
  };
}

const called = (node: FlowElement, flows: Map<string, Flow>): Flow | undefined =>
  node.kind === 'subflows' ? flows.get(textOf(node.element, 'flowName') ?? '') : undefined;

/**
 * Callouts that some path comes to after it has written something. The platform refuses them when the flow runs ("You
 * have uncommitted work pending"), never when it is deployed. A screen commits what was written before it.
 */
export function uncommittedWork(graph: Flow, flows: Map<string, Flow>): string[] {
  const messages = new Set<string>();
  const seen = new Set<string>();
  const open: { name: string; writtenBy: string | undefined }[] = graph.first.map((name) => ({
    name,
    writtenBy: undefined,
  }));
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const node = graph.elements.get(step.name);
    const key = `${step.name} ${step.writtenBy === undefined ? 'clean' : 'dirty'}`;
    if (!node || seen.has(key)) continue;
    seen.add(key);
    const inner = called(node, flows);
    const effects = inner && effectsOf(inner, flows, 0);
    if (step.writtenBy !== undefined && (isCallout(node) || effects?.calls))
      messages.add(
        `found callout ${node.name} after ${step.writtenBy} has written, expected no write before a callout on any path`,
      );
    let { writtenBy } = step;
    if (WRITES.has(node.kind) || effects?.writes) writtenBy = node.name;
    if (node.kind === 'screens') writtenBy = undefined;
    for (const name of node.next) open.push({ name, writtenBy });
  }
  return [...messages];
}
