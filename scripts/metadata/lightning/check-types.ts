import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { indexOf } from '../org-index.ts';
import type { Project } from '../project.ts';
import type { Looked } from './bundles.ts';
import { bundlesOf, isStyleOnly } from './bundles.ts';
import { declarationsOf } from './declarations.ts';

const CONFIG = join(import.meta.dirname, 'components.tsconfig.json');
const TYPES = join(import.meta.dirname, 'types');
/** Exists in memory only: written to disk it would grow stale between two runs. */
const DECLARATIONS = join(TYPES, 'from-metadata.d.ts');
/** Named, so that it is found from wherever the components lie. */
const LWC = join(import.meta.dirname, '../../../node_modules/lwc/index.d.ts');
/** Modules that are generated are known by the types of their sources. */
const SOURCES: Readonly<Record<string, string>> = {
  scoringCore: join(import.meta.dirname, '../../../node-scorer/src/scoring/index.ts'),
  healthAdvice: join(import.meta.dirname, '../../../node-scorer/src/advice/for-card.ts'),
};

function optionsFor(modules: Record<string, string[]>): ts.CompilerOptions {
  const read = ts.readConfigFile(CONFIG, (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, dirname(CONFIG));
  const wrong = read.error ?? parsed.errors[0];
  if (wrong) throw new Error(`${CONFIG}: ${ts.flattenDiagnosticMessageText(wrong.messageText, '\n')}`);
  return {
    ...parsed.options,
    paths: { lwc: [LWC], 'lightning/*': [join(TYPES, 'lightning/*.d.ts')], ...modules },
  };
}

const messageOf = (diagnostic: ts.Diagnostic): string => {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
  if (!diagnostic.file || diagnostic.start === undefined) return `TS${diagnostic.code}: ${text}`;
  const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  return `line ${line + 1}: TS${diagnostic.code}: ${text}`;
};

/**
 * Checks components with the TypeScript compiler: JavaScript with JSDoc types, strict. Schema, labels and custom
 * permissions are declared from the metadata, base modules in types/; a module that is in neither is a finding.
 *
 * @param project whose files are read from disk again by their paths
 * @returns what the compiler says, and how many components it looked at
 */
export function checkTypes(project: Project): Looked {
  const bundles = bundlesOf(project);
  const written = bundles.filter((bundle) => !bundle.generated && !isStyleOnly(bundle));
  const roots = written.flatMap((bundle) => [...bundle.files.keys()].filter((file) => file.endsWith('.js')));
  if (roots.length === 0) return { components: 0, findings: [] };
  const modules = Object.fromEntries(
    bundles.map(({ name, directory }) => [`c/${name}`, [SOURCES[name] ?? resolve(directory, `${name}.js`)]]),
  );
  const options = optionsFor(modules);
  const host = ts.createCompilerHost(options);
  const declarations = declarationsOf(project, indexOf(project));
  host.fileExists = (path) => path === DECLARATIONS || ts.sys.fileExists(path);
  host.readFile = (path) => (path === DECLARATIONS ? declarations : ts.sys.readFile(path));
  const own = new Set(roots.map((file) => resolve(file)));
  const program = ts.createProgram([...own, DECLARATIONS, join(TYPES, 'scoped.d.ts')], options, host);
  const findings = ts
    .getPreEmitDiagnostics(program)
    // Without a file it speaks of the options. Other files than ours are checked elsewhere, or not ours to mend.
    .filter(({ file }) => file === undefined || own.has(file.fileName))
    .map((diagnostic) => ({
      file: diagnostic.file ? relative('.', diagnostic.file.fileName) : CONFIG,
      rule: 'types',
      message: messageOf(diagnostic),
    }));
  return { components: written.length, findings };
}
