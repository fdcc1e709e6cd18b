import type { IntercomSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Account } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { Warnings } from '../warnings.ts';
import { isGone, type Company } from './company-calls.ts';
import type { ParsedConversation } from './parse.ts';

const LOOK_UPS_AT_ONCE = 8;
/**
 * From so many contacts on, not all of them can be gone: even where every second one were, twenty in a row would be
 * so once in a million runs. Below, a workspace with a few conversations of people who left is quite ordinary.
 */
const NEVER_ALL_GONE = 20;

/** Which account a company is; accounts that share a company have none. */
export interface CompanyMap {
  readonly accountOf: ReadonlyMap<string, string>;
  /** Accounts whose company is claimed by another account too. */
  readonly ambiguous: ReadonlySet<string>;
}

/**
 * Turns the mapping round. A company claimed by two accounts would be counted twice or for the wrong one, so it
 * is counted for neither.
 */
export function companyMap(accounts: readonly Account[]): CompanyMap {
  const claims = Map.groupBy(
    accounts.filter(({ intercomCompanyId }) => intercomCompanyId !== null),
    ({ intercomCompanyId }) => intercomCompanyId ?? '',
  );
  const shared = [...claims.values()].filter((claimants) => claimants.length > 1);
  return {
    accountOf: new Map(
      [...claims].flatMap(([company, claimants]) =>
        claimants.length === 1 && claimants[0] !== undefined ? [[company, claimants[0].id]] : [],
      ),
    ),
    ambiguous: new Set(shared.flat().map(({ id }) => id)),
  };
}

/** The companies of a contact; asked only where a conversation names none. */
export type ContactCompanies = (contactId: string) => Promise<readonly Company[]>;

/** Whose each conversation is, as far as it can be told. */
export interface Owners {
  /** A conversation of a customer that is not mapped is absent. */
  readonly accountOf: ReadonlyMap<ParsedConversation, string>;
  /** Conversations of which nobody can tell: company or contacts cannot be read. */
  readonly unplaced: readonly ParsedConversation[];
}

interface Deps {
  readonly contactCompanies: ContactCompanies;
  readonly settings: Pick<IntercomSource, 'company_id'>;
  readonly map: CompanyMap;
  /** Ids of the accounts asked for: of nobody else's conversations need anything be said. */
  readonly asked: ReadonlySet<string>;
  readonly notes: Warnings;
}

/**
 * Finds the account of each conversation: by its company, and only where it names none by the companies of its
 * contacts, each contact asked once. With one mapped account among them it belongs there; with several it
 * belongs to none and is reported (docs/decisions/0002).
 *
 * @throws ScorerError SOURCE_UNEXPECTED when twenty contacts or more were asked for and not one was there: that is a
 * look-up that does not work, and the conversations of these people would be missing without a word
 */
export async function accountsOfConversations(
  parsed: readonly ParsedConversation[],
  deps: Deps,
): Promise<Owners> {
  const byContact = parsed.filter(({ namesCompany }) => !namesCompany);
  const contactIds = [...new Set(byContact.flatMap((one) => one.contactIds))];
  const lists = await inParallel(contactIds, LOOK_UPS_AT_ONCE, (id) => accountsOfContact(id, deps));
  if (lists.length >= NEVER_ALL_GONE && lists.every((list) => list === GONE)) {
    throw new ScorerError(
      'SOURCE_UNEXPECTED',
      `Intercom: GET /contacts: found none of ${lists.length} contacts of conversations, expected most of them; check that the token may "Read and list users and companies" and belongs to this workspace and region`,
    );
  }
  const accounts = new Map(contactIds.map((id, index) => [id, lists[index] ?? GONE]));
  const accountOf = new Map<ParsedConversation, string>();
  const unplaced: ParsedConversation[] = [];
  for (const one of parsed) {
    const { conversation, companyId, namesCompany, contactIds: contacts, ownerUnread } = one;
    const candidates = namesCompany
      ? [deps.map.accountOf.get(companyId ?? '')].filter((id) => id !== undefined)
      : [...new Set(contacts.flatMap((id) => accounts.get(id) ?? []))];
    if (candidates.length === 1 && candidates[0] !== undefined) accountOf.set(one, candidates[0]);
    if (candidates.length === 0 && ownerUnread) unplaced.push(one);
    if (candidates.length > 1 && candidates.some((id) => deps.asked.has(id))) {
      deps.notes.add(
        'ambiguous_contact',
        `conversation ${conversation.id}: its contacts belong to ${candidates.length} mapped accounts (${candidates.join(', ')}); counted for none, set its company in Intercom`,
      );
    }
  }
  return { accountOf, unplaced };
}

/** What a contact that is no longer there belongs to; told from a contact without companies by being this very list. */
const GONE: readonly string[] = [];

async function accountsOfContact(
  contactId: string,
  { contactCompanies, settings: { company_id: kind }, map, notes }: Deps,
): Promise<readonly string[]> {
  try {
    const companies = await contactCompanies(contactId);
    return companies
      .map(({ id, company_id: external }) => map.accountOf.get((kind === 'intercom' ? id : external) ?? ''))
      .filter((id) => id !== undefined);
  } catch (error) {
    // A contact may have been deleted or merged away since; its conversations then belong to nobody we know.
    if (!isGone(error)) throw unreadable(error);
    notes.add('unknown_contact', `contact ${contactId}: ${(error as ScorerError).message}`);
    return GONE;
  }
}

/** A redirect, or a look-up that is refused in another way, is no setting of ours: the search before it was answered. */
const unreadable = (error: unknown): unknown =>
  error instanceof ScorerError && error.code === 'SOURCE_SETTINGS'
    ? new ScorerError('SOURCE_UNEXPECTED', error.message, { cause: error })
    : error;
