import { typeProblems } from 'local-org/metadata';
import { checkFlows } from './flow/check.ts';
import { indexOf } from './org-index.ts';
import type { Finding, Project } from './project.ts';
import { checkComponents } from './references/components.ts';
import { checkData } from './references/data.ts';
import { checkPages } from './references/pages.ts';
import { checkPermissions } from './references/permissions.ts';
import { checkServices } from './references/services.ts';
import { checkDataRules } from './rules/data.ts';
import { checkFieldRules } from './rules/fields.ts';
import { checkFlowRules } from './rules/flows.ts';
import { checkFormulas } from './rules/formulas.ts';
import { checkPageRules } from './rules/pages.ts';
import { checkPermissionRules } from './rules/permissions.ts';
import { checkPicklistValues } from './rules/picklists.ts';
import { checkTextLengths } from './rules/text-lengths.ts';

/**
 * Everything that can be found wrong with metadata without an org: well-formedness, the type table of the Metadata API,
 * references, and rules of the platform: "platform" where every org refuses, "portable" where some do or where the part
 * would do nothing. What an org alone knows is out of reach: its settings and licences, report columns of standard
 * objects, the types it generates for an external service.
 *
 * @example validate(readProject(['force-app'])) // => []
 */
export function validate(project: Project): Finding[] {
  if (project.parts.length === 0 && project.findings.length === 0)
    return [
      {
        file: '.',
        rule: 'nothing',
        message: 'found no metadata file, expected some: a check that looked at nothing has not passed',
      },
    ];
  const index = indexOf(project);
  return [
    ...project.findings,
    ...project.parts.flatMap((part) =>
      typeProblems(part.root).map((message) => ({ file: part.file, rule: 'type-table', message })),
    ),
    ...checkData(project, index),
    ...checkPermissions(project, index),
    ...checkPages(project, index),
    ...checkServices(project),
    ...checkComponents(project, index),
    ...checkFlows(project, index),
    ...checkDataRules(project),
    ...checkFieldRules(project, index),
    ...checkFormulas(project, index),
    ...checkPicklistValues(project),
    ...checkTextLengths(project),
    ...checkFlowRules(project),
    ...checkPageRules(project, index),
    ...checkPermissionRules(project),
  ];
}
