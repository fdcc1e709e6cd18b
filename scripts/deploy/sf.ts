import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { sfEnv } from '../sf-env.ts';

/** What `sf … --json` prints, as far as it is read here. */
export interface SfAnswer {
  status: number;
  result?: unknown;
  name?: string;
  message?: string;
}

export type Sf = (args: string[]) => Promise<SfAnswer>;

/** The CLI, or the org behind it, refused. */
export class SfError extends Error {
  readonly code: string;
  readonly answer: SfAnswer | undefined;
  constructor(command: string, code: string, message: string, answer?: SfAnswer) {
    super(`sf ${command}: ${code}: ${message}`);
    this.code = code;
    this.answer = answer;
  }
}

/**
 * The project's own Salesforce CLI, under the project's own Node, always with --json.
 *
 * @throws SfError when it cannot be started or prints no JSON; a refusal of the org is an answer with a status.
 */
export function salesforceCli(root: string, env: NodeJS.ProcessEnv): Sf {
  return (args) =>
    new Promise((resolve, reject) => {
      execFile(
        join(root, 'node_modules/.bin/sf'),
        [...args, '--json'],
        {
          cwd: root,
          maxBuffer: 256 * 1024 * 1024,
          env: sfEnv(root, env),
        },
        (error, stdout, stderr) => {
          try {
            resolve(JSON.parse(stdout) as SfAnswer);
          } catch {
            const said = (stderr || stdout || error?.message || '').trim().split('\n')[0] ?? '';
            reject(new SfError(args.slice(0, 3).join(' '), 'NO_JSON', said || 'it printed nothing'));
          }
        },
      );
    });
}

/** Runs a command that must succeed. @throws SfError with the org's code and words */
export async function must(sf: Sf, args: string[]): Promise<unknown> {
  const answer = await sf(args);
  if (answer.status === 0) return answer.result;
  const words = args.filter((_, i) => i < 3 && !args[i]?.startsWith('-')).join(' ');
  throw new SfError(words, answer.name ?? `status ${answer.status}`, answer.message ?? '', answer);
}

/** @throws SfError, INVALID_TYPE where the object does not exist or may not be read. */
export async function query(sf: Sf, targetOrg: string, soql: string): Promise<Record<string, unknown>[]> {
  const result = await must(sf, ['data', 'query', '--target-org', targetOrg, '--query', soql]);
  return (result as { records?: Record<string, unknown>[] }).records ?? [];
}
