import type { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import { ScorerError } from '../errors.ts';

/** Own fields of a log line whose values are never written, whatever they hold. */
const HIDDEN = ['authorization', 'cookie', 'headers', 'body', 'token', 'password', 'secret'];

/**
 * JSON lines for a log collector. Two nets keep secrets out: fields that hold credentials are blotted by their name,
 * and every text goes through `scrub`. Errors are reduced to name, code, message and stack: a failed call of a
 * client keeps its headers, and so its token, on the error object.
 *
 * @param scrub blots known secrets and what looks like one, see {@link makeScrubber}
 * @example makeLog(process.stdout, makeScrubber(process.env)).info({ runId }, 'run started')
 */
export function makeLog(out: Writable, scrub: (text: string) => string, level = 'info'): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => scrubFields(fields, scrub) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, scrubbedCall(args, scrub) as never);
        },
      },
      serializers: { err: (error: unknown) => error },
      redact: { paths: HIDDEN.flatMap((name) => [name, `*.${name}`]), censor: '***' },
    },
    out,
  );
}

/** Arguments of one call: pino takes the message of an error that comes without one, past every net. */
function scrubbedCall(args: readonly unknown[], scrub: (text: string) => string): unknown[] {
  const [first, ...rest] = args;
  const err = first instanceof Error ? first : (first as { err?: unknown } | null | undefined)?.err;
  const fields = first instanceof Error ? { err: first } : first;
  const texts = rest.map((arg) => (typeof arg === 'string' ? scrub(arg) : arg));
  if (err instanceof Error && texts.length === 0) return [fields, err.name];
  return [typeof fields === 'string' ? scrub(fields) : fields, ...texts];
}

/** Fields nested deeper than this are not written. */
const DEEPEST = 6;

function scrubFields(
  fields: Record<string, unknown>,
  scrub: (text: string) => string,
): Record<string, unknown> {
  const scrubbed = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return scrub(value);
    if (value instanceof Error) return plainError(value, scrub);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return '…';
    if (Array.isArray(value)) return value.map((each) => scrubbed(each, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, scrubbed(each, depth + 1)]));
  };
  return scrubbed(fields, 0) as Record<string, unknown>;
}

/** What of an error may be written: nothing that a library has put on it. */
function plainError(error: Error, scrub: (text: string) => string, depth = 0): Record<string, unknown> {
  const code = error instanceof ScorerError ? { code: error.code } : {};
  return {
    name: scrub(error.name),
    ...code,
    message: scrub(error.message),
    // A coded error says where by itself; a stack is for what nobody foresaw.
    ...(error instanceof ScorerError && error.kind !== 'defect' ? {} : { stack: scrub(error.stack ?? '') }),
    // What lies behind it: the one line that says what to look for.
    ...(error.cause instanceof Error && depth < DEEPEST
      ? { cause: plainError(error.cause, scrub, depth + 1) }
      : {}),
  };
}
