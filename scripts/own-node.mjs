import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a script under a Node that takes TypeScript: this one, or the one that the project brings. The exit code of
 * the process is what it comes to.
 *
 * @param {() => Promise<number>} main
 */
export async function underOwnNode(main) {
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
}
