import type { Request } from 'local-org/http';
import {
  attachedCompanies,
  companiesOfContact,
  companyById,
  contactsOfCompany,
  findCompany,
  listCompanies,
} from './companies.ts';
import { renderCompany } from './company.ts';
import { renderContact } from './contact.ts';
import { CONVERSATION_FIELDS } from './conversation-fields.ts';
import { renderConversation, type View } from './conversation.ts';
import { CONTACT_FIELDS } from './contact-fields.ts';
import type { Bounds } from './filter.ts';
import { conversationAttributes, dataAttributes } from './attributes.ts';
import { onlyParameters } from './paging.ts';
import { partsOf } from './parts.ts';
import type { Quirks } from './quirks.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import { makeScroll } from './scroll.ts';
import { makeSearch } from './search.ts';
import { firstAfter } from './sorted.ts';
import { me, tags, teams } from './team.ts';
import type { Entry, Person } from './workspace.ts';

/** An endpoint: gets what stands in the place of `{id}`. */
interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (request: Request, view: View, id: string) => unknown;
}

/**
 * The endpoints of the stand-in; the first that fits answers.
 *
 * @param ticking milliseconds since the epoch, for what expires
 * @throws Refusal from the endpoints
 */
export function makeRoutes(quirks: Quirks, ticking: () => number): readonly Route[] {
  const searchConversations = makeSearch<Entry, View>({
    fields: CONVERSATION_FIELDS,
    idOf: ({ plan }) => plan.id,
    orderedBy: 'created_at',
    perPage: 20,
    wrongOrder: (order) =>
      invalid(
        `Invalid sort order ${JSON.stringify(order)}. Must be one of: ascending, descending`,
        'sort.order',
      ),
  });

  function conversations(request: Request, view: View) {
    onlyParameters(request.query, []);
    const indexed = { ...view, now: view.now - quirks.indexLagSeconds };
    const { rows, total, pages } = searchConversations(
      jsonOf(request),
      (bounds) => startedBy(indexed, bounds),
      indexed,
      quirks,
    );
    const rendered = rows.map((entry) => renderConversation(entry, indexed));
    return {
      type: 'conversation.list',
      pages,
      total_count: total,
      conversations: quirks.reshape === null ? rendered : rendered.map(quirks.reshape),
    };
  }

  const searchContacts = makeSearch<Person, View>({
    fields: CONTACT_FIELDS,
    idOf: ({ contact }) => contact.intercomId,
    orderedBy: null,
    perPage: 50,
    wrongOrder: (order) =>
      new Refusal(
        400,
        'invalid_sort_order',
        `Invalid sort order '${String(order)}'. Must be one of: ascending, descending`,
      ),
  });

  function contacts(request: Request, view: View) {
    onlyParameters(request.query, []);
    const indexed = { ...view, now: view.now - quirks.indexLagSeconds };
    const known = () =>
      [...view.workspace.people.values()].filter(({ createdAt }) => createdAt <= indexed.now);
    const { rows, total, pages } = searchContacts(jsonOf(request), known, indexed, quirks);
    const data = rows.map((one) => renderContact(one, companiesOfContact(one.contact.intercomId, view)));
    return { type: 'list', data, total_count: total, pages };
  }

  return [
    { method: 'GET', path: /^\/me$/, answer: me },
    { method: 'GET', path: /^\/teams$/, answer: teams },
    { method: 'GET', path: /^\/tags$/, answer: (_request, { workspace }) => tags(workspace) },
    { method: 'POST', path: /^\/conversations\/search$/, answer: conversations },
    { method: 'GET', path: /^\/conversations\/(\d+)$/, answer: conversation },
    { method: 'GET', path: /^\/conversations\/attributes$/, answer: conversationAttributes },
    { method: 'GET', path: /^\/data_attributes$/, answer: dataAttributes },
    { method: 'POST', path: /^\/contacts\/search$/, answer: contacts },
    {
      method: 'GET',
      path: /^\/contacts\/([\w-]+)$/,
      answer: ({ query }, view, id) => {
        onlyParameters(query, []);
        return renderContact(personById(id, view), companiesOfContact(id, view));
      },
    },
    {
      method: 'GET',
      path: /^\/contacts\/([\w-]+)\/companies$/,
      answer: (request, view, id) =>
        attachedCompanies(request, personById(id, view).contact.intercomId, view),
    },
    { method: 'GET', path: /^\/companies$/, answer: findCompany },
    { method: 'POST', path: /^\/companies\/list$/, answer: listCompanies },
    { method: 'GET', path: /^\/companies\/scroll$/, answer: makeScroll(ticking) },
    {
      method: 'GET',
      path: /^\/companies\/([\w-]+)\/contacts$/,
      answer: (request, view, id) => contactsOfCompany(request, id, view),
    },
    {
      method: 'GET',
      path: /^\/companies\/([\w-]+)$/,
      answer: (_request, view, id) => renderCompany(companyById(id, view), view.now),
    },
  ];
}

/** The conversations that have begun within bounds, and by now: they stand in the order in which they began. */
function startedBy({ workspace: { entries }, now }: View, { above, below }: Bounds): readonly Entry[] {
  return entries.slice(
    firstAfter(entries, ({ createdAt }) => createdAt > above),
    firstAfter(entries, ({ createdAt }) => createdAt > now || createdAt >= below),
  );
}

function conversation({ query }: Request, view: View, id: string) {
  onlyParameters(query, []);
  const entry = view.workspace.entryOf.get(id);
  if (entry === undefined || entry.createdAt > view.now) throw notFound('Resource Not Found');
  return { ...renderConversation(entry, view), conversation_parts: partsOf(entry, view) };
}

function personById(id: string, { workspace, now }: View): Person {
  const person = workspace.people.get(id);
  if (person === undefined || person.createdAt > now) throw notFound('User Not Found');
  return person;
}

function jsonOf({ json }: Request): unknown {
  const body = json();
  if (body === undefined) throw invalid('the body is not JSON');
  return body;
}
