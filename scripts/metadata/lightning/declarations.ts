import { all, textOf } from 'local-org/metadata';
import { resolvePath } from '../org-index.ts';
import type { OrgIndex } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Project } from '../project.ts';

const module = (name: string, type: string): string =>
  `declare module '${name}' {\n  const it: ${type};\n  export default it;\n}\n`;
const field = (object: string, path: string): string =>
  module(
    `@salesforce/schema/${object}.${path}`,
    `{ readonly fieldApiName: '${path}'; readonly objectApiName: '${object}' }`,
  );

/** Paths over relationships are without end, so only those that a component imports are declared, when they hold. */
function pathsImported(project: Project, index: OrgIndex): string[] {
  const found = new Set<string>();
  for (const [file, text] of project.files)
    if (/(?:^|\/)lwc\/.+\.js$/.test(file))
      for (const [, object = '', path = ''] of text.matchAll(/@salesforce\/schema\/(\w+)\.(\w+\.[\w.]+)/g))
        if (typeof resolvePath(index, object, path.split('.')) !== 'string') found.add(field(object, path));
  return [...found];
}

/**
 * Declarations of the modules that the platform makes from our metadata: one for each object, field, label and custom
 * permission that exists, none for any other, so that the compiler finds an import of what is not there.
 *
 * @example declarationsOf(project, indexOf(project)) // => "declare module '@salesforce/schema/Account' {…"
 */
export function declarationsOf(project: Project, index: OrgIndex): string {
  const objects = [...index.objects].flatMap(([object, fields]) => [
    module(`@salesforce/schema/${object}`, `{ readonly objectApiName: '${object}' }`),
    ...[...fields.keys()].map((name) => field(object, name)),
  ]);
  const labels = ofType(project, 'CustomLabels').flatMap((part) =>
    all(part.root, 'labels').map((label) =>
      module(`@salesforce/label/c.${textOf(label, 'fullName') ?? ''}`, 'string'),
    ),
  );
  // Undefined, and not false, for who lacks it: the reference of the module says so.
  const permissions = [...index.names('CustomPermission')].map((name) =>
    module(`@salesforce/customPermission/${name}`, 'true | undefined'),
  );
  return [...objects, ...pathsImported(project, index), ...labels, ...permissions].join('');
}
