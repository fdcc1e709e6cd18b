import type { AccountFacts } from '../../facts/index.ts';
import type { SalesforceCredentials } from '../../http/salesforce-sign-in.ts';
import type { Salesforce } from '../../http/salesforce.ts';
import { defineSource, type EmptyableList, type EnvReader, type MappingField } from '../source.ts';
import type { SalesforceSource } from './settings.ts';

declare module '../../metrics/define-metric.ts' {
  interface FactsOfSource {
    readonly salesforce: AccountFacts;
  }
}

const list = (name: string, tells: readonly string[], takes = tells): EmptyableList => ({
  name: `salesforce ${name}`,
  tells,
  takes,
  begunLater: false,
});

const OPPORTUNITIES = ['days_to_renewal', 'contract_changes', 'expansion_signals'];

/**
 * Salesforce, which is read as any other source; that it also says who the accounts are, and takes what is made of
 * them, is the run's affair.
 *
 * @param mapped what other sources call an account: fields of the org hold it
 */
export const salesforceWith = (mapped: readonly MappingField[]) =>
  defineSource({
    name: 'salesforce',
    title: 'Salesforce',
    env: [
      {
        about: [
          'Salesforce: My Domain address and an external client app with the client credentials flow and a Run As user',
        ],
        names: ['SF_LOGIN_URL', 'SF_CLIENT_ID', 'SF_CLIENT_SECRET'],
      },
      {
        about: [
          'Instead of the secret, the first of these that is set:',
          'JWT bearer: private key (PEM, line ends as \\n) and user, beside login address and client id',
        ],
        names: ['SF_JWT_KEY', 'SF_USERNAME'],
      },
      {
        about: ['An access token at hand, which cannot be renewed'],
        names: ['SF_ACCESS_TOKEN', 'SF_INSTANCE_URL'],
      },
      {
        about: [
          "SOAP login, retired by Salesforce in Summer '27: user, password, security token, and login, test or a My Domain",
        ],
        names: ['SF_PASSWORD', 'SF_SECURITY_TOKEN', 'SF_DOMAIN'],
      },
    ],
    credentials,
    settings: async () => (await import('./settings.ts')).settingsWith(mapped.map(({ setting }) => setting)),
    summary: () => 'Salesforce',
    // An account's own id.
    mappingFields: [],
    silence: {
      lists: [
        // A contract may stand in for a renewal, so that renewals alone do not tell of opportunities.
        list('opportunities', ['contract_changes', 'expansion_signals'], OPPORTUNITIES),
        list('renewals', ['days_to_renewal']),
        list('downgrades', ['contract_changes']),
        list('expansions', ['expansion_signals']),
        list('payment problems', ['payment_health']),
        list('reviews', ['qbr_attendance']),
        list('champions', ['champion_stability']),
      ],
    },
    settingsOf: (metric, settings: SalesforceSource) => {
      const { fields, history } = settings;
      const own: Readonly<Record<string, unknown>> = {
        days_to_renewal: [settings.renewal, history.opportunity],
        payment_health: [settings.payment_problems],
        contract_changes: [settings.contract_changes],
        arr_trajectory_pct: [settings.arr_history, fields.arr, history.account],
        tier_alignment: [settings.tier_limits, fields.arr, fields.success_tier, history.account],
        qbr_attendance: [settings.qbr],
        champion_stability: [settings.champion],
        expansion_signals: [settings.expansion, history.opportunity],
      };
      return own[metric] ?? settings;
    },
    open: async (credentials, _, runtime): Promise<Salesforce> =>
      (await import('./connect.ts')).connect(credentials, runtime),
    read: async (client, settings, request) => {
      const { population = { where: settings.accounts.where }, accountRows = new Map() } = request;
      return (await import('./index.ts')).extractSalesforce(
        { client, settings, population, accountRows },
        request,
      );
    },
    checkNames: async (client, settings) =>
      (await import('./check-names.ts')).checkSalesforceNames(client, settings),
  });

/** By the first way whose secret is set; which secret it is decides what else must be there. */
function credentials({ get, url, group }: EnvReader): SalesforceCredentials | null {
  if (get('SF_CLIENT_SECRET') === null && get('SF_JWT_KEY') !== null) {
    const found = group({
      loginUrl: 'SF_LOGIN_URL',
      clientId: 'SF_CLIENT_ID',
      username: 'SF_USERNAME',
      privateKey: 'SF_JWT_KEY',
    });
    // A key of several lines fits into one variable with its line ends written out.
    return found && { method: 'jwt', ...found, privateKey: found.privateKey.replaceAll('\\n', '\n') };
  }
  if (get('SF_CLIENT_SECRET') === null && get('SF_ACCESS_TOKEN') !== null) {
    const found = group({ instanceUrl: 'SF_INSTANCE_URL', accessToken: 'SF_ACCESS_TOKEN' });
    return found && { method: 'access_token', ...found };
  }
  if (get('SF_CLIENT_SECRET') === null && get('SF_PASSWORD') !== null) {
    const found = group({ username: 'SF_USERNAME', password: 'SF_PASSWORD' });
    const loginUrl = url('SF_LOGIN_URL') ?? `https://${get('SF_DOMAIN') ?? 'login'}.salesforce.com`;
    const password = `${found?.password ?? ''}${get('SF_SECURITY_TOKEN') ?? ''}`;
    return found && { method: 'soap', username: found.username, loginUrl, password };
  }
  const found = group({
    loginUrl: 'SF_LOGIN_URL',
    clientId: 'SF_CLIENT_ID',
    clientSecret: 'SF_CLIENT_SECRET',
  });
  return found && { method: 'client_credentials', ...found };
}
