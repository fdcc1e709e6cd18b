import { tmpdir } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { main } from './index.ts';

/**
 * Runs the command line inside a test, with an input, and answers with all that it gave back.
 *
 * @example await scorer(['check', '--config-dir', 'config']) // => { exit: 0, stdout: '…', stderr: '' }
 */
export async function scorer(
  argv: readonly string[],
  input: string | Buffer = '',
): Promise<{ exit: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) =>
    new Writable({
      write: (chunk: Buffer, _, done) => {
        written[name] += chunk.toString('utf8');
        done();
      },
    });
  const exit = await main(argv, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: {},
    cwd: tmpdir(),
    now: () => 0,
  });
  return { exit, ...written };
}
