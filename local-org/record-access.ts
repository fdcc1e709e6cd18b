// Source: https://developer.salesforce.com/docs/atlas.en-us.securityImplGuide.meta/securityImplGuide/security_data_access.htm
// Unproven: Who may see an account may see its details (controlled by parent), and nobody else.
// See: open a detail as a user who may not see its account.
// If not: take the permission on the object from him, and look at the sharing settings.

import type { RowAccess, RowState } from './access.ts';
import type { Grants } from './schema/permission-sets.ts';
import type { FieldDef, ObjectDef, Schema } from './schema/types.ts';
import { objectOf } from './schema/types.ts';
import { quoted } from './store.ts';
import type { Store } from './store.ts';

interface World {
  schema: Schema;
  store: Store;
  userId: string;
  sets: Grants[];
}

/** Standard objects whose records are seen with their account, where accounts are private. */
const WITH_ACCOUNT: Record<string, string> = {
  Contact: 'AccountId',
  Opportunity: 'AccountId',
  Contract: 'AccountId',
  Case: 'AccountId',
  Event: 'AccountId',
  Task: 'AccountId',
  AccountContactRelation: 'AccountId',
  AccountHistory: 'AccountId',
};
/** History of others: seen with the record it is about. */
const WITH_PARENT: Record<string, { object: string; field: string }> = {
  OpportunityHistory: { object: 'Opportunity', field: 'OpportunityId' },
};

const literal = (id: string): string => `'${id.replaceAll("'", '')}'`;

/**
 * Record access by owner: a private object shows a user his own records, details follow their master, View All and
 * Modify All of a permission set lift the limit. Role hierarchies, sharing rules, teams and manual shares do not exist
 * here; metadata that would bring them is refused when it is loaded.
 */
export function makeRowAccess({ schema, store, userId, sets }: World): RowAccess {
  const lifted = (object: ObjectDef, kind: 'viewAll' | 'modifyAll'): boolean =>
    sets.some((grants) => {
      const own = grants.objects.get(object.name.toLowerCase());
      return own !== undefined && (own.modifyAll || (kind === 'viewAll' && own.viewAll));
    });

  const masterOf = (object: ObjectDef): { field: FieldDef; master: ObjectDef } | undefined => {
    const field = [...object.fields.values()].find((one) => one.masterDetail);
    const master = field && objectOf(schema, field.referenceTo?.[0] ?? '');
    return field && master ? { field, master } : undefined;
  };

  const among = (alias: string, field: string, parent: ObjectDef, condition: string): string =>
    `${alias}.${quoted(field)} IN (SELECT p."Id" FROM ${quoted(parent.name)} p WHERE ${condition})`;

  const own = (alias: string): string => `${alias}."OwnerId" = ${literal(userId)}`;

  function filter(object: ObjectDef, alias: string): string | undefined {
    if (lifted(object, 'viewAll')) return undefined;
    const master = masterOf(object);
    if (master) {
      const above = filter(master.master, 'p');
      return above === undefined ? undefined : among(alias, master.field.name, master.master, above);
    }
    if (object.sharing === 'Private') return own(alias);
    const parent = WITH_PARENT[object.name] ?? { object: 'Account', field: WITH_ACCOUNT[object.name] ?? '' };
    const standard = parent.field === '' ? undefined : objectOf(schema, parent.object);
    const above = standard && filter(standard, 'p');
    if (!standard || above === undefined) return undefined;
    const followed = among(alias, parent.field, standard, above);
    return object.fields.has('ownerid') ? `(${followed} OR ${own(alias)})` : followed;
  }

  const sees = (object: ObjectDef, id: string, condition: string | undefined): boolean =>
    condition === undefined ||
    store.rows(`SELECT 1 FROM ${quoted(object.name)} t WHERE t."Id" = ? AND ${condition}`, [id]).length > 0;

  function of(object: ObjectDef, id: string): RowState {
    if (!sees(object, id, filter(object, 't'))) return 'none';
    if (lifted(object, 'modifyAll')) return 'edit';
    const master = masterOf(object);
    if (master) {
      const parent = store.rows(
        `SELECT ${quoted(master.field.name)} FROM ${quoted(object.name)} WHERE "Id" = ?`,
        [id],
      )[0]?.[0];
      return typeof parent === 'string' && mayWriteDetail(master.field, parent) ? 'edit' : 'read';
    }
    if (object.sharing === 'Read' || lifted(object, 'viewAll')) {
      // Seen by everybody, or by leave to view all: changing takes owning, unless everybody may.
      if (object.sharing === 'ReadWrite') return 'edit';
      return sees(object, id, own('t')) ? 'edit' : 'read';
    }
    return 'edit';
  }

  function mayWriteDetail(field: FieldDef, masterId: string): boolean {
    const master = objectOf(schema, field.referenceTo?.[0] ?? '');
    if (!master) return false;
    const state = of(master, masterId);
    return state === 'edit' || (state === 'read' && field.masterDetail?.readIsEnough === true);
  }

  return { filter, of, mayWriteDetail };
}
