/**
 * One check of Lightning components as a process of its own, so that the gate runs them side by side:
 * `node scripts/metadata/lightning/check.ts types [--dir DIR]`. Prints what it found as JSON; all checks when none is named.
 */
import { parseArgs } from 'node:util';
import type { Project } from '../project.ts';
import { readProject } from '../project.ts';
import type { Looked } from './bundles.ts';

/** Loaded when asked for: each brings a heavy tool along. */
const CHECKS: Record<string, (project: Project) => Promise<Looked>> = {
  compile: async (project) => (await import('./compile.ts')).compileComponents(project),
  types: async (project) => (await import('./check-types.ts')).checkTypes(project),
  eslint: async (project) => (await import('./lint.ts')).lintComponents(project),
  slds: async (project) => (await import('./slds.ts')).lintStyles(project),
  icons: async (project) => (await import('./icons.ts')).checkIcons(project),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dir: { type: 'string', multiple: true } },
});
const project = readProject(values.dir ?? ['force-app']);
const looked: Record<string, Looked> = {};
for (const name of positionals.length > 0 ? positionals : Object.keys(CHECKS)) {
  const check = CHECKS[name];
  if (!check) throw new Error(`found check ${name}, expected one of ${Object.keys(CHECKS).join(', ')}`);
  looked[name] = await check(project);
}
process.stdout.write(`${JSON.stringify(looked, null, 2)}\n`);
