// Source: https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_object_info.htm

import type { Access } from '../access.ts';
import { objectOf } from '../schema/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { Record_ } from '../soql/shape.ts';
import { UI_TYPES } from './display.ts';

function fieldInfo(object: ObjectDef, field: FieldDef, access: Access): Record_ {
  const edit = access.canEditField(object, field);
  return {
    apiName: field.name,
    calculated: field.formula !== undefined,
    compound: false,
    controllerName: null,
    controllingFields: [],
    createable: field.createable && edit,
    custom: field.custom,
    dataType: UI_TYPES[field.type],
    externalId: field.externalId,
    filterable: field.filterable,
    inlineHelpText: field.helpText ?? null,
    label: field.label,
    length: field.length ?? 0,
    nameField: object.nameField === field.name,
    precision: field.precision ?? 0,
    reference: field.type === 'reference',
    referenceToInfos: (field.referenceTo ?? []).map((apiName) => ({ apiName, nameFields: ['Name'] })),
    relationshipName: field.relationshipName ?? null,
    required: field.required,
    scale: field.scale ?? 0,
    sortable: field.sortable,
    unique: field.unique,
    updateable: field.updateable && edit,
  };
}

/** What the UI API tells of an object: the fields that the user may read, its children, what he may do. */
export function objectInfo(schema: Schema, access: Access, object: ObjectDef): Record_ {
  const fields = [...object.fields.values()].filter((field) => access.canReadField(object, field));
  const children = [...schema.objects.values()]
    .filter((child) => access.canRead(child))
    .flatMap((child) =>
      [...child.fields.values()]
        .filter(
          (field) => field.childRelationshipName !== undefined && field.referenceTo?.includes(object.name),
        )
        .map((field) => ({
          childObjectApiName: child.name,
          fieldName: field.name,
          relationshipName: field.childRelationshipName ?? '',
        })),
    );
  return {
    apiName: object.name,
    childRelationships: children,
    createable: object.createable && access.canCreate(object),
    custom: object.custom,
    defaultRecordTypeId: '012000000000000AAA',
    deletable: object.deletable && access.canDelete(object),
    fields: Object.fromEntries(fields.map((field) => [field.name, fieldInfo(object, field, access)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.plural,
    nameFields: object.nameField === undefined ? [] : [object.nameField],
    queryable: true,
    recordTypeInfos: {
      '012000000000000AAA': {
        available: true,
        defaultRecordTypeMapping: true,
        master: true,
        name: 'Master',
        recordTypeId: '012000000000000AAA',
      },
    },
    updateable: object.updateable && access.canEdit(object),
  };
}

/** The UI API does not serve custom metadata, and history only through its object. */
export function uiObject(schema: Schema, access: Access, name: string): ObjectDef | undefined {
  const object = objectOf(schema, name);
  if (!object || object.name.endsWith('__mdt') || !access.canRead(object)) return undefined;
  return object;
}
