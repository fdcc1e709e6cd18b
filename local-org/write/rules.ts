// Source: https://help.salesforce.com/HTViewHelpDoc?id=customize_functions.htm&language=en_US

import { fullAccess } from '../access.ts';
import { recordError } from '../errors.ts';
import { parseFormula } from '../metadata/formula.ts';
import { formulaSql } from '../soql/formula-sql.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import { openScope } from '../soql/scope.ts';
import type { Store } from '../store.ts';

export interface RuleWorld {
  schema: Schema;
  store: Store;
  clock: () => number;
}

function compile(world: RuleWorld, object: ObjectDef, formula: string): string {
  const now = world.clock();
  const scope = openScope({ schema: world.schema, access: fullAccess, now, aliases: { next: 0 } }, object);
  const at = new Date(now).toISOString();
  const { sql, kind } = formulaSql(parseFormula(formula), {
    blanksAreZero: false,
    today: at.slice(0, 10),
    now: at,
    lookup: (path) => {
      const { sql: own, field } = scope.resolve(path);
      return { sql: own, type: field.type };
    },
  });
  if (kind !== 'boolean') throw new Error(`formula: a rule must be true or false, this is ${kind}`);
  return `SELECT ${sql} FROM ${scope.from()} WHERE ${scope.alias}."Id" = ?`;
}

/**
 * Validation rules that this org can evaluate. Those whose formulas it does not understand are kept and named: a rule
 * that is silently skipped would let through what a real org refuses.
 */
export function loadRules(world: RuleWorld): { object: string; rule: string; why: string }[] {
  const notExecuted: { object: string; rule: string; why: string }[] = [];
  for (const object of world.schema.objects.values())
    for (const rule of object.rules) {
      if (!rule.active) continue;
      try {
        world.store.rows(compile(world, object, rule.formula), ['']);
      } catch (error) {
        notExecuted.push({
          object: object.name,
          rule: rule.name,
          why: error instanceof Error ? error.message : String(error),
        });
      }
    }
  return notExecuted;
}

/** Formula fields that cannot be computed here: a field that gives no true value is refused with its metadata. */
export function formulaProblems(world: RuleWorld): { object: string; field: string; message: string }[] {
  const problems: { object: string; field: string; message: string }[] = [];
  for (const object of world.schema.objects.values())
    for (const field of object.fields.values()) {
      if (!field.formula) continue;
      try {
        const context = {
          schema: world.schema,
          access: fullAccess,
          now: world.clock(),
          aliases: { next: 0 },
        };
        const scope = openScope(context, object);
        const { sql } = scope.resolve([field.name]);
        world.store.rows(`SELECT ${sql} FROM ${scope.from()} LIMIT 0`, []);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        problems.push({ object: object.name, field: field.name, message });
      }
    }
  return problems;
}

/** @throws OrgError FIELD_CUSTOM_VALIDATION_EXCEPTION with the rule's own message when the stored record breaks one. */
export function checkRules(world: RuleWorld, object: ObjectDef, id: string, skip: Set<string>): void {
  for (const rule of object.rules) {
    if (!rule.active || skip.has(`${object.name}.${rule.name}`)) continue;
    const broken = world.store.rows(compile(world, object, rule.formula), [id])[0]?.[0];
    if (broken === 1)
      throw recordError(
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        rule.message,
        rule.field === undefined ? [] : [rule.field],
      );
  }
}
