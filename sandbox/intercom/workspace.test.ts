import { describe, expect, it } from 'vitest';
import { baseOf, customer, HOUR, NOW, person, planned } from './small-base.ts';
import { makeWorkspace } from './workspace.ts';

describe('a workspace', () => {
  it('holds conversations of all customers, oldest first, with whom they are', () => {
    const { entries } = makeWorkspace(
      baseOf(
        customer(0, { conversations: [planned({ id: '2', createdAt: NOW - HOUR })] }),
        customer(1, {
          conversations: [planned({ id: '1' }), planned({ id: '3', createdAt: NOW, contact: 9 })],
        }),
      ),
    );
    expect(entries.map(({ plan, contact }) => [plan.id, contact?.intercomId ?? null])).toEqual([
      ['1', person(1).intercomId],
      ['2', person(0).intercomId],
      ['3', null],
    ]);
  });

  it('knows no company for a customer without a company id, but its contact all the same', () => {
    const { companies, people, companiesOf } = makeWorkspace(
      baseOf(customer(0, { intercomCompanyId: null })),
    );
    expect([companies.size, people.size]).toEqual([0, 1]);
    expect(companiesOf(person(0).intercomId)).toEqual([]);
  });

  it('ties a contact to its customer first, then to the others that it works for', () => {
    const { companiesOf, companies } = makeWorkspace(
      baseOf(customer(0), customer(1, { contacts: [person(1, [2, 0, 77])] }), customer(2)),
    );
    expect(companiesOf(person(1).intercomId).map((company) => company.customer.index)).toEqual([1, 2, 0]);
    const { contacts } = companies.get(customer(2).intercomCompanyId ?? '') ?? { contacts: [] };
    expect(contacts.map(({ customer: home }) => home.index)).toEqual([1, 2]);
  });

  it('has one company for two customers that share it, once per contact, under the first one’s name', () => {
    const shared = customer(0).intercomCompanyId;
    const { companies, companiesOf } = makeWorkspace(
      baseOf(customer(0, { contacts: [person(0, [1])] }), customer(1, { intercomCompanyId: shared })),
    );
    expect([...companies.values()].map((company) => company.customer.name)).toEqual(['Fictional Hotel 0']);
    expect(companiesOf(person(0).intercomId)).toHaveLength(1);
  });

  it('numbers tags by name, not by who used them first', () => {
    const { tags } = makeWorkspace(
      baseOf(customer(0, { conversations: [planned({ tags: ['p1', 'billing'] })] })),
    );
    expect([...tags].slice(0, 2)).toEqual([
      ['billing', '101'],
      ['p1', '102'],
    ]);
  });

  it('has tags that no conversation carries, each once in whatever case', () => {
    const { tags } = makeWorkspace(baseOf(customer(0, { conversations: [planned({ tags: ['P2'] })] })));
    expect([...tags.keys()]).toContain('escalation');
    expect([...tags.keys()].filter((name) => name.toLowerCase() === 'p2')).toEqual(['P2']);
  });
});
