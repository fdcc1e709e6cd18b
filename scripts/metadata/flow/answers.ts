import { all, textOf } from 'local-org/metadata';
import type { Element, Flow, FlowElement } from 'local-org/metadata';
import { ofType } from '../project.ts';
import type { Project } from '../project.ts';
import { operationsOf } from '../references/services.ts';

/**
 * Calls of External Services are told apart by their code: whatever the service answers, be it 401 or 503, the flow goes
 * on along the normal connector, and only a decision on `responseCode` keeps a refusal from passing for a success.
 * Outputs that are read are ones that the action has: `responseCode`, the declared codes, and `default` for the rest.
 *
 * Source: https://help.salesforce.com/s/articleView?id=platform.external_services_schema_def_operation_output_params.htm&language=en_US&type=5
 */
export function answersOfServices(graph: Flow, project: Project): string[] {
  return [...graph.elements.values()]
    .filter((node) => node.kind === 'actionCalls' && textOf(node.element, 'actionType') === 'externalService')
    .flatMap((node) => {
      const declared = declaredCodes(node, project);
      return [...outputsRead(graph, node, declared), ...decidedOn(graph, node, declared)];
    });
}

function declaredCodes({ element }: FlowElement, project: Project): string[] {
  const [service = '', operation = ''] = (textOf(element, 'actionName') ?? '').split('.');
  const part = ofType(project, 'ExternalServiceRegistration').find((one) => one.name === service);
  const operations = part && operationsOf(textOf(part.root, 'schema') ?? '');
  return operations instanceof Map ? Object.keys(operations.get(operation)?.responses ?? {}) : [];
}

function outputsRead(graph: Flow, { name, element }: FlowElement, declared: readonly string[]): string[] {
  const known = new Set(['responseCode', 'default', ...declared]);
  const read = new Set(
    texts(graph.component.root).flatMap((text) =>
      [...text.matchAll(/[\w$]+(?:\.\w+)+/g)]
        .map(([path]) => path.split('.'))
        .filter(([first]) => first === name)
        .map(([, output = '']) => output),
    ),
  );
  const messages = [...read]
    .filter((output) => !known.has(output))
    .map((output) => `found ${name}.${output}, expected an output of the action: ${[...known].join(', ')}`);
  if (read.size > 0 && textOf(element, 'storeOutputAutomatically') !== 'true')
    messages.push(`${name}: found outputs that are read and not stored, expected storeOutputAutomatically`);
  return messages;
}

const texts = (element: Element): string[] =>
  element.children.length === 0
    ? element.name === 'description'
      ? []
      : [element.text]
    : element.children.flatMap(texts);

/** The first decision after the call is on its code, lets accepted codes through by name, and nothing else. */
function decidedOn(graph: Flow, call: FlowElement, declared: readonly string[]): string[] {
  const code = `${call.name}.responseCode`;
  const decision = decisionAfter(graph, call);
  const rules = decision ? all(decision.element, 'rules') : [];
  const asked = rules.flatMap((rule) => all(rule, 'conditions'));
  if (!asked.some((condition) => textOf(condition, 'leftValueReference') === code))
    return [
      `found callout ${call.name} without a decision on ${code} behind it, expected one: the flow goes on with every code, 401 and 503 included`,
    ];
  const good = new Set<string>();
  const others = new Set([decision ? targetOf(decision.element, 'defaultConnector') : '']);
  for (const rule of rules)
    (isAccepted(rule, code, declared) ? good : others).add(targetOf(rule, 'connector'));
  const where = decision?.name ?? '';
  if (good.size === 0)
    return [
      `${where}: found no outcome for a declared code of 2xx, expected ${code} to equal one of ${declared.filter((one) => one.startsWith('2')).join(', ')}`,
    ];
  return [...others]
    .map((other) => (other === '' ? 'nowhere' : ways(graph, other, call.name).find((name) => good.has(name))))
    .filter((end) => end !== undefined)
    .map(
      (end) =>
        `${where}: found that other codes than declared ones go ${end === 'nowhere' ? end : `to ${end} too`}, expected them to be written down`,
    );
}

/** Whether an outcome is for a declared code of 2xx and nothing else. */
function isAccepted(rule: Element, code: string, declared: readonly string[]): boolean {
  const conditions = all(rule, 'conditions');
  const named = conditions.some((condition) => {
    const [value] = all(condition, 'rightValue');
    return (
      textOf(condition, 'leftValueReference') === code &&
      textOf(condition, 'operator') === 'EqualTo' &&
      isGood(Number(value && textOf(value, 'numberValue')), declared)
    );
  });
  return named && (conditions.length === 1 || textOf(rule, 'conditionLogic') === 'and');
}

/** Elements that may follow one, itself included; not past another try of the same call. */
function ways(graph: Flow, from: string, call: string): string[] {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name) || name === call) continue;
    seen.add(name);
    open.push(...(graph.elements.get(name)?.next ?? []));
  }
  return [...seen];
}

/** Behind the call, past assignments, which only keep what it answered. */
function decisionAfter(graph: Flow, call: FlowElement): FlowElement | undefined {
  const seen = new Set<string>();
  let next = targetOf(call.element, 'connector');
  for (let node = graph.elements.get(next); node && !seen.has(next); node = graph.elements.get(next)) {
    if (node.kind === 'decisions') return node;
    if (node.kind !== 'assignments') return undefined;
    seen.add(next);
    next = targetOf(node.element, 'connector');
  }
  return undefined;
}

function targetOf(element: Element, connector: string): string {
  const [own] = all(element, connector);
  return (own && textOf(own, 'targetReference')) ?? '';
}

const isGood = (code: number, declared: readonly string[]): boolean =>
  code >= 200 && code < 300 && declared.some((one) => one === String(code) || one.toUpperCase() === '2XX');
