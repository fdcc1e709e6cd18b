import type { IntercomSource } from '../../config/sources.ts';
import type { Conversation } from '../../facts/index.ts';
import type { Transport } from '../../http/transport.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import { makeNoteBook } from '../notes.ts';
import { makeIntercomClient } from './client.ts';
import { dealOut } from './deal-out.ts';
import { parseConversation } from './parse.ts';
import { readConversations } from './read.ts';

export { intercomTransport, type IntercomCredentials } from './client.ts';

export interface IntercomDeps {
  readonly transport: Transport;
  readonly settings: IntercomSource;
}

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
  request: ExtractionRequest,
): Promise<Extraction<readonly Conversation[]>> {
  const { accounts, mapped, window, now } = request;
  const notes = makeNoteBook('intercom');
  const observedAt = new Date(now()).toISOString();
  if (accounts.every(({ intercomCompanyId }) => intercomCompanyId === null)) {
    const facts = new Map(accounts.map(({ id }) => [id, { missing: 'not_mapped' } as const]));
    return { facts, observedAt, notes: [] };
  }
  const client = makeIntercomClient(transport);
  await client.me();
  const parse = (record: unknown) => parseConversation(record, settings);
  const all = await readConversations(client, { window, notes, parse });
  const contactCompanies =
    settings.company_id === 'intercom' ? client.contactCompanies : client.attachedCompanies;
  const where = 'Intercom: POST /conversations/search';
  const facts = await dealOut(all, { accounts, mapped, window, settings, contactCompanies, where, notes });
  return { facts, observedAt, notes: notes.all() };
}
