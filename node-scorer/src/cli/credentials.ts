import { withSecrets } from '../config/secrets.ts';
import type { Where } from '../service/report-errors.ts';
import { readEnvFile } from './env-file.ts';
import type { Io } from './io.ts';

/**
 * What a command that talks to the world works with: the environment, the file that `--env-file` names over it, and
 * the secret that `AWS_SECRET_ID` names over both. From here on a fault that nobody catches is reported.
 *
 * @throws ScorerError USAGE, ENVIRONMENT_INVALID, SOURCE_DOWN
 * @example (await withCredentials(io, { envFile: '.sandbox/env' }, 'cli')).env.JIRA_EMAIL
 */
export async function withCredentials(
  io: Io,
  { envFile }: { readonly envFile?: string },
  where: Where,
): Promise<Io> {
  const env = envFile === undefined ? io.env : { ...io.env, ...readEnvFile(envFile, io.cwd) };
  const { variables, overruled } = await withSecrets(env);
  if (overruled.length > 0) {
    io.stderr.write(
      `AWS_SECRET_ID: the secret wins over what is set besides: ${overruled.join(', ')}; unset them\n`,
    );
  }
  io.onCredentials?.(where, variables);
  return { ...io, env: variables };
}
