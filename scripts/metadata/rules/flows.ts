import { all, textOf, walk } from 'local-org/metadata';
import type { Component, Element } from 'local-org/metadata';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

/** They have a name, but it is none that the flow could refer to. */
const UNNAMED = new Set(['processMetadataValues', 'customProperties']);
/** Named parts of elements, which share the names of the flow: outcomes, fields of screens, paths, events. */
const INNER = new Set(['rules', 'fields', 'scheduledPaths', 'waitEvents', 'stageSteps']);

/** Every name of a flow that another part could mean, with what bears it. */
function namesOf(flow: Element): { name: string; kind: string }[] {
  const top = flow.children.filter((element) => !UNNAMED.has(element.name));
  const inner = top.flatMap((element) =>
    walk(element).filter((one) => one !== element && INNER.has(one.name)),
  );
  return [...top, ...inner].flatMap((element) => {
    const name = textOf(element, 'name');
    return name === undefined || name === '' ? [] : [{ name, kind: element.name }];
  });
}

/**
 * Names are unique over elements and resources of a flow together (help.salesforce.com,
 * platform.flow_ref_resources_variable: "The API name … must be unique"). Case does not tell them apart: none of 304 public flows that
 * orgs accepted has two names that are equal but for case.
 */
function names(flow: Element): string[] {
  const first = new Map<string, { name: string; kind: string }>();
  return namesOf(flow).flatMap(({ name, kind }) => {
    const other = first.get(name.toLowerCase());
    if (!other) {
      first.set(name.toLowerCase(), { name, kind });
      return [];
    }
    return [
      `found ${name} of ${kind} beside ${other.name} of ${other.kind}, expected names that differ in more than case`,
    ];
  });
}

/**
 * How Flow Builder draws a flow. A connector that jumps (isGoTo) belongs to the auto-layout canvas, and the way back into
 * a loop is never one there (0 of 304 public flows; 17 of 18 name AUTO_LAYOUT_CANVAS): Flow Builder would not open it.
 */
function canvas(flow: Element): string[] {
  const loops = new Set(all(flow, 'loops').map((loop) => textOf(loop, 'name')));
  const jumps = walk(flow).filter(
    (element) => /connector$/i.test(element.name) && textOf(element, 'isGoTo') === 'true',
  );
  const messages = jumps
    .map((jump) => textOf(jump, 'targetReference') ?? '')
    .filter((target) => loops.has(target))
    .map((target) => `found isGoTo on a connector to loop ${target}, expected a plain connector`);
  const mode = all(flow, 'processMetadataValues').find((value) => textOf(value, 'name') === 'CanvasMode');
  const [value] = mode ? all(mode, 'value') : [];
  const drawn = value && textOf(value, 'stringValue');
  if (jumps.length > 0 && drawn !== 'AUTO_LAYOUT_CANVAS')
    messages.push(
      `found connectors with isGoTo and CanvasMode ${drawn ?? '(none)'}, expected AUTO_LAYOUT_CANVAS`,
    );
  return messages;
}

/** What an org, or Flow Builder, refuses of a flow though all its references hold. */
export function checkFlowRules(project: Project): Finding[] {
  return ofType(project, 'Flow').flatMap((part: Component) =>
    [...names(part.root), ...canvas(part.root)].map((message) => ({
      file: part.file,
      rule: 'platform',
      message,
    })),
  );
}
