import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningOrg, SeedRecord } from 'local-org';
import { accountId, accounts, startWith } from './org-fixture.ts';

const score = (n: number, month: number, value: number): SeedRecord => ({
  object: 'Health_Score__c',
  fields: {
    Account__c: accountId(n),
    Score_Key__c: `${accountId(n)}:2026-${String(month).padStart(2, '0')}`,
    Period__c: `2026-${String(month).padStart(2, '0')}`,
    Health_Score__c: value,
    Tier__c: value >= 76 ? 'Healthy' : 'At Risk',
    Window_End__c: `2026-${String(month).padStart(2, '0')}-28`,
    Final__c: month < 10,
    ARR__c: 120000,
  },
});

interface GraphQL {
  data: { uiapi: Record<string, Record<string, unknown>> } | null;
  errors: { message: string; extensions: { classification: string } }[];
}

describe('the UI API of the local org', () => {
  let org: RunningOrg;
  let manager = '';
  let viewer = '';
  beforeAll(async () => {
    const scores = Array.from({ length: 10 }, (_, i) => score(1, i + 1, 80 - i * 1.5));
    org = await startWith([...accounts(30), ...scores, score(2, 9, 50), score(2, 10, 61.5)], {
      runAs: { permissionSets: ['Health_Account_Manager'] },
    });
    manager = org.sessions.issue(org.org.integrationUser.id);
    org.org.load([
      {
        object: 'User',
        fields: { Id: '005000000000077AAA', Username: 'viewer@org.example', LastName: 'Viewer' },
      },
    ]);
    const [set] = org.org.query("SELECT Id FROM PermissionSet WHERE Name = 'Health_Viewer'");
    org.org.load([
      {
        object: 'PermissionSetAssignment',
        fields: { AssigneeId: '005000000000077AAA', PermissionSetId: set?.['Id'] },
      },
    ]);
    viewer = org.sessions.issue('005000000000077AAA');
  });
  afterAll(() => org.close());

  const call = async (
    method: string,
    path: string,
    body?: unknown,
    token = manager,
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${org.url}/services/data/v66.0/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  const ask = async (query: string, variables?: Record<string, unknown>, token = manager): Promise<GraphQL> =>
    (await call('POST', 'graphql', { query, variables }, token)).body as GraphQL;

  it('gives a card what it needs in one query: parents, children, labels and shown values', async () => {
    const answer = await ask(
      `query card($id: ID!) { uiapi { query { Account(where: { Id: { eq: $id } }) { edges { node {
        Id
        Name { value }
        Owner { Name { value } }
        Health_Segment__c { value label displayValue }
        Health_Scores__r(first: 3, orderBy: { Period__c: { order: DESC } }) { totalCount pageInfo { hasNextPage } edges { node {
          Health_Score__c { value displayValue } Window_End__c { value displayValue } ARR__c { displayValue } Final__c { value } ...kept } } }
      } } } } } }
      fragment kept on Health_Score__c { tier: Tier__c { value } }`,
      { id: accountId(1) },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data?.uiapi['query']?.['Account']).toMatchObject({
      edges: [
        {
          node: {
            Id: accountId(1),
            Name: { value: 'Hotel 1' },
            Owner: { Name: { value: 'Administrator' } },
            Health_Segment__c: { value: 'paid', label: 'Paid', displayValue: 'Paid' },
            Health_Scores__r: {
              totalCount: 10,
              pageInfo: { hasNextPage: true },
              edges: [
                {
                  node: {
                    Health_Score__c: { value: 66.5, displayValue: '66.5' },
                    Window_End__c: { value: '2026-10-28', displayValue: '10/28/2026' },
                    ARR__c: { displayValue: '$120,000.00' },
                    Final__c: { value: false },
                    tier: { value: 'At Risk' },
                  },
                },
                {},
                {},
              ],
            },
          },
        },
      ],
    });
  });

  it('gives 10 records unless told otherwise, and pages by cursor', async () => {
    const pageOf = async (
      after: string | null,
    ): Promise<{ names: string[]; end: string; next: boolean; total: number }> => {
      const { data } = await ask(
        'query ($after: String) { uiapi { query { Account(after: $after, orderBy: { Name: { order: ASC } }) { totalCount edges { node { Name { value } } } pageInfo { endCursor hasNextPage } } } } }',
        { after },
      );
      const found = data?.uiapi['query']?.['Account'] as {
        totalCount: number;
        edges: { node: { Name: { value: string } } }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
      };
      return {
        names: found.edges.map((edge) => edge.node.Name.value),
        end: found.pageInfo.endCursor,
        next: found.pageInfo.hasNextPage,
        total: found.totalCount,
      };
    };
    const first = await pageOf(null);
    const second = await pageOf(first.end);
    const third = await pageOf(second.end);
    expect([first.names.length, second.names.length, third.names.length]).toEqual([10, 10, 10]);
    expect([first.next, third.next, first.total]).toEqual([true, false, 30]);
    expect(new Set([...first.names, ...second.names, ...third.names]).size).toBe(30);
  });

  it.each([
    ['{ Name: { like: "Hotel 1_" } }', 10],
    ['{ and: [{ Name: { like: "Hotel 1%" } }, { Health_Segment__c: { eq: "paid" } }] }', 6],
    ['{ or: [{ Name: { eq: "Hotel 1" } }, { Name: { eq: "Hotel 2" } }] }', 2],
    ['{ not: { Health_Segment__c: { eq: "paid" } } }', 15],
    ['{ Name: { in: ["Hotel 3", "Hotel 4", "x"] } }', 2],
    ['{ Owner: { Name: { eq: "Administrator" } } }', 30],
    ['{ Id: { inq: { Health_Score__c: { Tier__c: { eq: "Healthy" } }, ApiName: "Account__c" } } }', 1],
    ['{ CreatedDate: { eq: { literal: TODAY } } }', 30],
    ['{ CreatedDate: { lt: { value: "2026-01-01T00:00:00Z" } } }', 0],
    ['{ CreatedDate: { gte: { range: { last_n_days: 2 } } } }', 30],
  ])('filters by %s to %d accounts', async (where, count) => {
    const { data, errors } = await ask(
      `{ uiapi { query { Account(first: 100, where: ${where}) { totalCount edges { node { Id } } } } } }`,
    );
    expect(errors).toEqual([]);
    expect((data?.uiapi['query']?.['Account'] as { totalCount: number }).totalCount).toBe(count);
  });

  it('aggregates', async () => {
    const { data, errors } = await ask(
      '{ uiapi { aggregate { Health_Score__c(groupBy: { Tier__c: { group: true } }) { edges { node { aggregate { Tier__c { value } Id { count { value } } Health_Score__c { avg { value } } } } } } } } }',
    );
    expect(errors).toEqual([]);
    expect(data?.uiapi['aggregate']?.['Health_Score__c']).toMatchObject({
      edges: expect.arrayContaining([
        {
          node: {
            aggregate: {
              Tier__c: { value: 'Healthy' },
              Id: { count: { value: 3 } },
              Health_Score__c: { avg: { value: 78.5 } },
            },
          },
        },
      ]) as unknown,
    });
  });

  it('tells what an object is', async () => {
    const { data } = await ask(
      '{ uiapi { objectInfos(apiNames: ["Churn_Signal__c"]) { ApiName label createable fields { apiName required dataType } } } }',
    );
    expect(data?.uiapi['objectInfos']).toMatchObject([
      {
        ApiName: 'Churn_Signal__c',
        label: 'Churn Signal',
        createable: true,
        fields: expect.arrayContaining([
          { apiName: 'Severity__c', required: true, dataType: 'Picklist' },
        ]) as unknown,
      },
    ]);
  });

  it.each([
    [
      '{ uiapi { query { Account { edges { node { Nope { value } } } } } } }',
      "Field 'Nope' in type 'Account' is undefined",
    ],
    [
      '{ uiapi { query { Account { edges { node { Industry { value } } } } } } }',
      "Field 'Industry' in type 'Account' is undefined",
    ],
    [
      '{ uiapi { query { Case { edges { node { Id } } } } } }',
      "Field 'Case' in type 'RecordQuery' is undefined",
    ],
    ['{ uiapi { query { Health_Metric__mdt { edges { node { Id } } } } } }', 'Health_Metric__mdt'],
    ['{ uiapi { query { Account(where: { Nope: { eq: 1 } }) { edges { node { Id } } } } } }', "Field 'Nope'"],
    ['{ uiapi { query { Account(last: 5) { edges { node { Id } } } } } }', "Unknown field argument 'last'"],
    [
      '{ uiapi { query { Account(first: 5000) { edges { node { Id } } } } } }',
      'without upperBound at most 4000',
    ],
    [
      '{ uiapi { query { Account(where: { ARR__c: { eq: "x" } }) { edges { node { Id } } } } } }',
      'WrongType',
    ],
    ['{ uiapi { query { Account { edges { node { Id } } } }', 'Invalid syntax'],
    ['subscription { x }', 'Invalid syntax'],
    [
      'query ($id: ID!) { uiapi { query { Account(where: { Id: { eq: $id } }) { edges { node { Id } } } } } }',
      "Variable 'id'",
    ],
  ])('refuses %s', async (query, words) => {
    const { data, errors } = await ask(query);
    expect(data).toBeNull();
    expect(errors[0]?.message).toContain(words);
  });

  it('leaves out optional fields that the user may not read', async () => {
    const { data, errors } = await ask(
      '{ uiapi { query { Account(first: 1) { edges { node { Id Industry @optional { value } } } } } } }',
    );
    expect(errors).toEqual([]);
    expect(
      Object.keys(
        ((data?.uiapi['query']?.['Account'] as { edges: { node: object }[] }).edges[0] ?? { node: {} }).node,
      ),
    ).toEqual(['Id']);
  });

  const raise = (fields: string): string =>
    `mutation { uiapi { Churn_Signal__cCreate(input: { Churn_Signal__c: { Account__c: "${accountId(3)}", Severity__c: "Critical", Date_Observed__c: "2026-11-01"${fields} } }) { Record { Id Status__c { value } } } } }`;

  it('raises and resolves a signal by mutation', async () => {
    const { data, errors } = await ask(raise(', Signal_Detail__c: "Sponsor left"'));
    expect(errors).toEqual([]);
    const record = (
      data?.uiapi['Churn_Signal__cCreate'] as { Record: { Id: string; Status__c: { value: string } } }
    ).Record;
    expect(record.Status__c.value).toBe('Active');
    const resolved = await ask(
      'mutation ($input: Churn_Signal__cUpdateInput!) { uiapi { Churn_Signal__cUpdate(input: $input) { success Record { Resolved_On__c { value } } } } }',
      { input: { Id: record.Id, Churn_Signal__c: { Status__c: 'Resolved', Resolved_On__c: '2026-11-20' } } },
    );
    expect(resolved.data?.uiapi['Churn_Signal__cUpdate']).toEqual({
      success: true,
      Record: { Resolved_On__c: { value: '2026-11-20' } },
    });
  });

  it('tells which rule a mutation broke, and stores nothing', async () => {
    const before = org.org.query('SELECT Id FROM Churn_Signal__c').length;
    const { data, errors } = await ask(raise(''));
    expect(data?.uiapi['Churn_Signal__cCreate']).toBeNull();
    expect(errors[0]?.message).toBe('Say what was seen or heard.');
    expect(org.org.query('SELECT Id FROM Churn_Signal__c')).toHaveLength(before);
  });

  it('lets a viewer read and not write', async () => {
    const read = await ask(
      '{ uiapi { query { Health_Score__c(first: 1) { edges { node { Tier__c { value } } } } } } }',
      {},
      viewer,
    );
    expect(read.errors).toEqual([]);
    const write = await ask(raise(', Signal_Detail__c: "x"'), {}, viewer);
    expect(write.errors).toHaveLength(1);
  });

  it('answers records, object-info and picklist values over REST', async () => {
    const record = await call(
      'GET',
      `ui-api/records/${accountId(1)}?fields=Account.Name,Account.Owner.Name&optionalFields=Account.Industry,Account.Health_Segment__c`,
    );
    expect(record).toMatchObject({
      status: 200,
      body: {
        apiName: 'Account',
        id: accountId(1),
        fields: {
          Name: { value: 'Hotel 1' },
          Health_Segment__c: { value: 'paid', displayValue: 'Paid' },
          Owner: { value: { fields: { Name: { value: 'Administrator' } } } },
        },
      },
    });
    expect(Object.keys((record.body as { fields: object }).fields)).not.toContain('Industry');
    expect(await call('GET', `ui-api/records/${accountId(1)}?fields=Account.Industry`)).toMatchObject({
      status: 400,
    });
    expect(await call('GET', 'ui-api/object-info/Health_Metric__mdt')).toMatchObject({ status: 404 });
    const info = await call('GET', 'ui-api/object-info/Churn_Signal__c');
    expect(info.body).toMatchObject({
      apiName: 'Churn_Signal__c',
      fields: { Severity__c: { required: true } },
    });
    const values = await call(
      'GET',
      'ui-api/object-info/Churn_Signal__c/picklist-values/012000000000000AAA/Severity__c',
    );
    expect((values.body as { values: { value: string }[] }).values.map((one) => one.value)).toEqual([
      'Critical',
      'Moderate',
      'Watch',
    ]);
  });

  it('creates, changes and deletes records over REST', async () => {
    const fields = {
      Account__c: accountId(4),
      Severity__c: 'Watch',
      Date_Observed__c: '2026-11-01',
      Signal_Detail__c: 'x',
    };
    const made = await call('POST', 'ui-api/records', { apiName: 'Churn_Signal__c', fields });
    const id = (made.body as { id: string }).id;
    expect(made).toMatchObject({ status: 201, body: { fields: { Severity__c: { value: 'Watch' } } } });
    expect(
      await call('PATCH', `ui-api/records/${id}`, { fields: { Severity__c: 'Moderate' } }),
    ).toMatchObject({ status: 200 });
    expect(await call('DELETE', `ui-api/records/${id}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }],
    });
  });
});
