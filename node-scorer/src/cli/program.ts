import { Command, CommanderError, Option } from 'commander';
import { ScorerError, type ErrorKind } from '../errors.ts';
import { SOURCE_NAMES, SOURCES, type SourceName } from '../extract/registry.ts';
import { reportError } from '../service/report-errors.ts';
import { makeScrubber } from '../service/scrub.ts';
import { withCredentials } from './credentials.ts';
import type { Io } from './io.ts';
import type { FileNames } from './run.ts';

/** Exit codes by who must act. Sysexits calls 75 "temporary failure, try again later". */
const EXIT: Readonly<Record<ErrorKind, number>> = { config: 2, transient: 75, defect: 1 };

/**
 * Parses the arguments and runs a command. Commands load when they run, so that `score` never waits for the
 * clients of other systems.
 *
 * @returns exit code, as {@link main} in index.ts
 */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let exit = 0;
  let variables = io.env;
  const heard: Io = {
    ...io,
    onCredentials: (where, found) => {
      variables = found;
      io.onCredentials?.(where, found);
    },
  };
  const program = makeProgram(heard, (code) => (exit = code));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    // Commander has said what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.config;
    await reportError(error, 'cli', variables);
    if (error instanceof ScorerError) {
      io.stderr.write(`${error.code}: ${error.message}\n`);
      return EXIT[error.kind];
    }
    const what = makeScrubber(variables)(oneLine(error));
    io.stderr.write(`DEFECT: ${what}; this is a fault of the program, please report it\n`);
    return EXIT.defect;
  }
}

/**
 * The commands and their options.
 *
 * @param done takes the exit code of the command that ran
 */
export function makeProgram(io: Io, done: (exit: number) => void): Command {
  const program = new Command('scorer')
    .description('Customer health scores: reads four systems, scores every account, explains every score')
    // One width everywhere, so that help reads the same in a pipe and in any terminal.
    .configureHelp({ helpWidth: 100 })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  const add = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--env-file <file>', 'variables to add to the environment; they win over it');

  const configDir = (): Option =>
    new Option('--config-dir <dir>', 'holds weights.yaml, thresholds.yaml and sources.yaml').default(
      'config',
    );

  add('score', 'score given readings, without any vendor')
    .requiredOption('--input <file>', 'readings, one JSON object a line; - for standard input')
    .addOption(configDir())
    .addOption(new Option('--format <format>', 'output').choices(['jsonl', 'table', 'csv']).default('jsonl'))
    .action(async (options: ScoreFlags) => done(await (await import('./score.ts')).score(options, io)));

  add('explain', 'say why: what moved, where points are lost, how to reach the next tier')
    .requiredOption('--input <file>', 'readings, one JSON object a line; - for standard input')
    .addOption(configDir())
    .option('--previous <file>', 'readings of earlier periods')
    .option('--previous-config-dir <dir>', 'the model of those; without it one model scores both')
    .option('--account <id>', 'only this account')
    .addOption(new Option('--format <format>', 'output').choices(['text', 'jsonl']).default('text'))
    .action(async (options: ExplainFlags) => done(await (await import('./explain.ts')).explain(options, io)));

  add('catalogue', 'list every metric').action(async () =>
    done(await (await import('./catalogue.ts')).catalogue(io)),
  );

  add('check', 'check the configuration and list everything that is wrong')
    .addOption(configDir())
    .option('--org', 'also compare with the org: its model, objects, fields and picklist values')
    .action(async (options: CheckFlags & { readonly org?: boolean }) => {
      const { check } = await import('./check.ts');
      done(await check(options, await withCredentials(io, options, 'cli')));
    });

  withFiles(
    add('extract', 'print the readings of one source and what they cost in calls')
      .addOption(new Option('--source <name>', 'system to read').choices(SOURCE_NAMES).makeOptionMandatory())
      .requiredOption('--period <YYYY-MM>', 'calendar month, UTC')
      .option('--mapping <csv>', 'accounts and their ids, in place of those of the org'),
  )
    .addOption(configDir())
    .addOption(new Option('--format <format>', 'output').choices(['jsonl', 'table']).default('jsonl'))
    .action(async (options: ExtractFlags) => {
      const { extract } = await import('./extract.ts');
      done(await extract({ ...options, files: filesIn(options) }, await withCredentials(io, options, 'cli')));
    });

  withFiles(
    add('run', 'read every source, score every account and write what differs')
      .option('--period <YYYY-MM>', 'calendar month, UTC; without it the last complete one')
      .option('--from <YYYY-MM>', 'first of several months, one after the other')
      .option('--to <YYYY-MM>', 'last of them; without it the last complete one')
      .option('--dry-run', 'write nothing; print the rows as CSV')
      .option('--config-dir <dir>', "model and sources of a folder, in place of the org's model")
      .option('--mapping <csv>', 'accounts and their ids, in place of those of the org'),
  )
    .option('--account <id...>', 'only these accounts')
    .option('--force', 'read the sources again although the period is final')
    .option('--confirm <run>', 'release a run that is held, or reads that gave nothing for anybody')
    .option('--report <file>', 'write the report as JSON; - for standard output')
    .action(async (options: RunFlags) => {
      const { run } = await import('./run.ts');
      done(await run({ ...options, files: filesIn(options) }, await withCredentials(io, options, 'cli')));
    });

  add('serve', 'offer runs over HTTP, to the flow in Salesforce and to others')
    .option('--config-dir <dir>', "model and sources of a folder, in place of the org's model")
    .action(async (options: Pick<RunFlags, 'configDir' | 'envFile'>) => {
      const { serve } = await import('./serve.ts');
      done(await serve(options, await withCredentials(io, options, 'service'), process));
    });
  return program;
}

/** The options that name files in place of sources. */
const FILE_OPTIONS = SOURCES.flatMap(({ name, file }) =>
  file === undefined ? [] : [{ name, option: () => new Option(`--${file.option} <csv>`, file.about) }],
);

const withFiles = (command: Command): Command =>
  FILE_OPTIONS.reduce((all, { option }) => all.addOption(option()), command);

const filesIn = (options: object): FileNames =>
  Object.fromEntries(
    FILE_OPTIONS.map(({ name, option }) => [
      name,
      (options as Readonly<Record<string, string>>)[option().attributeName()],
    ]),
  );

interface CheckFlags {
  readonly configDir: string;
  readonly envFile?: string;
}
interface ScoreFlags extends CheckFlags {
  readonly input: string;
  readonly format: 'jsonl' | 'table' | 'csv';
}
interface ExplainFlags extends CheckFlags {
  readonly input: string;
  readonly previous?: string;
  readonly previousConfigDir?: string;
  readonly account?: string;
  readonly format: 'text' | 'jsonl';
}
interface ExtractFlags extends CheckFlags {
  readonly source: SourceName;
  readonly period: string;
  readonly mapping?: string;
  readonly format: 'jsonl' | 'table';
}
interface RunFlags extends Omit<CheckFlags, 'configDir'> {
  readonly configDir?: string;
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
  readonly confirm?: string;
  readonly dryRun?: boolean;
  readonly mapping?: string;
  readonly account?: readonly string[];
  readonly force?: boolean;
  readonly report?: string;
}

const oneLine = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll(/\s+/g, ' ');
