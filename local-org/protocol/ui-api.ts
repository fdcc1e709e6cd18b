// Source: https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_overview.htm

import type { Answer } from '../http/server.ts';
import { OrgError, notModelled } from '../errors.ts';
import { displayValue, uiValue } from '../graphql/display.ts';
import { objectInfo, uiObject } from '../graphql/object-info.ts';
import { fieldOf, objectOf } from '../schema/types.ts';
import type { ObjectDef } from '../schema/types.ts';
import { page, runQuery } from '../soql/run.ts';
import type { Json, Record_ } from '../soql/shape.ts';
import { remove } from '../write/remove.ts';
import { checkNames, create, update } from '../write/save.ts';
import type { Input } from '../write/world.ts';
import type { Context } from './context.ts';

const gone = (): OrgError => new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');

const objectNamed = (context: Context, name: string): ObjectDef => {
  const object = uiObject(context.org.schema, context.user.access, name);
  if (!object) throw gone();
  return object;
};

function objectOfId(context: Context, id: string): ObjectDef {
  const found = [...context.org.schema.objects.values()].find(
    (object) => object.keyPrefix === id.slice(0, 3),
  );
  return objectNamed(context, found?.name ?? '');
}

/** Field paths `Account.Owner.Name` without the object; the user may lack the optional ones. */
function paths(context: Context, object: ObjectDef): string[] {
  const { query } = context.request;
  const list = (name: string): string[] => (query.get(name) ?? '').split(',').filter((path) => path !== '');
  const strip = (path: string): string => {
    const [first, ...rest] = path.split('.');
    if (first !== object.name || rest.length === 0)
      throw new OrgError(400, 'INVALID_FIELD', `Invalid field path ${path}`);
    return rest.join('.');
  };
  const wanted = list('fields').map(strip);
  const optional = list('optionalFields')
    .map(strip)
    .filter((path) => isReadable(context, object, path.split('.')));
  if (wanted.length + optional.length === 0)
    throw new OrgError(
      400,
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      'fields or optionalFields is required; layouts are not modelled by the local org',
    );
  return [...new Set([...wanted, ...optional])];
}

function isReadable(context: Context, object: ObjectDef, [first = '', ...rest]: string[]): boolean {
  const { access } = context.user;
  if (rest.length === 0) {
    const field = fieldOf(object, first);
    return field !== undefined && access.canReadField(object, field);
  }
  const link = [...object.fields.values()].find((one) => one.relationshipName === first);
  const parent = objectOf(context.org.schema, link?.referenceTo?.[0] ?? '');
  return (
    link !== undefined &&
    parent !== undefined &&
    access.canReadField(object, link) &&
    isReadable(context, parent, rest)
  );
}

/** A record as the UI API represents it: each field with value and displayValue, parents as records in turn. */
function representation(context: Context, object: ObjectDef, record: Record_): Record_ {
  const fields: Record_ = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') continue;
    const field = fieldOf(object, name);
    if (field) fields[name] = { displayValue: displayValue(field, value), value: uiValue(field, value) };
    else fields[name] = parentOf(context, object, name, value);
  }
  const stamp = record['SystemModstamp'];
  const at = typeof stamp === 'string' ? stamp.replace('+0000', 'Z') : '';
  return {
    apiName: object.name,
    childRelationships: {},
    fields,
    id: record['Id'] ?? null,
    lastModifiedDate: at,
    recordTypeId: null,
    recordTypeInfo: null,
    systemModstamp: at,
    weakEtag: Date.parse(at) || 0,
  };
}

function parentOf(context: Context, object: ObjectDef, name: string, value: Json): Json {
  const link = [...object.fields.values()].find((one) => one.relationshipName === name);
  const parent = objectOf(context.org.schema, link?.referenceTo?.[0] ?? '');
  if (!parent || typeof value !== 'object' || value === null || Array.isArray(value))
    return { displayValue: null, value: null };
  const shown = value[parent.nameField ?? 'Id'];
  return {
    displayValue: typeof shown === 'string' ? shown : null,
    value: representation(context, parent, value),
  };
}

function read(context: Context, object: ObjectDef, id: string, fields: string[]): Record_ {
  if (!/^[a-zA-Z0-9]{15,18}$/.test(id)) throw gone();
  const select = [
    ...new Set(['Id', ...(object.fields.has('systemmodstamp') ? ['SystemModstamp'] : []), ...fields]),
  ];
  const result = runQuery(
    context.org,
    context.user.access,
    `SELECT ${select.join(', ')} FROM ${object.name} WHERE Id = '${id}'`,
  );
  const [record] = page(context.org, result, 0, 1, context.version);
  if (!record) throw gone();
  return representation(context, object, record);
}

/** Fields that a write answers with: those that were sent. */
const sentFields = (object: ObjectDef, input: Input): string[] =>
  Object.keys(input).filter((name) => fieldOf(object, name) !== undefined && name !== 'Id');

/** Everything below ui-api/ that cards and pages use: records, object-info, picklist values. */
export function uiApi(context: Context, method: string, rest: string[]): Answer {
  const [kind = '', name = '', part = '', , field = ''] = rest;
  const ok = (body: unknown): Answer => ({ status: 200, body });
  if (kind === 'object-info' && method === 'GET') {
    const object = objectNamed(context, name);
    if (part === '') return ok(objectInfo(context.org.schema, context.user.access, object));
    if (part === 'picklist-values') return ok(picklist(context, object, field));
  }
  if (kind === 'records') return records(context, method, name);
  throw notModelled(`${method} ui-api/${rest.join('/')}`);
}

function picklist(context: Context, object: ObjectDef, name: string): Record_ {
  const field = fieldOf(object, name);
  if (!field?.values || !context.user.access.canReadField(object, field)) throw gone();
  const preset = field.values.find((value) => value.isDefault);
  const entry = (value: { value: string; label: string }): Record_ => ({
    attributes: null,
    label: value.label,
    validFor: [],
    value: value.value,
  });
  return {
    controllerValues: {},
    defaultValue: preset ? entry(preset) : null,
    values: field.values.filter((value) => value.active).map(entry),
  };
}

function records(context: Context, method: string, id: string): Answer {
  const body = (context.request.json() ?? {}) as { apiName?: string; fields?: Input };
  const { world } = context;
  if (method === 'GET' && id !== '') {
    const object = objectOfId(context, id);
    return { status: 200, body: read(context, object, id, paths(context, object)) };
  }
  const input = body.fields ?? {};
  if (method === 'POST' && id === '') {
    const object = objectNamed(context, body.apiName ?? '');
    checkNames(object, input, context.user.access);
    const saved = create(world, object, input);
    return { status: 201, body: read(context, object, saved.id, sentFields(object, input)) };
  }
  if (id === '') throw notModelled(`${method} ui-api/records`);
  const object = objectOfId(context, id);
  if (method === 'PATCH') {
    checkNames(object, input, context.user.access);
    update(world, object, id, input);
    return { status: 200, body: read(context, object, id, sentFields(object, input)) };
  }
  if (method === 'DELETE') {
    remove(world, object, id);
    return { status: 204 };
  }
  throw notModelled(`${method} ui-api/records`);
}
