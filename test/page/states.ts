import type { Look } from './browser.ts';
import { PERIOD, accountPage } from './world.ts';
import type { CardVisit, PageWorld } from './world.ts';

/** A state of the health card that people meet: how to bring it about, and how to see that it is there. */
export interface State {
  /** Also the name of its picture. */
  readonly name: string;
  readonly look?: Look;
  /** Prepares the org, once. */
  readonly prepare?: (at: PageWorld) => void | Promise<void>;
  readonly path: (at: PageWorld) => string;
  /** Acts on the page before it is looked at. */
  readonly act?: (visit: CardVisit) => Promise<void>;
  /** Text that the card shows in this state and in no other. */
  readonly shows: RegExp;
  /** What becomes of requests for data. */
  readonly answers?: 'fail' | 'hang';
}

type Row = Record<string, unknown>;

const first = (at: PageWorld, what: string, fits: (row: Row) => boolean): Row => {
  const row = at.world.scores(PERIOD).find(fits);
  if (!row) throw new Error(`No account of this base is ${what}`);
  return row;
};
const plain = ({ Cap__c, Provisional__c }: Row): boolean => !Cap__c && !Provisional__c;
const steady = (at: PageWorld): Row =>
  first(at, 'At Risk', (row) => plain(row) && row['Tier__c'] === 'At Risk');
const healthy = (at: PageWorld): Row =>
  first(at, 'Healthy', (row) => plain(row) && row['Tier__c'] === 'Healthy');
const capped = (at: PageWorld): Row => first(at, 'capped at 59', (row) => row['Health_Score__c'] === 59);
const provisional = (at: PageWorld): Row => first(at, 'provisional', (row) => row['Provisional__c'] === true);
const critical = (at: PageWorld): Row =>
  first(at, 'Critical', (row) => plain(row) && row['Tier__c'] === 'Critical');

/** After the run without Jira: held, because its readings may hide a fall. */
function heldByOutage(at: PageWorld): Row {
  const row = at.world.scores(CURRENT).find(({ Cap__c }) => String(Cap__c).startsWith('outage_hold'));
  if (!row) throw new Error('No account of this base is held by the outage');
  return row;
}

const page = (row: (at: PageWorld) => Row) => (at: PageWorld) => accountPage(row(at)['Account__c']);
/** The month that is under way. */
const CURRENT = '2026-11';
const NEW_ACCOUNT = '001000000000999AAA';

/** All that a score without a number leaves empty. */
const SCORE_NUMBERS = [
  'Health_Score__c',
  'Quantitative_Score__c',
  'Churn_Risk_Score__c',
  'Platform_Value_Score__c',
  'Support_Score__c',
  'Financial_Score__c',
  'Adoption_Score__c',
  'Relationship_Score__c',
  'Band_Low__c',
  'Band_High__c',
];

/** The newest score of an account. */
function newestOf(at: PageWorld, accountId: string): Row {
  const [newest] = at.world.query(
    `SELECT Id, Details__c FROM Health_Score__c WHERE Account__c = '${accountId}' ORDER BY Period__c DESC LIMIT 1`,
  );
  if (!newest) throw new Error(`${accountId} has no score`);
  return newest;
}

/** Changes a stored score as no user may: the store itself. */
function change(at: PageWorld, row: Row, fields: Record<string, string | number | null>): void {
  const { org } = at.world.sandbox.org;
  const object = org.schema.objects.get('health_score__c');
  if (!object) throw new Error('The org has no Health_Score__c');
  org.store.update(object, String(row['Id']), fields);
}

const record = (at: PageWorld, object: 'Opportunity' | 'Case', of = critical): string => {
  const accountId = String(of(at)['Account__c']);
  const [found] = at.world.query(`SELECT Id FROM ${object} WHERE AccountId = '${accountId}' LIMIT 1`);
  if (!found) throw new Error(`${accountId} has no ${object}`);
  return `/lightning/r/${object}/${String(found['Id'])}/view`;
};

const WIDE = { viewport: { width: 1440, height: 1000 } };
const PHONE = { viewport: { width: 390, height: 844 } };

/** In this order: later ones change what earlier ones look at. */
export const STATES: readonly State[] = [
  { name: 'at-risk', path: page(steady), shows: /At Risk/ },
  { name: 'healthy', path: page(healthy), shows: /Healthy/ },
  { name: 'capped', path: page(capped), shows: /Held at 59\.0/ },
  { name: 'provisional', path: page(provisional), shows: /Provisional/ },
  { name: 'viewer', look: { person: 'viewer' }, path: page(capped), shows: /Held at 59\.0/ },
  { name: 'no-access', look: { person: 'sales' }, path: page(healthy), shows: /not its health score/ },
  {
    name: 'metrics',
    path: page(critical),
    act: async ({ card }) => card.locator('[data-part="support"] button.toggle').click(),
    shows: /Urgent conversations/,
  },
  {
    name: 'missing-metrics',
    path: page(provisional),
    act: async ({ card }) => card.locator('[data-part="support"] button.toggle').click(),
    shows: /No activity/,
  },
  {
    name: 'trend-as-table',
    path: page(healthy),
    act: async ({ card }) => card.getByRole('button', { name: 'Show as table' }).click(),
    shows: /Show as line/,
  },
  {
    name: 'raise-signal',
    path: page(healthy),
    act: async ({ card }) => card.getByRole('button', { name: 'Raise a signal' }).click(),
    shows: /What was seen or heard/,
  },
  {
    name: 'resolve-signal',
    path: page(capped),
    act: async ({ card }) =>
      card.locator('[data-id="signals"]').getByRole('button', { name: 'Resolve' }).first().click(),
    shows: /Outcome/,
  },
  {
    name: 'refresh',
    path: page(healthy),
    act: async ({ card }) => card.getByRole('button', { name: 'Refresh' }).first().click(),
    shows: /Read all sources again/,
  },
  { name: 'phone', look: PHONE, path: page(critical), shows: /Critical/ },
  {
    name: 'score-record',
    look: WIDE,
    path: (at) => `/lightning/r/Health_Score__c/${String(critical(at)['Id'])}/view`,
    shows: /What makes the score/,
  },
  { name: 'opportunity', path: (at) => record(at, 'Opportunity'), shows: /Critical/ },
  { name: 'case', path: (at) => record(at, 'Case'), shows: /Critical/ },
  {
    name: 'opportunity-capped',
    path: (at) => record(at, 'Opportunity', capped),
    shows: /raised by/,
  },
  { name: 'loading', path: page(healthy), answers: 'hang', shows: /Loading/ },
  { name: 'error', path: page(healthy), answers: 'fail', shows: /could not be read/i },
  {
    name: 'no-score-yet',
    prepare: (at) => {
      at.world.sandbox.org.org.load([
        {
          object: 'Account',
          fields: { Id: NEW_ACCOUNT, Name: 'New Quay Lodges (fictional)', Health_Segment__c: 'paid' },
        },
      ]);
    },
    path: () => accountPage(NEW_ACCOUNT),
    shows: /No score yet/,
  },
  {
    name: 'source-down',
    prepare: async (at) => {
      const { jira } = at.world.sandbox;
      jira.faults.add({ kind: 'status', status: 503, headers: { 'Retry-After': '0' } });
      await at.world.scorer(['run', '--period', CURRENT]);
      jira.faults.clear();
    },
    path: (at) => accountPage(heldByOutage(at)['Account__c']),
    shows: /could not be read, so the score may not rise/,
  },
  {
    name: 'carried',
    path: page(healthy),
    shows: /Some values are of an earlier month/,
  },
  {
    name: 'stale',
    prepare: async (at) => {
      // As if the last refresh of all accounts had not reached this one.
      const accountId = String(critical(at)['Account__c']);
      const [row] = at.world.query(
        `SELECT Id FROM Health_Score__c WHERE Account__c = '${accountId}' AND Period__c = '${CURRENT}'`,
      );
      const { url, sessions, org } = at.world.sandbox.org;
      const response = await fetch(
        `${url}/services/data/v66.0/sobjects/Health_Score__c/${String(row?.['Id'])}`,
        {
          method: 'DELETE',
          headers: { Authorization: `Bearer ${sessions.issue(org.adminId)}` },
        },
      );
      if (response.status !== 204) throw new Error(`Deleting a score: the org answered ${response.status}`);
    },
    path: page(critical),
    shows: /Older than the last refresh/,
  },
  {
    name: 'hardly-known',
    prepare: async (at) => {
      await at.world.scorer(['run', '--period', CURRENT, '--account', NEW_ACCOUNT]);
    },
    path: () => accountPage(NEW_ACCOUNT),
    shows: /10\.4% of what counts is known/,
  },
  {
    name: 'unscored',
    prepare: (at) => {
      // As if no source knew the account: every reading is missing, and the scorer makes no score of that.
      const row = newestOf(at, NEW_ACCOUNT);
      const details = JSON.parse(String(row['Details__c'])) as { readings: object[] };
      const readings = details.readings.map((reading) => ({
        ...reading,
        value: null,
        missing: 'not_mapped',
        observedAt: null,
      }));
      change(at, row, {
        ...Object.fromEntries(SCORE_NUMBERS.map((field) => [field, null])),
        Coverage__c: 0,
        Main_Reason__c: null,
        Tier__c: null,
        Details__c: JSON.stringify({ ...details, readings, change: { code: 'no_score' } }),
      });
    },
    path: () => accountPage(NEW_ACCOUNT),
    shows: /No source knows anything of this account/,
  },
  {
    name: 'recalculation-differs',
    prepare: (at) => {
      change(at, newestOf(at, String(healthy(at)['Account__c'])), { Quantitative_Score__c: 12.3 });
    },
    path: page(healthy),
    shows: /does not match the stored score/,
  },
];

/** Brings a state about in a browser and waits until it shows. */
export async function openState(at: PageWorld, state: State, look: Look = {}): Promise<CardVisit> {
  const visit = await at.open(state.path(at), {
    ...state.look,
    ...look,
    ...(state.answers ? { answers: state.answers } : {}),
  });
  await state.act?.(visit);
  await visit.card.getByText(state.shows).first().waitFor({ state: 'attached' });
  return visit;
}
