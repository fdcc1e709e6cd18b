import { transformSync as transformNew } from '@lwc/compiler';
import { transformSync as transformOld } from 'lwc-compiler-8';
import type { Project } from '../project.ts';
import type { Looked } from './bundles.ts';
import { bundlesOf } from './bundles.ts';

/** API version of the components, as an integer. */
const API_VERSION = 66;

/**
 * An org runs a compiler some months older than the newest open one, and which one nobody says: what both take is safe.
 * 8.25 is named for Spring '26, the release of API 66.
 */
const COMPILERS = [
  // Its own types do not resolve in Node's way of modules; the call is the same.
  { version: '9.4.3', transform: transformNew as typeof transformOld },
  { version: '8.26.2', transform: transformOld },
];

/** Compiles every file of every component, as a deploy would: with no option that an org does not have. Advice counts. */
export function compileComponents(project: Project): Looked {
  const bundles = bundlesOf(project);
  const findings = bundles.flatMap(({ name, files }) =>
    [...files]
      .filter(([file]) => /\.(?:js|html|css)$/.test(file))
      .flatMap(([file, text]) =>
        COMPILERS.flatMap(({ version, transform }) =>
          problems(() =>
            transform(text, file.split('/').at(-1) ?? '', { name, namespace: 'c', apiVersion: API_VERSION }),
          ).map((message) => ({ file, rule: 'lwc', message: `${message} (compiler ${version})` })),
        ),
      ),
  );
  return { components: bundles.length, findings };
}

function problems(compile: () => { warnings?: { message: string }[] | undefined }): string[] {
  try {
    return (compile().warnings ?? []).map((warning) => warning.message);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
