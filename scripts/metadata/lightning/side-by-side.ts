import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Finding, Project } from '../project.ts';
import type { Looked } from './bundles.ts';
import { bundlesOf, isStyleOnly } from './bundles.ts';

const CHECK = join(import.meta.dirname, 'check.ts');
const OUTPUT_LIMIT = 64 * 1024 * 1024;
/** Every check, and whether it looks at all components or at those with a script that people wrote. */
const CHECKS = { types: 'written', eslint: 'written', compile: 'all', icons: 'all', slds: 'all' } as const;

/** Checks by name in a process of their own: they bring heavy tools that would wait for each other. */
async function look(
  names: string[],
  directories: string[],
  cwd = process.cwd(),
): Promise<Record<string, Looked>> {
  const asked = directories.flatMap((directory) => ['--dir', directory]);
  const { stdout } = await promisify(execFile)(process.execPath, [CHECK, ...names, ...asked], {
    cwd,
    maxBuffer: OUTPUT_LIMIT,
  });
  return JSON.parse(stdout) as Record<string, Looked>;
}

/** The SLDS linter takes only what lies below its working directory, and metadata may lie anywhere. */
async function lookBelow(directory: string): Promise<Record<string, Looked>> {
  const answers = await look(['slds'], ['.'], directory);
  for (const { findings } of Object.values(answers))
    for (const finding of findings) finding.file = join(directory, finding.file);
  return answers;
}

/**
 * All checks of the components under the directories, as many at a time as there are. One that looked at fewer
 * components than there are is a finding itself.
 *
 * @returns findings, and what to say of the checks, such as how many components each looked at
 */
export async function lookAtComponents(
  project: Project,
  directories: string[],
): Promise<{ findings: Finding[]; remarks: string[] }> {
  const bundles = bundlesOf(project);
  if (bundles.length === 0) return { findings: [], remarks: [] };
  const withComponents = directories.filter((directory) =>
    bundles.some((bundle) => resolve(bundle.directory).startsWith(join(resolve(directory), '/'))),
  );
  const answers = await Promise.all([
    look(['types'], directories),
    look(['eslint'], directories),
    look(['compile', 'icons'], directories),
    ...withComponents.map(lookBelow),
  ]);
  const findings: Finding[] = [];
  const remarks: string[] = [];
  for (const [check, which] of Object.entries(CHECKS)) {
    const looked = answers.flatMap((answer) => answer[check] ?? []);
    const components = looked.reduce((sum, one) => sum + one.components, 0);
    const expected =
      which === 'all'
        ? bundles.length
        : bundles.filter((bundle) => !bundle.generated && !isStyleOnly(bundle)).length;
    findings.push(...looked.flatMap((one) => one.findings));
    if (components !== expected)
      findings.push({
        file: directories.join(', '),
        rule: check,
        message: `looked at ${components} components, expected ${expected}`,
      });
    remarks.push(`${check} ${components}`, ...looked.flatMap((one) => one.remark ?? []));
  }
  return { findings, remarks };
}
