/**
 * `node scripts/deploy.mjs --target-org ALIAS`: the app, and on first install the model, into a scratch org, sandbox or
 * production by the real Salesforce CLI. See --help. Ends 0 when done, 1 when the org refused, 2 on a usage mistake.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const own = join(root, 'node_modules/.bin/node');

if (major > 22 || (major === 22 && minor >= 19)) {
  process.exitCode = await main();
} else if (existsSync(own)) {
  // Started under an older Node than TypeScript needs: the project brings its own.
  const { status } = spawnSync(own, process.argv.slice(1), { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(`found Node ${process.versions.node}, expected 22.19 or later: run npm ci first\n`);
  process.exitCode = 2;
}

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
