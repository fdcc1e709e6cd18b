/**
 * `npm run bench [part of a name …]`: runs the benchmarks one after the other, all of them or those whose file
 * names hold one of the arguments. What follows `--` goes to the benchmarks.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'node-scorer/bench');
const given = process.argv.slice(2);
const cut = given.indexOf('--');
const [wanted, passed] = cut < 0 ? [given, []] : [given.slice(0, cut), given.slice(cut + 1)];

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .toSorted();
if (files.length === 0) {
  process.stderr.write(`Found no benchmark named ${wanted.join(' or ')} in node-scorer/bench\n`);
  process.exit(2);
}

// The Node that came with the packages, else the one that runs this.
const own = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const node = existsSync(own) ? own : process.execPath;
let failed = false;
for (const name of files) {
  process.stdout.write(`\n${name}\n${'='.repeat(name.length)}\n`);
  const { status } = spawnSync(node, [join(folder, name), ...passed], { cwd: root, stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
