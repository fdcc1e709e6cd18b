import { transformSync } from '@lwc/compiler';
import type { Finding, Project } from './project.ts';

/** Levels of the compiler: 0 fatal, 1 error, above that advice. */
const ERROR = 1;

/** Compiles every file of every Lightning Web Component, as a deploy would. */
export function compileComponents(project: Project): { components: number; findings: Finding[] } {
  const findings: Finding[] = [];
  const components = new Set<string>();
  for (const [file, text] of project.files) {
    const [, name = ''] = /\/lwc\/([^/]+)\/[^/]+\.(?:js|html|css)$/.exec(file) ?? [];
    if (name === '') continue;
    components.add(name);
    try {
      const { warnings = [] } = transformSync(text, file.split('/').at(-1) ?? '', {
        name,
        namespace: 'c',
        apiVersion: 66,
      });
      findings.push(
        ...warnings
          .filter((warning) => Number(warning.level) <= ERROR)
          .map((warning) => ({ file, rule: 'lwc', message: warning.message })),
      );
    } catch (error) {
      findings.push({ file, rule: 'lwc', message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { components: components.size, findings };
}
