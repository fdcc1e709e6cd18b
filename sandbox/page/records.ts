import { API_VERSION } from 'local-org';

/** Asks the local org as the person who looks at the page. */
export type Ask = (path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

export interface Shown {
  readonly label: string;
  readonly value: string;
  readonly link?: string;
}

/** What stands at the head of a record page. */
export interface RecordHead {
  readonly id: string;
  readonly object: string;
  readonly title: string;
  readonly fields: readonly Shown[];
  /** Account that the record is about, when it has one. */
  readonly accountId: string | undefined;
}

interface ObjectHead {
  readonly title: string;
  /** Field path and label; those that the person may not see are left out. */
  readonly fields: readonly (readonly [path: string, label: string])[];
  readonly account?: string;
}

const HEADS: Readonly<Record<string, ObjectHead>> = {
  Account: {
    title: 'Name',
    fields: [
      ['Owner.Name', 'Account owner'],
      ['Health_Segment__c', 'Health segment'],
      ['Success_Tier__c', 'Success tier'],
      ['ARR__c', 'ARR'],
    ],
  },
  Opportunity: {
    title: 'Name',
    fields: [
      ['Account.Name', 'Account'],
      ['StageName', 'Stage'],
      ['CloseDate', 'Close date'],
    ],
    account: 'AccountId',
  },
  Case: {
    title: 'CaseNumber',
    fields: [
      ['Account.Name', 'Account'],
      ['Subject', 'Subject'],
      ['Status', 'Status'],
    ],
    account: 'AccountId',
  },
  Health_Score__c: {
    title: 'Name',
    fields: [
      ['Account__r.Name', 'Account'],
      ['Period__c', 'Month'],
      ['Tier__c', 'Tier'],
      ['Health_Score__c', 'Health score'],
    ],
    account: 'Account__c',
  },
  Health_Score_Run__c: {
    title: 'Name',
    fields: [
      ['Period__c', 'Month'],
      ['Window__c', 'Window'],
      ['Status__c', 'Status'],
    ],
  },
  Churn_Signal__c: {
    title: 'Name',
    fields: [
      ['Account__r.Name', 'Account'],
      ['Severity__c', 'Severity'],
      ['Status__c', 'Status'],
      ['Signal_Detail__c', 'Detail'],
    ],
    account: 'Account__c',
  },
  Task: {
    title: 'Subject',
    fields: [
      ['Status', 'Status'],
      ['ActivityDate', 'Due date'],
      ['Priority', 'Priority'],
    ],
  },
};

export const knownObjects = (): string[] => Object.keys(HEADS);

interface Value {
  readonly value: unknown;
  readonly displayValue: string | null;
}
interface UiRecord {
  readonly id: string;
  readonly fields: Readonly<Record<string, Value>>;
}

const shownText = (value: Value | undefined): string => {
  const raw = value?.displayValue ?? value?.value;
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : '';
};

function at(record: UiRecord, [first = '', ...rest]: readonly string[]): Value | undefined {
  const value = record.fields[first];
  if (rest.length === 0 || value === undefined) return value;
  return typeof value.value === 'object' && value.value !== null
    ? at(value.value as UiRecord, rest)
    : undefined;
}

/**
 * The head of a record page as the person may see it; undefined when there is no such record for him.
 *
 * @throws Error for an object whose pages are not modelled, or when the org answers with something else.
 */
export async function readHead(ask: Ask, object: string, id: string): Promise<RecordHead | undefined> {
  const head = HEADS[object];
  if (!head) throw new Error(`Record pages of ${object} are not modelled by the local page`);
  const paths = [head.title, ...head.fields.map(([path]) => path), ...(head.account ? [head.account] : [])];
  const query = paths.map((path) => `${object}.${path}`).join(',');
  const { status, body } = await ask(
    `/services/data/v${API_VERSION}/ui-api/records/${encodeURIComponent(id)}?optionalFields=${query}`,
  );
  if (status === 404 || status === 403) return undefined;
  if (status !== 200) throw new Error(`Reading ${object} ${id}: the local org answered ${status}`);
  const record = body as UiRecord;
  const fields = head.fields.flatMap(([path, label]) => {
    const value = shownText(at(record, path.split('.')));
    return value === '' ? [] : [{ label, value }];
  });
  const accountId = object === 'Account' ? id : head.account && shownText(record.fields[head.account]);
  return {
    id: record.id,
    object,
    title: shownText(record.fields[head.title]) || record.id,
    fields,
    accountId: accountId === '' ? undefined : accountId,
  };
}

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly tier: string;
  readonly score: string;
  readonly reason: string;
}

const ACCOUNTS = `query accounts { uiapi { query { Account(first: 200, orderBy: { Name: { order: ASC } }) { edges { node {
  Id Name { value }
  Health_Tier__c @optional { value } Health_Score__c @optional { displayValue } Health_Main_Reason__c @optional { value }
} } } } } }`;

/** Accounts that the person sees, by name; what he may not see of health is empty. */
export async function readAccounts(ask: Ask): Promise<AccountRow[]> {
  const { body } = await ask(`/services/data/v${API_VERSION}/graphql`, { query: ACCOUNTS });
  const { data, errors } = body as {
    data: {
      uiapi: { query: { Account: { edges: { node: Record<string, Value> & { Id: string } }[] } } };
    } | null;
    errors: { message: string }[];
  };
  if (!data) throw new Error(`Reading accounts: ${errors.map(({ message }) => message).join('; ')}`);
  return data.uiapi.query.Account.edges.map(({ node }) => ({
    id: node.Id,
    name: shownText(node['Name']),
    tier: shownText(node['Health_Tier__c']),
    score: shownText(node['Health_Score__c']),
    reason: shownText(node['Health_Main_Reason__c']),
  }));
}

/** The object of a record, by the first three characters of its id, from the object infos of the org. */
export async function objectOfId(ask: Ask, id: string): Promise<string | undefined> {
  const query = `{ uiapi { objectInfos(apiNames: ${JSON.stringify(knownObjects())}) { ApiName keyPrefix } } }`;
  const { body } = await ask(`/services/data/v${API_VERSION}/graphql`, { query });
  const { data } = body as {
    data: { uiapi: { objectInfos: ({ ApiName: string; keyPrefix: string } | null)[] } } | null;
  };
  return data?.uiapi.objectInfos.find((info) => info?.keyPrefix === id.slice(0, 3))?.ApiName;
}
