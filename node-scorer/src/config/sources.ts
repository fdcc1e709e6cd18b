import { z } from 'zod';
import { LOOKER_MEASURES } from './known-names.ts';
import { meant } from './meant.ts';
import { expecting, FORMAT, mapOf, note, number, text, textOf, wholeNumber } from './schema-parts.ts';

/**
 * Where each metric's facts come from: the shape of `config/sources.yaml`, with its own snake_case keys. Every key is
 * read: a misspelt one would quietly leave its metric without readings.
 */

const texts = z.array(text());
const timezone = textOf(/^[A-Za-z_]+([/+-][A-Za-z0-9_+-]+)*$/, 'a time zone such as Europe/London');

const KINDS = ['priority', 'tag', 'team', 'custom_attribute'] as const;

/** One test of a conversation: any of the named priorities, tags or teams, or one custom attribute's value. */
export type ConversationTest =
  | { readonly priority: readonly string[] }
  | { readonly tag: readonly string[] }
  | { readonly team: readonly string[] }
  | { readonly custom_attribute: { readonly name: string; readonly equals: string | number | boolean } };

const conversationTests = z.array(
  z
    .strictObject({
      priority: texts.optional(),
      tag: texts.optional(),
      team: texts.optional(),
      custom_attribute: z
        .strictObject({
          name: text(),
          equals: expecting(
            z.union([z.string(), z.number(), z.boolean()]),
            'a text, a number, true or false',
          ),
        })
        .optional(),
    })
    .superRefine((test, context) => {
      const given = KINDS.filter((kind) => Object.hasOwn(test, kind));
      if (given.length === 1) return;
      const found = given.length === 0 ? 'no test' : given.join(' and ');
      note(context, [], found, `one of ${KINDS.join(', ')}`, 'make each a test of its own');
    })
    .transform((test) => test as ConversationTest),
);

const intercom = z.strictObject({
  /** Sent as `Intercom-Version`, such as `2.16`. */
  api_version: textOf(/^(\d+\.\d+|Preview)$/, 'a version such as "2.16"', 'put it in quotes'),
  base_url: textOf(
    /^https?:\/\/[^\s?#@]+$/,
    'an http(s) address without user, query or fragment',
    'for example https://api.intercom.io',
  ),
  /** What the mapping holds: Intercom's own company id, or the `company_id` that we gave it. */
  company_id: z.enum(['intercom', 'external']),
  /** Values of `source.delivered_as` that no customer began. */
  exclude_delivered_as: texts,
  /** Any of these makes a conversation P1/P2. */
  p1_p2: conversationTests,
  /** Any of these makes it an escalation. */
  escalation: conversationTests,
});

const jira = z.strictObject({
  edition: z.enum(['auto', 'cloud', 'datacenter']),
  bug_issue_types: texts,
  critical_priorities: texts,
  open_by: z.enum(['status_category', 'resolution']),
  /** `from_user`, or an IANA name such as `Europe/London`. */
  timezone,
});

/** Looker's names: letters, digits and underscores; a field is `view.field`. */
const lookerName = textOf(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a LookML name');
const lookerField = textOf(
  /^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$/,
  'a Looker field',
  'written view.field',
);

/** Our name of a measure: another one would be read and dropped. */
const measure = z.string().superRefine((name, context) => {
  if (LOOKER_MEASURES.includes(name)) return;
  const near = meant(name, LOOKER_MEASURES);
  const expected = `one that a metric is made of: ${LOOKER_MEASURES.join(', ')}`;
  note(
    context,
    [],
    `the measure ${name}`,
    expected,
    near === undefined ? 'remove it' : `did you mean ${near}?`,
  );
});

const columns = {
  /** Field that holds the customer's id. */
  id: lookerField,
  /** Field that holds the month. */
  date: lookerField,
  /** Our name of a measure (`dau`, `features_used`, `messaging` …) to Looker's field. */
  fields: mapOf(measure, lookerField)
    .superRefine((fields, context) => {
      if (fields.size === 0) note(context, [], 'no field', 'at least one');
    })
    .transform((fields): Record<string, string> => Object.fromEntries(fields)),
  /** Names of those that arrive as fractions of 1 and are percentages to us; the others come as they are. */
  fractions: texts.exactOptional(),
};

const checkFractions = (
  { fields, fractions = [] }: { fields: Record<string, string>; fractions?: string[] | undefined },
  context: z.RefinementCtx,
): void => {
  fractions.forEach((name, i) => {
    if (Object.hasOwn(fields, name)) return;
    note(context, ['fractions', i], name, `one of ${Object.keys(fields).join(', ')}`);
  });
};

const looker = z.strictObject({
  model: lookerName,
  timezone,
  /** Inline queries: one explore, all customers. */
  queries: z.array(z.strictObject({ view: lookerName, ...columns }).superRefine(checkFractions)),
  /** Saved Looks. */
  looks: z.array(z.strictObject({ look_id: wholeNumber(1, 1e9), ...columns }).superRefine(checkFractions)),
});

/** Objects and fields go into SOQL as they are, so nothing but a name may pass. */
const name = textOf(/^[A-Za-z][A-Za-z0-9_]*$/, 'an API name of Salesforce');
/** A clause that the admin wrote; absent is right, empty is not. */
const where = text().exactOptional();
/** Whole months up to the window's end. */
const months = wholeNumber(1, 120);

/** Records of an object that belong to an account. */
const records = { object: name, account: name };
/** The same, with a day. */
const dated = { ...records, date: name };

const salesforce = z.strictObject({
  accounts: z.strictObject({ where: text() }),
  /** Names of the Account fields that carry the mapping. */
  fields: z.strictObject({
    segment: name,
    arr: name,
    success_tier: name,
    churned_on: name,
    intercom: name,
    looker: name,
    jira_project: name,
    jira_component: name,
  }),
  renewal: z.strictObject({
    ...dated,
    where,
    /** Asked for accounts that have no such record. */
    else: z.strictObject({ ...dated, where }).exactOptional(),
  }),
  payment_problems: z.strictObject({ ...dated, where, months }),
  contract_changes: z.strictObject({ ...dated, where, months }),
  arr_history: z.strictObject({ ...dated, value: name, where, months }),
  /** ARR above the limit of its tier is misaligned; a tier that is not listed has no limit. */
  tier_limits: mapOf(z.string(), number(0, 1e15)).transform((limits): Record<string, number> =>
    Object.fromEntries(limits),
  ),
  qbr: z.strictObject({ ...dated, attended: name, where, months }),
  champion: z.strictObject({ ...records, since: name, until: name, where }),
  expansion: z.strictObject({ ...records, where }),
  signals: z.strictObject({ ...records, where }),
  /** What past periods are read from; without an entry their readings are `no_history`. */
  history: z.strictObject({
    opportunity: z
      .strictObject({ object: name, opportunity: name, at: name, stage: name, close: name })
      .optional(),
    account: z.strictObject({ object: name, account: name, at: name, field: name, old: name }).optional(),
  }),
});

/** `sources.yaml`. */
export const SOURCES = z
  .strictObject({ version: FORMAT, intercom, jira, looker, salesforce })
  .transform((read) => ({
    intercom: read.intercom,
    jira: read.jira,
    looker: read.looker,
    salesforce: read.salesforce,
  }));

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type Sources = DeepReadonly<z.output<typeof SOURCES>>;
export type IntercomSource = Sources['intercom'];
export type JiraSource = Sources['jira'];
export type LookerSource = Sources['looker'];
export type LookerColumns = Omit<LookerSource['queries'][number], 'view'>;
