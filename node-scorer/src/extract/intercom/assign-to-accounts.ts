import type { IntercomSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Account, Conversation, Known, Window } from '../../facts/index.ts';
import type { Warnings } from '../warnings.ts';
import { accountsOfConversations, companyMap, type CompanyMap, type ContactCompanies } from './companies.ts';
import type { ParsedConversation } from './parse.ts';

/** More bad records than this share are no bad records but another format: nothing is read from it. */
const MOST_BAD = 0.5;
/** Of fewer records with a bad field nobody can say that the format has changed. */
const FEWEST_BAD = 10;

interface Table {
  readonly accounts: readonly Account[];
  /** Everybody who is mapped: with one of them alone, a conversation of two would count for him. */
  readonly mapped?: readonly Account[] | undefined;
  readonly window: Window;
  readonly settings: IntercomSource;
  readonly contactCompanies: ContactCompanies;
  /** Which of these company ids the source does not know; asked of those that no conversation names. */
  readonly unknownCompanies: (companyIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Where the records come from, for messages. */
  readonly where: string;
  readonly notes: Warnings;
}

/**
 * Assigns conversations to the accounts: those of the window that a customer began.
 *
 * @param parsed null for what is no record at all
 * @throws ScorerError SOURCE_UNEXPECTED when most records are not as expected, or when nobody can tell whose one of
 *   them is: each account might be the one that looks better without it; what `contactCompanies` and
 *   `unknownCompanies` throw
 */
export async function assignToAccounts(
  parsed: readonly (ParsedConversation | null)[],
  table: Table,
): Promise<ReadonlyMap<string, Known<readonly Conversation[]>>> {
  const { accounts, mapped = accounts, notes } = table;
  const map = companyMap(mapped);
  const asked = new Set(accounts.map(({ id }) => id));
  const records = wholeRecords(parsed, table);
  const { accountOf, unplaced } = await accountsOfConversations(ofWindow(records, table), {
    ...table,
    map,
    asked,
  });
  const [first] = unplaced;
  if (first !== undefined) throw unexpected(table, unplaced.length, parsed.length, first.bad);
  const groups = Map.groupBy(accountOf.keys(), (one) => accountOf.get(one) ?? '');
  const isSeen = seenCompanies(records, accountOf, map);
  const toAsk = accounts.filter(
    ({ id, intercomCompanyId }) => intercomCompanyId !== null && !map.ambiguous.has(id) && !isSeen(id),
  );
  const unknown = await table.unknownCompanies(toAsk.map(({ intercomCompanyId }) => intercomCompanyId ?? ''));
  return new Map(
    accounts.map((account): [string, Known<readonly Conversation[]>] => [
      account.id,
      factsOf(account, groups.get(account.id) ?? [], { map, unknown, notes }),
    ]),
  );
}

/** Accounts whose company Intercom itself has just named, whatever came of the conversation. */
function seenCompanies(
  records: readonly ParsedConversation[],
  accountOf: ReadonlyMap<ParsedConversation, string>,
  map: CompanyMap,
): (accountId: string) => boolean {
  const seen = new Set(accountOf.values());
  for (const { companyId } of records) {
    const account = companyId === null ? undefined : map.accountOf.get(companyId);
    if (account !== undefined) seen.add(account);
  }
  return (accountId) => seen.has(accountId);
}

function factsOf(
  { id, intercomCompanyId }: Account,
  own: readonly ParsedConversation[],
  { map, unknown, notes }: { map: CompanyMap; unknown: ReadonlySet<string>; notes: Warnings },
): Known<readonly Conversation[]> {
  if (intercomCompanyId === null) return { missing: 'not_mapped' };
  if (map.ambiguous.has(id)) {
    const message = `company ${intercomCompanyId} is mapped to several accounts; counted for none of them`;
    notes.add('ambiguous_mapping', message, id);
    return { missing: 'not_mapped' };
  }
  if (unknown.has(intercomCompanyId)) {
    const message = `company ${JSON.stringify(intercomCompanyId)} does not exist in Intercom; correct the mapping`;
    notes.add('unknown_company', message, id);
    return { missing: 'not_mapped' };
  }
  const bad = own.filter((one) => one.bad !== null);
  if (bad.length > 0) {
    const message = `${bad.length} of ${own.length} conversations have a field that cannot be read; a metric that needs it is invalid where the loss could make it better`;
    notes.add('unread_fields', message, id);
  }
  return { known: own.map(({ conversation }) => conversation) };
}

/** Refuses an answer that is mostly of another form, and reports each record that is not as it should be. */
function wholeRecords(
  parsed: readonly (ParsedConversation | null)[],
  table: Table,
): readonly ParsedConversation[] {
  const records = parsed.filter((one) => one !== null);
  const bad = records.filter((one) => one.bad !== null);
  const lost = bad.filter(({ conversation }) => conversation.createdAt === null);
  const none = parsed.length - records.length;
  const most = parsed.length * MOST_BAD;
  const isAnotherFormat = none > 0 || lost.length > most || (bad.length > most && bad.length >= FEWEST_BAD);
  if (isAnotherFormat) throw unexpected(table, none + bad.length, parsed.length, bad[0]?.bad ?? 'no record');
  for (const one of bad) table.notes.add('bad_record', one.bad ?? '');
  return records;
}

const unexpected = ({ where }: Table, count: number, all: number, example: string | null): ScorerError =>
  new ScorerError(
    'SOURCE_UNEXPECTED',
    `${where}: ${count} of ${all} conversations are not as expected, for example ${example ?? ''}`,
  );

/** Those of the window that a customer began; one of which nobody can tell that stays, for it could be. */
function ofWindow(
  records: readonly ParsedConversation[],
  { settings, window, notes }: Table,
): ParsedConversation[] {
  return records
    .filter(({ conversation: { createdAt } }) =>
      createdAt === null ? true : createdAt >= window.start && createdAt < window.end,
    )
    .filter(({ conversation: { id }, deliveredAs, withoutCustomer }) => {
      if (deliveredAs !== null) return !settings.exclude_delivered_as.includes(deliveredAs);
      if (!withoutCustomer) return true;
      notes.add(
        'no_customer',
        `conversation ${id} says neither how it began nor that a customer ever wrote; not counted`,
      );
      return false;
    });
}
