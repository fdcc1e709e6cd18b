// Source: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobject_tree.htm

import type { Answer } from '../http/server.ts';
import { noSuchColumn, OrgError } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import { checkNames, create } from '../write/save.ts';
import type { Input } from '../write/world.ts';
import type { Context } from './context.ts';
import { seenObject } from './describe.ts';

interface Attributes {
  type?: string;
  referenceId?: string;
}

class RolledBack extends Error {}

const isChildren = (value: unknown): value is { records: Input[] } =>
  typeof value === 'object' && value !== null && Array.isArray((value as { records?: unknown }).records);

const count = (records: Input[]): number =>
  records.reduce(
    (sum, record) =>
      sum +
      1 +
      Object.values(record)
        .filter(isChildren)
        .reduce((n, list) => n + count(list.records), 0),
    0,
  );

/** POST composite/tree/{object}: records with their children, all of them or none; at most 200. */
export function createTree(context: Context, name: string): Answer {
  const root = seenObject(context.org.schema, context.user.access, name);
  const { records } = (context.request.json() ?? {}) as { records?: Input[] };
  if (!Array.isArray(records))
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must have a list of records');
  if (count(records) > 200) throw new OrgError(400, 'INVALID_INPUT', 'A tree has at most 200 records');
  const made: { referenceId: string; id: string }[] = [];
  const failed: { referenceId: string; errors: unknown[] }[] = [];

  function plant(object: ObjectDef, record: Input, link: Input): void {
    const { referenceId = '' } = (record['attributes'] ?? {}) as Attributes;
    const children = Object.entries(record).filter(([, value]) => isChildren(value)) as [
      string,
      { records: Input[] },
    ][];
    const own = Object.fromEntries(Object.entries(record).filter(([, value]) => !isChildren(value)));
    try {
      checkNames(object, own, context.user.access);
      const { id } = create(context.world, object, { ...own, ...link });
      made.push({ referenceId, id });
      for (const [relationship, list] of children) {
        const { child, field } = childOf(context, object, relationship);
        for (const inner of list.records) plant(child, inner, { [field]: id });
      }
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      failed.push({
        referenceId,
        errors: [{ statusCode: error.code, message: error.message, fields: error.fields }],
      });
    }
  }

  try {
    context.org.store.transaction(() => {
      for (const record of records) plant(root, record, {});
      if (failed.length > 0) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return { status: 400, body: { hasErrors: true, results: failed } };
  }
  return { status: 201, body: { hasErrors: false, results: made } };
}

function childOf(
  context: Context,
  parent: ObjectDef,
  relationship: string,
): { child: ObjectDef; field: string } {
  for (const child of context.org.schema.objects.values())
    for (const field of child.fields.values())
      if (
        field.referenceTo?.includes(parent.name) &&
        field.childRelationshipName?.toLowerCase() === relationship.toLowerCase()
      )
        return { child: seenObject(context.org.schema, context.user.access, child.name), field: field.name };
  throw noSuchColumn(relationship, parent.name);
}
