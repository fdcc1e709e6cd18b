// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships.htm

import type { Access } from '../access.ts';
import { OrgError, notModelled } from '../errors.ts';
import { parseFormula } from '../metadata/formula.ts';
import { formulaSql } from './formula-sql.ts';
import { fieldOf, objectOf, relationOf } from '../schema/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { quoted } from '../store.ts';

export interface Resolved {
  sql: string;
  field: FieldDef;
  object: ObjectDef;
  /** Alias of the table the field stands in, and the relationships that lead there, as the schema spells them. */
  alias: string;
  path: string[];
}

interface Place {
  alias: string;
  object: ObjectDef;
  /** Relationships as the schema spells them, whatever the query's case. */
  path: string[];
}

export interface Scope {
  root: ObjectDef;
  alias: string;
  /** A field by its path, seen with the running user's eyes. */
  resolve: (path: string[]) => Resolved;
  /** Id of the record at the end of a path of relationships; undefined path is the record itself. */
  idOf: (path: string[]) => string;
  /** FROM clause with every join that was needed so far. */
  from: () => string;
}

export interface ScopeContext {
  schema: Schema;
  access: Access;
  /** Milliseconds since 1970. */
  now: number;
  /** Shared by a query and its subqueries, so that no alias is used twice. */
  aliases: { next: number };
}

const HINT =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. " +
  'Please reference your WSDL or the describe call for the appropriate names.';

export const noColumn = (name: string, object: string): OrgError =>
  new OrgError(400, 'INVALID_FIELD', `No such column '${name}' on entity '${object}'. ${HINT}`);

const noRelationship = (name: string, object: string): OrgError =>
  new OrgError(
    400,
    'INVALID_FIELD',
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure ` +
      `to append the '__r' after the custom relationship name. Entity: '${object}'.`,
  );

export const noObject = (name: string): OrgError =>
  new OrgError(
    400,
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' ` +
      'after the entity name. Please reference your WSDL or the describe call for the appropriate names.',
  );

/** The object of that name, if the running user may read it. */
export function readable(context: ScopeContext, name: string): ObjectDef {
  const object = objectOf(context.schema, name);
  if (!object || !context.access.canRead(object)) throw noObject(name);
  return object;
}

/**
 * Names in a query, resolved against one object: own fields, parents by relationship (as left joins), formula fields as
 * the expressions they are.
 */
export function openScope(context: ScopeContext, root: ObjectDef): Scope {
  const nextAlias = (): string => `t${context.aliases.next++}`;
  const alias = nextAlias();
  const joined = new Map<string, Place & { join: string }>();

  function parent(path: string[], checked: boolean): Place {
    let here: Place = { alias, object: root, path: [] };
    let key = '';
    for (const step of path) {
      key = `${key}.${checked ? '' : '*'}${step.toLowerCase()}`;
      const known = joined.get(key);
      if (known) {
        here = known;
        continue;
      }
      const field = relationOf(here.object, step);
      if (!field || (checked && !context.access.canReadField(here.object, field)))
        throw noRelationship(step, here.object.name);
      const targets = field.referenceTo ?? [];
      if (targets.length !== 1) throw notModelled(`fields of the polymorphic relationship ${step}`);
      const object = objectOf(context.schema, targets[0] ?? '');
      if (!object || (checked && !context.access.canRead(object)))
        throw noRelationship(step, here.object.name);
      const own = nextAlias();
      const on = `${own}."Id" = ${here.alias}.${quoted(field.name)}`;
      // A parent that the user may not see is empty for him; formulas look through that.
      const visible = checked ? context.access.rows?.filter(object, own) : undefined;
      const join = `LEFT JOIN ${quoted(object.name)} ${own} ON ${on}${visible === undefined ? '' : ` AND ${visible}`}`;
      here = { alias: own, object, path: [...here.path, field.relationshipName ?? step] };
      joined.set(key, { ...here, join });
    }
    return here;
  }

  function expression(at: Place, field: FieldDef): string {
    if (!field.formula) return `${at.alias}.${quoted(field.name)}`;
    const now = new Date(context.now).toISOString();
    const { sql } = formulaSql(parseFormula(field.formula.text), {
      blanksAreZero: field.formula.blanksAreZero,
      today: now.slice(0, 10),
      now,
      // A formula shows its result even where the user may not see the fields it reads.
      lookup: (inner) => {
        const found = find([...at.path, ...inner], false);
        return { sql: found.sql, type: found.field.type };
      },
    });
    // A checkbox is never empty, not even one that is computed.
    return field.type === 'boolean' ? `COALESCE(${sql}, 0)` : sql;
  }

  function find(path: string[], checked: boolean): Resolved {
    const relationships = path.slice(0, -1);
    const name = path.at(-1) ?? '';
    const at = parent(relationships, checked);
    const field = fieldOf(at.object, name);
    if (!field || (checked && !context.access.canReadField(at.object, field)))
      throw noColumn(name, at.object.name);
    return { sql: expression(at, field), field, object: at.object, alias: at.alias, path: at.path };
  }

  return {
    root,
    alias,
    resolve: (path) => find(path, true),
    idOf: (path) => `${parent(path, true).alias}."Id"`,
    from: () =>
      [`${quoted(root.name)} ${alias}`, ...[...joined.values()].map((entry) => entry.join)].join(' '),
  };
}
