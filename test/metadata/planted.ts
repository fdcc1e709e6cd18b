import { projectOf } from '../../scripts/metadata/project.ts';
import type { Finding, Project } from '../../scripts/metadata/project.ts';
import { validate } from '../../scripts/metadata/validate.ts';

export interface Edit {
  file: string;
  find: string;
  replace: string;
}

/**
 * What the gate finds once texts of a project are other ones.
 *
 * @throws Error when an edit changes nothing: a mistake that is not there would prove nothing
 */
export function findingsWith(project: Project, edits: readonly Edit[]): Finding[] {
  const changed = new Map<string, string>();
  for (const { file, find, replace } of edits) {
    const before = changed.get(file) ?? project.files.get(file) ?? '';
    const after = before.replace(find, () => replace);
    if (after === before) throw new Error(`nothing to change in ${file}: ${find}`);
    changed.set(file, after);
  }
  // Only what changed is read again.
  const { parts, findings } = projectOf(changed);
  const rest = project.parts.filter((part) => !changed.has(part.file));
  const files = new Map([...project.files, ...changed]);
  return validate({ files, parts: [...rest, ...parts], findings });
}
