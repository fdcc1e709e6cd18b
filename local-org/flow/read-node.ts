// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

import { all, isTrue, textOf } from '../metadata/xml.ts';
import type { Element } from '../metadata/xml.ts';
import type { FlowNode, ScreenNode, VisibilityRule } from './definition.ts';
import { conditions, filters, named, needed, only, source, target, word } from './read-element.ts';

type Read = (node: Element, where: string, name: string, label: string) => FlowNode;

/** Every kind of element that the simulation runs; a flow with another one is refused. */
export const NODES: Readonly<Record<FlowNode['kind'], Read>> = {
  actionCalls: (node, where, name, label) => {
    only(node, where, [
      'actionName',
      'actionType',
      'connector',
      'faultConnector',
      'flowTransactionModel',
      'inputParameters',
      'storeOutputAutomatically',
    ]);
    // "Let the flow decide" and a new transaction exist in screen flows only; what holds everywhere is modelled.
    if (textOf(node, 'flowTransactionModel') !== undefined)
      word(node, where, 'flowTransactionModel', ['CurrentTransaction']);
    return {
      kind: 'actionCalls',
      name,
      label,
      type: word(node, where, 'actionType', ['externalService', 'customNotificationAction']),
      action: needed(node, where, 'actionName'),
      inputs: named(node, where, 'inputParameters', 'name'),
      next: target(node, where, 'connector'),
      fault: target(node, where, 'faultConnector'),
    };
  },
  assignments: (node, where, name, label) => {
    only(node, where, ['assignmentItems', 'connector']);
    const items = all(node, 'assignmentItems').map((item) => {
      only(item, where, ['assignToReference', 'operator', 'value']);
      return {
        to: needed(item, where, 'assignToReference'),
        operator: word(item, where, 'operator', ['Assign', 'Add']),
        value: source(item, where, 'value'),
      };
    });
    return { kind: 'assignments', name, label, items, next: target(node, where, 'connector') };
  },
  decisions: (node, where, name, label) => {
    only(node, where, ['defaultConnector', 'defaultConnectorLabel', 'rules']);
    const rules = all(node, 'rules').map((rule) => {
      const own = needed(rule, where, 'name');
      const at = `${where}.${own}`;
      only(rule, at, ['conditionLogic', 'conditions', 'connector']);
      return {
        name: own,
        logic: needed(rule, at, 'conditionLogic'),
        conditions: conditions(rule, at),
        next: target(rule, at, 'connector'),
      };
    });
    return { kind: 'decisions', name, label, rules, next: target(node, where, 'defaultConnector') };
  },
  loops: (node, where, name, label) => {
    only(node, where, [
      'collectionReference',
      'iterationOrder',
      'nextValueConnector',
      'noMoreValuesConnector',
    ]);
    word(node, where, 'iterationOrder', ['Asc']);
    return {
      kind: 'loops',
      name,
      label,
      collection: needed(node, where, 'collectionReference'),
      each: target(node, where, 'nextValueConnector'),
      next: target(node, where, 'noMoreValuesConnector'),
    };
  },
  recordLookups: (node, where, name, label) => {
    only(node, where, [
      'assignNullValuesIfNoRecordsFound',
      'connector',
      'faultConnector',
      'filterLogic',
      'filters',
      'getFirstRecordOnly',
      'object',
      'queriedFields',
      'sortField',
      'sortOrder',
      'storeOutputAutomatically',
    ]);
    word(node, where, 'storeOutputAutomatically', ['true']);
    const field = textOf(node, 'sortField');
    return {
      kind: 'recordLookups',
      name,
      label,
      object: needed(node, where, 'object'),
      logic: textOf(node, 'filterLogic') ?? 'and',
      filters: filters(node, where),
      first: isTrue(node, 'getFirstRecordOnly'),
      fields: all(node, 'queriedFields').map(({ text }) => text),
      sort:
        field === undefined ? undefined : { field, order: word(node, where, 'sortOrder', ['Asc', 'Desc']) },
      next: target(node, where, 'connector'),
      fault: target(node, where, 'faultConnector'),
    };
  },
  recordCreates: (node, where, name, label) => {
    only(node, where, [
      'connector',
      'faultConnector',
      'inputAssignments',
      'object',
      'storeOutputAutomatically',
    ]);
    return {
      kind: 'recordCreates',
      name,
      label,
      object: needed(node, where, 'object'),
      inputs: named(node, where, 'inputAssignments', 'field'),
      next: target(node, where, 'connector'),
      fault: target(node, where, 'faultConnector'),
    };
  },
  recordUpdates: (node, where, name, label) => {
    only(node, where, [
      'connector',
      'faultConnector',
      'filterLogic',
      'filters',
      'inputAssignments',
      'object',
    ]);
    return {
      kind: 'recordUpdates',
      name,
      label,
      object: needed(node, where, 'object'),
      logic: textOf(node, 'filterLogic') ?? 'and',
      filters: filters(node, where),
      inputs: named(node, where, 'inputAssignments', 'field'),
      next: target(node, where, 'connector'),
      fault: target(node, where, 'faultConnector'),
    };
  },
  subflows: (node, where, name, label) => {
    only(node, where, ['connector', 'flowName', 'inputAssignments', 'outputAssignments']);
    const outputs = all(node, 'outputAssignments').map((entry) => {
      only(entry, where, ['assignToReference', 'name']);
      return { from: needed(entry, where, 'name'), to: needed(entry, where, 'assignToReference') };
    });
    return {
      kind: 'subflows',
      name,
      label,
      flow: needed(node, where, 'flowName'),
      inputs: named(node, where, 'inputAssignments', 'name'),
      outputs,
      next: target(node, where, 'connector'),
    };
  },
  screens: (node, where, name, label) => {
    only(node, where, [
      'allowBack',
      'allowFinish',
      'allowPause',
      'connector',
      'fields',
      'nextOrFinishButtonLabel',
      'showFooter',
      'showHeader',
    ]);
    word(node, where, 'allowBack', ['false']);
    word(node, where, 'allowPause', ['false']);
    return {
      kind: 'screens',
      name,
      label,
      button: textOf(node, 'nextOrFinishButtonLabel'),
      components: all(node, 'fields').map((field) => screenField(field, where)),
      next: target(node, where, 'connector'),
    };
  },
};

function screenField(node: Element, where: string): ScreenNode['components'][number] {
  const name = needed(node, where, 'name');
  const at = `${where}.${name}`;
  const kind = word(node, at, 'fieldType', ['DisplayText', 'ComponentInstance', 'InputField']);
  const visible = visibility(node, at);
  if (kind === 'DisplayText') {
    only(node, at, ['fieldText', 'fieldType', 'visibilityRule']);
    return { kind, name, text: textOf(node, 'fieldText') ?? '', ...visible };
  }
  if (kind === 'InputField') {
    only(node, at, [
      'dataType',
      'defaultValue',
      'fieldText',
      'fieldType',
      'helpText',
      'isRequired',
      'visibilityRule',
    ]);
    const type = word(node, at, 'dataType', ['Boolean']);
    return {
      kind,
      name,
      type,
      label: needed(node, at, 'fieldText'),
      start: source(node, at, 'defaultValue'),
      ...visible,
    };
  }
  only(node, at, [
    'extensionName',
    'fieldType',
    'inputParameters',
    'inputsOnNextNavToAssocScrn',
    'isRequired',
    'storeOutputAutomatically',
    'visibilityRule',
  ]);
  return {
    kind,
    name,
    component: needed(node, at, 'extensionName'),
    inputs: named(node, at, 'inputParameters', 'name'),
    ...visible,
  };
}

function visibility(node: Element, at: string): { visible?: VisibilityRule } {
  const [rule] = all(node, 'visibilityRule');
  if (!rule) return {};
  only(rule, `${at}.visibilityRule`, ['conditionLogic', 'conditions']);
  return {
    visible: {
      logic: needed(rule, `${at}.visibilityRule`, 'conditionLogic'),
      conditions: conditions(rule, `${at}.visibilityRule`),
    },
  };
}
