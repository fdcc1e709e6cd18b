/**
 * Damaged answers: whatever a vendor sends, no crash, and no number that was not in the answer. `npm test` takes the
 * first 5,000 of each vendor; all of them: `FUZZ_PAYLOADS=20000 npx vitest run test/contract/fuzz.test.ts`
 */
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import type { IntercomSource } from '../../node-scorer/src/extract/intercom/settings.ts';
import type { JiraSource } from '../../node-scorer/src/extract/jira/settings.ts';
import type { LookerSource } from '../../node-scorer/src/extract/looker/settings.ts';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import type { Extraction } from '../../node-scorer/src/extract/extraction.ts';
import { extractIntercom } from '../../node-scorer/src/extract/intercom/index.ts';
import { extractJira } from '../../node-scorer/src/extract/jira/index.ts';
import { extractLooker } from '../../node-scorer/src/extract/looker/index.ts';
import type { Account, Known, Window } from '../../node-scorer/src/facts/index.ts';
import { scriptedTransport } from '../../node-scorer/src/http/scripted-transport.ts';
import type { Call, Transport } from '../../node-scorer/src/http/transport.ts';
import { CATALOGUE } from '../../node-scorer/src/metrics/catalogue.ts';
import type { Facts } from '../../node-scorer/src/metrics/define-metric.ts';
import { mutate, seeded, type Json } from './mutate.ts';

const PAYLOADS = Number(process.env['FUZZ_PAYLOADS'] ?? 5_000);
if (!(PAYLOADS >= 100)) throw new Error(`FUZZ_PAYLOADS: found ${PAYLOADS}, expected 100 or more`);

const OCTOBER: Window = {
  period: '2026-10',
  start: Date.parse('2026-10-01T00:00:00Z'),
  end: Date.parse('2026-11-01T00:00:00Z'),
  asOf: '2026-10-31',
  complete: true,
};
const INSIDE = OCTOBER.start / 1_000 + 3_600;
const NOW = Date.parse('2026-11-03T05:00:00Z');

const ACCOUNTS: Account[] = ['1', '2'].map((n) => ({
  id: n,
  name: n,
  segment: 'paid',
  intercomCompanyId: `c${n}`,
  lookerCustomerId: n,
  jiraProjectKey: `P${n}`,
  jiraComponent: null,
}));
const REQUEST = { accounts: ACCOUNTS, window: OCTOBER, now: () => NOW };

/** Like the real transport: an answer that does not fit the schema is a coded error. */
function transportOf(answer: (call: Call<unknown>) => unknown): Transport {
  const inner = scriptedTransport(answer);
  return {
    request: async (call) => {
      try {
        return await inner.request(call);
      } catch (error) {
        if (error instanceof ZodError) throw new ScorerError('SOURCE_UNEXPECTED', 'not as expected');
        throw error;
      }
    },
  };
}

const NOTHING: Facts = {
  intercom: { missing: 'not_mapped' },
  jira: { missing: 'not_mapped' },
  looker: { missing: 'not_mapped' },
  salesforce: { missing: 'not_mapped' },
};

interface Outcome {
  readonly crashes: string[];
  readonly impossible: string[];
  answered: number;
  refused: number;
}

/** Extracts from many damaged payloads and reads all metrics of the source from what came out. */
async function damage<T>(
  source: 'intercom' | 'jira' | 'looker',
  payload: Json,
  extract: (damaged: Json) => Promise<Extraction<T>>,
): Promise<Outcome> {
  const outcome: Outcome = { crashes: [], impossible: [], answered: 0, refused: 0 };
  const metrics = CATALOGUE.filter((metric) => metric.source === source);
  for (let seed = 1; seed <= PAYLOADS; seed++) {
    const damaged = mutate(payload, seeded(seed));
    try {
      const { facts } = await extract(damaged);
      outcome.answered++;
      for (const [id, known] of facts) {
        const all: Facts = { ...NOTHING, [source]: known as Known<never> };
        for (const metric of metrics) {
          const { value } = metric.read(all, OCTOBER);
          if (value !== null && !possible(metric.id, metric.unit, value)) {
            outcome.impossible.push(`seed ${seed}: ${metric.id} of ${id} is ${value}`);
          }
        }
      }
    } catch (error) {
      if (error instanceof ScorerError) outcome.refused++;
      else outcome.crashes.push(`seed ${seed}: ${String(error)}`);
    }
  }
  return outcome;
}

/** Ratios against a base that may be tiny can be large; the rest has bounds that no answer can move. */
function possible(id: string, unit: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (id === 'mau_trend_pct') return value >= -100;
  if (unit === 'score') return value >= 0 && value <= 100;
  if (unit === 'percent' && !UNBOUNDED.includes(id)) return value >= 0 && value <= 100;
  return value >= 0;
}

const UNBOUNDED = ['stickiness_pct', 'feature_breadth'];

const INTERCOM: IntercomSource = {
  api_version: '2.16',
  base_url: '',
  company_id: 'intercom',
  exclude_delivered_as: ['automated'],
  p1_p2: [{ priority: ['urgent'] }, { tag: ['p1'] }],
  escalation: [{ custom_attribute: { name: 'Escalated', equals: true } }],
};

const conversation = (id: string, company: string | null): Json => ({
  type: 'conversation',
  id,
  created_at: INSIDE,
  state: 'closed',
  priority: 'urgent',
  team_assignee_id: 7,
  company: company === null ? null : { type: 'company', id: company, company_id: `crm-${company}` },
  contacts: { contacts: [{ type: 'contact', id: `k${id}` }] },
  tags: { tags: [{ id: '1', name: 'p1' }] },
  custom_attributes: { Escalated: true },
  source: { delivered_as: 'customer_initiated' },
  statistics: {
    time_to_admin_reply: 300,
    first_admin_reply_at: INSIDE + 300,
    time_to_last_close: 7_200,
    last_close_at: INSIDE + 7_200,
  },
  conversation_rating: { rating: 5, created_at: INSIDE },
});

const JIRA: JiraSource = {
  edition: 'cloud',
  bug_issue_types: ['Bug'],
  critical_priorities: ['Highest'],
  open_by: 'status_category',
  timezone: 'from_user',
};

const issue = (id: string, project: string): Json => ({
  id,
  key: `${project}-${id}`,
  fields: {
    created: '2026-09-03T09:14:05.000+0000',
    project: { key: project },
    status: { id: '9', name: 'Done' },
    priority: { name: 'Highest' },
    components: [{ name: 'API' }],
  },
});

const LOOKER: LookerSource = {
  model: 'm',
  timezone: 'UTC',
  queries: [
    {
      view: 'sessions',
      id: 's.id',
      date: 's.m',
      fields: { dau: 's.dau', mau: 's.mau', login_frequency: 's.l' },
    },
    { view: 'features', id: 's.id', date: 's.m', fields: { features_used: 's.u', features_licensed: 's.n' } },
    { view: 'platform', id: 's.id', date: 's.m', fields: { messaging: 's.p' } },
  ],
  looks: [],
};

const usage = (id: Json, month: string): Json => ({
  's.id': id,
  's.m': month,
  's.dau': 10,
  's.mau': 40,
  's.l': 3.5,
  's.u': 12,
  's.n': 20,
  's.p': 80,
});

const clean = ({ crashes, impossible }: Outcome): void => {
  expect(crashes.slice(0, 5)).toEqual([]);
  expect(impossible.slice(0, 5)).toEqual([]);
};

describe(`${PAYLOADS} damaged answers`, () => {
  it('of Intercom end in facts that can be or in a coded error', async () => {
    const payload: Json = {
      page: {
        type: 'conversation.list',
        total_count: 3,
        conversations: [conversation('1', 'c1'), conversation('2', 'c2'), conversation('3', null)],
        pages: { type: 'pages', next: null, page: 1, total_pages: 1 },
      },
      contact: {
        type: 'contact',
        id: 'k3',
        companies: { data: [{ type: 'company', id: 'c1' }], has_more: false },
      },
    };
    const outcome = await damage('intercom', payload, (damaged) => {
      const { page = null, contact = null } = (damaged ?? {}) as Record<string, Json>;
      const transport = transportOf(({ path }) => {
        if (path === '/me') return { type: 'admin', id: '1' };
        if (path === '/tags') return { data: [{ name: 'p1' }] };
        if (path === '/conversations/attributes')
          return { data: [{ name: 'Escalated', data_type: 'boolean' }] };
        if (path.startsWith('/companies/')) return { id: path.split('/')[2] };
        return path === '/conversations/search' ? page : contact;
      });
      return extractIntercom({ transport, settings: INTERCOM }, REQUEST);
    });
    clean(outcome);
    expect(outcome.answered).toBeGreaterThan(PAYLOADS / 4);
    expect(outcome.refused).toBeGreaterThan(PAYLOADS / 100);
  });

  it('of Jira end in facts that can be or in a coded error', async () => {
    const payload: Json = {
      projects: { values: [{ key: 'P1' }, { key: 'P2' }], isLast: true },
      status: [
        { id: '1', statusCategory: { key: 'new' } },
        { id: '9', statusCategory: { key: 'done' } },
      ],
      priorities: { values: [{ id: '1', name: 'Highest' }], total: 1, isLast: true },
      types: [{ id: '10', name: 'Bug' }],
      count: { count: 3 },
      search: { issues: [issue('1', 'P1'), issue('2', 'P2'), issue('3', 'P1')], isLast: true },
      changelog: {
        issueChangeLogs: ['1', '2', '3'].map((issueId) => ({
          issueId,
          changeHistories: [
            {
              created: '2026-10-05T00:00:00.000+0000',
              items: [{ field: 'status', fieldId: 'status', from: '1', to: '9' }],
            },
          ],
        })),
      },
    };
    const outcome = await damage('jira', payload, (damaged) => {
      const parts = (damaged ?? {}) as Record<string, Json>;
      const transport = transportOf(({ path }) => {
        if (path.endsWith('/myself')) return { accountId: 'u1' };
        if (path.endsWith('/status')) return parts['status'] ?? null;
        if (path.endsWith('/priority/search')) return parts['priorities'] ?? null;
        if (path.endsWith('/issuetype')) return parts['types'] ?? null;
        if (path.endsWith('/approximate-count')) return parts['count'] ?? null;
        if (path.endsWith('/project/search')) return parts['projects'] ?? null;
        return (path.endsWith('/bulkfetch') ? parts['changelog'] : parts['search']) ?? null;
      });
      return extractJira({ transport, settings: JIRA }, REQUEST);
    });
    clean(outcome);
    expect(outcome.answered).toBeGreaterThan(PAYLOADS / 4);
    expect(outcome.refused).toBeGreaterThan(PAYLOADS / 100);
  });

  it('of Looker end in facts that can be or in a coded error', async () => {
    const payload: Json = ['2026-08', '2026-09', '2026-10'].flatMap((month) => [
      usage(1, month),
      usage('2', month),
    ]);
    const outcome = await damage('looker', payload, (damaged) => {
      const sdk = {
        login: () => Promise.resolve(),
        runQuery: () => Promise.resolve(damaged),
        runLook: () => Promise.resolve(damaged),
        explore: () => Promise.resolve(null),
        look: () => Promise.resolve(null),
      };
      return extractLooker({ sdk, settings: LOOKER }, REQUEST);
    });
    clean(outcome);
    expect(outcome.answered).toBeGreaterThan(PAYLOADS / 4);
  });
});
