import { HELP } from './help.ts';
import type { Io } from './io.ts';

/**
 * The command line.
 *
 * @param argv arguments after the program's name
 * @returns exit code: 2 configuration or usage, 3 held, 75 try again later, 1 some accounts or lines failed, 0 ok
 * @example await main(['check', '--config-dir', 'config'], io) // => 0
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // The overview is a text of its own: whoever asks for it need not wait for anything to load.
  if (argv.length === 1 && (argv[0] === '--help' || argv[0] === '-h')) {
    io.stdout.write(HELP);
    return 0;
  }
  const { runProgram } = await import('./program.ts');
  return runProgram(argv, io);
}
