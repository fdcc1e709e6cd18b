// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm
// Unproven: A draft that is deployed over an active version leaves that active.
// See: after an upgrade, Setup → Flows: the version that is active.
// If not: after an upgrade schedules stand still: activate the new version.

import type { Flow } from '../metadata/flow.ts';
import { all, isTrue, numberOf, textOf } from '../metadata/xml.ts';
import type { Element } from '../metadata/xml.ts';
import { checkDefinition } from './check-definition.ts';
import type { FlowDefinition, FlowNode, Resource, Schedule, Start } from './definition.ts';
import { needed, only, source, target, word } from './read-element.ts';
import { NODES } from './read-node.ts';

const ROOT = [
  'apiVersion',
  'constants',
  'environments',
  'formulas',
  'interviewLabel',
  'isAdditionalPermissionRequiredToRun',
  'processMetadataValues',
  'processType',
  'runInMode',
  'start',
  'status',
  'variables',
  ...Object.keys(NODES),
];

/**
 * A flow as the simulation runs it: the very file that is deployed to an org.
 *
 * @throws Error that names the first element, operator or setting that is not modelled; a flow runs truly or not at all
 * @example defineFlow(readFlow(component)).start // => { kind: 'scheduled', schedule: { frequency: 'Daily', … } }
 */
export function defineFlow(flow: Flow): FlowDefinition {
  const { name, root } = flow.component;
  only(root, name, ROOT);
  const processType = word(root, name, 'processType', ['AutoLaunchedFlow', 'Flow']);
  const runInMode =
    textOf(root, 'runInMode') === undefined
      ? 'DefaultMode'
      : word(root, name, 'runInMode', ['DefaultMode', 'SystemModeWithoutSharing']);
  if (!flow.start) throw new Error(`${name}: found no start, expected one`);
  for (const child of root.children)
    if (NAMED.has(child.name)) needed(child, `${name}.${child.name}`, 'name');
  const nodes = [...flow.elements.values()].map(({ name: own, kind, element }): [string, FlowNode] => {
    const read = NODES[kind as FlowNode['kind']];
    return [own, read(element, `${name}.${own}`, own, textOf(element, 'label') ?? own)];
  });
  const resources = [...flow.resources].map(([own, { kind, element }]): [string, Resource] => [
    own,
    readResource(kind, element, `${name}.${own}`),
  ]);
  const definition: FlowDefinition = {
    name,
    label: textOf(root, 'label') ?? name,
    active: textOf(root, 'status') === 'Active',
    screen: processType === 'Flow',
    mode: runInMode === 'DefaultMode' ? 'default' : 'system',
    restricted: isTrue(root, 'isAdditionalPermissionRequiredToRun'),
    start: readStart(flow.start, name),
    first: target(flow.start, `${name}.start`, 'connector'),
    nodes: new Map(nodes),
    resources: new Map(resources),
  };
  checkDefinition(definition, flow);
  return definition;
}

/** What has no name could not be found by anything. */
const NAMED = new Set([...Object.keys(NODES), 'variables', 'formulas', 'constants']);

const TYPES = ['String', 'Boolean', 'Number', 'Date', 'DateTime'] as const;

/** A variable, formula or constant: the root lets no other kind through. */
function readResource(kind: string, element: Element, at: string): Resource {
  const type = word(element, at, 'dataType', TYPES);
  if (kind === 'formulas') {
    only(element, at, ['dataType', 'expression', 'scale']);
    const expression = needed(element, at, 'expression');
    return { kind: 'formula', type, expression, scale: numberOf(element, 'scale') };
  }
  const constant = kind === 'constants';
  only(
    element,
    at,
    constant ? ['dataType', 'value'] : ['dataType', 'isCollection', 'isInput', 'isOutput', 'scale', 'value'],
  );
  const has = constant || all(element, 'value').length > 0;
  return {
    kind: 'variable',
    type,
    list: isTrue(element, 'isCollection'),
    input: isTrue(element, 'isInput'),
    output: isTrue(element, 'isOutput'),
    start: has ? source(element, at, 'value') : undefined,
  };
}

function readStart(node: Element, name: string): Start {
  const at = `${name}.start`;
  only(node, at, ['connector', 'filterFormula', 'object', 'recordTriggerType', 'schedule', 'triggerType']);
  const [schedule] = all(node, 'schedule');
  if (schedule) {
    word(node, at, 'triggerType', ['Scheduled']);
    if (textOf(node, 'object') !== undefined)
      throw new Error(`${at}: a schedule over records is not modelled by the flow simulation`);
    return { kind: 'scheduled', schedule: readSchedule(schedule, at) };
  }
  if (textOf(node, 'triggerType') === undefined) return { kind: 'called' };
  word(node, at, 'triggerType', ['RecordAfterSave']);
  return {
    kind: 'record',
    object: needed(node, at, 'object'),
    on: word(node, at, 'recordTriggerType', ['Create', 'Update', 'CreateAndUpdate']),
    filter: textOf(node, 'filterFormula'),
  };
}

function readSchedule(node: Element, at: string): Schedule {
  only(node, at, ['frequency', 'startDate', 'startTime']);
  const time = needed(node, at, 'startTime');
  const [, hour = '', minute = ''] = /^(\d{2}):(\d{2}):00(?:\.000)?Z?$/.exec(time) ?? [];
  if (hour === '') throw new Error(`${at}: found startTime ${time}, expected HH:MM:00.000Z`);
  return {
    frequency: word(node, at, 'frequency', ['Once', 'Daily', 'Weekly']),
    startDate: needed(node, at, 'startDate'),
    minute: Number(hour) * 60 + Number(minute),
  };
}
