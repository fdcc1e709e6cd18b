// Unproven: Profiles that begin with _Minimum Access_ grant nothing of their own.
// See: a user of such a profile, with your permission sets and nothing else.
// If not: give the missing permission by a permission set.

import { salesforceId } from './id.ts';
import type { SeedRecord } from './load.ts';
import { STAGES } from './standard/deals.ts';

/** Users of this profile may do everything; of any other, what their permission sets grant. */
export const ADMINISTRATOR = 'System Administrator';

/** How a user is called. */
export interface UserNames {
  readonly username: string;
  readonly lastName: string;
  /** At most 8 characters. */
  readonly alias: string;
}

export const INTEGRATION_USER: UserNames = {
  username: 'integration@org.example',
  lastName: 'Integration User',
  alias: 'integr',
};

/** What an org has before anybody puts anything in: itself, its first users, the stages of opportunities. */
export function ownRecords(
  organizationId: string,
  { admin, integration, workflow }: { admin: string; integration: string; workflow: string | undefined },
  {
    integrationUser,
    integrationIsAdmin,
    timeZone,
  }: { integrationUser: UserNames; integrationIsAdmin: boolean; timeZone: string },
): SeedRecord[] {
  const [profile, minimum] = [salesforceId('00e', 1), salesforceId('00e', 2)];
  return [
    {
      object: 'Organization',
      fields: {
        Id: organizationId,
        Name: 'Local stand-in org',
        OrganizationType: 'Developer Edition',
        InstanceName: 'LOCAL',
        IsSandbox: true,
        TimeZoneSidKey: timeZone,
        DefaultLocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
      },
    },
    { object: 'Profile', fields: { Id: profile, Name: ADMINISTRATOR } },
    { object: 'Profile', fields: { Id: minimum, Name: 'Minimum Access - API Only Integrations' } },
    {
      object: 'User',
      fields: {
        Id: admin,
        Username: 'admin@org.example',
        LastName: 'Administrator',
        Alias: 'admin',
        ProfileId: profile,
      },
    },
    {
      object: 'User',
      fields: {
        Id: integration,
        Username: integrationUser.username,
        LastName: integrationUser.lastName,
        Alias: integrationUser.alias,
        ProfileId: integrationIsAdmin ? profile : minimum,
      },
    },
    ...(workflow === undefined
      ? []
      : [
          {
            object: 'User',
            fields: {
              Id: workflow,
              Username: 'workflow@org.example',
              LastName: 'Default Workflow User',
              Alias: 'workflow',
              ProfileId: minimum,
              TimeZoneSidKey: timeZone,
            },
          },
        ]),
    ...STAGES.map((stage, i) => ({
      object: 'OpportunityStage',
      fields: {
        MasterLabel: stage.name,
        ApiName: stage.name,
        IsActive: true,
        SortOrder: i + 1,
        IsClosed: stage.closed,
        IsWon: stage.won,
        ForecastCategoryName: stage.forecast,
        DefaultProbability: stage.probability,
      },
    })),
  ];
}
