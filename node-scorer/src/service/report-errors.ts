import { ScorerError } from '../errors.ts';
import { makeScrubber } from './scrub.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Which way of running met the error. */
export type Where = 'cli' | 'service' | 'lambda';

/** Time that a report may take; a program that ends for an error must not hang on telling it. */
const PATIENCE_MS = 3_000;
/** A chain of causes longer than this tells nothing more, and may be a ring. */
const CAUSES = 5;

/**
 * Tells Rollbar of an error that nobody foresaw, when `ROLLBAR_ACCESS_TOKEN` is set; without it nothing is loaded
 * and nothing sent. Errors that a person or time must mend (kind `config` and `transient`) are no faults of the
 * program and are never sent.
 *
 * What is sent: name, message, stack and causes, where it happened, the version of Node. Nothing else: no
 * environment, no arguments, no host, no request, no own properties of the error (a failed HTTP call keeps its
 * headers there). In every text the values of secret variables and what looks like a credential are blotted out.
 * Source: https://docs.rollbar.com/docs/nodejs
 *
 * @param variables with secrets in place, so that their values can be blotted out; `ROLLBAR_ENDPOINT` replaces
 *   the address of Rollbar (a proxy)
 * @returns true when Rollbar took it; false when it was not sent. Never rejects, and takes 3 seconds at most.
 * @example await reportError(new TypeError('x is undefined'), 'cli', io.env) // => false, without a token
 */
export async function reportError(error: unknown, where: Where, variables: Variables): Promise<boolean> {
  const accessToken = variables['ROLLBAR_ACCESS_TOKEN']?.trim() ?? '';
  if (accessToken === '' || !isFault(error)) return false;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([send(error, where, accessToken, variables), patience]);
  } catch {
    // Whoever calls us is telling an error already; that this could not be reported must not hide it.
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reports what nobody catches, then ends the process as Node would have ended it: message on stderr, exit 1.
 *
 * @param host process; a test hands in its own emitter
 * @example watchForFaults(process, 'service', environment)
 */
export function watchForFaults(
  host: Pick<NodeJS.Process, 'on' | 'exit' | 'stderr'>,
  where: Where,
  variables: Variables,
): void {
  const scrub = makeScrubber(variables);
  const end = (error: unknown): void => {
    host.stderr.write(`DEFECT: ${scrub(textOf(error))}\n`);
    void reportError(error, where, variables).then(() => host.exit(1));
  };
  host.on('uncaughtException', end);
  host.on('unhandledRejection', end);
}

async function send(
  error: unknown,
  where: Where,
  accessToken: string,
  variables: Variables,
): Promise<boolean> {
  const { default: Rollbar } = await import('rollbar');
  const scrub = makeScrubber(variables);
  const endpoint = variables['ROLLBAR_ENDPOINT']?.trim();
  const rollbar = new Rollbar({
    accessToken,
    ...(endpoint === undefined || endpoint === '' ? {} : { endpoint }),
    environment: 'production',
    // It would otherwise keep a list of every call and log line and send that too.
    autoInstrument: false,
    includeItemsInTelemetry: false,
    transform: (data: Record<string, unknown>) => {
      // Rollbar adds the host, the arguments of the process and its own configuration by itself.
      for (const key of Object.keys(data)) if (!SENT.has(key)) delete data[key];
      dropSourceLines(data);
      data['custom'] = { where, node: process.version };
    },
  });
  return new Promise((resolve) => {
    rollbar.error(plainError(error, scrub), (failed: unknown) => resolve(failed == null));
  });
}

/** What of Rollbar's item is sent. */
const SENT = new Set([
  'timestamp',
  'environment',
  'level',
  'language',
  'framework',
  'uuid',
  'notifier',
  'body',
]);

/** Rollbar reads the lines around each frame from the files on disk, whatever stands in them. */
function dropSourceLines(data: Record<string, unknown>): void {
  const { trace_chain: chain = [] } = data['body'] as {
    trace_chain?: { frames?: Record<string, unknown>[] }[];
  };
  for (const frame of chain.flatMap(({ frames = [] }) => frames)) {
    delete frame['code'];
    delete frame['context'];
  }
}

/** Is an error one that nobody foresaw? */
export const isFault = (error: unknown): boolean =>
  !(error instanceof ScorerError) || error.kind === 'defect';

/** The same error with nothing on it but scrubbed name, message, stack and causes. */
function plainError(error: unknown, scrub: (text: string) => string, depth = 0): Error {
  const source = error instanceof Error ? error : new Error(String(error));
  const plain = new Error(scrub(source.message));
  plain.name = source instanceof ScorerError ? `${source.name} ${source.code}` : scrub(source.name);
  plain.stack = scrub(source.stack ?? '');
  if (source.cause !== undefined && depth < CAUSES) plain.cause = plainError(source.cause, scrub, depth + 1);
  return plain;
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
