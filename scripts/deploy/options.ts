import { parseArgs } from 'node:util';

/** A permission set for users; without users, for the one who deploys. */
export interface Assignment {
  permissionSet: string;
  users: string[];
}

export interface Options {
  targetOrg: string;
  /** Create the target as a scratch org first. */
  scratch: { devHub: string | undefined; days: number } | undefined;
  dryRun: boolean;
  resetModel: boolean;
  /** As what flows are sent that are shipped as active. */
  flows: 'active' | 'draft';
  assignments: Assignment[];
}

/** What the caller got wrong, said so that it can be mended. */
export class UsageError extends Error {}

export const HELP = `node scripts/deploy.mjs --target-org ALIAS | --scratch ALIAS [options]

  --target-org ALIAS     sandbox, production or existing scratch org that sf is logged in to
  --scratch ALIAS        create a scratch org of this alias first (config/project-scratch-def.json)
  --dev-hub ALIAS        Dev Hub for --scratch; the default Dev Hub when absent
  --days N               how long the scratch org lives, 1 to 30; 7 when absent
  --assign SET           assign a permission set to the user who deploys; may be repeated
  --assign SET=A,B       … to these usernames instead
  --dry-run              let the org check everything, change nothing
  --flows draft          send flows as drafts, for an org that wants Apex tests for active ones; activate them by hand
  --reset-model          overwrite weights, thresholds, tiers, caps and guards that were edited in the org with the
                         shipped ones; what stood there is saved under model-backups/ first
`;

function assignment(text: string, shipped: readonly string[]): Assignment {
  const [permissionSet = '', names] = text.split('=', 2);
  if (!shipped.includes(permissionSet))
    throw new UsageError(`--assign: found ${permissionSet}, expected one of ${shipped.join(', ')}`);
  const users = names === undefined ? [] : names.split(',').map((name) => name.trim());
  if (users.includes(''))
    throw new UsageError(`--assign ${text}: found an empty username, expected SET=user@example.com,…`);
  return { permissionSet, users };
}

/**
 * The command line as what to do.
 *
 * @param shipped names of the permission sets that may be assigned
 * @throws UsageError that names the option, what was found and what was expected
 * @example readOptions(['--target-org', 'uat'], []).targetOrg // => 'uat'
 */
export function readOptions(args: string[], shipped: readonly string[]): Options {
  const values = (() => {
    try {
      return parseArgs({
        args,
        options: {
          'target-org': { type: 'string' },
          scratch: { type: 'string' },
          'dev-hub': { type: 'string' },
          days: { type: 'string' },
          assign: { type: 'string', multiple: true },
          'dry-run': { type: 'boolean' },
          flows: { type: 'string' },
          'reset-model': { type: 'boolean' },
        },
      }).values;
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  })();
  const target = values['target-org'];
  if ((target === undefined) === (values.scratch === undefined))
    throw new UsageError(
      'expected exactly one of --target-org and --scratch; never guessed from the default org',
    );
  const dryRun = values['dry-run'] === true;
  const resetModel = values['reset-model'] === true;
  if (values.scratch !== undefined && (dryRun || resetModel))
    throw new UsageError('a new scratch org has nothing to check against or to reset: use --target-org');
  if (values.scratch === undefined && (values['dev-hub'] ?? values.days) !== undefined)
    throw new UsageError('--dev-hub and --days go with --scratch');
  const days = Number(values.days ?? 7);
  if (!Number.isInteger(days) || days < 1 || days > 30)
    throw new UsageError(`--days: found ${values.days ?? ''}, expected a whole number from 1 to 30`);
  const flows = values.flows ?? 'active';
  if (flows !== 'active' && flows !== 'draft')
    throw new UsageError(`--flows: found ${flows}, expected active or draft`);
  return {
    flows,
    targetOrg: target ?? values.scratch ?? '',
    scratch: values.scratch === undefined ? undefined : { devHub: values['dev-hub'], days },
    dryRun,
    resetModel,
    assignments: (values.assign ?? []).map((text) => assignment(text, shipped)),
  };
}
