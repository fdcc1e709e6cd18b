// Local: keeps rows in SQLite.

import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Cell, FieldDef, ObjectDef, Row, Schema } from './schema/types.ts';

export interface Store {
  /** Makes the object's table, or gives it the columns that it lacks. */
  prepareTable: (object: ObjectDef) => void;
  insert: (object: ObjectDef, row: Row) => void;
  update: (object: ObjectDef, id: string, row: Row) => void;
  /** Removes a row for good, of objects that know no recycle bin. */
  erase: (object: ObjectDef, id: string) => void;
  /** The stored row of an id, deleted ones included. */
  find: (object: ObjectDef, id: string) => Row | undefined;
  /** Whether a record is there, without reading the rest of it. */
  stateOf: (object: ObjectDef, id: string) => 'living' | 'deleted' | 'absent';
  /** Id of another, living record that holds this value. */
  holder: (object: ObjectDef, field: FieldDef, value: Cell, otherThan: string) => string | undefined;
  /** Rows as lists of cells, in the order of the select list. */
  rows: (sql: string, parameters: Cell[]) => Cell[][];
  /** All or nothing; may be nested. */
  transaction: <T>(work: () => T) => T;
  close: () => void;
}

/** @example quoted('Name') // => '"Name"' */
export const quoted = (name: string): string => `"${name}"`;

const isStored = (field: FieldDef): boolean => field.formula === undefined;

function column(field: FieldDef): string {
  if (field.type === 'id') return `"Id" TEXT PRIMARY KEY`;
  const number = ['boolean', 'int', 'double', 'currency', 'percent'].includes(field.type);
  if (number) return `${quoted(field.name)} REAL`;
  // SOQL compares text without regard to case; ids and dates are exact.
  const exact = ['reference', 'date', 'datetime', 'anyType'].includes(field.type);
  return `${quoted(field.name)} TEXT${exact ? '' : ' COLLATE NOCASE'}`;
}

/** On every record, and no question goes by them: an index would cost each write and serve nobody. */
const AUDIT = new Set(['CreatedById', 'LastModifiedById']);

const isIndexed = (field: FieldDef): boolean =>
  isStored(field) &&
  ((field.type === 'reference' && !AUDIT.has(field.name)) || field.unique || field.externalId);

/**
 * Keeps the org's records in SQLite, one table per object; in memory unless a file is named.
 *
 * @example openStore(schema).rows('SELECT count(*) FROM "Account"', []) // => [[0]]
 */
export function openStore(schema: Schema, file = ':memory:'): Store {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;');
  const statements = new Map<string, StatementSync>();
  const inserts = new Map<string, StatementSync>();
  let depth = 0;

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    // Ad-hoc queries would fill the memory for ever; what writes use comes back soon.
    if (statements.size > 500) statements.clear();
    statements.set(sql, statement);
    return statement;
  };

  const prepareTable = (object: ObjectDef): void => {
    const stored = [...object.fields.values()].filter(isStored);
    const columns = db.prepare(`PRAGMA table_info(${quoted(object.name)})`).all();
    const present = new Set(columns.map((row) => String(row['name']).toLowerCase()));
    const fresh = stored.filter((field) => !present.has(field.name.toLowerCase()));
    if (present.size === 0) db.exec(`CREATE TABLE ${quoted(object.name)} (${fresh.map(column).join(', ')})`);
    else for (const field of fresh) db.exec(`ALTER TABLE ${quoted(object.name)} ADD COLUMN ${column(field)}`);
    for (const field of fresh.filter(isIndexed))
      db.exec(
        `CREATE INDEX ${quoted(`${object.name}.${field.name}`)} ON ${quoted(object.name)} (${quoted(field.name)})`,
      );
    if (present.size > 0) {
      for (const field of fresh.filter((one) => one.type === 'boolean'))
        db.exec(
          `UPDATE ${quoted(object.name)} SET ${quoted(field.name)} = ${field.defaultValue === 1 ? 1 : 0}`,
        );
      statements.clear();
      inserts.clear();
    }
  };
  for (const object of schema.objects.values()) prepareTable(object);

  return {
    prepareTable,
    insert: (object, row) => {
      const names = Object.keys(row);
      // New records carry every column in one order, so one statement serves nearly all of an object.
      const key = `${object.name} ${names.join()}`;
      let statement = inserts.get(key);
      if (!statement) {
        const marks = names.map(() => '?').join(', ');
        const columns = names.map(quoted).join(', ');
        statement = db.prepare(`INSERT INTO ${quoted(object.name)} (${columns}) VALUES (${marks})`);
        inserts.set(key, statement);
      }
      statement.run(...Object.values(row));
    },
    update: (object, id, row) => {
      const names = Object.keys(row);
      if (names.length === 0) return;
      prepared(
        `UPDATE ${quoted(object.name)} SET ${names.map((name) => `${quoted(name)} = ?`).join(', ')} WHERE "Id" = ?`,
      ).run(...Object.values(row), id);
    },
    erase: (object, id) => {
      prepared(`DELETE FROM ${quoted(object.name)} WHERE "Id" = ?`).run(id);
    },
    find: (object, id) =>
      prepared(`SELECT * FROM ${quoted(object.name)} WHERE "Id" = ?`).get(id) as Row | undefined,
    stateOf: (object, id) => {
      const state = object.fields.has('isdeleted') ? '"IsDeleted"' : '0';
      const row = prepared(`SELECT ${state} AS deleted FROM ${quoted(object.name)} WHERE "Id" = ?`).get(id);
      if (row === undefined) return 'absent';
      return row['deleted'] === 1 ? 'deleted' : 'living';
    },
    holder: (object, field, value, otherThan) => {
      const living = object.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
      const exact = field.caseSensitive ? ' COLLATE BINARY' : '';
      const found = prepared(
        `SELECT "Id" FROM ${quoted(object.name)} WHERE ${quoted(field.name)} = ?${exact}${living} AND "Id" <> ? LIMIT 1`,
      ).get(value, otherThan) as { Id: string } | undefined;
      return found?.Id;
    },
    rows: (sql, parameters) => {
      const statement = prepared(sql);
      statement.setReturnArrays(true);
      return statement.all(...parameters) as unknown as Cell[][];
    },
    transaction: (work) => {
      const name = `level_${depth}`;
      db.exec(depth === 0 ? 'BEGIN' : `SAVEPOINT ${name}`);
      depth += 1;
      try {
        const result = work();
        depth -= 1;
        db.exec(depth === 0 ? 'COMMIT' : `RELEASE ${name}`);
        return result;
      } catch (error) {
        depth -= 1;
        db.exec(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
        throw error;
      }
    },
    close: () => {
      statements.clear();
      inserts.clear();
      db.close();
    },
  };
}
