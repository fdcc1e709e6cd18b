/**
 * The scoring core as one ES module for Lightning: the same code as in Node, so that a card computes what the
 * scorer stored.
 */
import { build, type Plugin } from 'esbuild';
import { format, resolveConfig } from 'prettier';

export const SOURCE = 'node-scorer/src/scoring/index.ts';
export const TARGET = 'force-app/main/default/lwc/scoringCore/scoringCore.js';

const HEAD = `/*
 * Generated from ${SOURCE} by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */
`;

export const META = `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>false</isExposed>
    <masterLabel>Scoring core</masterLabel>
    <description>The scoring core of the customer health score, generated from the scorer's own source.</description>
</LightningComponentBundle>
`;

/**
 * Bundles the core.
 *
 * @param root directory of the repository
 * @returns the module's text
 */
export async function scoringCore(root: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [SOURCE],
    bundle: true,
    write: false,
    format: 'esm',
    // What the Lightning compiler takes; lowers newer syntax, private methods among it.
    target: 'es2021',
    charset: 'utf8',
    legalComments: 'none',
  });
  const [file] = outputFiles;
  if (file === undefined || outputFiles.length !== 1) throw new Error('found no bundle, expected one file');
  // esbuild names each source in a comment; useful here, and stable because paths are relative to the root.
  const options = await resolveConfig(`${root}/${TARGET}`);
  return format(HEAD + file.text, { ...options, parser: 'babel' });
}

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
 * @returns the module's text
 */
export async function cardAdvice(root: string, source: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2021',
    charset: 'utf8',
    legalComments: 'none',
    plugins: [MODULES],
  });
  const [file] = outputFiles;
  if (file === undefined || outputFiles.length !== 1) throw new Error('found no bundle, expected one file');
  return HEAD.replace(SOURCE, source) + file.text;
}
