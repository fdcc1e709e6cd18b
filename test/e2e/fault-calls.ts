/** Every read call of a run, and every way in which one can fail: the two sides of the fault matrix. */
import type { Fault } from 'local-org/http';
import type { Vendor } from './outages.ts';

/** A call that a run makes to read. */
export interface ReadCall {
  readonly vendor: Vendor;
  readonly at: Pick<Fault, 'match' | 'content'>;
}

const query = (object: string): ReadCall => ({
  vendor: 'org',
  at: { match: /GET .*\/query(All)?$/, content: new RegExp(`FROM\\+${object}\\b`) },
});
const of = (vendor: Vendor, match: RegExp, content?: RegExp): ReadCall => ({
  vendor,
  at: { match, ...(content && { content }) },
});

export const CALLS: Readonly<Record<string, ReadCall>> = {
  'Intercom me': of('intercom', /GET \/me$/),
  'Intercom tags': of('intercom', /GET \/tags$/),
  'Intercom search': of('intercom', /conversations\/search/),
  'Intercom contact': of('intercom', /GET \/contacts\//),
  'Intercom attributes': of('intercom', /GET \/conversations\/attributes$/),
  'Jira server info': of('jira', /serverInfo/),
  'Jira myself': of('jira', /myself/),
  'Jira statuses': of('jira', /\/status$/),
  'Jira projects': of('jira', /project\/search/),
  'Jira components': of('jira', /\/components$/),
  'Jira priorities': of('jira', /\/priority/),
  'Jira search': of('jira', /search\/jql/),
  'Jira count': of('jira', /approximate-count/),
  'Jira changelog': of('jira', /changelog/),
  'Looker login': of('looker', /\/login$/),
  'Looker query': of('looker', /queries\/run/, /user_sessions/),
  'Salesforce token': of('org', /oauth2\/token/),
  'Salesforce accounts': query('Account'),
  'Salesforce scores': query('Health_Score__c'),
  'Salesforce signals': query('Churn_Signal__c'),
  'Salesforce opportunities': query('Opportunity'),
};

/** What a fault is, for who must act: nobody, somebody later, or a person now. */
export type Nature =
  /** Nothing is lost: the run is as if it had not been. */
  | 'harmless'
  /** The answer is none, or not whole: a failed read, unless the whole can be told from what is there. */
  | 'failed read'
  /** The source refuses: a person may have to act, or the read has failed. */
  | 'refused';

export interface FaultKind {
  readonly nature: Nature;
  readonly fault: Fault;
  /** No answer within the patience that is set for it. */
  readonly isSlow?: boolean;
}

const status = (code: number, nature: Nature, headers: Fault['headers'] = {}): FaultKind => ({
  nature,
  fault: { kind: 'status', status: code, headers },
});
const changed = (change: (body: unknown) => unknown, nature: Nature = 'failed read'): FaultKind => ({
  nature,
  fault: { kind: 'changed', change },
});

type Json = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every list of records in an answer, changed; what is nested in records stays. */
const lists =
  (change: (rows: readonly unknown[]) => readonly unknown[]) =>
  (body: unknown): unknown => {
    if (Array.isArray(body)) return change(body);
    if (!isMap(body)) return body;
    return Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? change(value) : value]),
    );
  };

const COUNTS = new Set(['total_count', 'total', 'totalSize', 'count']);
const MARKS = new Set(['isLast', 'done', 'pages', 'nextPageToken', 'nextRecordsUrl', 'has_more']);
const without =
  (names: ReadonlySet<string>) =>
  (body: unknown): unknown =>
    isMap(body) ? Object.fromEntries(Object.entries(body).filter(([key]) => !names.has(key))) : body;

/** Says that there is more, and not where; where nothing is said, the same in another vendor's words. */
function contradicting(body: unknown): unknown {
  if (!isMap(body)) return body;
  if ('isLast' in body) return { ...(without(new Set(['nextPageToken']))(body) as Json), isLast: false };
  if ('done' in body) return { ...body, done: false, nextRecordsUrl: null };
  if (isMap(body['pages']))
    return { ...body, pages: { ...body['pages'], page: 1, total_pages: 2, next: null } };
  return { ...body, isLast: false, done: false, nextPageToken: null };
}

/** Numbers for texts and texts for numbers, all the way down. */
function otherTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(otherTypes);
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, otherTypes(each)]));
  if (typeof value === 'number') return 'many';
  return typeof value === 'string' ? 7 : [value];
}

/** Every map gets a field that nobody knows. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  return isMap(value) ? { ...value, brand_new_field: { since: 2027 } } : value;
}

export const FAULTS: Readonly<Record<string, FaultKind>> = {
  '400': status(400, 'refused'),
  '401': status(401, 'refused'),
  '403': status(403, 'refused'),
  '404': status(404, 'refused'),
  '408': status(408, 'failed read'),
  '409': status(409, 'refused'),
  '410': status(410, 'refused'),
  '413': status(413, 'refused'),
  '415': status(415, 'refused'),
  '422': status(422, 'refused'),
  '429 with Retry-After': status(429, 'failed read', { 'Retry-After': '2' }),
  '429 without': status(429, 'failed read'),
  '500': status(500, 'failed read'),
  '502': status(502, 'failed read'),
  '503': status(503, 'failed read'),
  '504': status(504, 'failed read'),
  reset: { nature: 'failed read', fault: { kind: 'reset' } },
  hang: { nature: 'failed read', fault: { kind: 'hang' }, isSlow: true },
  drip: { nature: 'failed read', fault: { kind: 'drip' }, isSlow: true },
  'truncated JSON': { nature: 'failed read', fault: { kind: 'truncated' } },
  'cut connection': { nature: 'failed read', fault: { kind: 'cut' } },
  'HTML 200': { nature: 'failed read', fault: { kind: 'html' } },
  'empty 200': { nature: 'failed read', fault: { kind: 'empty' } },
  '204': status(204, 'failed read'),
  '{}': changed(() => ({})),
  '[]': changed(() => []),
  null: changed(() => null),
  'wrong types': changed(otherTypes),
  'half the rows, full count': changed(lists((rows) => rows.slice(0, Math.floor(rows.length / 2)))),
  'rows without count': changed(without(COUNTS)),
  'count without rows': changed(lists(() => [])),
  'no end mark': changed(without(MARKS)),
  'contradicting end marks': changed(contradicting),
  'duplicate rows': changed(lists((rows) => [...rows, ...rows])),
  'unknown fields': changed(withMore, 'harmless'),
  redirect: status(302, 'refused', { Location: 'https://elsewhere.example/sign-in' }),
  'wrong content type': {
    // Read all the same by three clients; that of Salesforce goes by the type.
    nature: 'failed read',
    fault: { kind: 'changed', headers: { 'Content-Type': 'text/plain' } },
  },
  'slow answer': { nature: 'harmless', fault: { kind: 'delay', ms: 40 } },
};

/** Cells in which a run cannot be as the design wants it, and why. In none of them does a score rise. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'Looker query × half the rows, full count':
    'an answer of Looker is a bare list without count or end mark: rows that are left out are silence of their customers, which lowers scores and never lifts one',
  'Jira changelog × half the rows, full count':
    'the answer has no count, and an issue that never moved is rightly absent from it: histories that contradict their issues are asked for twice; where they are few, the metrics that need them are invalid for their accounts, and scores are under the outage cap',
};
