import type { IntercomSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Account } from '../../facts/index.ts';
import { OCTOBER } from '../../facts/october-in-test.ts';
import { scriptedTransport } from '../../http/scripted-transport.ts';
import type { Call } from '../../http/transport.ts';
import { extractIntercom } from './index.ts';

/** Settings that ask for no list of names. */
export const SETTINGS: IntercomSource = {
  api_version: '2.16',
  base_url: 'https://api.intercom.io',
  company_id: 'intercom',
  exclude_delivered_as: ['automated'],
  p1_p2: [{ priority: ['urgent'] }],
  escalation: [],
};

/** An hour into October, UNIX seconds. */
export const INSIDE = OCTOBER.start / 1_000 + 3_600;

export const account = (id: string, intercomCompanyId: string | null): Account => ({
  id,
  name: id,
  segment: 'paid',
  intercomCompanyId,
  lookerCustomerId: null,
  jiraProjectKey: null,
  jiraComponent: null,
});

/** A page of a search, the last one unless a cursor is given. */
export const page = (conversations: unknown[], next: string | null = null, total = conversations.length) => ({
  type: 'conversation.list',
  total_count: total,
  conversations,
  pages: { type: 'pages', next: next === null ? null : { starting_after: next } },
});

/** What the transport throws where there is no such thing. */
export const GONE = new ScorerError('SOURCE_SETTINGS', 'status 404', { vendorStatus: 404 });

/** Every company exists but those whose id says otherwise. */
function companyOf(id: string) {
  if (id.startsWith('no')) throw GONE;
  return { type: 'company', id, company_id: `crm-${id}` };
}

/** Reads October of what `answer` says to every call but those of who we are and of one company. */
export const read = (
  accounts: Account[],
  answer: (call: Call<unknown>) => unknown,
  settings: IntercomSource = SETTINGS,
  mapped?: Account[],
) => {
  const transport = scriptedTransport((call) => {
    if (call.path === '/me') return { type: 'admin', id: '1' };
    const [, company] = /^\/companies\/(?!list)(.*)$/.exec(call.path) ?? [];
    return company === undefined ? answer(call) : companyOf(company);
  });
  const request = { accounts, mapped, window: OCTOBER, now: () => Date.parse('2026-11-03T05:00:00Z') };
  return { transport, extraction: extractIntercom({ transport, settings }, request) };
};

/** Ids of the conversations of an account, or why it has none. */
export const ids = (facts: unknown): unknown =>
  (facts as { known?: { id: string }[] }).known?.map(({ id }) => id) ?? facts;
