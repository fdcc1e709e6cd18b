/**
 * `node scripts/deploy.mjs --target-org ALIAS`: the app, and on first install the model, into a scratch org, sandbox or
 * production by the real Salesforce CLI. See --help. Ends 0 when done, 1 when the org refused, 2 on a usage mistake.
 */
import { root, underOwnNode } from './own-node.mjs';

await underOwnNode(main);

async function main() {
  const [{ deploy }, { HELP, readOptions, UsageError }, { salesforceCli }, { ofType, readProject }] =
    await Promise.all([
      import('./deploy/deploy.ts'),
      import('./deploy/options.ts'),
      import('./deploy/sf.ts'),
      import('./metadata/project.ts'),
    ]);
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  process.chdir(root);
  const project = readProject(['force-app', 'force-app-defaults']);
  const sets = ofType(project, 'PermissionSet').map((part) => part.name);
  const print = (line) => process.stdout.write(`${line}\n`);
  try {
    const options = readOptions(args, sets);
    const sf = salesforceCli(root, process.env);
    await deploy({ sf, project, root, now: () => new Date(), print }, options);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) process.stderr.write(HELP);
    return error instanceof UsageError ? 2 : 1;
  }
}
