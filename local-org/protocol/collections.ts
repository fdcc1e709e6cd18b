// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections-upsert.html

import { OrgError, recordError } from '../errors.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Json, Record_ } from '../soql/shape.ts';
import { remove } from '../write/remove.ts';
import { checkNames, create, update } from '../write/save.ts';
import { keyField } from '../write/external-id.ts';
import { upsert } from '../write/upsert.ts';
import type { Input, Saved } from '../write/world.ts';
import type { Context } from './context.ts';
import { seenObject } from './describe.ts';

const MAX_RECORDS = 200;

type Work = (object: ObjectDef, input: Input) => Saved;

interface Batch {
  allOrNone: boolean;
  records: Input[];
}

function batchOf(body: unknown): Batch {
  const { allOrNone = false, records } = (body ?? {}) as { allOrNone?: unknown; records?: unknown };
  if (!Array.isArray(records) || records.some((record) => typeof record !== 'object' || record === null))
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must have a list of records');
  if (records.length > MAX_RECORDS)
    throw new OrgError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_RECORDS} records into this call`,
    );
  return { allOrNone: allOrNone === true || allOrNone === 'true', records: records as Input[] };
}

function typeOf(record: Input): string {
  const type = (record['attributes'] as { type?: unknown } | undefined)?.type;
  if (typeof type !== 'string')
    throw new OrgError(400, 'INVALID_INPUT', 'every record needs attributes.type');
  return type;
}

const failure = (error: unknown): Json => {
  if (!(error instanceof OrgError)) throw error;
  return {
    success: false,
    errors: [{ statusCode: error.code, message: error.message, fields: error.fields }],
  };
};

/** Thrown to undo a batch whose records must all be good. */
class RolledBack extends Error {}

/** Results in the order of the records; one bad record leaves the others, unless all or none was asked for. */
function saveAll(context: Context, batch: Batch, work: Work, onlyType?: ObjectDef): Json[] {
  const prepared = batch.records.map((record) => {
    const object = seenObject(context.org.schema, context.user.access, typeOf(record));
    if (onlyType && object !== onlyType)
      throw new OrgError(400, 'INVALID_INPUT', `found a record of ${object.name}, expected ${onlyType.name}`);
    checkNames(object, record, context.user.access, { parents: true });
    return { object, record };
  });
  const results: Json[] = [];
  const run = (): void => {
    for (const { object, record } of prepared) {
      try {
        const saved = work(object, record);
        results.push({
          id: saved.id,
          success: true,
          errors: [],
          ...(onlyType ? { created: saved.created } : {}),
        });
      } catch (error) {
        results.push(failure(error));
      }
    }
    if (batch.allOrNone && results.some((result) => !(result as Record_)['success'])) throw new RolledBack();
  };
  try {
    context.org.store.transaction(run);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return results.map((result) =>
      (result as Record_)['success']
        ? failure(
            recordError(
              'ALL_OR_NONE_OPERATION_ROLLED_BACK',
              'Record rolled back because not all records were valid and the request was using AllOrNone header',
            ),
          )
        : result,
    );
  }
  return results;
}

const idOf = (record: Input): unknown => record['Id'] ?? record['id'];

/** POST composite/sobjects */
export const createAll = (context: Context): Json[] =>
  saveAll(context, batchOf(context.request.json()), (object, record) => {
    if (idOf(record) != null)
      throw recordError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
    context.org.rowLocks.check(object.name, '');
    return create(context.world, object, record);
  });

/** PATCH composite/sobjects */
export const updateAll = (context: Context): Json[] =>
  saveAll(context, batchOf(context.request.json()), (object, record) => {
    const id = idOf(record);
    if (typeof id !== 'string')
      throw recordError('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
    context.org.rowLocks.check(object.name, id);
    return update(context.world, object, id, record);
  });

/** PATCH composite/sobjects/{object}/{external id field} */
export function upsertAll(context: Context, objectName: string, fieldName: string): Json[] {
  const object = seenObject(context.org.schema, context.user.access, objectName);
  const field = keyField(object, fieldName);
  const batch = batchOf(context.request.json());
  const keys = batch.records.map((record) => keyOf(record, field));
  const twice = new Set(keys.filter((key, i) => key !== '' && keys.indexOf(key) !== i));
  if (batch.records.some((record) => field.type !== 'id' && idOf(record) != null))
    throw new OrgError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  return saveAll(
    context,
    batch,
    (_, record) => {
      const key = keyOf(record, field);
      if (twice.has(key))
        throw recordError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [field.name]);
      context.org.rowLocks.check(object.name, key);
      const raw = valueOf(record, field);
      return upsert(context.world, object, field, raw, without(record, field));
    },
    object,
  );
}

/** DELETE composite/sobjects?ids=…&allOrNone= */
export function deleteAll(context: Context): Json[] {
  const { query } = context.request;
  const ids = (query.get('ids') ?? '').split(',').filter((id) => id !== '');
  const objects = [...context.org.schema.objects.values()];
  const records = ids.map((id): Input => {
    const object = objects.find((one) => one.keyPrefix === id.slice(0, 3) && one.deletable);
    if (!object) throw new OrgError(400, 'MALFORMED_ID', `bad id ${id}`);
    return { attributes: { type: object.name }, Id: id };
  });
  return saveAll(
    context,
    batchOf({ allOrNone: query.get('allOrNone') ?? false, records }),
    (object, record) => {
      const id = String(record['Id']);
      context.org.rowLocks.check(object.name, id);
      return remove(context.world, object, id);
    },
  );
}

const valueOf = (record: Input, field: FieldDef): unknown =>
  Object.entries(record).find(([name]) => name.toLowerCase() === field.name.toLowerCase())?.[1];

const keyOf = (record: Input, field: FieldDef): string => {
  const value = valueOf(record, field);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return field.caseSensitive ? text : text.toLowerCase();
};

const without = (record: Input, field: FieldDef): Input =>
  Object.fromEntries(
    Object.entries(record).filter(([name]) => name.toLowerCase() !== field.name.toLowerCase()),
  );
