/** Contract facts: renewals, payment problems, contract changes, ARR, success tier. */
import type { SalesforceSource } from './settings.ts';
import type { AccountFacts, Known, Window } from '../../facts/index.ts';
import { byAccount, isUnreadable, mapKnown, toDay, toText, toTime, type ObjectReader } from './access.ts';
import type { ObjectDescription, Row } from './client.ts';
import { earliestNumber, fieldBefore, toNumber, type FieldChange } from './history.ts';
import { readOpportunities } from './opportunities.ts';
import { convert, CURRENCY, readRates } from './currency.ts';
import { instead } from './known-names.ts';
import { isOwn, SCORE_KEY } from './own-score.ts';
import { soqlTime } from './soql.ts';

type Settings = SalesforceSource;

const HEALTH_SCORE = 'Health_Score__c';
type PerAccount<T> = (accountId: string) => Known<T>;

/** First and last day of the twelve (or so) whole months that end with the window. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/**
 * The whole months that end on the window's last day.
 *
 * @example monthsTo({ asOf: '2026-10-31', … }, 12) // => { from: '2025-11-01', to: '2026-10-31' }
 */
export function monthsTo(window: Window, months: number): Span {
  const after = new Date(window.end);
  const day = after.getUTCDate();
  const from = new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() - months, 1));
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 0)).getUTCDate();
  // 29 February less twelve months is 28 February, not 1 March.
  from.setUTCDate(Math.min(day, lastDay));
  return { from: from.toISOString().slice(0, 10), to: window.asOf };
}

/** Conditions for "dated within these days", by the field's own type. */
export function within(field: string, span: Span, window: Window) {
  return (describe: ObjectDescription): string[] => {
    const type = describe.fields.get(field)?.type === 'datetime' ? 'datetime' : 'date';
    return [
      `${field} >= ${soqlTime(type, Date.parse(span.from))}`,
      `${field} < ${soqlTime(type, window.end)}`,
    ];
  };
}

type CountSettings = Settings['payment_problems'];

async function readDays(
  reader: ObjectReader,
  purpose: string,
  settings: CountSettings,
  window: Window,
): Promise<PerAccount<readonly (string | null)[]>> {
  const span = monthsTo(window, settings.months);
  const rows = await reader.read({
    purpose,
    object: settings.object,
    account: settings.account,
    fields: ['Id', settings.date],
    where: (describe) => [settings.where, ...within(settings.date, span, window)(describe)],
    named: settings.where,
  });
  const groups = mapKnown(rows, (known) => byAccount(known, settings.account));
  return (id) => mapKnown(groups, (map) => (map.get(id) ?? []).map((row) => toDay(row[settings.date])));
}

/** Open renewals as of the window's end; where an account has none, the end of its active contract. */
async function readRenewals(
  reader: ObjectReader,
  settings: Settings,
  window: Window,
): Promise<PerAccount<readonly string[]>> {
  const renewal = settings.renewal;
  const contract = renewal.else;
  const [open, contracts] = await Promise.all([
    readOpportunities(reader, 'days_to_renewal', renewal, settings, window),
    contract === undefined || window.complete
      ? undefined
      : reader.read({
          purpose: 'days_to_renewal (contract)',
          object: contract.object,
          account: contract.account,
          fields: ['Id', contract.date],
          where: () => [contract.where],
          named: contract.where,
        }),
  ]);
  const badEnds =
    contract !== undefined && contracts !== undefined && 'known' in contracts
      ? reader.unreadable(
          'days_to_renewal (contract)',
          contract.date,
          contracts.known,
          contract.account,
          (row) => isUnreadable(row, contract.date, toDay),
        )
      : new Set<string>();
  const ends = contracts && mapKnown(contracts, (rows) => byAccount(rows, contract?.account ?? ''));
  return (id) => {
    const renewals = open(id);
    if ('missing' in renewals) return renewals;
    const days = renewals.known.filter((day) => day !== null);
    // The one that cannot be read may be the next.
    if (days.length < renewals.known.length) return { missing: 'invalid' };
    if (days.length > 0) return { known: days };
    if (contract === undefined) return { known: [] };
    // A contract's end as it was then is not kept anywhere: for a past month it is unknown, not today's.
    if (ends === undefined) return { missing: 'no_history' };
    if (badEnds.has(id)) return { missing: 'invalid' };
    return mapKnown(ends, (map) => {
      const days = (map.get(id) ?? []).map((row) => toDay(row[contract.date])).filter((day) => day !== null);
      return days.length === 0 ? [] : [days.reduce((latest, day) => (day > latest ? day : latest))];
    });
  };
}

interface RevenueFacts {
  readonly arr: Known<number>;
  readonly oldestArr: Known<number>;
  readonly tierLimit: Known<number | null>;
}

/** ARR and success tier at the window's end, and the oldest ARR of the months before. */
async function readRevenue(
  reader: ObjectReader,
  settings: Settings,
  window: Window,
  accountRows: ReadonlyMap<string, Row>,
): Promise<(id: string) => RevenueFacts> {
  const { arr_history: snapshots, fields } = settings;
  const span = monthsTo(window, snapshots.months);
  // Scores of an account that was merged into this one hang below it and tell of the other one's revenue.
  const isOurs = snapshots.object === HEALTH_SCORE;
  const [rates, snapshotRows, changes] = await Promise.all([
    readRates(reader, accountRows),
    reader.read({
      purpose: 'arr_trajectory_pct (snapshots)',
      object: snapshots.object,
      account: snapshots.account,
      fields: [snapshots.date, snapshots.value, ...(isOurs ? [SCORE_KEY] : [])],
      optional: CURRENCY,
      where: () => [
        `${snapshots.date} >= ${span.from}`,
        `${snapshots.date} < ${span.to}`,
        `${snapshots.value} != null`,
      ],
    }),
    readFieldChanges(reader, settings),
  ]);
  const bad = unreadableRevenue(reader, settings, snapshotRows, changes, accountRows);
  const unknownTiers = await unknownTierNames(reader, settings, accountRows);
  const snapshotsOf = mapKnown(snapshotRows, (rows) =>
    byAccount(
      rows.filter((row) => !isOurs || isOwn(row, snapshots.account)),
      snapshots.account,
    ),
  );

  return (id) => {
    const row = accountRows.get(id) ?? {};
    const history = 'missing' in changes ? [] : (changes.known.of.get(id) ?? []);
    const asOf = (field: string): Known<unknown> => {
      if (!(field in row)) return { missing: 'no_field' };
      if (!window.complete) return { known: row[field] };
      if ('missing' in changes && changes.missing === 'source_down') return changes;
      const past = fieldBefore(history, field, row[field], window.end);
      return 'unknown' in past ? { missing: 'no_history' } : { known: past.value };
    };
    const own = toText(row[CURRENCY]);
    if (bad.has(id) || (rates !== null && own === null))
      return { arr: INVALID, oldestArr: INVALID, tierLimit: INVALID };
    const arr = required(asOf(fields.arr), toNumber);
    const tier = required(asOf(fields.success_tier), toText);
    return { arr, oldestArr: oldest(), tierLimit: limitOf(tier) };

    function limitOf(name: Known<string>): Known<number | null> {
      if ('missing' in name) return name;
      const limit = settings.tier_limits[name.known];
      // Limits are in the org's own currency, revenue is in the account's.
      if (limit !== undefined) return convert(limit, null, own, rates);
      // One of the names that nobody has may be meant for this tier.
      return unknownTiers ? { missing: 'unknown_name' } : { known: null };
    }

    function oldest(): Known<number> {
      const fromHistory = earliestNumber(history, fields.arr, row[fields.arr], {
        from: Date.parse(span.from),
        before: Date.parse(span.to),
      });
      const known = (mapOf(snapshotsOf).get(id) ?? []).flatMap((snapshot) => {
        const at = toTime(snapshot[snapshots.date]);
        const value = toNumber(snapshot[snapshots.value]);
        const code = toText(snapshot[CURRENCY]) ?? own;
        return at === null || value === null ? [] : [{ at, value, code }];
      });
      const all = fromHistory === null ? known : [...known, { ...fromHistory, code: own }];
      const oldest = all.reduce<(typeof all)[number] | null>(
        (a, b) => (a === null || b.at < a.at ? b : a),
        null,
      );
      if (oldest !== null) return convert(oldest.value, oldest.code, own, rates);
      // Without either history the oldest value may still exist: a failed read must not say "no history".
      const failed = [snapshotRows, changes].find(
        (read) => 'missing' in read && read.missing === 'source_down',
      );
      return { missing: failed === undefined ? 'no_history' : 'source_down' };
    }
  };
}

const mapOf = <T>(known: Known<ReadonlyMap<string, T>>): ReadonlyMap<string, T> =>
  'missing' in known ? new Map<string, T>() : known.known;

const INVALID = { missing: 'invalid' } as const;

/** A value that must be there: null is "nothing recorded", and what is no value is `invalid`. */
const required = <T>(fact: Known<unknown>, convert: (value: unknown) => T | null): Known<T> => {
  if ('missing' in fact) return fact;
  const value = convert(fact.known);
  if (value !== null) return { known: value };
  return fact.known === null || fact.known === '' ? { missing: 'no_activity' } : INVALID;
};

/** Accounts of whose revenue, then or since, something cannot be read: what is left may look better than it is. */
function unreadableRevenue(
  reader: ObjectReader,
  { arr_history: snapshots, history, fields }: Settings,
  snapshotRows: Known<readonly Row[]>,
  changes: Known<FieldChanges>,
  accountRows: ReadonlyMap<string, Row>,
): ReadonlySet<string> {
  const purpose = 'ARR and success tier';
  const bad = [
    'missing' in snapshotRows
      ? new Set<string>()
      : reader.unreadable(
          `${purpose} (snapshots)`,
          'day or value',
          snapshotRows.known,
          snapshots.account,
          (row) => toTime(row[snapshots.date]) === null || toNumber(row[snapshots.value]) === null,
        ),
    'missing' in changes || history.account === undefined
      ? new Set<string>()
      : reader.unreadable(
          `${purpose} (history)`,
          'time, field or value',
          changes.known.rows,
          history.account.account,
          (row) => {
            const { at, field, old } = history.account as NonNullable<typeof history.account>;
            return (
              toTime(row[at]) === null ||
              // Only rows of these fields were asked for.
              !tracked(fields).includes(String(row[field])) ||
              (row[field] === fields.arr && isUnreadable(row, old, toNumber))
            );
          },
        ),
    reader.unreadable(purpose, fields.arr, [...accountRows.values()], 'Id', (row) =>
      fields.arr in row ? isUnreadable(row, fields.arr, toNumber) : false,
    ),
  ];
  return new Set(bad.flatMap((ids) => [...ids]));
}

/** Does `tier_limits` name a success tier that the org has not? Told; names stand there as they are written. */
async function unknownTierNames(
  reader: ObjectReader,
  { tier_limits: limits, fields }: Settings,
  accountRows: ReadonlyMap<string, Row>,
): Promise<boolean> {
  const known = await reader.namesOf('Account', fields.success_tier);
  if (known.length === 0) return false;
  const shown = new Set([...accountRows.values()].map((row) => toText(row[fields.success_tier])));
  const unknown = Object.keys(limits).filter((name) => !known.includes(name) && !shown.has(name));
  for (const name of unknown) {
    reader.note(
      'unknown_name',
      `tier_alignment: found no ${fields.success_tier} ${JSON.stringify(name)} of Account, expected a name that the org has; ${instead(name, known)}`,
    );
  }
  return unknown.length > 0;
}

/** Fields whose history is read; `created` says from when on it is known. */
const tracked = ({ arr, success_tier }: Settings['fields']): readonly string[] => [
  arr,
  success_tier,
  'created',
];

interface FieldChanges {
  readonly rows: readonly Row[];
  readonly of: ReadonlyMap<string, readonly FieldChange[]>;
}

async function readFieldChanges(reader: ObjectReader, settings: Settings): Promise<Known<FieldChanges>> {
  const history = settings.history.account;
  if (history === undefined) return { missing: 'no_history' };
  const rows = await reader.read({
    purpose: 'ARR and success tier of the past',
    object: history.object,
    account: history.account,
    fields: [history.at, history.field, history.old],
    where: () => [
      `${history.field} IN (${tracked(settings.fields)
        .map((name) => `'${name}'`)
        .join(', ')})`,
    ],
  });
  return mapKnown(rows, (known) => {
    const groups = new Map<string, FieldChange[]>();
    for (const [id, group] of byAccount(known, history.account)) {
      groups.set(
        id,
        group.flatMap((row) => {
          const at = toTime(row[history.at]);
          const field = toText(row[history.field]);
          return at === null || field === null ? [] : [{ at, field, old: row[history.old] }];
        }),
      );
    }
    return { rows: known, of: groups };
  });
}

type ContractFacts = Omit<AccountFacts, 'qbrs' | 'champions' | 'openExpansions'>;

/** All contract facts of the population, by account. */
export async function readContracts(
  reader: ObjectReader,
  settings: Settings,
  window: Window,
  accountRows: ReadonlyMap<string, Row>,
): Promise<(accountId: string) => ContractFacts> {
  const [renewals, paymentProblems, contractChanges, revenue] = await Promise.all([
    readRenewals(reader, settings, window),
    readDays(reader, 'payment_health', settings.payment_problems, window),
    readDays(reader, 'contract_changes', settings.contract_changes, window),
    readRevenue(reader, settings, window, accountRows),
  ]);
  return (id) => ({
    renewals: renewals(id),
    paymentProblems: paymentProblems(id),
    contractChanges: contractChanges(id),
    ...revenue(id),
  });
}
