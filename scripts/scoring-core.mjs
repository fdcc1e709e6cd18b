/**
 * The scoring core as one ES module for Lightning: the same code as in Node, so that a card computes what the
 * scorer stored. Shared by generate and verify-generated.
 */
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

export const SOURCE = 'node-scorer/src/scoring/index.ts';
export const TARGET = 'force-app/main/default/lwc/scoringCore/scoringCore.js';

const HEAD = `/*
 * Generated from ${SOURCE} by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */
`;

/**
 * Bundles the core.
 *
 * @param {string} root directory of the repository
 * @returns {Promise<string>} the module's text
 */
export async function scoringCore(root) {
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
