import { createHash } from 'node:crypto';
import type { LookerSource, Sources } from '../config/sources.ts';
import { versionOf } from '../config/model-json.ts';
import type { Account } from '../facts/index.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import type { Metric, SourceName } from '../metrics/define-metric.ts';

/**
 * What a reading was asked by: the mapping id of its account, the settings of its source that its metric uses, and the
 * metric's definition. Ten hexadecimal digits by metric id; another one tells that the reading must be made again
 * (DESIGN §2, "History").
 */
export type Digests = Readonly<Record<string, string>>;

const DIGITS = 5;

/** The mapping ids by which each source finds an account; Salesforce knows it by its own. */
const MAPPING: Readonly<Record<SourceName, (account: Account) => readonly (string | null)[]>> = {
  intercom: ({ intercomCompanyId }) => [intercomCompanyId],
  jira: ({ jiraProjectKey, jiraComponent }) => [jiraProjectKey, jiraComponent],
  looker: ({ lookerCustomerId }) => [lookerCustomerId],
  salesforce: () => [],
};

/** Has an account an id that this source could know it by? */
export const isMapped = (account: Account, source: SourceName): boolean =>
  MAPPING[source](account).some((id) => id !== null);

/** Measures of Looker that a metric is made from; a pillar is one itself. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  stickiness_pct: ['dau', 'mau'],
  mau_trend_pct: ['mau'],
  feature_breadth: ['features_used', 'features_licensed'],
};

/**
 * The settings that one metric uses; of a metric that is not named here all of its source, for reading again without
 * need is no mistake and not reading again is.
 */
function settingsOf({ id, source }: Metric, sources: Sources): unknown {
  if (source === 'intercom') {
    const { base_url, company_id, exclude_delivered_as, p1_p2, escalation } = sources.intercom;
    return [
      base_url,
      company_id,
      exclude_delivered_as,
      ...(id === 'p1_p2_pct' ? [p1_p2] : []),
      ...(id === 'escalation_pct' ? [escalation] : []),
    ];
  }
  if (source === 'jira') {
    const { edition, bug_issue_types, critical_priorities, open_by, timezone } = sources.jira;
    return [edition, bug_issue_types, open_by, timezone, id === 'critical_bugs' ? critical_priorities : []];
  }
  if (source === 'looker') return measuresOf(MEASURES[id] ?? [id], sources.looker);
  const { salesforce } = sources;
  const { fields, history } = salesforce;
  const own: Readonly<Record<string, unknown>> = {
    days_to_renewal: [salesforce.renewal, history.opportunity],
    payment_health: [salesforce.payment_problems],
    contract_changes: [salesforce.contract_changes],
    arr_trajectory_pct: [salesforce.arr_history, fields.arr, history.account],
    tier_alignment: [salesforce.tier_limits, fields.arr, fields.success_tier, history.account],
    qbr_attendance: [salesforce.qbr],
    champion_stability: [salesforce.champion],
    expansion_signals: [salesforce.expansion, history.opportunity],
  };
  return own[id] ?? salesforce;
}

/** Where some measures come from: of each entry that has one its own column, and none of the others. */
function measuresOf(measures: readonly string[], { model, timezone, queries, looks }: LookerSource): unknown {
  const entries = [...queries, ...looks].map(({ fields, fractions, ...entry }) => ({
    ...entry,
    columns: measures.map((name) => [fields[name] ?? null, fractions?.includes(name) ?? false]),
    has: measures.some((name) => name in fields),
  }));
  return [model, timezone, entries.filter(({ has }) => has)];
}

/**
 * Makes the digests of accounts under these settings.
 *
 * @example digestsUnder(sources)(account).open_bugs // => '3fa91c07be'
 */
export function digestsUnder(sources: Sources): (account: Account) => Digests {
  const asked = CATALOGUE.map((metric) => {
    const { id, unit, rollingMonths = null, revision = 1 } = metric;
    // A setting that is absent has no place in JSON.
    const settings = JSON.parse(JSON.stringify([settingsOf(metric, sources) ?? null])) as unknown;
    return { metric, by: versionOf([id, unit, rollingMonths, revision, settings]).slice(0, DIGITS) };
  });
  return (account) => {
    const mapped = Object.fromEntries(
      Object.entries(MAPPING).map(([source, idsOf]) => [source, hashOf(JSON.stringify(idsOf(account)))]),
    );
    return Object.fromEntries(
      asked.map(({ metric, by }) => [metric.id, `${mapped[metric.source] ?? ''}${by}`]),
    );
  };
}

/**
 * Was a stored reading asked by something else than today's? One of before this was kept counts as unchanged.
 *
 * @example isAskedOtherwise('3fa91c07be', '3fa91c07bf') // => true
 */
export const isAskedOtherwise = (stored: string | undefined, today: string | undefined): boolean =>
  stored !== undefined && today !== undefined && stored !== today;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
