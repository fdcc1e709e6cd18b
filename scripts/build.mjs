/**
 * Builds what ships into node-scorer/dist: the three programs as one file each (cli, service, lambda) and the package
 * (lib, types, config). `npm run build [-- --out DIR]`.
 */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundlePrograms } from './build/bundle.mjs';
import { buildPackage } from './build/package.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = values.out === undefined ? join(root, 'node-scorer/dist') : resolve(values.out);

await Promise.all(
  ['cli', 'service', 'lambda', 'lib', 'types', 'config'].map((part) =>
    rm(join(out, part), { recursive: true, force: true }),
  ),
);
const [programs] = await Promise.all([bundlePrograms(root, out), buildPackage(root, out)]);
for (const { file, bytes, packages } of programs) {
  const size = (bytes / 1e6).toFixed(1);
  process.stdout.write(`${file}: ${size} MB in one file, ${packages} packages, notices beside it\n`);
}
process.stdout.write('lib, types, config: the package\n');
