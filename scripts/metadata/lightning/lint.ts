import { join, relative, resolve } from 'node:path';
import { ESLint } from 'eslint';
import type { Project } from '../project.ts';
import type { Looked } from './bundles.ts';
import { bundlesOf } from './bundles.ts';

const CONFIG = join(import.meta.dirname, 'eslint.config.js');

/**
 * Holds components and their tests to Salesforce's own ESLint rules. Warnings count as findings: a rule that may be
 * broken is none.
 */
export async function lintComponents(project: Project): Promise<Looked> {
  // A folder without any script is no component yet; who counts the components misses it.
  const written = bundlesOf(project).filter(
    ({ files, generated }) => !generated && [...files.keys()].some((file) => file.endsWith('.js')),
  );
  if (written.length === 0) return { components: 0, findings: [] };
  // ESLint looks at nothing outside its working directory, and the metadata may lie anywhere (--dir).
  const eslint = new ESLint({ overrideConfigFile: CONFIG, cwd: '/' });
  const results = await eslint.lintFiles(
    written.map(({ directory }) => join(relative('/', resolve(directory)), '**/*.js')),
  );
  return {
    components: written.length,
    findings: results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => ({
        file: relative('.', filePath),
        rule: 'eslint',
        message: `line ${line}: ${message} (${ruleId ?? 'not readable'})`,
      })),
    ),
  };
}
