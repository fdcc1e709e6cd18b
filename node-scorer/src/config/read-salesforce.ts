import type { Checks, Fields, Path, TextForm } from './checks.ts';
import { complete, reader } from './reader.ts';
import type { RenewalSource, SalesforceSource } from './sources.ts';

/** Objects and fields go into SOQL as they are, so nothing but a name may pass. */
const API_NAME: TextForm = { pattern: /^[A-Za-z][A-Za-z0-9_]*$/, name: 'an API name of Salesforce' };
const MONTHS = { from: 1, to: 120, whole: true };
const MONEY = { from: 0, to: 1e15 };

const FIELD_KEYS = [
  'segment',
  'arr',
  'success_tier',
  'churned_on',
  'intercom',
  'looker',
  'jira_project',
  'jira_component',
] as const;

/**
 * Reads the Salesforce part of `sources.yaml`.
 *
 * @example readSalesforce(plain.salesforce, checks, ['salesforce'])?.qbr.attended // => 'Attended__c'
 */
export function readSalesforce(value: unknown, checks: Checks, path: Path): SalesforceSource | null {
  const fields = checks.fields(value, path, [
    'accounts',
    'fields',
    'renewal',
    'payment_problems',
    'contract_changes',
    'arr_history',
    'tier_limits',
    'qbr',
    'champion',
    'expansion',
    'signals',
    'history',
  ]);
  const read = reader(fields, path);
  const records = <K extends string>(key: string, names: readonly K[]) =>
    read(key, (item, here) => readRecords(item, names, checks, here));
  const dated = <K extends string>(key: string, names: readonly K[]) =>
    read(key, (item, here) => readDated(item, names, checks, here));

  const accounts = read('accounts', (item, here) => {
    const where = reader(checks.fields(item, here, ['where']), here)('where', (text, at) =>
      checks.text(text, at),
    );
    return where === null ? null : { where };
  });
  const accountFields = read('fields', (item, here) => readNames(item, FIELD_KEYS, checks, here));
  const renewal = read('renewal', (item, here) => readRenewal(item, checks, here));
  const payment_problems = dated('payment_problems', []);
  const contract_changes = dated('contract_changes', []);
  const arr_history = dated('arr_history', ['value']);
  const tier_limits = read('tier_limits', (item, here) => readLimits(item, checks, here));
  const qbr = dated('qbr', ['attended']);
  const champion = records('champion', ['since', 'until']);
  const expansion = records('expansion', []);
  const signals = records('signals', []);
  const history = read('history', (item, here) => readHistory(item, checks, here));
  return complete({
    accounts,
    fields: accountFields,
    renewal,
    payment_problems,
    contract_changes,
    arr_history,
    tier_limits,
    qbr,
    champion,
    expansion,
    signals,
    history,
  });
}

type Named<K extends string> = Readonly<Record<K, string>>;

/** A map of names of Salesforce, each under its key. */
function readNames<K extends string>(
  value: unknown,
  keys: readonly K[],
  checks: Checks,
  path: Path,
): Named<K> | null {
  return names(checks.fields(value, path, keys), keys, checks, path);
}

function names<K extends string>(
  fields: Fields | null,
  keys: readonly K[],
  checks: Checks,
  path: Path,
): Named<K> | null {
  const read = reader(fields, path);
  const found = keys.map(
    (key) => [key, read(key, (item, here) => checks.text(item, here, API_NAME))] as const,
  );
  return found.every(([, name]) => name !== null) ? (Object.fromEntries(found) as Named<K>) : null;
}

/** Records of an object that belong to an account. */
function readRecords<K extends string>(
  value: unknown,
  keys: readonly K[],
  checks: Checks,
  path: Path,
): (Named<K | 'object' | 'account'> & { readonly where?: string }) | null {
  const all = ['object', 'account', ...keys] as const;
  const fields = checks.fields(value, path, all, ['where']);
  const found = names(fields, all, checks, path);
  const where = readWhere(fields, checks, path);
  return found && where && { ...found, ...where };
}

/** The same, with a day and the months to look back over. */
function readDated<K extends string>(
  value: unknown,
  keys: readonly K[],
  checks: Checks,
  path: Path,
): (Named<K | 'object' | 'account' | 'date'> & { readonly where?: string; readonly months: number }) | null {
  const all = ['object', 'account', 'date', ...keys] as const;
  const fields = checks.fields(value, path, [...all, 'months'], ['where']);
  const found = names(fields, all, checks, path);
  const where = readWhere(fields, checks, path);
  const months = reader(fields, path)('months', (item, here) => checks.number(item, here, MONTHS));
  return found && where && (months === null ? null : { ...found, ...where, months });
}

function readRenewal(value: unknown, checks: Checks, path: Path): RenewalSource | null {
  const keys = ['object', 'account', 'date'] as const;
  const fields = checks.fields(value, path, keys, ['where', 'else']);
  const found = names(fields, keys, checks, path);
  const where = readWhere(fields, checks, path);
  if (fields === null || !Object.hasOwn(fields, 'else')) return found && where && { ...found, ...where };
  const other = readRecords(fields['else'], ['date'], checks, [...path, 'else']);
  return found && where && other && { ...found, ...where, else: other };
}

/** A clause that the admin wrote; absent is right, empty is not. */
function readWhere(fields: Fields | null, checks: Checks, path: Path): { readonly where?: string } | null {
  if (fields === null || !Object.hasOwn(fields, 'where')) return {};
  const where = checks.text(fields['where'], [...path, 'where']);
  return where === null ? null : { where };
}

function readLimits(value: unknown, checks: Checks, path: Path): Readonly<Record<string, number>> | null {
  const entries = checks.entries(value, path);
  if (entries === null) return null;
  const limits = entries.map(
    ([tier, limit]) => [tier, checks.number(limit, [...path, tier], MONEY)] as const,
  );
  return limits.every(([, limit]) => limit !== null)
    ? (Object.fromEntries(limits) as Record<string, number>)
    : null;
}

function readHistory(value: unknown, checks: Checks, path: Path): SalesforceSource['history'] | null {
  const fields = checks.fields(value, path, [], ['opportunity', 'account']);
  if (fields === null) return null;
  const read = <K extends string>(key: string, keys: readonly K[]): Named<K> | null | undefined =>
    Object.hasOwn(fields, key) ? readNames(fields[key], keys, checks, [...path, key]) : undefined;
  const opportunity = read('opportunity', ['object', 'opportunity', 'at', 'stage', 'close']);
  const account = read('account', ['object', 'account', 'at', 'field', 'old']);
  return opportunity === null || account === null
    ? null
    : { ...(opportunity && { opportunity }), ...(account && { account }) };
}
