import { all, textOf } from 'local-org/metadata';
import type { OrgIndex } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

/** Permission sets: what they name exists, required fields are left out, and no shipped field is forgotten by all. */
export function checkPermissions(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  const readable = new Set<string>();
  const sets = ofType(project, 'PermissionSet');
  for (const part of sets) {
    const report = (message: string): void => {
      findings.push({ file: part.file, rule: 'permissions', message });
    };
    const named = (element: string, child: string, exists: (name: string) => boolean): void => {
      for (const entry of all(part.root, element)) {
        const name = textOf(entry, child) ?? '';
        if (!exists(name)) report(`found ${element} ${name}, expected one that exists`);
      }
    };
    named(
      'objectPermissions',
      'object',
      (name) => index.objects.has(name) || name === 'UserExternalCredential',
    );
    named('tabSettings', 'tab', (name) => name.startsWith('standard-') || index.names('CustomTab').has(name));
    named(
      'applicationVisibilities',
      'application',
      (name) => name.startsWith('standard__') || index.names('CustomApplication').has(name),
    );
    named('customMetadataTypeAccesses', 'name', (name) => index.objects.has(name));
    named('customPermissions', 'name', (name) => index.names('CustomPermission').has(name));
    named('flowAccesses', 'flow', (name) => index.names('Flow').has(name));
    named('externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', (name) =>
      isPrincipal(project, name),
    );
    for (const entry of all(part.root, 'fieldPermissions')) {
      const path = textOf(entry, 'field') ?? '';
      const [object = '', name = ''] = path.split('.');
      const field = index.objects.get(object)?.get(name);
      if (!field) report(`found a permission on ${path}, expected a field that exists`);
      if (field?.custom && field.required)
        report(`found a permission on ${path}, expected none: the field is required, an org refuses that`);
      if (field?.formula && textOf(entry, 'editable') === 'true')
        report(`found ${path} editable, expected it readable only: it is a formula`);
      if (textOf(entry, 'readable') === 'true') readable.add(object === 'Task' ? `Event.${name}` : path);
    }
  }
  if (sets.length === 0) return findings;
  for (const part of ofType(project, 'CustomField')) {
    const object = part.object === 'Activity' ? 'Event' : (part.object ?? '');
    const name = part.name.split('.')[1] ?? '';
    const field = index.objects.get(object)?.get(name);
    // Custom metadata is granted by type.
    if (!field || field.required || object.endsWith('__mdt') || readable.has(`${object}.${name}`)) continue;
    findings.push({
      file: part.file,
      rule: 'permissions',
      message: `found no permission set that may read ${object}.${name}, expected at least one: nobody would see the field`,
    });
  }
  return findings;
}

/** `Node_Scorer-Scorer`: external credential, hyphen, principal. */
function isPrincipal(project: Project, name: string): boolean {
  const [credential = '', principal = ''] = name.split('-');
  const part = ofType(project, 'ExternalCredential').find((one) => one.name === credential);
  return (
    part !== undefined &&
    all(part.root, 'externalCredentialParameters').some(
      (parameter) =>
        textOf(parameter, 'parameterType') === 'NamedPrincipal' &&
        textOf(parameter, 'parameterName') === principal,
    )
  );
}
