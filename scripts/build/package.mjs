/** The package: what others import, with its types. Its dependencies stay outside, as npm installs them. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { copyConfig } from './bundle.mjs';

const ENTRIES = {
  index: 'node-scorer/src/index.ts',
  lambda: 'node-scorer/src/service/lambda.ts',
  cli: 'node-scorer/src/cli/start.ts',
};

/**
 * Builds `out`/lib (modules), `out`/types (declarations) and `out`/config.
 *
 * @param {string} root directory of the repository
 * @param {string} out absolute
 */
export async function buildPackage(root, out) {
  await Promise.all([buildModules(root, join(out, 'lib')), declare(root, join(out, 'types'))]);
  await copyConfig(root, out);
}

function buildModules(root, outdir) {
  return build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node22.19',
    format: 'esm',
    charset: 'utf8',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
}

/** Declarations of the entries and of all they name, and of nothing else. Types are checked by `npm run check:types`. */
async function declare(root, outdir) {
  const scratch = await mkdtemp(join(tmpdir(), 'customer-health-types-'));
  const args = ['-p', join(root, 'scripts/build/tsconfig.json'), '--outDir', scratch];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout, error } = spawnSync(process.execPath, [tsc, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (error || status !== 0) throw new Error(`found errors in types, expected none:\n${stdout ?? error}`);
  const wanted = await reachable(['index.d.ts', 'service/lambda.d.ts'].map((file) => join(scratch, file)));
  for (const file of wanted) {
    const target = join(outdir, relative(scratch, file));
    await mkdir(dirname(target), { recursive: true });
    await cp(file, target);
  }
  await rm(scratch, { recursive: true });
}

/** @param {string[]} entries */
async function reachable(entries) {
  const found = new Set(entries);
  for (const file of found) {
    const text = await readFile(file, 'utf8');
    for (const [, path] of text.matchAll(/(?:from|import)\s*\(?['"](\.[^'"]+)['"]/g)) {
      found.add(join(dirname(file), path.replace(/\.ts$/, '.d.ts')));
    }
  }
  return [...found];
}
