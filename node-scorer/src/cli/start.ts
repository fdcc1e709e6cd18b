import { watchForFaults } from '../service/report-errors.ts';
import { main } from './index.ts';

/**
 * Runs the command line as a program: arguments, streams and environment of a process.
 *
 * @param host process
 * @returns exit code, as {@link main}
 * @example process.exitCode = await start(process)
 */
export function start(host: NodeJS.Process): Promise<number> {
  // A reader that has seen enough (scorer score … | head) is no error.
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    host.exit(0);
  });
  // Nor is one that no longer listens to what we say beside it: the work goes on. Without this, telling that nobody
  // listens would fail too, and be told again, for ever.
  host.stderr.on('error', () => undefined);
  return main(host.argv.slice(2), {
    stdin: host.stdin,
    stdout: host.stdout,
    stderr: host.stderr,
    env: host.env,
    cwd: host.cwd(),
    now: Date.now,
    onCredentials: (where, variables) => watchForFaults(host, where, variables),
    onInterrupt: (interrupted) => {
      host.on('SIGINT', interrupted);
      return () => host.off('SIGINT', interrupted);
    },
  });
}
