import type { Metric, SourceName, Unit } from './define-metric.ts';

const SOURCE_TITLES: Readonly<Record<SourceName, string>> = {
  intercom: 'Conversations (Intercom)',
  jira: 'Bugs (Jira)',
  looker: 'Usage and platform value (Looker)',
  salesforce: 'Contract and relationship (Salesforce)',
};

const UNITS: Readonly<Record<Unit, string>> = {
  percent: '%',
  seconds: 'seconds',
  count: 'count',
  days: 'days',
  ratio: 'ratio',
  'per week': 'per week',
  score: '0–100',
};

/** What the absence of facts means, source by source: the difference between a zero and nothing. */
const SILENCE: Readonly<Record<SourceName, string>> = {
  intercom:
    'A company that is mapped and wrote to nobody has 0 conversations, measured; the other metrics are `no_activity`.',
  jira: 'A project that is mapped and has no bugs has counts of 0, measured; times and trend are `no_activity`. A project or component that does not exist is `not_mapped`.',
  looker:
    'A customer who was seen in the three months before and is absent now has stopped using the product: users, logins and breadth are a measured 0 and the trend is −100, so that the score falls. One never seen in that time is `not_mapped`. No row for any customer, although there were some before, is a failed read.',
  salesforce:
    'Nothing found is a measured 0 for counts and `no_activity` for the rest; a field that is absent is `no_field`, one we may not read `no_permission`.',
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

const row = ({ id, label, unit, direction, description, fixableBy, contextOnly }: Metric): string =>
  `| \`${id}\` | ${cell(label)} | ${UNITS[unit]} | ${direction} | ${contextOnly === true ? 'no' : 'yes'} | ${fixableBy} | ${cell(description)} |`;

/**
 * The page docs/METRICS.md, made from the catalogue, so that it cannot say anything else than the code does.
 *
 * @example metricsPage(CATALOGUE).split('\n')[0] // => '# Metrics'
 */
export function metricsPage(catalogue: readonly Metric[]): string {
  const groups = Map.groupBy(catalogue, ({ source }) => source);
  const sections = [...groups].flatMap(([source, metrics]) => [
    `## ${SOURCE_TITLES[source]}`,
    '',
    SILENCE[source],
    '',
    '| id | name | unit | better | scored | who can change it | meaning |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...metrics.map(row),
    '',
  ]);
  return [
    '# Metrics',
    '',
    '<!-- Generated from node-scorer/src/metrics. Change the catalogue, not this page. -->',
    '',
    `${catalogue.length} metrics, each declared once. A reading has a value or the reason why it has none; a zero is a measured zero. How values are counted in detail: [decision 0002](decisions/0002-what-readings-mean-in-detail.md).`,
    '',
    ...sections,
  ].join('\n');
}
