import type { IntercomSource } from './settings.ts';
import { formatProblem, ScorerError } from '../../errors.ts';
import type { Conversation } from '../../facts/index.ts';
import type { Transport } from '../../http/transport.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import type { UnknownName } from '../names.ts';
import { collectWarnings, type Warnings } from '../warnings.ts';
import { withAbsent } from './absent.ts';
import { makeIntercomClient } from './client.ts';
import { assignToAccounts } from './assign-to-accounts.ts';
import { unknownCompanies } from './known-companies.ts';
import { readNames, type NamesKnown } from './names.ts';
import { parseConversation } from './parse.ts';
import { readConversations } from './read.ts';
import { withoutUnasked } from './unasked.ts';

export { intercomTransport, type IntercomCredentials } from './client.ts';

export interface IntercomDeps {
  readonly transport: Transport;
  readonly settings: IntercomSource;
}

/**
 * Reads the conversations of a window, of the whole workspace at once, and assigns them to the accounts.
 * Number of calls: one probe, one for each kind of name that the settings test by, a page per 150 conversations, one
 * per distinct contact of a conversation that names no company, and a page per 60 companies while a mapped one was not
 * seen; never one per account or conversation.
 *
 * An account without a company id, or with one that Intercom does not know, is `not_mapped`; one whose company nobody
 * wrote for has an empty list, which is a measured zero.
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
  const notes = collectWarnings('intercom');
  const observedAt = new Date(now()).toISOString();
  if (accounts.every(({ intercomCompanyId }) => intercomCompanyId === null)) {
    const facts = new Map(accounts.map(({ id }) => [id, { missing: 'not_mapped' } as const]));
    return { facts, observedAt, notes: [] };
  }
  const client = makeIntercomClient(transport, settings.api_version);
  await client.me();
  const parse = (record: unknown) => parseConversation(record, settings);
  const [all, names] = await Promise.all([
    readConversations(client, { window, parse }),
    readNames(client, settings),
  ]);
  tellNames(names, notes);
  const contactCompanies =
    settings.company_id === 'intercom' ? client.contactCompanies : client.attachedCompanies;
  const facts = await assignToAccounts(withoutUnasked(withAbsent(all), names.unasked), {
    accounts,
    mapped,
    window,
    settings,
    contactCompanies,
    unknownCompanies: (ids) => unknownCompanies(ids, settings.company_id, client),
    where: 'Intercom: POST /conversations/search',
    notes,
  });
  return { facts, observedAt, notes: notes.all() };
}

/**
 * Signs in to Intercom and lists the names of sources.yaml that the workspace does not have.
 *
 * @throws ScorerError SOURCE_REFUSED, SOURCE_DOWN, SOURCE_UNEXPECTED
 * @example await checkIntercomNames({ transport, settings }) // => []
 */
export async function checkIntercomNames({
  transport,
  settings,
}: IntercomDeps): Promise<readonly UnknownName[]> {
  const client = makeIntercomClient(transport, settings.api_version);
  await client.me();
  const { unknown, hidden } = await readNames(client, settings);
  if (hidden.length > 0) throw new ScorerError('SOURCE_REFUSED', hidden.join('\n'));
  return unknown;
}

function tellNames({ unknown, hidden }: NamesKnown, notes: Warnings): void {
  for (const one of unknown) {
    const cost = one.costs.length === 0 ? 'the others of its list count' : `no ${one.costs.join(', ')}`;
    notes.add('unknown_name', `${formatProblem(one)} (${cost})`);
  }
  for (const one of hidden) notes.add('hidden_names', one);
}
