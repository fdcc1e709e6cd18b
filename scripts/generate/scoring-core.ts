/**
 * The scoring core as one ES module for Lightning: the same code as in Node, so that a card computes what the
 * scorer stored.
 */
import { build, type Plugin } from 'esbuild';
import { formatted, head } from './text.ts';

export const SOURCE = 'node-scorer/src/scoring/index.ts';
export const TARGET = 'force-app/main/default/lwc/scoringCore/scoringCore.js';

/**
 * Bundles the core.
 *
 * @param root directory of the repository
 * @returns the module's text
 */
export const scoringCore = async (root: string): Promise<string> =>
  formatted(root, TARGET, await bundled(root, SOURCE));

/** Rooms of the scorer that Lightning has as modules of their own. */
const MODULES: Plugin = {
  name: 'lightning-modules',
  setup(step) {
    const external = (path: string) => () => ({ path, external: true, sideEffects: false });
    step.onResolve({ filter: /\/scoring\/[\w-]+\.ts$/ }, external('c/scoringCore'));
    step.onResolve({ filter: /\/metrics\/[\w-]+\.ts$/ }, external('c/metricCatalogue'));
  },
};

/**
 * What a card takes of the advice as one ES module over the scoring core's.
 *
 * @param root directory of the repository
 * @param source what a card takes, relative to it
 * @returns the module's text, not yet formatted
 */
export const cardAdvice = (root: string, source: string): Promise<string> => bundled(root, source, [MODULES]);

/** A source and all that it imports as one module, with its head. */
async function bundled(root: string, source: string, plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'esm',
    // What the Lightning compiler takes; lowers newer syntax, private methods among it.
    target: 'es2021',
    charset: 'utf8',
    legalComments: 'none',
    plugins,
  });
  const [file] = outputFiles;
  if (file === undefined || outputFiles.length !== 1) throw new Error('found no bundle, expected one file');
  // esbuild names each source in a comment; useful here, and stable because paths are relative to the root.
  return head(source) + file.text;
}
