import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}
/** One call of the org's REST API; the body is JSON. */
export type Rest = (method: string, path: string, body?: object) => Promise<RestAnswer>;

/**
 * The REST API through the project's own Salesforce CLI: it holds the login, so that no session token passes through
 * here. The body goes over standard input, because the command line of a process can be read by others.
 *
 * @throws Error when the CLI cannot be started, or says nothing that can be read; never with the body
 */
export function restBySf(root: string, env: NodeJS.ProcessEnv, targetOrg: string): Rest {
  const bin = join(root, 'node_modules/.bin');
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const args = ['api', 'request', 'rest', path, '--method', method, '--target-org', targetOrg, '--json'];
      const child = spawn(join(bin, 'sf'), body === undefined ? args : [...args, '--body', '-'], {
        cwd: root,
        env: {
          ...env,
          PATH: `${bin}${delimiter}${env['PATH'] ?? ''}`,
          SF_DISABLE_TELEMETRY: 'true',
          SF_AUTOUPDATE_DISABLE: 'true',
        },
      });
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
      child.once('error', reject);
      child.once('close', () => {
        try {
          const answer = JSON.parse(stdout) as {
            message?: string;
            result?: { statusCode: number; body: unknown };
          };
          if (answer.result) resolve({ status: answer.result.statusCode, body: answer.result.body });
          else reject(new Error(`sf api request rest: ${answer.message ?? 'no answer'}`));
        } catch {
          reject(new Error('sf api request rest: found no JSON, expected it; is sf logged in to this org?'));
        }
      });
      child.stdin.end(body === undefined ? '' : JSON.stringify(body));
    });
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
