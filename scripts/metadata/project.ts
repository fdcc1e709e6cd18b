import { componentOf, readSource } from 'local-org/metadata';
import type { Component } from 'local-org/metadata';

/** Something wrong, said so that it can be mended: where, and what was found against what was expected. */
export interface Finding {
  file: string;
  rule: string;
  message: string;
}

export interface Project {
  /** Every file, by path from the given directory. */
  files: Map<string, string>;
  /** One for each metadata file. */
  parts: Component[];
  findings: Finding[];
}

/** Reads texts as a project; what is not well formed becomes a finding and is looked at no further. */
export function projectOf(files: Map<string, string>): Project {
  const parts: Component[] = [];
  const findings: Finding[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith('-meta.xml')) continue;
    try {
      parts.push(componentOf({ path, text }));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      findings.push({ file: path, rule: 'well-formed', message });
    }
  }
  return { files, parts, findings };
}

/** All files under the directories, tests of components left out. */
export function readProject(directories: string[]): Project {
  const files = readSource(directories, { suffix: /(?:)/ })
    .filter(({ path }) => !path.includes('__tests__'))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return projectOf(new Map(files.map(({ path, text }) => [path, text])));
}

export const ofType = (project: Project, type: string): Component[] =>
  project.parts.filter((part) => part.type === type);
