import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { MINIFIED } from './build.ts';
import type { PageBuildOptions } from './build.ts';
import { readLabels } from './labels.ts';
import { lwcPlugin } from './lwc-plugin.ts';
import { makeResolver } from './resolve.ts';
import { findBundles } from './sources.ts';
import { makeTransforms } from './transforms.ts';

export interface ComponentSize {
  /** Minified code, bytes. */
  readonly bytes: number;
  /** The same as it travels, bytes. */
  readonly compressed: number;
  /** Bytes by file, largest first; `healthCard/healthCard.html`. */
  readonly files: readonly (readonly [string, number])[];
}

/** What an org has loaded before any component of ours; texts of labels are in the bundle, but are no code. */
const PLATFORM = /^(?:lwc$|lightning\/|@salesforce\/(?!label\/))/;

/**
 * What a component brings to a page, everything of the project that it imports included, as one minified module. The
 * engine, base components, labels and permissions are the platform's.
 *
 * @param without modules of the project to leave out, `c/scoringCore`
 * @throws Error for compiler errors and warnings.
 * @example (await componentSize('healthCard', { ...projectSources(), without: ['c/scoringCore'] })).bytes // => 58,000
 */
export async function componentSize(
  name: string,
  { lwcDirs, labelsFile, cacheDir, without = [] }: PageBuildOptions & { without?: readonly string[] },
): Promise<ComponentSize> {
  const bundles = findBundles(lwcDirs);
  const platform: Plugin = {
    name: 'platform',
    setup: (step) =>
      step.onResolve({ filter: /.*/ }, ({ path }) =>
        PLATFORM.test(path) || without.includes(path) ? { path, external: true } : undefined,
      ),
  };
  const lwc = lwcPlugin({
    resolveName: makeResolver(bundles, ''),
    transforms: makeTransforms(join(cacheDir, 'transforms.json')),
    salesforce: { labels: readLabels(labelsFile), schemaReferences: new Set() },
    icons: [],
    virtual: {},
    plainDir: cacheDir,
    ourDirs: lwcDirs.map((dir) => resolve(dir)),
  });
  const { outputFiles, metafile } = await build({
    ...MINIFIED,
    stdin: { contents: `export { default } from 'c/${name}';`, resolveDir: cacheDir },
    metafile: true,
    format: 'esm',
    plugins: [platform, lwc],
  });
  const files = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => !/^(?:\w+:|<)/.test(path) && bytesInOutput > 0)
    .map(([path, { bytesInOutput }]) => [path.split('/').slice(-2).join('/'), bytesInOutput] as const)
    .toSorted(([, a], [, b]) => b - a);
  return {
    bytes: files.reduce((sum, [, bytes]) => sum + bytes, 0),
    compressed: gzipSync(outputFiles.map(({ text }) => text).join('')).length,
    files,
  };
}
