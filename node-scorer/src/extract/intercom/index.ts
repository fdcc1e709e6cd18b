import type { IntercomSource } from '../../config/sources.ts';
import { ScorerError } from '../../errors.ts';
import type { Conversation, Known, Window } from '../../facts/index.ts';
import type { Transport } from '../../http/transport.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import { makeNoteBook, type NoteBook } from '../notes.ts';
import { makeIntercomClient } from './client.ts';
import { accountsOfConversations, companyMap, type CompanyMap } from './companies.ts';
import { parseConversation, type BadConversation, type ParsedConversation } from './parse.ts';
import { readConversations } from './read.ts';

export { intercomTransport } from './client.ts';

export interface IntercomDeps {
  readonly transport: Transport;
  readonly settings: IntercomSource;
}

/** More bad records than this share are no bad records but another format: nothing is read from it. */
const MOST_BAD = 0.5;

/**
 * Reads the conversations of a window, of the whole workspace at once, and deals them out to the accounts.
 * Number of calls: one probe, a page per 150 conversations, and one per distinct contact of a conversation that
 * names no company; never one per account or conversation.
 *
 * An account without a company id is `not_mapped`; one whose company nobody wrote for has an empty list, which
 * is a measured zero.
 *
 * @throws ScorerError SOURCE_REFUSED, SOURCE_SETTINGS, SOURCE_DOWN, SOURCE_UNEXPECTED
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example (await extractIntercom({ transport, settings }, request)).facts.get('001…') // => { known: [ … ] }
 */
export async function extractIntercom(
  { transport, settings }: IntercomDeps,
  { accounts, window, now }: ExtractionRequest,
): Promise<Extraction<readonly Conversation[]>> {
  const notes = makeNoteBook('intercom');
  const client = makeIntercomClient(transport);
  const map = companyMap(accounts);
  const observedAt = new Date(now()).toISOString();
  if (accounts.every(({ intercomCompanyId }) => intercomCompanyId === null)) {
    return { facts: new Map(accounts.map(({ id }) => [id, NOT_MAPPED])), observedAt, notes: [] };
  }
  await client.me();
  const raw = await readConversations(client, window, notes);
  const { good, bad } = parseAll(raw, settings, window, notes);
  const accountOf = await accountsOfConversations(good, { client, settings, map, notes });
  const groups = Map.groupBy(
    good.filter(({ conversation }) => accountOf.has(conversation.id)),
    ({ conversation }) => accountOf.get(conversation.id) ?? '',
  );
  const spoilt = new Set(bad.map(({ companyId }) => map.accountOf.get(companyId ?? '')));
  const facts = new Map(
    accounts.map((account): [string, Known<readonly Conversation[]>] => {
      const conversations = (groups.get(account.id) ?? []).map(({ conversation }) => conversation);
      return [account.id, factsOf(account, conversations, { map, spoilt, notes })];
    }),
  );
  return { facts, observedAt, notes: notes.all() };
}

const NOT_MAPPED = { missing: 'not_mapped' } as const;

function factsOf(
  { id, intercomCompanyId }: ExtractionRequest['accounts'][number],
  conversations: readonly Conversation[],
  { map, spoilt, notes }: { map: CompanyMap; spoilt: ReadonlySet<string | undefined>; notes: NoteBook },
): Known<readonly Conversation[]> {
  if (intercomCompanyId === null) return NOT_MAPPED;
  if (map.ambiguous.has(id)) {
    const message = `company ${intercomCompanyId} is mapped to several accounts; counted for none of them`;
    notes.add('ambiguous_mapping', message, id);
    return NOT_MAPPED;
  }
  // Only bad records came: that is no silence, and zero conversations would be invented.
  if (conversations.length === 0 && spoilt.has(id)) return { missing: 'invalid' };
  return { known: conversations };
}

/** Parses what was created inside the window and begun by a customer; bad records are reported and left out. */
function parseAll(
  raw: readonly unknown[],
  settings: IntercomSource,
  window: Window,
  notes: NoteBook,
): { good: ParsedConversation[]; bad: BadConversation[] } {
  const all = raw.map((record) => parseConversation(record, settings));
  const bad = all.filter((one) => 'bad' in one);
  if (bad.length > all.length * MOST_BAD) {
    throw new ScorerError(
      'SOURCE_UNEXPECTED',
      `Intercom: POST /conversations/search: ${bad.length} of ${all.length} conversations are not as expected, for example ${bad[0]?.bad ?? ''}`,
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
