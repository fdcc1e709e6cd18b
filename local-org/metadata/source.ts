// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm
// Source: https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/sfdx_dev_source_file_format.htm

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { all, readXml, textOf } from './xml.ts';
import type { Element } from './xml.ts';

export interface Component {
  /** Metadata type: CustomField, PermissionSet … */
  type: string;
  /** Full name: Account.Tier__c for a field, Sales_User for a permission set, Sales/Pipeline for a report. */
  name: string;
  /** The object that a child component belongs to. */
  object: string | undefined;
  file: string;
  root: Element;
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

/** In source trees each child of an object has a file of its own. */
const CHILD_FILE = /objects\/([^/]+)\/[^/]+\/[^/]+$/;

/**
 * The metadata files under some directories, in a stable order.
 *
 * @param suffix other files: what a deploy zip holds, or everything
 */
export function readSource(
  directories: readonly string[],
  { suffix = /-meta\.xml$/ }: { suffix?: RegExp } = {},
): SourceFile[] {
  return directories.flatMap((directory) =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && suffix.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => ({ path: shortened(path), text: readFileSync(path, 'utf8') })),
  );
}

/** Below the working directory as seen from there, as people write it; elsewhere whole. */
function shortened(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}

/**
 * One metadata file as a component; its root element says which type it is, its place what it is called.
 *
 * @throws Error with the line when it is not well formed
 * @example componentOf({ path: 'objects/A__c/fields/X__c.field-meta.xml', text }).name // => 'A__c.X__c'
 */
export function componentOf({ path, text }: SourceFile): Component {
  const root = readXml(text);
  const parts = path.split('/');
  const own = decodeURIComponent(
    (parts.at(-1) ?? '').replace(/-meta\.xml$/, '').replace(/\.[A-Za-z0-9]+$/, ''),
  );
  const object = CHILD_FILE.exec(path)?.[1];
  // Reports and dashboards are named with their folder.
  const folder = ['Report', 'Dashboard'].includes(root.name) ? `${parts.at(-2) ?? ''}/` : '';
  const name = object === undefined ? `${folder}${own}` : `${object}.${own}`;
  return { type: root.name, name, object, file: path, root };
}

/** The children that an object has in its own file, as deploy zips hold them. */
export const childrenOf = ({ type, name, file, root }: Component): Component[] =>
  type !== 'CustomObject'
    ? []
    : Object.entries(CHILDREN).flatMap(([element, childType]) =>
        all(root, element).map((child) => ({
          type: childType,
          name: `${name}.${textOf(child, 'fullName') ?? ''}`,
          object: name,
          file,
          root: child,
        })),
      );

/**
 * Metadata files as components; an object in one file is taken apart into the object and its children, so that source
 * trees and deploy zips look the same from here on.
 *
 * @throws Error that lists every file that is not well formed
 */
export function readComponents(files: readonly SourceFile[]): Component[] {
  const components: Component[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const component = componentOf(file);
      components.push(component, ...childrenOf(component));
    } catch (error) {
      problems.push(`${file.path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length > 0) throw new Error(`Metadata cannot be read:\n${problems.join('\n')}`);
  return components;
}
