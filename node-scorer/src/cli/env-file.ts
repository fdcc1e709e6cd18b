import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ScorerError } from '../errors.ts';

/**
 * Variables of a file in the form `NAME=value`. They win over the environment, unlike Node's own `--env-file`:
 * whoever names a sandbox's file must not reach the real systems that a shell happens to know.
 *
 * @param file relative to `cwd`
 * @throws ScorerError USAGE when it cannot be read
 * @example readEnvFile('.sandbox/env', process.cwd())
 */
export function readEnvFile(file: string, cwd: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(resolve(cwd, file), 'utf8'));
  } catch (cause) {
    const code = String((cause as { code?: unknown }).code);
    throw new ScorerError(
      'USAGE',
      `--env-file ${file}: found ${code === 'ENOENT' ? 'no such file' : `an unreadable file (${code})`}, expected lines of the form NAME=value`,
      { cause },
    );
  }
}
