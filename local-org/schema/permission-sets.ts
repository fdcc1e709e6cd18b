// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm

import type { Access } from '../access.ts';
import { fieldOf, objectOf } from './types.ts';
import type { FieldDef, ObjectDef, Schema } from './types.ts';
import type { Problem } from './build-schema.ts';
import type { Component } from '../metadata/source.ts';
import { all, isTrue, textOf } from '../metadata/xml.ts';

export interface ObjectGrant {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}

/** What one permission set grants, by lower-case name of object and Object.Field. */
export interface Grants {
  objects: Map<string, ObjectGrant>;
  fields: Map<string, { read: boolean; edit: boolean }>;
  metadataTypes: Set<string>;
  custom: Set<string>;
  user: Set<string>;
  /** External credential principals, as Credential-Principal. */
  principals: Set<string>;
  flows: Set<string>;
}

export type PermissionSets = Map<string, Grants>;

/** @throws Error that names permission sets and the objects or fields of theirs that do not exist. */
export function readPermissionSets(components: Component[], schema: Schema): PermissionSets {
  const { sets, problems } = tryPermissionSets(components, schema);
  if (problems.length > 0) {
    const lines = problems.map(({ component, message }) => `${component.file}: ${message}`);
    throw new Error(`Permission sets cannot be loaded:\n${lines.join('\n')}`);
  }
  return sets;
}

/** Permission sets as far as they can be read, with every problem that was met. */
export function tryPermissionSets(
  components: Component[],
  schema: Schema,
): { sets: PermissionSets; problems: Problem[] } {
  const problems: Problem[] = [];
  const sets: PermissionSets = new Map();
  for (const component of components) {
    const { name, root, type } = component;
    if (type !== 'PermissionSet') continue;
    const grants: Grants = {
      objects: new Map(),
      fields: new Map(),
      metadataTypes: new Set(),
      custom: new Set(),
      user: new Set(),
      principals: new Set(),
      flows: new Set(),
    };
    for (const permission of all(root, 'objectPermissions')) {
      const object = textOf(permission, 'object') ?? '';
      if (!objectOf(schema, object)) problems.push({ component, message: `object ${object} does not exist` });
      grants.objects.set(object.toLowerCase(), {
        read: isTrue(permission, 'allowRead'),
        create: isTrue(permission, 'allowCreate'),
        edit: isTrue(permission, 'allowEdit'),
        delete: isTrue(permission, 'allowDelete'),
        viewAll: isTrue(permission, 'viewAllRecords'),
        modifyAll: isTrue(permission, 'modifyAllRecords'),
      });
    }
    for (const permission of all(root, 'fieldPermissions')) {
      const path = textOf(permission, 'field') ?? '';
      const [object = '', field = ''] = path.split('.');
      const owning = objectOf(schema, object);
      const found = owning && fieldOf(owning, field);
      if (!found) problems.push({ component, message: `field ${path} does not exist` });
      else if (!found.permissionable)
        problems.push({ component, message: `field ${path} is required and takes no permission` });
      grants.fields.set(path.toLowerCase(), {
        read: isTrue(permission, 'readable'),
        edit: isTrue(permission, 'editable'),
      });
    }
    const enabled = (element: string, key = 'name'): string[] =>
      all(root, element)
        .filter((permission) => isTrue(permission, 'enabled'))
        .map((permission) => textOf(permission, key) ?? '');
    for (const granted of enabled('customMetadataTypeAccesses')) {
      if (!objectOf(schema, granted))
        problems.push({ component, message: `custom metadata type ${granted} does not exist` });
      grants.metadataTypes.add(granted.toLowerCase());
    }
    for (const granted of enabled('customPermissions')) grants.custom.add(granted);
    for (const granted of enabled('userPermissions')) grants.user.add(granted);
    for (const granted of enabled('externalCredentialPrincipalAccesses', 'externalCredentialPrincipal'))
      grants.principals.add(granted);
    for (const granted of enabled('flowAccesses', 'flow')) grants.flows.add(granted);
    sets.set(name, grants);
  }
  return { sets, problems };
}

/** @throws Error when a permission set does not exist. */
export function grantsOf(sets: PermissionSets, assigned: string[]): Grants[] {
  return assigned.map((name) => {
    const grants = sets.get(name);
    if (!grants)
      throw new Error(
        `Permission set ${name} does not exist; there are ${[...sets.keys()].sort().join(', ')}`,
      );
    return grants;
  });
}

/** Attended__c of Activity is granted as Event.Attended__c; tasks share the grant. */
const fieldKeys = (object: ObjectDef, field: FieldDef): string[] =>
  (object.name === 'Task' && field.custom ? ['Task', 'Event'] : [object.name]).map((name) =>
    `${name}.${field.name}`.toLowerCase(),
  );

/**
 * Activities take no object permission but a user permission: Access Activities to see any, Edit Events and Edit Tasks to
 * write them (help.salesforce.com, platform.admin_userperms: "Access Activities", "Edit Events", "Edit Tasks").
 */
const ACTIVITIES: Partial<Record<string, string>> = { Event: 'EditEvent', Task: 'EditTask' };

/**
 * Access of a user who has these permission sets and nothing else: what none of them grants is hidden. Objects without
 * permissions of their own follow another (history follows its object) or are open to everybody (users, stages).
 *
 * @throws Error when a permission set does not exist.
 */
export function accessBy(sets: PermissionSets, assigned: string[], schema: Schema): Access {
  const mine = grantsOf(sets, assigned);
  const objectGrant = (object: ObjectDef, kind: keyof ObjectGrant): boolean => {
    if (object.name.endsWith('__mdt'))
      return kind === 'read' && mine.some((grants) => grants.metadataTypes.has(object.name.toLowerCase()));
    if (object.permissionable)
      return mine.some((grants) => grants.objects.get(object.name.toLowerCase())?.[kind] ?? false);
    if (object.administrative && kind !== 'read') return false;
    const editing = ACTIVITIES[object.name];
    if (editing !== undefined)
      return ['ActivitiesAccess', ...(kind === 'read' ? [] : [editing])].every((name) =>
        mine.some((grants) => grants.user.has(name)),
      );
    const followed = object.follows === undefined ? undefined : objectOf(schema, object.follows);
    return followed ? objectGrant(followed, kind) : true;
  };
  const fieldGrant = (object: ObjectDef, field: FieldDef, kind: 'read' | 'edit'): boolean => {
    if (!objectGrant(object, 'read')) return false;
    if (!field.permissionable || object.name.endsWith('__mdt')) return true;
    return fieldKeys(object, field).some((key) =>
      mine.some((grants) => grants.fields.get(key)?.[kind] ?? false),
    );
  };
  return {
    canRead: (object) => objectGrant(object, 'read'),
    canCreate: (object) => objectGrant(object, 'create'),
    canEdit: (object) => objectGrant(object, 'edit'),
    canDelete: (object) => objectGrant(object, 'delete'),
    canReadField: (object, field) => fieldGrant(object, field, 'read'),
    canEditField: (object, field) => fieldGrant(object, field, 'edit'),
  };
}
