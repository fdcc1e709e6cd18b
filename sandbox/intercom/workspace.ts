import type { Base, Contact, Customer, PlannedConversation } from '../data/customer.ts';

/** A conversation with whom it is with. */
export interface Entry {
  readonly plan: PlannedConversation;
  readonly customer: Customer;
  readonly contact: Contact | null;
  /** UNIX seconds. */
  readonly createdAt: number;
}

export interface Company {
  readonly id: string;
  readonly customer: Customer;
  /** UNIX seconds. */
  readonly createdAt: number;
  readonly contacts: readonly Person[];
  /** Start of each of its conversations, UNIX seconds ascending. */
  readonly requests: readonly number[];
}

export interface Person {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly email: string;
  /** UNIX seconds. */
  readonly createdAt: number;
}

/** The customer base as one Intercom workspace has it. */
export interface Workspace {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly entryOf: ReadonlyMap<string, Entry>;
  /** By Intercom's id, not by ours. */
  readonly companies: ReadonlyMap<string, Company>;
  readonly people: ReadonlyMap<string, Person>;
  readonly companiesOf: (contactId: string) => readonly Company[];
  /** Tag id of a tag's name. */
  readonly tags: ReadonlyMap<string, string>;
  /** End of the base, UNIX seconds. */
  readonly end: number;
}

/** Tags that the workspace has whether or not a conversation carries them: a tag stays when nobody uses it. */
const TAGS = ['p1', 'p2', 'urgent', 'critical', 'escalated', 'escalation', 'billing question'];

const seconds = (ms: number): number => Math.floor(ms / 1_000);

/**
 * Arranges a customer base as Intercom knows it: customers without a company id have no company there, their
 * contacts and conversations exist all the same.
 *
 * @example makeWorkspace(base).companies.get('6762f07f1bb69f9f2193baf5')?.customer.name // => 'Alder Bay Hotels'
 */
export function makeWorkspace(base: Base): Workspace {
  const entries = base.customers
    .flatMap((customer) => customer.conversations.map((plan) => entryOf(plan, customer)))
    .sort((one, other) => one.createdAt - other.createdAt);
  const persons = base.customers.flatMap((customer) =>
    customer.contacts.map((contact) => personOf(contact, customer)),
  );
  const byIndex = new Map(base.customers.map((customer) => [customer.index, customer]));
  const customersOf = ({ contact, customer }: Person) => [
    customer,
    ...contact.alsoAt.flatMap((index) => byIndex.get(index) ?? []),
  ];
  const peopleAt = new Map<Customer, Person[]>();
  for (const person of persons) {
    for (const customer of customersOf(person)) {
      const there = peopleAt.get(customer);
      if (there) there.push(person);
      else peopleAt.set(customer, [person]);
    }
  }
  const companies = new Map<string, Company>();
  for (const customer of base.customers) {
    const id = customer.intercomCompanyId;
    // Two customers that share a company are one company there, known under the first one's name.
    if (id === null || companies.has(id)) continue;
    const requests = customer.conversations.map(({ createdAt }) => seconds(createdAt)).sort((a, b) => a - b);
    const createdAt = seconds(customer.customerSince);
    companies.set(id, { id, customer, createdAt, contacts: peopleAt.get(customer) ?? [], requests });
  }
  const people = new Map(persons.map((person) => [person.contact.intercomId, person]));
  const used = [...new Set(entries.flatMap(({ plan }) => plan.tags))].sort();
  const lower = used.map((name) => name.toLowerCase());
  const names = [...used, ...TAGS.filter((name) => !lower.includes(name))];
  return {
    entries,
    entryOf: new Map(entries.map((entry) => [entry.plan.id, entry])),
    companies,
    people,
    companiesOf: (contactId) => {
      const person = people.get(contactId);
      if (person === undefined) return [];
      const found = customersOf(person).map(({ intercomCompanyId }) =>
        companies.get(intercomCompanyId ?? ''),
      );
      return [...new Set(found)].filter((company) => company !== undefined);
    },
    tags: new Map(names.map((name, index) => [name, String(101 + index)])),
    end: seconds(base.now),
  };
}

const entryOf = (plan: PlannedConversation, customer: Customer): Entry => ({
  plan,
  customer,
  contact: customer.contacts[plan.contact] ?? null,
  createdAt: seconds(plan.createdAt),
});

const personOf = (contact: Contact, customer: Customer): Person => ({
  contact,
  customer,
  email: `${`${contact.firstName}.${contact.lastName}`.toLowerCase().replaceAll(/[^a-z.]/g, '')}@c${customer.index}.example`,
  createdAt: seconds(customer.customerSince),
});
