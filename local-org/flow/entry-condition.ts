// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

import { notModelled } from '../errors.ts';
import { fieldsIn, parseFlowFormula } from '../metadata/formula.ts';
import type { Expression } from '../metadata/formula.ts';
import { fieldOf } from '../schema/types.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Store } from '../store.ts';
import { evaluate } from './formula.ts';
import { valueOfCell } from './value.ts';

interface Compiled {
  readonly tree: Expression;
  readonly fields: readonly FieldDef[];
  readonly sql: string;
}

/**
 * Entry conditions of record-triggered flows over a record that was just saved. All fields of a condition are read at
 * once: thousands of rows are saved under the same one.
 *
 * @throws OrgError 501 for what is no stored field of the record itself, when the condition is first met
 */
export function makeEntryConditions(store: Store, clock: () => number) {
  const known = new Map<string, Compiled>();

  function compile(object: ObjectDef, formula: string): Compiled {
    const tree = parseFlowFormula(formula);
    const fields = [...new Set(fieldsIn(tree).map((path) => path.join('.')))].map((path) => {
      const [scope, name = '', ...rest] = path.split('.');
      const field = fieldOf(object, name);
      if (scope !== '$Record' || rest.length > 0 || !field || field.formula)
        throw notModelled(`${path} in an entry condition`);
      return field;
    });
    const columns = fields.map((field) => `"${field.name}"`).join(', ');
    return { tree, fields, sql: `SELECT ${columns || '1'} FROM "${object.name}" WHERE "Id" = ?` };
  }

  return (object: ObjectDef, id: string, formula: string): boolean => {
    const key = `${object.name} ${formula}`;
    const { tree, fields, sql } = known.get(key) ?? compile(object, formula);
    if (!known.has(key)) known.set(key, { tree, fields, sql });
    const [row = []] = store.rows(sql, [id]);
    const now = clock();
    const holds = evaluate(tree, {
      meaning: (path) => {
        const name = path.split('.')[1]?.toLowerCase();
        const at = fields.findIndex((field) => field.name.toLowerCase() === name);
        const field = fields[at];
        if (!field) throw notModelled(`${path} in an entry condition`);
        return { value: valueOfCell(field, row[at] ?? null), picklist: field.type === 'picklist' };
      },
      now,
      today: new Date(now).toISOString().slice(0, 10),
    });
    return holds === true;
  };
}
