import { all, parseFlowFormula, reachable, readFlow, textOf, walk } from 'local-org/metadata';
import type { Element, Flow } from 'local-org/metadata';
import type { OrgIndex } from '../org-index.ts';
import { resolvePath } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';
import { operationsOf } from '../references/services.ts';
import { answersOfServices } from './answers.ts';
import { uncommittedWork } from './callouts.ts';

/** Frequencies that every schedule-triggered flow takes; the others are for segment-triggered flows. */
const FREQUENCIES = ['Once', 'Daily', 'Weekly'];

/** Flows: connectors, references, records, actions, schedule, and the rule on callouts. */
export function checkFlows(project: Project, index: OrgIndex): Finding[] {
  const graphs = new Map(ofType(project, 'Flow').map((part) => [part.name, readFlow(part)]));
  return [...graphs.values()].flatMap((graph) => {
    const messages = [
      ...connectors(graph),
      ...references(graph),
      ...records(graph, index),
      ...actions(graph, project, graphs),
      ...schedule(graph),
      ...screens(graph, project),
      ...permissions(graph, index),
      ...uncommittedWork(graph, graphs),
      ...answersOfServices(graph, project),
    ];
    return messages.map((message) => ({ file: graph.component.file, rule: 'flow', message }));
  });
}

function connectors(graph: Flow): string[] {
  const messages: string[] = [];
  const check = (from: string, name: string): void => {
    if (!graph.elements.has(name))
      messages.push(`found a connector from ${from} to ${name}, expected an element that exists`);
  };
  if (graph.first.length === 0)
    messages.push('found no start connector, expected one: the flow would do nothing');
  graph.first.forEach((name) => check('the start', name));
  for (const node of graph.elements.values()) node.next.forEach((name) => check(node.name, name));
  const met = reachable(graph);
  for (const node of graph.elements.values())
    if (!met.has(node.name))
      messages.push(`found element ${node.name} that nothing leads to, expected a connector to it`);
  return messages;
}

const isKnown = (graph: Flow, reference: string): boolean => {
  const [first = ''] = reference.split('.');
  return (
    first.startsWith('$') ||
    graph.elements.has(first) ||
    graph.resources.has(first) ||
    screenFields(graph).has(first)
  );
};

const screenFields = (graph: Flow): Set<string> =>
  new Set(
    [...graph.elements.values()]
      .filter((node) => node.kind === 'screens')
      .flatMap((node) => walk(node.element))
      .filter((element) => element.name === 'fields')
      .map((element) => textOf(element, 'name') ?? ''),
  );

const REFERENCES = new Set([
  'elementReference',
  'leftValueReference',
  'assignToReference',
  'inputReference',
  'outputReference',
  'collectionReference',
  'assignNextValueToReference',
  'assignRecordIdToReference',
]);

function references(graph: Flow): string[] {
  const messages: string[] = [];
  for (const element of walk(graph.component.root)) {
    if (REFERENCES.has(element.name) && !isKnown(graph, element.text))
      messages.push(`found a reference to ${element.text}, expected a variable or element that exists`);
    for (const [, merged = ''] of element.children.length > 0 ? [] : element.text.matchAll(/\{!([\w.$]+)\}/g))
      if (!isKnown(graph, merged))
        messages.push(`found {!${merged}}, expected a variable or element that exists`);
  }
  for (const [name, resource] of graph.resources) {
    if (resource.kind !== 'formulas') continue;
    try {
      parseFlowFormula(textOf(resource.element, 'expression') ?? '');
    } catch (error) {
      messages.push(`formula ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return messages;
}

function records(graph: Flow, index: OrgIndex): string[] {
  const messages: string[] = [];
  const check = (object: string, name: string, where: string): void => {
    const found = resolvePath(index, object, [name]);
    if (typeof found === 'string') messages.push(`${where}: found field ${name}: ${found}`);
  };
  const fieldsOf = (element: Element, object: string, where: string): void => {
    for (const part of ['filters', 'inputAssignments', 'outputAssignments'])
      for (const entry of all(element, part)) check(object, textOf(entry, 'field') ?? '', where);
    for (const entry of all(element, 'queriedFields')) check(object, entry.text, where);
    const sort = textOf(element, 'sortField');
    if (sort !== undefined) check(object, sort, where);
  };
  const start = graph.start && textOf(graph.start, 'object');
  if (graph.start && start !== undefined) fieldsOf(graph.start, start, 'start');
  for (const node of graph.elements.values()) {
    if (!node.kind.startsWith('record')) continue;
    const object = textOf(node.element, 'object');
    if (object === undefined) continue;
    if (!index.objects.has(object))
      messages.push(`${node.name}: found object ${object}, expected one that exists`);
    else fieldsOf(node.element, object, node.name);
  }
  return messages;
}

function actions(graph: Flow, project: Project, flows: Map<string, Flow>): string[] {
  const messages: string[] = [];
  for (const node of graph.elements.values()) {
    if (node.kind === 'subflows') messages.push(...subflow(node.element, node.name, flows));
    if (node.kind !== 'actionCalls') continue;
    const type = textOf(node.element, 'actionType');
    if (type === 'apex') messages.push(`${node.name}: found an Apex action, expected none: there is no Apex`);
    if (type !== 'externalService') continue;
    const [service = '', operation = ''] = (textOf(node.element, 'actionName') ?? '').split('.');
    const part = ofType(project, 'ExternalServiceRegistration').find((one) => one.name === service);
    const known = part && operationsOf(textOf(part.root, 'schema') ?? '');
    if (!part) messages.push(`${node.name}: found external service ${service}, expected one that exists`);
    else if (known instanceof Map) {
      const described = known.get(operation);
      if (!described)
        messages.push(
          `${node.name}: found operation ${operation}, expected one of ${[...known.keys()].join(', ')}`,
        );
      const given = all(node.element, 'inputParameters').map((entry) => textOf(entry, 'name') ?? '');
      const parameters = described?.parameters ?? [];
      for (const name of given)
        if (described && !parameters.some((one) => one.name === name))
          messages.push(`${node.name}: found input ${name}, expected a parameter of ${operation}`);
      for (const one of parameters)
        if (one.required && !given.includes(one.name))
          messages.push(`${node.name}: found no input ${one.name}, expected it: ${operation} requires it`);
    }
    if (all(node.element, 'faultConnector').length === 0)
      messages.push(
        `${node.name}: found a callout without fault path, expected one: the service may be down`,
      );
  }
  return messages;
}

function subflow(element: Element, name: string, flows: Map<string, Flow>): string[] {
  const target = flows.get(textOf(element, 'flowName') ?? '');
  if (!target)
    return [`${name}: found subflow ${textOf(element, 'flowName') ?? ''}, expected a flow that exists`];
  return all(element, 'inputAssignments')
    .map((entry) => textOf(entry, 'name') ?? '')
    .filter((input) => {
      const variable = target.resources.get(input);
      return variable?.kind !== 'variables' || textOf(variable.element, 'isInput') !== 'true';
    })
    .map((input) => `${name}: found input ${input}, expected an input variable of ${target.component.name}`);
}

/** Our own components on screens exist, and take what they are given. */
function screens(graph: Flow, project: Project): string[] {
  const messages: string[] = [];
  for (const field of walk(graph.component.root).filter((element) => element.name === 'fields')) {
    const own = /^c:(\w+)$/.exec(textOf(field, 'extensionName') ?? '')?.[1];
    if (own === undefined) continue;
    const part = ofType(project, 'LightningComponentBundle').find((one) => one.name === own);
    if (!part) {
      messages.push(`found component c:${own} on a screen, expected one that exists`);
      continue;
    }
    const targets = walk(part.root).filter((element) => element.name === 'targetConfig');
    const open = targets
      .filter(({ attributes }) => (attributes['targets'] ?? '').includes('lightning__FlowScreen'))
      .flatMap((config) => all(config, 'property').map(({ attributes }) => attributes['name'] ?? ''));
    for (const input of all(field, 'inputParameters')) {
      const name = textOf(input, 'name') ?? '';
      if (!open.includes(name))
        messages.push(`found input ${name} of c:${own}, expected a property that it offers to flow screens`);
    }
  }
  return messages;
}

/** Custom permissions that a flow asks for exist: for one that does not, the answer would always be no. */
function permissions(graph: Flow, index: OrgIndex): string[] {
  const known = index.names('CustomPermission');
  const named = walk(graph.component.root).flatMap(({ text, children }) =>
    children.length > 0 ? [] : [...text.matchAll(/\$Permission\.(\w+)/g)].map(([, name = '']) => name),
  );
  return [...new Set(named)]
    .filter((name) => !known.has(name))
    .map((name) => `found custom permission ${name}, expected one that exists`);
}

function schedule(graph: Flow): string[] {
  const messages: string[] = [];
  const [own] = graph.start ? all(graph.start, 'schedule') : [];
  if (!graph.start || !own) return messages;
  const frequency = textOf(own, 'frequency') ?? '';
  const trigger = textOf(graph.start, 'triggerType');
  if (trigger === 'Segment') return messages;
  if (trigger !== 'Scheduled')
    messages.push(
      `found a schedule with triggerType ${trigger ?? '(none)'}, expected Scheduled: the org would keep it as an invalid draft`,
    );
  if (!FREQUENCIES.includes(frequency))
    messages.push(`found frequency ${frequency}, expected one of ${FREQUENCIES.join(', ')}`);
  return messages;
}
