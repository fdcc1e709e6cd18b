/**
 * The customer base that all stand-ins share: what really happened at each customer, before any system tells of
 * it. Moments are milliseconds since the epoch, days `YYYY-MM-DD`, months `YYYY-MM`; nothing lies after `now`.
 */
export type Story =
  | 'steady champion'
  | 'slow decline'
  | 'support crisis'
  | 'silent customer'
  | 'new customer'
  | 'recovering'
  | 'churned';

export type Segment = 'paid' | 'standard';

export interface Base {
  readonly seed: number;
  readonly now: number;
  /** All months with data, oldest first; the last one is the running month. */
  readonly months: readonly string[];
  readonly customers: readonly Customer[];
}

export interface Customer {
  /** Position in the base, from 0. */
  readonly index: number;
  readonly story: Story;
  readonly name: string;
  readonly segment: Segment;
  /** 18-character Salesforce id. */
  readonly accountId: string;
  readonly ownerId: string;
  readonly customerSince: number;
  /** Null: this system does not know the customer, or nobody mapped it. */
  readonly intercomCompanyId: string | null;
  /** The `company_id` that we gave Intercom. */
  readonly intercomExternalId: string;
  readonly lookerCustomerId: string | null;
  readonly jira: { readonly project: string; readonly component: string | null } | null;
  readonly churnedOn: string | null;
  readonly successTier: string | null;
  /** Field history was switched on before the account was created: its past ARR is known. */
  readonly historyTracked: boolean;
  /** Yearly revenue in the course of time, oldest first; the last one is today's. */
  readonly arr: readonly { readonly from: number; readonly value: number | null }[];
  readonly contacts: readonly Contact[];
  readonly conversations: readonly PlannedConversation[];
  readonly issues: readonly PlannedIssue[];
  readonly usage: readonly MonthOfUsage[];
  readonly opportunities: readonly PlannedOpportunity[];
  readonly contracts: readonly PlannedContract[];
  readonly cases: readonly { readonly createdAt: number; readonly type: 'Billing' | 'Technical' }[];
  readonly reviews: readonly {
    readonly day: string;
    readonly type: 'QBR' | 'Call';
    readonly attended: boolean;
  }[];
  readonly champions: readonly {
    readonly contact: number;
    readonly since: string;
    readonly until: string | null;
  }[];
  readonly signals: readonly PlannedSignal[];
}

export interface Contact {
  readonly salesforceId: string;
  readonly intercomId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Accounts (by index) that Intercom ties this contact to besides its own customer. */
  readonly alsoAt: readonly number[];
}

export interface PlannedConversation {
  /** Nineteen digits; unique in the workspace and growing with time. */
  readonly id: string;
  readonly createdAt: number;
  readonly deliveredAs: 'customer_initiated' | 'admin_initiated' | 'automated' | 'operator_initiated';
  /** How Intercom ties it to the customer: by `company`, or only by a contact (index in `contacts`). */
  readonly via: 'company' | 'contact';
  readonly contact: number;
  readonly priority: 'none' | 'low' | 'medium' | 'high' | 'urgent';
  readonly tags: readonly string[];
  readonly escalatedAttribute: boolean;
  readonly state: 'open' | 'closed' | 'snoozed';
  /** Null while the team has not replied. `measured`: Intercom states the seconds itself, else only the moment. */
  readonly firstReply: { readonly seconds: number; readonly measured: boolean } | null;
  /** The last time it was closed (it may be open again); null when never. */
  readonly lastClose: { readonly seconds: number; readonly measured: boolean } | null;
  readonly rating: 'not asked' | 'unanswered' | 1 | 2 | 3 | 4 | 5;
  /** Intercom gives `statistics: null` for it. */
  readonly withoutStatistics: boolean;
}

export type JiraStatus = 'To Do' | 'In Progress' | 'In Review' | 'Done' | "Won't Fix";

export interface PlannedIssue {
  readonly id: string;
  readonly key: string;
  readonly createdAt: number;
  readonly type: 'Bug' | 'Task';
  readonly priority: 'Highest' | 'High' | 'Medium' | 'Low' | 'Blocker' | null;
  /** Status at creation. */
  readonly firstStatus: JiraStatus;
  readonly moves: readonly { readonly at: number; readonly to: JiraStatus }[];
  /** Further components of the same project that the issue carries. */
  readonly otherComponents: readonly string[];
}

export interface MonthOfUsage {
  readonly month: string;
  readonly dau: number | null;
  readonly mau: number | null;
  readonly loginsPerUserWeek: number | null;
  readonly featuresUsed: number | null;
  readonly featuresLicensed: number | null;
  readonly pillars: {
    readonly messaging: number | null;
    readonly automations: number | null;
    readonly contactless: number | null;
    readonly requests: number | null;
    readonly staff_adoption: number | null;
  };
}

export type OpportunityStage =
  'Prospecting' | 'Proposal/Price Quote' | 'Negotiation/Review' | 'Closed Won' | 'Closed Lost';

export interface PlannedOpportunity {
  readonly id: string;
  readonly type: 'Renewal' | 'Expansion' | 'Upsell' | 'Downgrade' | 'Amendment' | 'New Business';
  readonly amount: number;
  /** Its states in the course of time, the first at creation. */
  readonly states: readonly {
    readonly at: number;
    readonly stage: OpportunityStage;
    readonly closeDate: string;
  }[];
}

export interface PlannedContract {
  readonly id: string;
  readonly startDate: string;
  readonly termMonths: number;
  readonly status: 'Activated' | 'Draft';
}

export interface PlannedSignal {
  readonly severity: 'Critical' | 'Moderate' | 'Watch';
  readonly status: 'Active' | 'Monitoring' | 'Resolved';
  readonly confidence: 'Suspected' | 'Confirmed';
  readonly category: string;
  readonly detail: string;
  readonly observedOn: string;
  readonly monitoringFrom: string | null;
  readonly resolvedOn: string | null;
  readonly expiresOn: string | null;
}
