import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sfEnv } from '../sf-env.ts';

const MAX_ANSWER = 64 * 1024 * 1024;

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}
/** One call of the org's REST API; the body is JSON. */
export type Rest = (method: string, path: string, body?: object) => Promise<RestAnswer>;

/**
 * The REST API through the project's own Salesforce CLI: it holds the login, so that no session token passes through
 * here. The body is handed over in a file that only this user can read and that is removed after the call: the command
 * line of a process can be read by others, and of standard input (`--body -`) the CLI takes only what is there at once,
 * which on a busy machine is nothing.
 *
 * @throws Error when the CLI cannot be started, or says nothing that can be read; never with the body
 */
export function restBySf(root: string, env: NodeJS.ProcessEnv, targetOrg: string): Rest {
  const sf = join(root, 'node_modules/.bin/sf');
  return async (method, path, body) => {
    const folder = await mkdtemp(join(tmpdir(), 'sf-body-'));
    try {
      const file = join(folder, 'body.json');
      if (body !== undefined) await writeFile(file, JSON.stringify(body), { mode: 0o600 });
      const args = ['api', 'request', 'rest', path, '--method', method, '--target-org', targetOrg, '--json'];
      return await new Promise<RestAnswer>((resolve, reject) => {
        execFile(
          sf,
          body === undefined ? args : [...args, '--body', `@${file}`],
          { cwd: root, env: sfEnv(root, env), maxBuffer: MAX_ANSWER },
          (error, stdout) => {
            try {
              resolve(readAnswer(stdout));
            } catch (unreadable) {
              reject(stdout === '' && error?.code === 'ENOENT' ? error : (unreadable as Error));
            }
          },
        );
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** @throws Error without anything of the answer but the CLI's own message */
function readAnswer(stdout: string): RestAnswer {
  let answer: { message?: string; result?: { statusCode: number; body: unknown } };
  try {
    answer = JSON.parse(stdout) as typeof answer;
  } catch {
    throw new Error('sf api request rest: found no JSON, expected it; is sf logged in to this org?');
  }
  if (answer.result) return { status: answer.result.statusCode, body: answer.result.body };
  throw new Error(`sf api request rest: ${answer.message ?? 'no answer'}`);
}

/**
 * The REST API with a session that the caller already holds: for the local org, whose sessions are nobody's secret.
 *
 * @param session gives a token that is good at that moment
 */
export const restByFetch =
  (instanceUrl: string, session: () => string): Rest =>
  async (method, path, body) => {
    const response = await fetch(`${instanceUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${session()}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json() };
  };
