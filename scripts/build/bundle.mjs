/** The three programs as one file each, with all they need: for a container, a Lambda function, or a copy by hand. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { noticesOf, packagesOf } from './notices.ts';

const WANTED = '22.19';

/** Packages that were written for `require` ask for what a module does not have. */
const REQUIRE = `import { createRequire as __createRequire } from 'node:module';
import { dirname as __dirnameOf } from 'node:path';
import { fileURLToPath as __pathOf } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __pathOf(import.meta.url);
const __dirname = __dirnameOf(__filename);`;

const VERSION_CHECK = `{
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 19)) {
    process.stderr.write('Node: found ' + process.version + ', expected ${WANTED} or newer; install Node 24\\n');
    process.exit(2);
  }
}`;

/** Each with what starts it. Lambda calls an exported function, so nothing starts by itself there. */
const PROGRAMS = {
  'cli/scorer.mjs': `#!/usr/bin/env -S node --max-semi-space-size=8 --
import './node-scorer/bin/clean-up-early.mjs';
import { start } from './node-scorer/src/cli/start.ts';
process.exitCode = await start(process);`,
  'service/service.mjs': `import './node-scorer/bin/clean-up-early.mjs';
import { start } from './node-scorer/src/cli/start.ts';
process.argv.splice(2, 0, 'serve');
process.exitCode = await start(process);`,
  'lambda/lambda.mjs': `import './node-scorer/bin/clean-up-early.mjs';
export { handler } from './node-scorer/src/service/lambda.ts';`,
};

/**
 * Bundles the programs into `out`/cli, /service and /lambda, each with its licence notices and the configuration
 * that tells where readings come from.
 *
 * @param {string} root directory of the repository
 * @param {string} out absolute
 * @returns {Promise<{ file: string, bytes: number, packages: number }[]>}
 */
export async function bundlePrograms(root, out) {
  return Promise.all(
    Object.entries(PROGRAMS).map(([file, entry]) => bundle(root, join(out, file), file, entry)),
  );
}

async function bundle(root, target, file, contents) {
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, sourcefile: `${file}.entry.ts`, loader: 'ts' },
    outfile: target,
    bundle: true,
    platform: 'node',
    target: 'node22.19',
    format: 'esm',
    banner: { js: file.startsWith('lambda') ? REQUIRE : `${REQUIRE}\n${VERSION_CHECK}` },
    // Not the names: a stack must stay readable.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  const folder = join(target, '..');
  const { sources } = JSON.parse(await readFile(`${target}.map`, 'utf8'));
  const copied = sources.map((source) => relative(root, resolve(folder, source)));
  const packages = packagesOf(root, [...Object.keys(metafile.inputs), ...copied]);
  await writeFile(join(folder, 'THIRD_PARTY_NOTICES.txt'), await noticesOf(root, packages));
  await copyConfig(root, folder);
  return { file, bytes: Object.values(metafile.outputs).at(-1)?.bytes ?? 0, packages: packages.length };
}

/**
 * The shipped model and sources, where a program looks for them by default: `config` in its working directory.
 *
 * @param {string} root
 * @param {string} folder
 */
export async function copyConfig(root, folder) {
  await mkdir(join(folder, 'config'), { recursive: true });
  for (const name of ['weights.yaml', 'thresholds.yaml', 'sources.yaml']) {
    await cp(join(root, 'config', name), join(folder, 'config', name));
  }
}
