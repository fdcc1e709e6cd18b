import type { Environment } from '../config/environment.ts';
import type { Sources } from '../config/sources.ts';
import { ScorerError } from '../errors.ts';
import { checkIntercomNames, intercomTransport } from '../extract/intercom/index.ts';
import { checkJiraNames } from '../extract/jira/check-names.ts';
import { jiraTransport } from '../extract/jira/client.ts';
import { checkLookerNames, makeLookerSdk } from '../extract/looker/index.ts';
import type { CheckNames, UnknownName } from '../extract/names.ts';
import { checkSalesforceNames } from '../extract/salesforce/check-names.ts';
import { SOURCES, type SourceName } from '../metrics/define-metric.ts';
import { openSalesforce, type World } from './sources.ts';

/** What came of signing in to one source. */
export type SourceCheck = { readonly source: SourceName } & (
  | { readonly unknown: readonly UnknownName[] }
  /** It refused us, or did not answer. */
  | { readonly failed: ScorerError }
);

/** How each source that has credentials is checked; a source that is absent here is not. */
function checksOf(
  environment: Environment,
  sources: Sources,
  world: World,
): Partial<Record<SourceName, CheckNames>> {
  const { intercom, jira, looker, salesforce } = environment;
  return {
    ...(intercom && {
      intercom: () =>
        checkIntercomNames({
          transport: intercomTransport(intercom, sources.intercom, world),
          settings: sources.intercom,
        }),
    }),
    ...(jira && {
      jira: () => checkJiraNames({ transport: jiraTransport(jira, world), settings: sources.jira }),
    }),
    ...(salesforce && {
      salesforce: async () => {
        const org = await openSalesforce(environment, world);
        return org === null ? [] : checkSalesforceNames(org, sources.salesforce);
      },
    }),
    ...(looker && {
      looker: async () =>
        checkLookerNames({ sdk: await makeLookerSdk(looker, world), settings: sources.looker }),
    }),
  };
}

/**
 * The test of every connection: signs in to each source that has credentials, side by side, and asks it for the names
 * that sources.yaml holds.
 *
 * @example await checkSources(environment, sources, world) // => [{ source: 'intercom', unknown: [] }]
 */
export async function checkSources(
  environment: Environment,
  sources: Sources,
  world: World,
): Promise<readonly SourceCheck[]> {
  const checks = checksOf(environment, sources, world);
  return Promise.all(
    SOURCES.flatMap((source) => {
      const check = checks[source];
      return check === undefined ? [] : [outcomeOf(source, check)];
    }),
  );
}

async function outcomeOf(source: SourceName, check: CheckNames): Promise<SourceCheck> {
  try {
    return { source, unknown: await check() };
  } catch (error) {
    if (!(error instanceof ScorerError)) throw error;
    return { source, failed: error };
  }
}
