import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startOrg } from 'local-org';
import type { StandIn } from 'local-org/http';
import { makeClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { generateBase } from './data/generate.ts';
import { salesforceRecords } from './data/salesforce.ts';
import { startIntercom } from './intercom/server.ts';
import { startJira } from './jira/server.ts';
import { startLooker } from './looker/server.ts';
import { ORG_SETUP } from './org-setup.ts';

/** The sandbox's clock unless another time is given; its data end there. */
export const SANDBOX_NOW = Date.parse('2026-11-21T09:00:00Z');
export const DEFAULT_PORT = 4610;

export interface SandboxOptions {
  readonly accounts?: number;
  readonly months?: number;
  readonly seed?: number;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  /** The first of four ports; 0 for any free ones. */
  readonly port?: number;
  /** Fields and objects of the org that the scorer's user does not see, such as `Account.ARR__c`. */
  readonly hiddenFields?: string[];
  readonly hiddenObjects?: string[];
  /** Standard objects that the org has not switched on, such as `AccountContactRelation`. */
  readonly switchedOff?: string[];
  /** An org with several currencies. */
  readonly currencies?: { readonly corporate: string; readonly rates: Readonly<Record<string, number>> };
}

export interface Sandbox {
  readonly org: Awaited<ReturnType<typeof startOrg>>;
  readonly intercom: StandIn;
  readonly jira: StandIn;
  readonly looker: StandIn;
  readonly base: ReturnType<typeof generateBase>;
  /** The clock of all four; to run what is scheduled in between, move it through the org (POST /__sandbox/clock). */
  readonly clock: Clock;
  /** What a client needs to reach all four, as environment variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Credentials of one start: made up anew, so that nobody takes them for real ones. */
const secret = (name: string): string => `sandbox-${name}-${randomBytes(9).toString('hex')}`;

/**
 * Starts the stand-ins of all four systems over one consistent customer base, on the loopback address only.
 * The org has no Health_Score__c rows.
 *
 * @throws Error naming the stand-in and port when a port is in use; what had started is stopped again
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { accounts = 60, months = 24, seed = 1, now = SANDBOX_NOW, port = DEFAULT_PORT } = options;
  const { hiddenFields = [], hiddenObjects = [], switchedOff = [] } = options;
  const time = makeClock(now);
  const clock = time.now;
  const base = generateBase({ seed, accounts, months, now });
  const secrets = {
    salesforce: secret('salesforce'),
    intercom: secret('intercom'),
    jira: secret('jira'),
    looker: secret('looker'),
  };
  const nth = (n: number) => (port === 0 ? 0 : port + n);
  const started: StandIn[] = [];
  const keep = <S extends StandIn>(standIn: S): S => {
    started.push(standIn);
    return standIn;
  };
  const close = async () => {
    await Promise.all(started.map((standIn) => standIn.close()));
  };
  try {
    const org = keep(
      await startOrg({
        ...ORG_SETUP,
        // Nobody has set up the picklists of what is not there.
        picklists: Object.fromEntries(
          Object.entries(ORG_SETUP.picklists ?? {}).filter(
            ([path]) => !switchedOff.includes(path.split('.')[0] ?? ''),
          ),
        ),
        metadataDirs: ['../force-app', '../force-app-defaults'].map((folder) =>
          join(import.meta.dirname, folder),
        ),
        records: [...salesforceRecords(base)].filter(({ object }) => !switchedOff.includes(object)),
        clock,
        moveClock: time.moveTo,
        clientId: 'sandbox-client',
        clientSecret: secrets.salesforce,
        port: nth(0),
        // What a person does in Setup after a deploy: the user of scheduled flows, and the activation of ours.
        defaultWorkflowUser: { permissionSets: ['Health_Refresh_Callout'] },
        activeFlows: ['Health_Refresh_Schedule'],
        // As in an org: the scorer sees and writes what its permission set grants, and nothing else.
        runAs: {
          permissionSets: [
            'Health_Scorer_Integration',
            ...(switchedOff.includes('AccountContactRelation') ? [] : ['Health_Scorer_Champions']),
          ],
        },
        switchedOff,
        hiddenFields,
        ...(options.currencies && { currencies: options.currencies }),
        hiddenObjects,
      }),
    );
    const intercom = keep(await startIntercom({ base, clock, token: secrets.intercom, port: nth(1) }));
    const jira = keep(
      await startJira({ base, clock, email: 'health@example.com', token: secrets.jira, port: nth(2) }),
    );
    const looker = keep(
      await startLooker({
        base,
        clock,
        clientId: 'sandbox-client',
        clientSecret: secrets.looker,
        port: nth(3),
      }),
    );
    const env = {
      SCORER_NOW: new Date(now).toISOString(),
      SCORER_CLOCK_URL: `${org.url}/__sandbox/clock`,
      SF_LOGIN_URL: org.url,
      SF_CLIENT_ID: 'sandbox-client',
      SF_CLIENT_SECRET: secrets.salesforce,
      INTERCOM_BASE_URL: intercom.url,
      INTERCOM_API_TOKEN: secrets.intercom,
      JIRA_BASE_URL: jira.url,
      JIRA_EMAIL: 'health@example.com',
      JIRA_API_TOKEN: secrets.jira,
      LOOKER_BASE_URL: looker.url,
      LOOKER_CLIENT_ID: 'sandbox-client',
      LOOKER_CLIENT_SECRET: secrets.looker,
    };
    return { org, intercom, jira, looker, base, clock: time, env, close };
  } catch (error) {
    await close();
    throw error;
  }
}
