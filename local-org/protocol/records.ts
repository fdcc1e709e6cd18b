// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html

import type { Answer } from '../http/server.ts';
import { OrgError } from '../errors.ts';
import { fieldOf } from '../schema/types.ts';
import type { ObjectDef } from '../schema/types.ts';
import { page, runQuery } from '../soql/run.ts';
import type { Record_ } from '../soql/shape.ts';
import { remove } from '../write/remove.ts';
import { checkNames, create, update } from '../write/save.ts';
import { keyField } from '../write/external-id.ts';
import { upsert } from '../write/upsert.ts';
import type { Input, Saved } from '../write/world.ts';
import { toCell } from '../write/value.ts';
import type { Context } from './context.ts';
import { seenObject } from './describe.ts';

function bodyOf(context: Context): Input {
  const body = context.request.json();
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must be one JSON object');
  return body as Input;
}

const savedBody = (saved: Saved): Record_ => ({
  id: saved.id,
  success: true,
  errors: [],
  created: saved.created,
});

/** POST sobjects/{object} */
export function createOne(context: Context, name: string): Answer {
  const object = seenObject(context.org.schema, context.user.access, name);
  const input = bodyOf(context);
  checkNames(object, input, context.user.access, { parents: true });
  context.org.rowLocks.check(object.name, '');
  const saved = create(context.world, object, input);
  return { status: 201, body: { id: saved.id, success: true, errors: [] } };
}

/** PATCH sobjects/{object}/{id} */
export function updateOne(context: Context, name: string, id: string): Answer {
  const object = seenObject(context.org.schema, context.user.access, name);
  const input = bodyOf(context);
  checkNames(object, input, context.user.access, { parents: true });
  context.org.rowLocks.check(object.name, id);
  update(context.world, object, idCell(object, id), input);
  return { status: 204 };
}

/** PATCH sobjects/{object}/{external id field}/{value}: 201 when created, 200 when changed. */
export function upsertOne(context: Context, name: string, fieldName: string, value: string): Answer {
  const object = seenObject(context.org.schema, context.user.access, name);
  const field = keyField(object, fieldName);
  const input = bodyOf(context);
  checkNames(object, input, context.user.access, { parents: true });
  if (
    fieldOf(object, field.name) &&
    Object.keys(input).some((key) => key.toLowerCase() === field.name.toLowerCase())
  )
    throw new OrgError(
      400,
      'INVALID_FIELD',
      `The ${field.name} field should not be specified in the sobject data.`,
    );
  context.org.rowLocks.check(object.name, value);
  const saved = upsert(context.world, object, field, value, input);
  return { status: saved.created ? 201 : 200, body: savedBody(saved) };
}

/** DELETE sobjects/{object}/{id} */
export function deleteOne(context: Context, name: string, id: string): Answer {
  const object = seenObject(context.org.schema, context.user.access, name);
  context.org.rowLocks.check(object.name, id);
  remove(context.world, object, idCell(object, id));
  return { status: 204 };
}

const idCell = (object: ObjectDef, id: string): string => {
  const field = fieldOf(object, 'Id');
  return field ? String(toCell(field, id)) : id;
};

/** GET sobjects/{object}/{id} and sobjects/{object}/{external id field}/{value} */
export function readOne(context: Context, name: string, by: string, value: string): Record_ {
  const object = seenObject(context.org.schema, context.user.access, name);
  const key = by.toLowerCase() === 'id' ? fieldOf(object, 'Id') : keyField(object, by);
  const asked = context.request.query.get('fields');
  const fields =
    asked?.split(',') ??
    [...object.fields.values()].filter((f) => context.user.access.canReadField(object, f)).map((f) => f.name);
  const cell = key && toCell(key, value);
  const literal = typeof cell === 'number' ? String(cell) : `'${String(cell).replace(/[\\']/g, '\\$&')}'`;
  const result = runQuery(
    context.org,
    context.user.access,
    `SELECT ${fields.join(', ')} FROM ${object.name} WHERE ${key?.name ?? 'Id'} = ${literal}`,
  );
  const [record, second] = page(context.org, result, 0, 2, context.version);
  if (second)
    throw new OrgError(300, 'DUPLICATE_EXTERNAL_ID', 'More than one record found for external id field');
  if (!record) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return record;
}
