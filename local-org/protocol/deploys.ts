// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm

import { OrgError } from '../errors.ts';
import { salesforceId } from '../id.ts';
import type { DeployMessage, DeployResult } from '../deploy/metadata-state.ts';
import { EXECUTED, KEPT } from '../deploy/kinds.ts';
import { readZip } from '../deploy/zip.ts';
import type { OrgUser } from '../access.ts';
import type { Org } from '../org.ts';
import { fullAccess } from '../access.ts';

/** Keys of a status in the order that the Metadata API describes them; SOAP and REST write the same. */
export type DeployStatus = Record<string, unknown>;

export interface Deploys {
  /** @throws OrgError when the user may not change metadata. */
  start: (zip: Buffer, user: OrgUser, options: { checkOnly: boolean }) => { id: string };
  status: (id: string) => DeployStatus;
  /** The components of these types, as FileProperties without the ids, which this org does not give to metadata. */
  list: (types: readonly string[]) => { fileName: string; fullName: string; type: string }[];
  describe: () => { metadataObjects: { xmlName: string; inFolder: boolean; metaFile: boolean }[] };
}

interface Deploy {
  id: string;
  user: OrgUser;
  at: string;
  checkOnly: boolean;
  result: DeployResult;
}

const messageOf = (message: DeployMessage, at: string): Record<string, unknown> => ({
  changed: message.problem?.kind !== 'Error',
  columnNumber: undefined,
  componentType: message.type,
  created: message.created && message.problem?.kind !== 'Error',
  createdDate: at,
  deleted: false,
  fileName: message.file,
  fullName: message.name,
  problem: message.problem?.text,
  problemType: message.problem?.kind,
  success: message.problem?.kind !== 'Error',
});

/** Deploys by id: each is done at once, its status may be asked for as often as a client likes. */
export function makeDeploys(org: Org): Deploys {
  const done = new Map<string, Deploy>();

  function run(zip: Buffer, checkOnly: boolean): DeployResult {
    try {
      return org.deploy(readZip(zip), { checkOnly });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return {
        success: false,
        messages: [
          {
            type: '',
            name: 'package.xml',
            file: 'package.xml',
            created: false,
            problem: { kind: 'Error', text },
          },
        ],
      };
    }
  }

  return {
    start: (zip, user, { checkOnly }) => {
      // Only the administrator's profile has Modify Metadata here.
      if (user.access !== fullAccess)
        throw new OrgError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on cross-reference id');
      const id = salesforceId('0Af', done.size + 1);
      const at = new Date(org.clock()).toISOString();
      done.set(id, { id, user, at, checkOnly, result: run(zip, checkOnly) });
      return { id };
    },
    status: (id) => {
      const deploy = [...done.values()].find((one) => one.id.startsWith(id.slice(0, 15)));
      if (!deploy) throw new OrgError(404, 'INVALID_CROSS_REFERENCE_KEY', `no deploy ${id}`);
      return statusOf(deploy);
    },
    list: (types) =>
      org
        .components()
        .filter(({ type }) => types.includes(type))
        .map(({ file, name, type }) => ({ fileName: file, fullName: name, type })),
    describe: () => ({
      metadataObjects: [...EXECUTED, ...KEPT]
        .sort()
        .map((xmlName) => ({ xmlName, inFolder: false, metaFile: false })),
    }),
  };
}

function statusOf({ id, user, at, checkOnly, result }: Deploy): DeployStatus {
  const failures = result.messages.filter((message) => message.problem?.kind === 'Error');
  const successes = result.messages.filter((message) => message.problem?.kind !== 'Error');
  return {
    checkOnly,
    completedDate: at,
    createdBy: user.id,
    createdByName: user.username,
    createdDate: at,
    details: {
      componentFailures: failures.map((message) => messageOf(message, at)),
      componentSuccesses: successes.map((message) => messageOf(message, at)),
      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
    },
    done: true,
    id,
    ignoreWarnings: true,
    lastModifiedDate: at,
    numberComponentErrors: failures.length,
    numberComponentsDeployed: result.success ? successes.length : 0,
    numberComponentsTotal: result.messages.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: true,
    runTestsEnabled: false,
    startDate: at,
    status: result.success ? 'Succeeded' : 'Failed',
    success: result.success,
  };
}
