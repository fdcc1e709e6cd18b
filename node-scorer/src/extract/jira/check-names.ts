import type { JiraSource } from './settings.ts';
import type { Transport } from '../../http/transport.ts';
import { unknownName, type UnknownName } from '../names.ts';
import { detectEdition, makeJiraClient } from './client.ts';
import type { State } from './moves.ts';
import { compareNames, type NamesSetting } from './names.ts';

/** What a list costs when the site has none of its names. */
const COSTS: Readonly<Record<NamesSetting, readonly string[]>> = {
  critical_priorities: ['critical_bugs'],
  bug_issue_types: ['open_bugs', 'critical_bugs', 'reopened_bugs', 'avg_resolution_days', 'bug_trend'],
};

const KIND: Readonly<Record<NamesSetting, string>> = {
  critical_priorities: 'priority',
  bug_issue_types: 'issue type',
};

/**
 * Signs in to Jira and lists the priorities and issue types of sources.yaml that the site does not have. A list is
 * any-of: one known name is enough for its metrics.
 *
 * @throws ScorerError SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_SETTINGS, SOURCE_DOWN, SOURCE_UNEXPECTED; also when
 *   the token may not read a list, without which a run can only go by the names on the bugs
 * @example await checkJiraNames({ transport, settings })
 * // => [{ where: 'sources.yaml jira.critical_priorities', found: 'the priority "P1"', … }]
 */
export async function checkJiraNames({
  transport,
  settings,
}: {
  readonly transport: Transport;
  readonly settings: JiraSource;
}): Promise<readonly UnknownName[]> {
  const edition = settings.edition === 'auto' ? await detectEdition(transport) : settings.edition;
  const client = makeJiraClient(transport, edition);
  await client.myself();
  const [priorities, types] = await Promise.all([client.priorities(), client.issueTypes()]);
  return [
    ...unknownOf('critical_priorities', settings, priorities),
    ...unknownOf('bug_issue_types', settings, types),
  ];
}

function unknownOf(setting: NamesSetting, settings: JiraSource, site: readonly State[]): UnknownName[] {
  const compared = compareNames(settings[setting], site);
  const costs = compared.known.length > 0 ? [] : COSTS[setting];
  return compared.unknown.map((name) =>
    unknownName({
      at: `jira.${setting}`,
      kind: KIND[setting],
      name,
      known: compared.site,
      costs,
    }),
  );
}
