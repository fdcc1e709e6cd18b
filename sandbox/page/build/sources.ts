import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isTrue, readXml } from 'local-org/metadata';

const require = createRequire(import.meta.url);

/**
 * Folder of an installed package, wherever the workspace put it; not by `resolve`, since some export no manifest.
 *
 * @throws Error when it is not installed.
 */
export function packageDir(name: string): string {
  const found = (require.resolve.paths(name) ?? [])
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  if (found === undefined)
    throw new Error(`${name}: not installed, expected it among the dependencies of the sandbox; run npm ci`);
  return found;
}

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(packageDir(name), 'package.json'), 'utf8')) as { version: string }).version;

/** Packages whose files end in the bundle or shape it; their versions stand for their content in every cache key. */
const PACKAGES = ['lwc', '@lwc/rollup-plugin', 'lightning-base-components', 'esbuild'];

export const toolVersions = (): string => PACKAGES.map((name) => `${name}@${versionOf(name)}`).join(' ');

/** One Lightning web component bundle of the project. */
export interface Bundle {
  /** `healthCard` */
  readonly name: string;
  readonly dir: string;
  /** `<name>.js`, or `<name>.css` of a bundle that is only style. */
  readonly entry: string;
  /** Whether pages and flows may name it (`isExposed` of its js-meta.xml). */
  readonly exposed: boolean;
}

/**
 * The component bundles in folders named `lwc`; each has a `<name>.js`, or is only a style sheet.
 *
 * @throws Error when two folders hold a bundle of the same name.
 * @example findBundles(['force-app/main/default/lwc']).map((bundle) => bundle.name) // => ['healthCard', …]
 */
export function findBundles(lwcDirs: readonly string[]): Bundle[] {
  const found = new Map<string, Bundle>();
  for (const folder of lwcDirs) {
    for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
      const dir = join(folder, name);
      const entry = [join(dir, `${name}.js`), join(dir, `${name}.css`)].find(existsSync);
      if (entry === undefined) continue;
      const other = found.get(name);
      if (other) throw new Error(`c/${name}: found in ${other.dir} and ${dir}, expected in one place`);
      const meta = join(dir, `${name}.js-meta.xml`);
      const exposed = existsSync(meta) && isTrue(readXml(readFileSync(meta, 'utf8')), 'isExposed');
      found.set(name, { name, dir, entry, exposed });
    }
  }
  return [...found.values()];
}

/** Files below a folder, tests left out, in a stable order. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('__tests__') && !path.endsWith('.test.ts'))
    .sort();
}
