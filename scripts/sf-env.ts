import { delimiter, join } from 'node:path';

/**
 * The environment of every call of the Salesforce CLI: the project's own Node and CLI come first, no usage data is
 * sent, and the CLI does not update itself, which would outlive the call and change what the lock file pins.
 *
 * Not the documented SF_AUTOUPDATE_DISABLE: a CLI that npm installed switches its updates off by itself, unless one of
 * the two is set; and then its updater looks at SF_DISABLE_AUTOUPDATE alone. With the documented one it updates.
 *
 * Source: Salesforce CLI Setup Guide, "Environment Variables"; @salesforce/cli dist/cli.js (configureAutoUpdate) and
 * @oclif/plugin-update dist/hooks/init.js.
 *
 * @param env what the call needs besides, such as HOME or SF_ACCESS_TOKEN
 * @example sfEnv('/project', { PATH: '/usr/bin' }).PATH // => '/project/node_modules/.bin:/usr/bin'
 */
export const sfEnv = (root: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  PATH: `${join(root, 'node_modules/.bin')}${delimiter}${env['PATH'] ?? ''}`,
  SF_DISABLE_TELEMETRY: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
});
