/**
 * Where each metric's facts come from: the shape of `config/sources.yaml`, with its own snake_case keys, after
 * every check has passed. Names of objects and fields are safe to put into SOQL; `where` clauses are the admin's.
 */
export interface Sources {
  readonly intercom: IntercomSource;
  readonly jira: JiraSource;
  readonly looker: LookerSource;
  readonly salesforce: SalesforceSource;
}

export interface IntercomSource {
  /** Sent as `Intercom-Version`, such as `2.16`. */
  readonly api_version: string;
  readonly base_url: string;
  /** What the mapping holds: Intercom's own company id, or the `company_id` that we gave it. */
  readonly company_id: 'intercom' | 'external';
  /** Values of `source.delivered_as` that no customer began. */
  readonly exclude_delivered_as: readonly string[];
  /** Any of these makes a conversation P1/P2. */
  readonly p1_p2: readonly ConversationTest[];
  /** Any of these makes it an escalation. */
  readonly escalation: readonly ConversationTest[];
}

/** One test of a conversation: any of the named priorities, tags or teams, or one custom attribute's value. */
export type ConversationTest =
  | { readonly priority: readonly string[] }
  | { readonly tag: readonly string[] }
  | { readonly team: readonly string[] }
  | { readonly custom_attribute: { readonly name: string; readonly equals: string | number | boolean } };

export interface JiraSource {
  readonly edition: 'auto' | 'cloud' | 'datacenter';
  readonly bug_issue_types: readonly string[];
  readonly critical_priorities: readonly string[];
  readonly open_by: 'status_category' | 'resolution';
  /** `from_user`, or an IANA name such as `Europe/London`. */
  readonly timezone: string;
}

export interface LookerSource {
  readonly model: string;
  readonly timezone: string;
  readonly queries: readonly LookerQuery[];
  readonly looks: readonly LookerLook[];
}

export interface LookerColumns {
  /** Field that holds the customer's id. */
  readonly id: string;
  /** Field that holds the month. */
  readonly date: string;
  /** Our name of a measure (`dau`, `features_used`, `messaging` …) to Looker's field. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names of those that arrive as fractions of 1 and are percentages to us; the others come as they are. */
  readonly fractions?: readonly string[];
}

/** An inline query: one explore, all customers. */
export interface LookerQuery extends LookerColumns {
  readonly view: string;
}

/** A saved Look. */
export interface LookerLook extends LookerColumns {
  readonly look_id: number;
}

export interface SalesforceSource {
  readonly accounts: { readonly where: string };
  readonly fields: AccountFields;
  readonly renewal: RenewalSource;
  readonly payment_problems: DatedRecords;
  readonly contract_changes: DatedRecords;
  readonly arr_history: DatedRecords & { readonly value: string };
  /** ARR above the limit of its tier is misaligned; a tier that is not listed has no limit. */
  readonly tier_limits: Readonly<Record<string, number>>;
  readonly qbr: DatedRecords & { readonly attended: string };
  readonly champion: ChampionSource;
  readonly expansion: { readonly object: string; readonly account: string; readonly where?: string };
  readonly signals: { readonly object: string; readonly account: string; readonly where?: string };
  /** What past periods are read from; without an entry their readings are `no_history`. */
  readonly history: {
    readonly opportunity?: {
      readonly object: string;
      readonly opportunity: string;
      readonly at: string;
      readonly stage: string;
      readonly close: string;
    };
    readonly account?: {
      readonly object: string;
      readonly account: string;
      readonly at: string;
      readonly field: string;
      readonly old: string;
    };
  };
}

/** Names of the Account fields that carry the mapping. */
export interface AccountFields {
  readonly segment: string;
  readonly arr: string;
  readonly success_tier: string;
  readonly churned_on: string;
  readonly intercom: string;
  readonly looker: string;
  readonly jira_project: string;
  readonly jira_component: string;
}

/** Records of an object that belong to an account and carry a day. */
export interface DatedRecords {
  readonly object: string;
  readonly account: string;
  readonly date: string;
  readonly where?: string;
  /** Whole months up to the window's end. */
  readonly months: number;
}

export interface RenewalSource {
  readonly object: string;
  readonly account: string;
  readonly date: string;
  readonly where?: string;
  /** Asked for accounts that have no such record. */
  readonly else?: Omit<RenewalSource, 'else'>;
}

export interface ChampionSource {
  readonly object: string;
  readonly account: string;
  readonly since: string;
  readonly until: string;
  readonly where?: string;
}
