// Source: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm

import type { Access } from '../access.ts';
import { OrgError } from '../errors.ts';
import { objectOf } from '../schema/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { Json, Record_ } from '../soql/shape.ts';

/** @throws OrgError 404 for an object that does not exist or that the user may not see: the two look alike. */
export function seenObject(schema: Schema, access: Access, name: string): ObjectDef {
  const object = objectOf(schema, name);
  if (!object || !access.canRead(object))
    throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return object;
}

function brief(object: ObjectDef, access: Access, version: string): Record_ {
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.plural,
    keyPrefix: object.keyPrefix,
    custom: object.custom,
    customSetting: false,
    queryable: true,
    retrieveable: true,
    searchable: object.deletable,
    createable: object.createable && access.canCreate(object),
    updateable: object.updateable && access.canEdit(object),
    deletable: object.deletable && access.canDelete(object),
    undeletable: false,
    triggerable: false,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

/** Answer of GET sobjects: every object the user may read. */
export const describeGlobal = (schema: Schema, access: Access, version: string): Record_ => ({
  encoding: 'UTF-8',
  maxBatchSize: 200,
  sobjects: [...schema.objects.values()]
    .filter((object) => access.canRead(object))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((object) => brief(object, access, version)),
});

const isNumber = (field: FieldDef): boolean => ['int', 'double', 'currency', 'percent'].includes(field.type);

function describeField(object: ObjectDef, field: FieldDef, access: Access): Record_ {
  const edit = access.canEditField(object, field);
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    custom: field.custom,
    length: field.length ?? 0,
    byteLength: (field.length ?? 0) * 3,
    precision: isNumber(field) && field.type !== 'int' ? (field.precision ?? 0) : 0,
    digits: field.type === 'int' ? (field.precision ?? 0) : 0,
    scale: field.scale ?? 0,
    nillable: field.nillable,
    createable: field.createable && edit,
    updateable: field.updateable && edit,
    defaultedOnCreate:
      field.defaultValue !== undefined || field.autoNumber !== undefined || field.name === 'OwnerId',
    defaultValue: field.type === 'boolean' ? field.defaultValue === 1 : null,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    idLookup: field.externalId || field.type === 'id',
    autoNumber: field.autoNumber !== undefined,
    calculated: field.formula !== undefined,
    calculatedFormula: field.formula?.text ?? null,
    nameField: object.nameField === field.name,
    filterable: field.filterable,
    sortable: field.sortable,
    groupable:
      field.filterable &&
      !['datetime', 'double', 'currency', 'percent', 'multipicklist'].includes(field.type),
    aggregatable: field.filterable && field.type !== 'boolean',
    permissionable: field.permissionable,
    htmlFormatted: false,
    inlineHelpText: field.helpText ?? null,
    restrictedPicklist: field.restricted ?? false,
    picklistValues: (field.values ?? []).map((value) => ({
      value: value.value,
      label: value.label,
      active: value.active,
      defaultValue: value.isDefault,
      validFor: null,
    })),
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.masterDetail ? 0 : null,
    cascadeDelete: field.masterDetail !== undefined,
    polymorphicForeignKey: (field.referenceTo ?? []).length > 1,
    writeRequiresMasterRead: field.masterDetail?.readIsEnough ?? false,
  };
}

/**
 * Answer of GET sobjects/{object}/describe: only the fields that the running user may read, so one look tells "not
 * deployed" and "no permission" together, as in a real org.
 */
export function describeObject(schema: Schema, access: Access, name: string, version: string): Record_ {
  const object = seenObject(schema, access, name);
  const children: Json[] = [];
  for (const child of schema.objects.values()) {
    if (!access.canRead(child)) continue;
    for (const field of child.fields.values())
      if (field.referenceTo?.includes(object.name) && access.canReadField(child, field))
        children.push({
          childSObject: child.name,
          field: field.name,
          relationshipName: field.childRelationshipName ?? null,
          cascadeDelete: field.masterDetail !== undefined,
          restrictedDelete: field.deleteConstraint === 'Restrict',
          deprecatedAndHidden: false,
        });
  }
  return {
    ...brief(object, access, version),
    fields: [...object.fields.values()]
      .filter((field) => access.canReadField(object, field))
      .map((field) => describeField(object, field, access)),
    childRelationships: children,
    recordTypeInfos: [],
  };
}
