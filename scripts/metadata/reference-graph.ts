import { dirname } from 'node:path';
import { textOf, walk } from 'local-org/metadata';
import type { Component, Element } from 'local-org/metadata';
import { ofType } from './project.ts';
import type { Project } from './project.ts';
import { BARE, REFERENCES } from './reference-table.ts';

/** What travels together: an object with its fields and lists, a component with its files, or a single file. */
export interface Unit {
  /** Type and name: CustomObject Account. */
  key: string;
  type: string;
  name: string;
  /** File or folder that the CLI takes as a source. */
  source: string;
  parts: Component[];
}

export interface ReferenceGraph {
  units: Map<string, Unit>;
  /** Keys of the units that each unit names. */
  references: Map<string, Set<string>>;
}

const keyOf = (type: string, name: string): string => `${type} ${name}`;

function unitOf(part: Component): Omit<Unit, 'parts'> {
  const object = part.type === 'CustomObject' ? part.name : part.object;
  if (object !== undefined)
    return {
      key: keyOf('CustomObject', object),
      type: 'CustomObject',
      name: object,
      source: /^(?:.*\/)?objects\/[^/]+/.exec(part.file)?.[0] ?? part.file,
    };
  const bundle = part.type === 'LightningComponentBundle';
  const name =
    part.type === 'CustomMetadata'
      ? (part.file.split('/').at(-1) ?? '').replace(/\.md-meta\.xml$/, '')
      : part.name;
  return {
    key: keyOf(part.type, name),
    type: part.type,
    name,
    source: bundle ? dirname(part.file) : part.file,
  };
}

/** healthCard for health-card, as templates write it. */
const camel = (name: string): string =>
  name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a Lightning Web Component names in its modules and templates. */
function inSources(project: Project, folder: string): string[] {
  const found: string[] = [];
  for (const [file, text] of project.files) {
    if (!file.startsWith(`${folder}/`)) continue;
    for (const [pattern, type] of BARE)
      for (const [, name = ''] of text.matchAll(pattern))
        found.push(keyOf(type, type === 'LightningComponentBundle' ? camel(name) : name));
    if (/@salesforce\/label\/c\./.test(text)) found.push(keyOf('CustomLabels', 'CustomLabels'));
  }
  return found;
}

/** What the XML of a part names, by the table: element and the elements around it tell the type. */
function inMetadata(part: Component, object: (path: string) => string[]): string[] {
  const found: string[] = [];
  const visit = (element: Element, path: string): void => {
    for (const child of element.children) {
      const below = `${path}/${child.name}`;
      for (const { at, to, name } of REFERENCES)
        if (at.test(below) && child.children.length === 0) {
          const named = name === undefined ? child.text : name(child.text, element);
          if (named !== undefined && named !== '')
            found.push(...(to === 'CustomObject' ? object(named) : [keyOf(to, named)]));
        }
      visit(child, below);
    }
  };
  visit(part.root, part.type);
  for (const { text, children } of walk(part.root)) {
    if (children.length > 0) continue;
    for (const [, kind = '', name = ''] of text.matchAll(/\$(Permission|Label|CustomMetadata)\.(\w+)/g))
      found.push(
        kind === 'Permission'
          ? keyOf('CustomPermission', name)
          : kind === 'Label'
            ? keyOf('CustomLabels', 'CustomLabels')
            : keyOf('CustomObject', name),
      );
  }
  return found;
}

/** Folder of a report or dashboard; object of a layout, a quick action, or a custom metadata record. */
function byName({ type, name }: Unit): string[] {
  const [first = ''] = name.split(/[-./]/);
  switch (type) {
    case 'Report':
      return [keyOf('ReportFolder', first)];
    case 'Dashboard':
      return [keyOf('DashboardFolder', first)];
    case 'Layout':
    case 'QuickAction':
      return [keyOf('CustomObject', first)];
    case 'CustomMetadata':
      return [keyOf('CustomObject', `${first}__mdt`)];
    case 'CustomTab':
      return [keyOf('CustomObject', name)];
    default:
      return [];
  }
}

/**
 * What of a project names what else of it. Only what the project itself ships is in the graph: the rest is the org's.
 *
 * @example referenceGraph(readProject(['force-app'])).references.get('QuickAction Account.Refresh_Health')
 * // => Set { 'CustomObject Account', 'Flow Refresh_Health' }
 */
export function referenceGraph(project: Project): ReferenceGraph {
  const units = new Map<string, Unit>();
  for (const part of project.parts) {
    const unit = unitOf(part);
    const known = units.get(unit.key);
    if (known) known.parts.push(part);
    else units.set(unit.key, { ...unit, parts: [part] });
  }
  const objects = ofType(project, 'CustomField').flatMap((part) => {
    const list = textOf(part.root, 'relationshipName');
    return list === undefined ? [] : [[`${list}__r`, part.object ?? ''] as const];
  });
  // Fields of Activity are named as fields of events and tasks.
  const children = new Map<string, string>([...objects, ['Event', 'Activity'], ['Task', 'Activity']]);
  /** Objects in a path of tables: Account.Churn_Signals__r names two. */
  const inPath = (path: string): string[] =>
    path.split(/[.$]/).map((step) => keyOf('CustomObject', children.get(step) ?? step));
  const references = new Map<string, Set<string>>();
  for (const unit of units.values()) {
    const named = [
      ...byName(unit),
      ...unit.parts.flatMap((part) => inMetadata(part, inPath)),
      ...(unit.type === 'LightningComponentBundle' ? inSources(project, unit.source) : []),
    ];
    references.set(unit.key, new Set(named.filter((key) => key !== unit.key && units.has(key))));
  }
  return { units, references };
}
