import { all, textOf } from 'local-org/metadata';
import type { Component, Element } from 'local-org/metadata';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

/**
 * Standard objects that are there only once an administrator has switched something on, and what. A permission set that
 * names one is refused everywhere else ("Invalid type", forcedotcom/cli#1309), with all else that it grants.
 */
export const OPTIONAL_OBJECTS: ReadonlyMap<string, string> = new Map([
  [
    'AccountContactRelation',
    'Setup → Account Settings → Allow users to relate a contact to multiple accounts',
  ],
  ['AccountTeamMember', 'Setup → Account Teams'],
  ['OpportunityTeamMember', 'Setup → Opportunity Team Settings'],
  ['Quote', 'Setup → Quote Settings'],
]);

/** The objects that a permission set grants something on, by object and by field. */
const objectsOf = (set: Element): Set<string> =>
  new Set([
    ...all(set, 'objectPermissions').map((one) => textOf(one, 'object') ?? ''),
    ...all(set, 'fieldPermissions').map((one) => (textOf(one, 'field') ?? '').split('.')[0] ?? ''),
  ]);

/** Objects of a permission set that an org may lack. @example optionalOf(readTree(set)) // => ['AccountContactRelation'] */
export const optionalOf = (set: Element): string[] =>
  [...objectsOf(set)].filter((object) => OPTIONAL_OBJECTS.has(object));

const isOn = (element: Element, name: string): boolean => textOf(element, name) === 'true';

/** What each object permission rests on (help.salesforce.com, platform.users_profiles_object_perms). */
const RESTS_ON: Record<string, string[]> = {
  allowCreate: ['allowRead'],
  allowEdit: ['allowRead'],
  allowDelete: ['allowRead', 'allowEdit'],
  viewAllRecords: ['allowRead'],
  modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
};

function objectRights(set: Element): string[] {
  return all(set, 'objectPermissions').flatMap((entry) =>
    Object.entries(RESTS_ON).flatMap(([right, needed]) =>
      needed
        .filter((one) => isOn(entry, right) && !isOn(entry, one))
        .map(
          (one) =>
            `found ${right} on ${textOf(entry, 'object') ?? ''} without ${one}, expected it too: the right rests on it`,
        ),
    ),
  );
}

const EDITS: Record<string, string> = { Event: 'EditEvent', Task: 'EditTask' };

/**
 * Activities take user permissions in place of object permissions: without Access Activities a grant on a field of theirs
 * shows nothing to a user of a minimum-access profile (help.salesforce.com, platform.admin_userperms).
 */
function activities(set: Element): string[] {
  const user = new Set(
    all(set, 'userPermissions')
      .filter((one) => isOn(one, 'enabled'))
      .map((one) => textOf(one, 'name') ?? ''),
  );
  const messages: string[] = [];
  for (const entry of all(set, 'fieldPermissions')) {
    const field = textOf(entry, 'field') ?? '';
    const edit = EDITS[field.split('.')[0] ?? ''];
    if (edit === undefined) continue;
    if (isOn(entry, 'readable') && !user.has('ActivitiesAccess'))
      messages.push(`found ${field} readable without user permission ActivitiesAccess, expected it too`);
    if (isOn(entry, 'editable') && !user.has(edit))
      messages.push(`found ${field} editable without user permission ${edit}, expected it too`);
  }
  for (const edit of Object.values(EDITS))
    if (user.has(edit) && !user.has('ActivitiesAccess'))
      messages.push(`found user permission ${edit} without ActivitiesAccess, expected it too`);
  return messages;
}

function optional(set: Element): string[] {
  const named = optionalOf(set);
  const always = [...objectsOf(set)].filter((object) => !OPTIONAL_OBJECTS.has(object));
  const others = set.children.filter(
    ({ name }) =>
      /(Accesses|Permissions|Settings|Visibilities)$/.test(name) && !/^(object|field)P/.test(name),
  );
  return named.length > 0 && (named.length > 1 || always.length > 0 || others.length > 0)
    ? [
        `found grants on ${named.join(', ')} beside others, expected a permission set of its own: where the object is not switched on (${OPTIONAL_OBJECTS.get(named[0] ?? '') ?? ''}) the org refuses the whole set`,
      ]
    : [];
}

/** What an org refuses of a permission set, or what of it would have no effect, though all that it names exists. */
export function checkPermissionRules(project: Project): Finding[] {
  return ofType(project, 'PermissionSet').flatMap((part: Component) => [
    ...objectRights(part.root).map((message) => ({ file: part.file, rule: 'platform', message })),
    ...[...activities(part.root), ...optional(part.root)].map((message) => ({
      file: part.file,
      rule: 'portable',
      message,
    })),
  ]);
}
