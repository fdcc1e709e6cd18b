// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm
// Unproven: A draft that is deployed over an active version leaves that active.
// See: after an upgrade, Setup → Flows → Health Refresh Schedule: the version that is active.
// If not: after an upgrade the schedule stands still: activate the new version.

import type { Component } from '../metadata/components.ts';
import { isTrue, nodes, numberOf, one } from '../metadata/xml.ts';
import type { XmlNode } from '../metadata/xml.ts';
import type { FlowDefinition, FlowNode, Resource, Schedule, Start } from './definition.ts';
import { needed, only, source, target, word } from './read-element.ts';
import { NODES } from './read-node.ts';

const KINDS = Object.keys(NODES) as FlowNode['kind'][];
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
  ...KINDS,
];

/**
 * Reads a flow file for the simulation: the very file that is deployed to an org.
 *
 * @throws Error that names the first element, operator or setting that is not modelled; a flow runs truly or not at all
 * @example readFlow(component).start // => { kind: 'scheduled', schedule: { frequency: 'Daily', … } }
 */
export function readFlow({ name, node }: Component): FlowDefinition {
  only(node, name, ROOT);
  const processType = word(node, name, 'processType', ['AutoLaunchedFlow', 'Flow']);
  const runInMode =
    one(node, 'runInMode') === undefined
      ? 'DefaultMode'
      : word(node, name, 'runInMode', ['DefaultMode', 'SystemModeWithoutSharing']);
  const [start] = nodes(node, 'start');
  if (!start) throw new Error(`${name}: found no start, expected one`);
  const flowNodes = new Map<string, FlowNode>();
  for (const kind of KINDS)
    for (const child of nodes(node, kind)) {
      const own = needed(child, `${name}.${kind}`, 'name');
      flowNodes.set(own, NODES[kind](child, `${name}.${own}`, own, one(child, 'label') ?? own));
    }
  return {
    name,
    label: one(node, 'label') ?? name,
    active: one(node, 'status') === 'Active',
    screen: processType === 'Flow',
    mode: runInMode === 'DefaultMode' ? 'default' : 'system',
    restricted: isTrue(node, 'isAdditionalPermissionRequiredToRun'),
    start: readStart(start, name),
    first: target(start, `${name}.start`, 'connector'),
    nodes: flowNodes,
    resources: readResources(node, name),
  };
}

function readResources(node: XmlNode, name: string): Map<string, Resource> {
  const resources = new Map<string, Resource>();
  const own = (child: XmlNode, kind: string): string => needed(child, `${name}.${kind}`, 'name');
  for (const child of nodes(node, 'variables')) {
    const at = `${name}.${own(child, 'variables')}`;
    only(child, at, ['dataType', 'isCollection', 'isInput', 'isOutput', 'scale', 'value']);
    resources.set(own(child, 'variables'), {
      kind: 'variable',
      type: word(child, at, 'dataType', ['String', 'Boolean', 'Number', 'Date', 'DateTime']),
      list: isTrue(child, 'isCollection'),
      input: isTrue(child, 'isInput'),
      output: isTrue(child, 'isOutput'),
      start: child['value'] === undefined ? undefined : source(child, at, 'value'),
    });
  }
  for (const child of nodes(node, 'formulas')) {
    const at = `${name}.${own(child, 'formulas')}`;
    only(child, at, ['dataType', 'expression', 'scale']);
    resources.set(own(child, 'formulas'), {
      kind: 'formula',
      type: word(child, at, 'dataType', ['String', 'Boolean', 'Number', 'Date', 'DateTime']),
      expression: needed(child, at, 'expression'),
      scale: numberOf(child, 'scale'),
    });
  }
  for (const child of nodes(node, 'constants')) {
    const at = `${name}.${own(child, 'constants')}`;
    only(child, at, ['dataType', 'value']);
    const value = source(child, at, 'value');
    resources.set(own(child, 'constants'), {
      kind: 'variable',
      type: word(child, at, 'dataType', ['String', 'Boolean', 'Number', 'Date', 'DateTime']),
      list: false,
      input: false,
      output: false,
      start: value,
    });
  }
  return resources;
}

function readStart(node: XmlNode, name: string): Start {
  const at = `${name}.start`;
  only(node, at, ['connector', 'filterFormula', 'object', 'recordTriggerType', 'schedule', 'triggerType']);
  const [schedule] = nodes(node, 'schedule');
  if (schedule) {
    word(node, at, 'triggerType', ['Scheduled']);
    if (one(node, 'object') !== undefined)
      throw new Error(`${at}: a schedule over records is not modelled by the flow simulation`);
    return { kind: 'scheduled', schedule: readSchedule(schedule, at) };
  }
  if (one(node, 'triggerType') === undefined) return { kind: 'called' };
  word(node, at, 'triggerType', ['RecordAfterSave']);
  return {
    kind: 'record',
    object: needed(node, at, 'object'),
    on: word(node, at, 'recordTriggerType', ['Create', 'Update', 'CreateAndUpdate']),
    filter: one(node, 'filterFormula'),
  };
}

function readSchedule(node: XmlNode, at: string): Schedule {
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
