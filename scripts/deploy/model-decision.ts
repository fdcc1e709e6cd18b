import type { ModelRecord, Value } from './records.ts';

/** One place where the org's model is not the shipped one. */
export type Difference =
  | { kind: 'changed'; record: string; field: string; shipped: Value; org: Value }
  | { kind: 'missing'; record: string }
  | { kind: 'added'; record: string };

/** What to do with the custom metadata records of the target org. */
export type Decision =
  | { action: 'install' }
  | { action: 'none' }
  | { action: 'keep'; differences: Difference[] }
  | { action: 'reset'; differences: Difference[] };

const byName = (records: readonly ModelRecord[]): Map<string, ModelRecord> =>
  new Map(records.map((record) => [record.name, record]));

/** Field by field, in the order of the shipped records; records that only the org has come last. */
export function differencesOf(shipped: readonly ModelRecord[], org: readonly ModelRecord[]): Difference[] {
  const [ours, theirs] = [byName(shipped), byName(org)];
  const changed = shipped.flatMap((record): Difference[] => {
    const other = theirs.get(record.name);
    if (!other) return [{ kind: 'missing', record: record.name }];
    const label: Difference[] =
      record.label === other.label
        ? []
        : [
            {
              kind: 'changed',
              record: record.name,
              field: 'Label',
              shipped: record.label,
              org: other.label,
            },
          ];
    const fields = [...record.values].flatMap(([field, value]): Difference[] => {
      const found = other.values.get(field) ?? null;
      return found === value
        ? []
        : [{ kind: 'changed', record: record.name, field, shipped: value, org: found }];
    });
    return [...label, ...fields];
  });
  const added = org
    .filter((record) => !ours.has(record.name))
    .map((record): Difference => ({ kind: 'added', record: record.name }));
  return [...changed, ...added];
}

/**
 * Shipped records go into an org once. After that the org's are the authority: what differs was edited there, or shipped
 * differently since, and the two cannot be told apart; so every difference is kept unless a reset is asked for. An org
 * with some of the records is no first install: somebody deleted the others.
 *
 * @example decide([tier], [], { resetModel: false }) // => { action: 'install' }
 */
export function decide(
  shipped: readonly ModelRecord[],
  org: readonly ModelRecord[],
  { resetModel }: { resetModel: boolean },
): Decision {
  if (org.length === 0) return { action: 'install' };
  const differences = differencesOf(shipped, org);
  if (differences.length === 0) return { action: 'none' };
  const overwritable = differences.some((difference) => difference.kind !== 'added');
  return { action: resetModel && overwritable ? 'reset' : 'keep', differences };
}

const shown = (value: Value): string => {
  const text = value === null ? '(empty)' : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** @example describe({ kind: 'changed', record: 'Health_Tier.Healthy', field: 'From__c', shipped: 76, org: 80 }) // => 'Health_Tier.Healthy From__c: org 80, shipped 76' */
export function describe(difference: Difference): string {
  switch (difference.kind) {
    case 'changed':
      return `${difference.record} ${difference.field}: org ${shown(difference.org)}, shipped ${shown(difference.shipped)}`;
    case 'missing':
      return `${difference.record}: not in the org, shipped`;
    case 'added':
      return `${difference.record}: only in the org`;
    default:
      return difference satisfies never;
  }
}
