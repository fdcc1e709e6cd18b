import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import lwc from '@lwc/rollup-plugin';
import { transformSync } from 'esbuild';
import { toolVersions } from './sources.ts';

type Hook = (
  this: { warn: (warning: unknown) => void },
  source: string,
  id: string,
) => { code: string } | undefined;

const API_VERSION = 66;
/** What an org compiles with: components of the project get no compiler flag that it would not set. */
const STRICT = { apiVersion: API_VERSION };
/** The base components are built by Salesforce with these. */
const LENIENT = { ...STRICT, enableDynamicComponents: true, enableSyntheticElementInternals: true };

export interface Transforms {
  /**
   * Compiles one JavaScript, HTML or CSS file of a component.
   *
   * @throws Error with the compiler's message, and for warnings in files of our own.
   */
  compile: (
    source: string,
    path: string,
    options: { specifier?: string; scoped: boolean; ours: boolean },
  ) => string;
  /** Keeps what was compiled for the next build. */
  save: () => void;
}

/**
 * The LWC compiler with a memory on disk: a file of the same content, compiled by the same versions with the same
 * options under the same name, is not compiled again.
 */
export function makeTransforms(cacheFile: string): Transforms {
  const known = read(cacheFile);
  const used = new Map<string, string>();
  const versions = toolVersions();
  const compilers = { strict: hookOf(STRICT), lenient: hookOf(LENIENT) };

  return {
    compile: (written, path, { specifier, scoped, ours }) => {
      // A style sheet ends up as text in a script, where no later step shortens it.
      const source = ours && path.endsWith('.css') ? minified(written) : written;
      const strict = specifier !== undefined;
      const query = new URLSearchParams({
        ...(specifier === undefined ? {} : { specifier }),
        ...(scoped ? { scoped: 'true' } : {}),
      }).toString();
      const id = query === '' ? path : `${path}?${query}`;
      const key = createHash('sha256')
        .update(JSON.stringify([versions, strict ? STRICT : LENIENT, id, source]))
        .digest('base64url');
      const code = known.get(key) ?? run(strict ? compilers.strict : compilers.lenient, source, id, ours);
      used.set(key, code);
      return code;
    },
    save: () => {
      if ([...used.keys()].every((key) => known.has(key)) && used.size === known.size) return;
      mkdirSync(dirname(cacheFile), { recursive: true });
      const draft = `${cacheFile}.${randomUUID()}`;
      writeFileSync(draft, JSON.stringify([...used]));
      renameSync(draft, cacheFile);
    },
  };
}

const minified = (css: string): string => transformSync(css, { loader: 'css', minify: true }).code;

const hookOf = (options: typeof STRICT): Hook => lwc(options).transform as unknown as Hook;

function run(hook: Hook, source: string, id: string, ours: boolean): string {
  const warnings: string[] = [];
  const context = {
    warn: (warning: unknown) =>
      warnings.push(
        typeof warning === 'string' ? warning : String((warning as { message?: unknown }).message),
      ),
  };
  let result: { code: string } | undefined;
  try {
    result = hook.call(context, source, id);
  } catch (error) {
    // The bundler would name the file that imports this one.
    throw new Error(`${id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  // Warnings of the base components are Salesforce's; ours would not pass a review.
  if (ours && warnings.length > 0) throw new Error(`${id}: ${warnings.join('; ')}`);
  return result?.code ?? source;
}

function read(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, string][]);
  } catch {
    // Half a file of a machine that lost power: compile everything again.
    return new Map();
  }
}
