import type { IntercomSource } from '../../config/sources.ts';
import { ScorerError } from '../../errors.ts';
import type { Account, Conversation, Known, Window } from '../../facts/index.ts';
import type { NoteBook } from '../notes.ts';
import { accountsOfConversations, companyMap, type CompanyMap, type ContactCompanies } from './companies.ts';
import type { BadConversation, ParsedConversation } from './parse.ts';

/** More bad records than this share are no bad records but another format: nothing is read from it. */
const MOST_BAD = 0.5;

interface Table {
  readonly accounts: readonly Account[];
  /** Everybody who is mapped: with one of them alone, a conversation of two would count for him. */
  readonly mapped?: readonly Account[] | undefined;
  readonly window: Window;
  readonly settings: IntercomSource;
  readonly contactCompanies: ContactCompanies;
  /** Where the records come from, for messages. */
  readonly where: string;
  readonly notes: NoteBook;
}

/**
 * Deals conversations out to the accounts: those of the window that a customer began.
 *
 * @throws ScorerError SOURCE_UNEXPECTED when most records are not as expected; what `contactCompanies` throws
 */
export async function dealOut(
  parsed: readonly (ParsedConversation | BadConversation)[],
  table: Table,
): Promise<ReadonlyMap<string, Known<readonly Conversation[]>>> {
  const { accounts, mapped = accounts, notes } = table;
  const map = companyMap(mapped);
  const asked = new Set(accounts.map(({ id }) => id));
  const { good, bad } = sort(parsed, table);
  const accountOf = await accountsOfConversations(good, { ...table, map, asked });
  const groups = Map.groupBy(
    good.filter(({ conversation }) => accountOf.has(conversation.id)),
    ({ conversation }) => accountOf.get(conversation.id) ?? '',
  );
  const spoilt = new Set(bad.map(({ companyId }) => map.accountOf.get(companyId ?? '')));
  return new Map(
    accounts.map((account): [string, Known<readonly Conversation[]>] => {
      const conversations = (groups.get(account.id) ?? []).map(({ conversation }) => conversation);
      return [account.id, factsOf(account, conversations, { map, spoilt, notes })];
    }),
  );
}

function factsOf(
  { id, intercomCompanyId }: Account,
  conversations: readonly Conversation[],
  { map, spoilt, notes }: { map: CompanyMap; spoilt: ReadonlySet<string | undefined>; notes: NoteBook },
): Known<readonly Conversation[]> {
  if (intercomCompanyId === null) return { missing: 'not_mapped' };
  if (map.ambiguous.has(id)) {
    const message = `company ${intercomCompanyId} is mapped to several accounts; counted for none of them`;
    notes.add('ambiguous_mapping', message, id);
    return { missing: 'not_mapped' };
  }
  // Only bad records came: that is no silence, and zero conversations would be invented.
  if (conversations.length === 0 && spoilt.has(id)) return { missing: 'invalid' };
  return { known: conversations };
}

/** The good ones of the window that a customer began, and the bad ones, which are reported. */
function sort(
  all: readonly (ParsedConversation | BadConversation)[],
  { settings, window, where, notes }: Table,
): { good: ParsedConversation[]; bad: BadConversation[] } {
  const bad = all.filter((one) => 'bad' in one);
  if (bad.length > all.length * MOST_BAD) {
    throw new ScorerError(
      'SOURCE_UNEXPECTED',
      `${where}: ${bad.length} of ${all.length} conversations are not as expected, for example ${bad[0]?.bad ?? ''}`,
    );
  }
  for (const one of bad) notes.add('bad_record', one.bad);
  const good = all
    .flatMap((one) => ('bad' in one ? [] : [one]))
    .filter(({ conversation: { createdAt } }) => createdAt >= window.start && createdAt < window.end)
    .filter(
      ({ deliveredAs }) => deliveredAs === null || !settings.exclude_delivered_as.includes(deliveredAs),
    );
  return { good, bad };
}
