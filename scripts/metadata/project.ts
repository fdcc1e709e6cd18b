import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../../local-org/metadata/tree.ts';
import type { Element } from '../../local-org/metadata/tree.ts';

/** Something wrong, said so that it can be mended: where, and what was found against what was expected. */
export interface Finding {
  file: string;
  rule: string;
  message: string;
}

/** One metadata file as a component. */
export interface Part {
  file: string;
  /** Root element: CustomField, Flow … */
  type: string;
  /** Full name; of a child, with its object: Account.ARR__c. */
  name: string;
  /** The object that a child belongs to. */
  object: string | undefined;
  root: Element;
}

export interface Project {
  /** Every file, by path from the given directory. */
  files: Map<string, string>;
  parts: Part[];
  findings: Finding[];
}

const CHILD_FOLDERS =
  /objects\/([^/]+)\/(fields|validationRules|listViews|compactLayouts|recordTypes|fieldSets|webLinks)\//;

const baseName = (file: string): string =>
  decodeURIComponent((file.split('/').at(-1) ?? '').replace(/-meta\.xml$/, '').replace(/\.[A-Za-z]+$/, ''));

/** Folder and name for what lives in folders: Customer_Health/Movers. */
function nameOf(file: string, type: string): string {
  const foldered = type === 'Report' || type === 'Dashboard';
  return foldered ? `${file.split('/').at(-2) ?? ''}/${baseName(file)}` : baseName(file);
}

/** Reads texts as a project; what is not well formed becomes a finding and is looked at no further. */
export function projectOf(files: Map<string, string>): Project {
  const parts: Part[] = [];
  const findings: Finding[] = [];
  for (const [file, text] of files) {
    if (!file.endsWith('-meta.xml')) continue;
    try {
      const root = readTree(text);
      const object = CHILD_FOLDERS.exec(file)?.[1];
      const own = object === undefined ? nameOf(file, root.name) : `${object}.${baseName(file)}`;
      parts.push({ file, type: root.name, name: own, object, root });
    } catch (error) {
      findings.push({
        file,
        rule: 'well-formed',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return { files, parts, findings };
}

/** All files under the directories, tests of components left out. */
export function readProject(directories: string[]): Project {
  const files = new Map<string, string>();
  for (const directory of directories)
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !path.includes('__tests__')) files.set(path, readFileSync(path, 'utf8'));
    }
  return projectOf(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
}

export const ofType = (project: Project, type: string): Part[] =>
  project.parts.filter((part) => part.type === type);
