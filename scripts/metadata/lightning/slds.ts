import { dirname, relative, resolve } from 'node:path';
import { lint } from '@salesforce-ux/slds-linter/executor';
import type { Project } from '../project.ts';
import type { Looked } from './bundles.ts';
import { bundlesOf } from './bundles.ts';

/** Of the linter's result, what we read; its own types do not resolve in Node's way of modules. */
interface Linted {
  filePath: string;
  errors: { line: number; ruleId: string; message: string }[];
  warnings: unknown[];
}

/** The linter packs some messages in JSON, with suggestions beside them. */
function textOf(message: string): string {
  try {
    return (JSON.parse(message) as { message?: string }).message ?? message;
  } catch {
    return message;
  }
}

/**
 * Holds styles and templates to SLDS with Salesforce's own linter. Its errors are findings; its warnings, which suggest
 * hooks for values that may well be meant, are counted. The files must
 * lie below the working directory: it takes no other.
 */
export async function lintStyles(project: Project): Promise<Looked> {
  const bundles = bundlesOf(project);
  const files = bundles
    .flatMap((bundle) => [...bundle.files.keys()])
    .filter((file) => /\.(?:css|html)$/.test(file));
  if (files.length === 0) return { components: bundles.length, findings: [] };
  const results = new Map<string, Linted>();
  // By folder of components, not by component: every call starts two workers.
  for (const directory of new Set(bundles.map((bundle) => dirname(bundle.directory))))
    for (const result of (await lint({ directory })) as Linted[])
      results.set(resolve(result.filePath), result);
  const findings = files.flatMap((file) => {
    const result = results.get(resolve(file));
    // The linter leaves out what it failed on, and goes on as if all were well.
    if (!result) return [{ file, rule: 'slds', message: 'the SLDS linter could not look at this file' }];
    return result.errors.map(({ line, ruleId, message }) => ({
      file: relative('.', file),
      rule: 'slds',
      message: `line ${line}: ${textOf(message)} (${ruleId})`,
    }));
  });
  const warnings = [...results.values()].reduce((sum, result) => sum + result.warnings.length, 0);
  return { components: bundles.length, findings, remark: `${warnings} warnings of the SLDS linter` };
}
