/**
 * No score improves because a record was damaged: random good records, one of them damaged in one place, and the score
 * with its outage cap held against the undamaged one. More of them: `DAMAGED_RECORDS=20000 npx vitest run test/contract/damaged-records.test.ts`.
 */
import { expect, it } from 'vitest';
import type { IntercomSource } from '../../node-scorer/src/extract/intercom/settings.ts';
import type { JiraSource } from '../../node-scorer/src/extract/jira/settings.ts';
import type { LookerSource } from '../../node-scorer/src/extract/looker/settings.ts';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import type { Extraction } from '../../node-scorer/src/extract/extraction.ts';
import { extractIntercom } from '../../node-scorer/src/extract/intercom/index.ts';
import { extractJira } from '../../node-scorer/src/extract/jira/index.ts';
import { extractLooker } from '../../node-scorer/src/extract/looker/index.ts';
import type { Account } from '../../node-scorer/src/facts/index.ts';
import { CATALOGUE, metricById } from '../../node-scorer/src/metrics/catalogue.ts';
import { outageCap, scoreAccount, type Reading } from '../../node-scorer/src/scoring/index.ts';
import { loadModel } from '../../node-scorer/src/shipped-model.ts';
import { scriptedTransport } from '../../node-scorer/src/http/scripted-transport.ts';
import type { Call } from '../../node-scorer/src/http/transport.ts';
import { readingsOf, requestOf, makeBase } from './base.ts';
import { ZodError } from 'zod';
import { changed, pathsOf, seeded, type Json } from './mutate.ts';

const CASES = Number(process.env['DAMAGED_RECORDS'] ?? 300);
if (!(CASES >= 100)) throw new Error(`DAMAGED_RECORDS: found ${CASES}, expected 100 or more`);

const PERIOD = '2026-10';
const { window, now } = requestOf(makeBase(1, 2), PERIOD);
const model = await loadModel();

const ACCOUNTS: Account[] = ['1', '2', '3'].map((n) => ({
  id: n,
  name: n,
  segment: n === '1' ? 'paid' : 'standard',
  intercomCompanyId: `c${n}`,
  lookerCustomerId: n,
  jiraProjectKey: `P${n}`,
  jiraComponent: null,
}));
const REQUEST = { accounts: ACCOUNTS, window, now };

type Fields = { readonly [key: string]: Json };
type Random = () => number;
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

interface Vendor {
  readonly source: 'intercom' | 'jira' | 'looker';
  readonly records: (random: Random) => readonly Fields[];
  readonly extract: (records: readonly Json[]) => Promise<Extraction<unknown>>;
  /** Places that hold something in every record of this vendor: without it, or null, the record is damaged. */
  readonly given: RegExp;
  /** Places that may be null in a good record, and are there in every one: without it the record is damaged. */
  readonly there?: RegExp;
}

/** Metrics of other sources, so that a lost one has something to leave its weight to. */
const OTHERS: Readonly<Record<string, Reading>> = {
  payment_health: { value: 0 },
  qbr_attendance: { value: 90 },
  messaging: { value: 85 },
};

const WRONG: readonly Json[] = [{}, [], 'x', true, -1, [[]], ''];

/** One record damaged in one place: gone, null, or of another type. */
function damaged(records: readonly Fields[], { given, there }: Vendor, random: Random): readonly Json[] {
  const at = Math.floor(random() * records.length);
  const record = records[at] as Fields;
  const path = pick(pathsOf(record), random);
  const place = path.join('.');
  const kind = given.test(place) ? random() : 1;
  const now = changed(record, path, (old) => {
    if (there?.test(place) === true && random() < 0.5) return undefined;
    if (kind < 0.3) return place === '' ? null : undefined;
    if (kind < 0.6) return null;
    return pick(
      WRONG.filter((wrong) => {
        if (typeof wrong === typeof old) return Array.isArray(wrong) !== Array.isArray(old);
        // A number for a text is another record's id.
        return typeof wrong !== 'number' || typeof old !== 'string';
      }),
      random,
    );
  });
  return records.map((each, i) => (i === at ? (now ?? null) : each));
}

/** Scores of every account, or why there are none. */
async function scoresOf(
  vendor: Vendor,
  records: readonly Json[],
  earlier: (id: string) => number | null,
): Promise<ReadonlyMap<string, number | null>> {
  let read: ReturnType<typeof readingsOf>;
  try {
    read = readingsOf(vendor.source, await vendor.extract(records), { window });
  } catch (error) {
    if (!(error instanceof ScorerError) && !(error instanceof ZodError)) throw error;
    // The source failed: all of its readings are lost.
    read = new Map(ACCOUNTS.map(({ id }) => [id, {}]));
  }
  const without = Object.fromEntries(
    CATALOGUE.map(({ id, source }): [string, Reading] => {
      if (source === vendor.source) return [id, { value: null, missing: 'source_down' }];
      return [id, OTHERS[id] ?? { value: null, missing: 'not_configured' }];
    }),
  );
  return new Map(
    ACCOUNTS.map(({ id, name, segment }) => {
      const readings = { ...without, ...read.get(id) };
      const input = {
        accountId: id,
        name,
        segment,
        period: PERIOD,
        asOf: window.asOf,
        readings,
        signals: [],
      };
      const card = scoreAccount(model, input);
      const hold = outageCap(card, earlier(id), (metric) => metricById(metric)?.source ?? metric);
      return [id, scoreAccount(model, { ...input, hold }).healthScore] as const;
    }),
  );
}

const USAGE: LookerSource = {
  model: 'm',
  timezone: 'UTC',
  queries: [
    {
      view: 'sessions',
      id: 'id',
      date: 'month',
      fields: { dau: 'dau', mau: 'mau', login_frequency: 'logins' },
    },
    {
      view: 'features',
      id: 'id',
      date: 'month',
      fields: { features_used: 'used', features_licensed: 'licensed' },
    },
    {
      view: 'platform',
      id: 'id',
      date: 'month',
      fields: { messaging: 'messaging', automations: 'automations' },
    },
  ],
  looks: [],
};

const looker: Vendor = {
  source: 'looker',
  records: (random) =>
    ACCOUNTS.flatMap(({ lookerCustomerId }) =>
      ['2026-07', '2026-08', '2026-09', PERIOD].map((month) => ({
        id: lookerCustomerId,
        month,
        dau: Math.round(random() * 50),
        mau: Math.round(random() * 200),
        logins: Math.round(random() * 60) / 10,
        used: Math.round(random() * 20),
        licensed: 20,
        messaging: Math.round(random() * 100),
        automations: Math.round(random() * 100),
      })),
    ),
  extract: (records) =>
    extractLooker(
      {
        settings: USAGE,
        sdk: {
          login: () => Promise.resolve(),
          runQuery: ({ fields, filters }) =>
            Promise.resolve(
              Object.values(filters)[0]?.startsWith('2000') === true
                ? []
                : records.map((row) => only(row, fields)),
            ),
          runLook: () => Promise.resolve([]),
          explore: () =>
            Promise.resolve(
              USAGE.queries.flatMap(({ id, date, fields }) => [id, date, ...Object.values(fields)]),
            ),
          look: () => Promise.resolve(null),
        },
      },
      REQUEST,
    ),
  // A measure may be null: there was nothing to measure.
  given: /^(id|month)?$/,
};

const only = (row: Json, fields: readonly string[]): Json =>
  typeof row === 'object' && row !== null && !Array.isArray(row)
    ? Object.fromEntries(Object.entries(row as Fields).filter(([name]) => fields.includes(name)))
    : row;

const INTERCOM: IntercomSource = {
  api_version: '2.16',
  base_url: '',
  company_id: 'intercom',
  exclude_delivered_as: ['automated'],
  p1_p2: [{ priority: ['urgent'] }, { tag: ['p1'] }],
  escalation: [{ custom_attribute: { name: 'Escalated', equals: true } }],
};

const intercom: Vendor = {
  source: 'intercom',
  records: (random) =>
    Array.from({ length: 12 }, (_, i): Fields => {
      const at = window.start / 1_000 + Math.floor(random() * 2_000_000);
      const [reply, close] = [Math.round(random() * 90_000), Math.round(random() * 900_000)];
      const company = ACCOUNTS[i % ACCOUNTS.length]?.intercomCompanyId ?? '';
      return {
        type: 'conversation',
        id: String(i + 1),
        created_at: at,
        state: 'closed',
        priority: pick(['urgent', 'none'], random),
        company: { type: 'company', id: company, company_id: `crm-${company}` },
        contacts: { contacts: [{ type: 'contact', id: `k${i}` }] },
        tags: { tags: random() < 0.5 ? [{ id: '1', name: 'p1' }] : [] },
        custom_attributes: { Escalated: random() < 0.5 },
        source: { delivered_as: 'customer_initiated' },
        statistics: {
          time_to_admin_reply: reply,
          first_admin_reply_at: at + reply,
          time_to_last_close: close,
          last_close_at: at + close,
        },
        conversation_rating: { rating: 1 + Math.floor(random() * 5), created_at: at },
      };
    }),
  extract: (records) =>
    extractIntercom(
      {
        settings: INTERCOM,
        transport: scriptedTransport(({ path }: Call<unknown>) => {
          if (path === '/me') return { type: 'admin', id: '1' };
          if (path === '/tags') return { data: [{ name: 'p1' }] };
          if (path === '/conversations/attributes')
            return { data: [{ name: 'Escalated', data_type: 'boolean' }] };
          if (path.startsWith('/companies/')) return { id: path.split('/')[2] };
          if (path === '/conversations/search')
            return {
              type: 'conversation.list',
              total_count: records.length,
              conversations: records,
              pages: { type: 'pages', next: null, page: 1, total_pages: 1 },
            };
          return { type: 'contact', id: path.split('/')[2], companies: { data: [], has_more: false } };
        }),
      },
      REQUEST,
    ),
  given: /^(|id|created_at|state|priority)$/,
  there: /^(tags|custom_attributes|source|statistics|conversation_rating)$/,
};

const JIRA: JiraSource = {
  edition: 'cloud',
  bug_issue_types: ['Bug'],
  critical_priorities: ['Highest'],
  open_by: 'status_category',
  timezone: 'from_user',
};

const jira: Vendor = {
  source: 'jira',
  records: (random) =>
    Array.from({ length: 12 }, (_, i): Fields => {
      const project = ACCOUNTS[i % ACCOUNTS.length]?.jiraProjectKey ?? '';
      const done = random() < 0.5;
      return {
        id: String(i + 1),
        key: `${project}-${i + 1}`,
        fields: {
          created: `2026-${pick(['08', '09', PERIOD.slice(5)], random)}-03T09:14:05.000+0000`,
          project: { key: project },
          status: done ? { id: '9', name: 'Done' } : { id: '1', name: 'To Do' },
          priority: { name: pick(['Highest', 'Low'], random) },
          components: [],
          resolutiondate: done ? '2026-10-05T00:00:00.000+0000' : null,
        },
        // Not of the issue: taken out before it is answered.
        history: done ? [{ created: '2026-10-05T00:00:00.000+0000', from: '1', to: '9' }] : [],
      };
    }),
  extract: (records) =>
    extractJira(
      {
        settings: JIRA,
        transport: scriptedTransport(({ path }: Call<unknown>) => {
          if (path.endsWith('/myself')) return { accountId: 'u1' };
          if (path.endsWith('/status'))
            return [
              { id: '1', name: 'To Do', statusCategory: { key: 'new' } },
              { id: '9', name: 'Done', statusCategory: { key: 'done' } },
            ];
          if (path.endsWith('/priority/search'))
            return {
              values: ['Highest', 'Low'].map((name, id) => ({ id: String(id), name })),
              total: 2,
              isLast: true,
            };
          if (path.endsWith('/issuetype')) return [{ id: '10', name: 'Bug' }];
          if (path.endsWith('/approximate-count')) return { count: records.length };
          if (path.endsWith('/project/search'))
            return { values: ACCOUNTS.map(({ jiraProjectKey: key }) => ({ key })), isLast: true };
          if (!path.endsWith('/bulkfetch'))
            return { issues: records.map((issue) => only(issue, ['id', 'key', 'fields'])), isLast: true };
          return { issueChangeLogs: records.flatMap(changelogOf) };
        }),
      },
      REQUEST,
    ),
  given: /^(|id|key|fields(\.(created|project|status)(\..+)?)?)$/,
};

const fieldsOf = (value: Json): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

function changelogOf(issue: Json): Json[] {
  const { id, history } = fieldsOf(issue);
  if (!Array.isArray(history)) return [{ issueId: id ?? null, changeHistories: history ?? null }];
  if (history.length === 0) return [];
  const changeHistories = (history as readonly Json[]).map((move) => {
    const { created = null, from = null, to = null } = fieldsOf(move);
    return { created, items: [{ field: 'status', fieldId: 'status', from, to }] };
  });
  return [{ issueId: id ?? null, changeHistories }];
}

it.each([looker, intercom, jira])(
  `${CASES} damaged records of $source never improve a score`,
  { timeout: 600_000 },
  async (vendor) => {
    const better: string[] = [];
    let judged = 0;
    for (let seed = 1; seed <= CASES; seed++) {
      const random = seeded(seed);
      const records = vendor.records(random);
      const whole = await scoresOf(vendor, records, () => null);
      const broken = damaged(records, vendor, random);
      for (const earlier of [(id: string) => whole.get(id) ?? null, () => 0]) {
        for (const [id, score] of await scoresOf(vendor, broken, earlier)) {
          const truth = whole.get(id);
          if (score === null || truth == null) continue;
          judged++;
          if (score > truth + 1e-9)
            better.push(
              `seed ${seed}, account ${id}: ${truth} became ${score} with ${JSON.stringify(broken.find((each, i) => each !== records[i]))}`,
            );
        }
      }
    }
    expect(better.slice(0, 5)).toEqual([]);
    expect(judged).toBeGreaterThan(CASES);
  },
);
