import { all, textOf } from 'local-org/metadata';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

/** Rules of the platform on objects and fields that no reference shows. */
export function checkDataRules(project: Project): Finding[] {
  const findings: Finding[] = [];
  const report = (file: string, rule: string, message: string): void => {
    findings.push({ file, rule, message });
  };
  for (const part of ofType(project, 'CustomField')) {
    const [set] = all(part.root, 'valueSet');
    const global = set && textOf(set, 'valueSetName');
    // Custom Metadata Types Implementation Guide, "Custom Metadata Types Limitations" (help.salesforce.com,
    // platform.custommetadatatypes_limitations): "Global picklists aren't supported on custom metadata types."
    if (part.object?.endsWith('__mdt') && global !== undefined)
      report(
        part.file,
        'platform',
        `found global value set ${global}, expected a valueSetDefinition: custom metadata types take no global value sets`,
      );
  }
  for (const part of ofType(project, 'CustomObject'))
    // trailheadapps/dreamhouse-sfdx#14, forcedotcom/salesforcedx-vscode#329: "Can't specify an external sharing model for
    // X" in every org where the external sharing model was never switched on.
    if (textOf(part.root, 'externalSharingModel') !== undefined)
      report(
        part.file,
        'portable',
        'found externalSharingModel, expected none: orgs without the external sharing model refuse it, the others default to Private or to the master',
      );
  return findings;
}
