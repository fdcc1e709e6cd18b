import type { StandIn } from 'local-org/http';
import type { Extraction, ExtractionRequest } from '../../node-scorer/src/extract/extraction.ts';
import { extractIntercom, intercomTransport } from '../../node-scorer/src/extract/intercom/index.ts';
import { extractJira, jiraTransport } from '../../node-scorer/src/extract/jira/index.ts';
import { extractLooker, makeLookerSdk } from '../../node-scorer/src/extract/looker/index.ts';
import { noQuirks as intercomQuirks } from '../../sandbox/intercom/quirks.ts';
import { startIntercom } from '../../sandbox/intercom/server.ts';
import { noQuirks as jiraQuirks } from '../../sandbox/jira/quirks.ts';
import { startJira } from '../../sandbox/jira/server.ts';
import { noQuirks as lookerQuirks } from '../../sandbox/looker/quirks.ts';
import { startLooker } from '../../sandbox/looker/server.ts';
import { NOW, shippedSources, type Base, type TestRuntime } from './base.ts';

const TOKEN = 'contract-token-0123456789';
const WRONG = 'contract-token-of-somebody-else';
const EMAIL = 'health@example.com';

export interface Reader {
  readonly extract: (request: ExtractionRequest) => Promise<Extraction<unknown>>;
}

type Record_ = Readonly<Record<string, unknown>>;
export type Reshape = (record: Record_) => Record_;

const asItIs: Reshape = (record) => record;

/** One vendor as the contract suite sees it: a stand-in to start, and a reader of it. */
export interface Vendor {
  readonly name: string;
  readonly source: 'intercom' | 'jira' | 'looker';
  /** `reshape` changes records on their way out, as a vendor's own mistakes do. */
  readonly start: (base: Base, reshape?: Reshape) => Promise<StandIn>;
  /** A record of this vendor with something in it that cannot be. */
  readonly spoil: Reshape;
  readonly reader: (
    standIn: StandIn,
    runtime: TestRuntime & { deadlineMs?: number },
    options?: { wrongToken?: boolean },
  ) => Reader;
  /** The call that carries the records, as `METHOD /path`. */
  readonly records: RegExp;
  /** What a refusal has to name for a person to know what to do. */
  readonly refusal: RegExp;
  /** Does a session that expires in the middle come back by itself? */
  readonly renews: boolean;
  /** May some of its readings live while others are lost? */
  readonly partial: boolean;
  /** A query of Looker may run for minutes: one that did not answer by then is not asked again. */
  readonly asksAgainAfterHang: boolean;
}

const clock = (): number => NOW;

const intercom: Vendor = {
  name: 'Intercom',
  source: 'intercom',
  start: (base, reshape = asItIs) =>
    startIntercom({ base, clock, token: TOKEN, quirks: { ...intercomQuirks(), reshape } }),
  spoil: (conversation) => ({ ...conversation, created_at: 'soon' }),
  reader: ({ url }, runtime, { wrongToken = false } = {}) => {
    const settings = shippedSources().intercom;
    const credentials = { token: wrongToken ? WRONG : TOKEN, baseUrl: url };
    const transport = intercomTransport(credentials, settings, runtime);
    return { extract: (request) => extractIntercom({ transport, settings }, request) };
  },
  records: /^POST \/conversations\/search$/,
  refusal: /INTERCOM_API_TOKEN.*Read conversations/,
  renews: false,
  partial: false,
  asksAgainAfterHang: true,
};

const cloud: Vendor = {
  name: 'Jira Cloud',
  source: 'jira',
  start: (base, reshape = asItIs) =>
    startJira({
      base,
      clock,
      quirks: { ...jiraQuirks(), reshape },
      email: EMAIL,
      token: TOKEN,
      pageCaps: { someFields: 40 },
      limit: { size: 10_000, perSecond: 10_000 },
    }),
  reader: ({ url }, runtime, { wrongToken = false } = {}) => {
    const credentials = { baseUrl: url, email: EMAIL, token: wrongToken ? WRONG : TOKEN };
    const transport = jiraTransport(credentials, runtime);
    return { extract: (request) => extractJira({ transport, settings: shippedSources().jira }, request) };
  },
  spoil: (issue) => ({ ...issue, fields: { ...(issue['fields'] as Record_), created: 'soon' } }),
  records: /^POST \/rest\/api\/3\/search\/jql$/,
  refusal: /JIRA_API_TOKEN.*Browse projects/,
  renews: false,
  partial: false,
  asksAgainAfterHang: true,
};

const dataCenter: Vendor = {
  ...cloud,
  name: 'Jira Data Center',
  start: (base, reshape = asItIs) =>
    startJira({
      base,
      clock,
      quirks: { ...jiraQuirks(), reshape },
      edition: 'datacenter',
      pat: TOKEN,
      searchMax: 40,
      limit: { size: 10_000, perSecond: 10_000 },
    }),
  reader: ({ url }, runtime, { wrongToken = false } = {}) => {
    const transport = jiraTransport({ baseUrl: url, pat: wrongToken ? WRONG : TOKEN }, runtime);
    return { extract: (request) => extractJira({ transport, settings: shippedSources().jira }, request) };
  },
  records: /^POST \/rest\/api\/2\/search$/,
};

const looker: Vendor = {
  name: 'Looker',
  source: 'looker',
  start: (base, reshape = asItIs) =>
    startLooker({
      base,
      clock,
      clientId: 'contract-client',
      clientSecret: TOKEN,
      quirks: { ...lookerQuirks(), reshape },
    }),
  spoil: (row) =>
    Object.fromEntries(
      Object.entries(row).map(([field, value]) => [field, /customer_id|month$/.test(field) ? value : 'many']),
    ),
  reader: ({ url }, runtime, { wrongToken = false } = {}) => ({
    extract: async (request) => {
      const clientSecret = wrongToken ? WRONG : TOKEN;
      const sdk = await makeLookerSdk({ baseUrl: url, clientId: 'contract-client', clientSecret }, runtime);
      return extractLooker({ sdk, settings: shippedSources().looker }, request);
    },
  }),
  records: /^POST \/api\/4\.0\/queries\/run\/json$/,
  refusal: /LOOKER_CLIENT_ID and LOOKER_CLIENT_SECRET/,
  renews: true,
  partial: true,
  asksAgainAfterHang: false,
};

export const VENDORS: readonly Vendor[] = [intercom, cloud, dataCenter, looker];
