// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { nodes, one, readXml } from './xml.ts';
import type { XmlNode } from './xml.ts';

export interface Component {
  /** Metadata type: CustomField, PermissionSet … */
  type: string;
  /** Full name: Health_Score__c.Tier__c for a field, Health_Viewer for a permission set. */
  name: string;
  /** The object that a child component belongs to. */
  object: string | undefined;
  file: string;
  node: XmlNode;
}

export interface SourceFile {
  path: string;
  text: string;
}

/** Children of an object in one file (deploy zips), and the types they are. */
const CHILDREN: Record<string, string> = {
  fields: 'CustomField',
  validationRules: 'ValidationRule',
  listViews: 'ListView',
  compactLayouts: 'CompactLayout',
  recordTypes: 'RecordType',
  webLinks: 'WebLink',
  fieldSets: 'FieldSet',
  businessProcesses: 'BusinessProcess',
  sharingReasons: 'SharingReason',
  indexes: 'Index',
};

const CHILD_TYPES = new Set(Object.values(CHILDREN));

/** All metadata files under the given directories, in a stable order; another suffix reads what a deploy zip holds. */
export function readSource(
  directories: string[],
  { suffix = /-meta\.xml$/ }: { suffix?: RegExp } = {},
): SourceFile[] {
  const files: SourceFile[] = [];
  for (const directory of directories) {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && suffix.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const path of entries)
      files.push({ path: relative(process.cwd(), path), text: readFileSync(path, 'utf8') });
  }
  return files;
}

/** Reports and dashboards are named with their folder: Customer_Health/Movers. */
function nameOf(path: string): string {
  const parts = path.split('/');
  const own = decodeURIComponent(
    (parts.at(-1) ?? '').replace(/-meta\.xml$/, '').replace(/\.[A-Za-z0-9]+$/, ''),
  );
  return /\.(report|dashboard)(-meta\.xml)?$/.test(path) ? `${parts.at(-2) ?? ''}/${own}` : own;
}

/**
 * Metadata files as components; an object in one file is taken apart into the object and its children, so that source
 * trees and deploy zips look the same from here on.
 *
 * @throws Error that lists every file that is not well formed.
 * @example readComponents([{ path: 'objects/A__c/fields/X__c.field-meta.xml', text }])[0].name // => 'A__c.X__c'
 */
export function readComponents(files: SourceFile[]): Component[] {
  const components: Component[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      components.push(...componentsOf(file));
    } catch (error) {
      problems.push(`${file.path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length > 0) throw new Error(`Metadata cannot be read:\n${problems.join('\n')}`);
  return components;
}

/** The component of one file, and of an object file its children. @throws Error with the line when it is not well formed. */
export function componentsOf({ path, text }: SourceFile): Component[] {
  const { root, node } = readXml(text);
  const object = CHILD_TYPES.has(root) ? /objects\/([^/]+)\//.exec(path)?.[1] : undefined;
  const own = one(node, 'fullName') ?? nameOf(path);
  const name = object === undefined ? nameOf(path) : `${object}.${own}`;
  const component: Component = { type: root, name, object, file: path, node };
  return root === 'CustomObject' ? [component, ...childrenOf(name, node, path)] : [component];
}

function childrenOf(object: string, node: XmlNode, file: string): Component[] {
  return Object.entries(CHILDREN).flatMap(([element, type]) =>
    nodes(node, element).map((child) => ({
      type,
      name: `${object}.${one(child, 'fullName') ?? ''}`,
      object,
      file,
      node: child,
    })),
  );
}
