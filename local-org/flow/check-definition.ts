// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

import { functionsIn, parseFlowFormula } from '../metadata/formula.ts';
import type { Flow } from '../metadata/flow.ts';
import type { FlowDefinition } from './definition.ts';
import { isKnownFunction } from './formula.ts';
import { parseLogic } from './logic.ts';

/**
 * What of a flow can be checked before it ever runs: formulas, condition logic and connectors.
 *
 * @throws Error that names the first element that could not run here
 */
export function checkDefinition(flow: FlowDefinition, { elements, first }: Flow): void {
  const formula = (text: string, where: string): void => {
    const unknown = functionsIn(parseFlowFormula(text)).find((name) => !isKnownFunction(name));
    if (unknown !== undefined)
      throw new Error(`${flow.name}.${where}: function ${unknown} is not modelled by the flow simulation`);
  };
  for (const [name, resource] of flow.resources)
    if (resource.kind === 'formula') formula(resource.expression, name);
  if (flow.start.kind === 'record' && flow.start.filter !== undefined) formula(flow.start.filter, 'start');
  if (flow.first === undefined) throw new Error(`${flow.name}: the start leads nowhere`);
  for (const name of [...first, ...[...elements.values()].flatMap(({ next }) => next)])
    if (!flow.nodes.has(name))
      throw new Error(`${flow.name}: found a connector to ${name}, expected an element`);
  for (const node of flow.nodes.values()) {
    if (node.kind === 'decisions')
      for (const rule of node.rules) parseLogic(rule.logic, rule.conditions.length);
    if (node.kind === 'screens')
      for (const { name, visible } of node.components) {
        if (visible === undefined) continue;
        parseLogic(visible.logic, visible.conditions.length);
        for (const { left } of visible.conditions)
          if (node.components.some((other) => left === other.name || left.startsWith(`${other.name}.`)))
            throw new Error(
              `${flow.name}.${node.name}.${name}: a rule on ${left} of the same screen is not modelled by the flow simulation`,
            );
      }
    if (node.kind === 'recordLookups' || node.kind === 'recordUpdates')
      parseLogic(node.logic, node.filters.length);
  }
}
