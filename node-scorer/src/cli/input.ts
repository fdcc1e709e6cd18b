import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { ScorerError } from '../errors.ts';
import type { AccountInput, Model } from '../scoring/index.ts';
import { inputLines } from './input-lines.ts';
import type { Io } from './io.ts';
import { parseAccount } from './parse-account.ts';

/** A line that could be read, or what is wrong with it. */
export type AccountLine =
  | { readonly number: number; readonly account: AccountInput; readonly problems?: undefined }
  | { readonly number: number; readonly problems: readonly string[] };

/**
 * Reads accounts from a file or from standard input, a batch for each chunk.
 *
 * @param input path, or `-`
 * @param models in use; a metric must be known to one of them or to the catalogue
 * @throws ScorerError INPUT_UNREADABLE when it cannot be read, or holds no line at all
 * @example for await (const lines of readInput('october.jsonl', [model], CATALOGUE, io)) { … }
 */
export async function* readInput(
  input: string,
  models: readonly Model[],
  catalogue: readonly { readonly id: string }[],
  io: Io,
): AsyncGenerator<readonly AccountLine[]> {
  const known = new Set([
    ...catalogue.map(({ id }) => id),
    ...models.flatMap((model) => Object.keys(model.thresholds)),
  ]);
  const isKnown = (metric: string): boolean => known.has(metric);
  const names = [...known];
  const chunks: AsyncIterable<Uint8Array> =
    input === '-' ? bytesOf(io.stdin) : createReadStream(resolve(io.cwd, input));
  let any = false;
  try {
    for await (const lines of inputLines(chunks)) {
      any = true;
      yield lines.map((line): AccountLine => {
        const { number } = line;
        if (line.problem !== undefined) return { number, problems: [line.problem] };
        const parsed = parseAccount(line.text, isKnown, names);
        return parsed.problems === undefined
          ? { number, account: parsed.account }
          : { number, problems: parsed.problems };
      });
    }
  } catch (cause) {
    throw unreadable(input, cause);
  }
  if (!any) {
    throw new ScorerError('INPUT_UNREADABLE', `${input}: found no line, expected one JSON object a line`);
  }
}

/** Standard input may have been set to give text. */
async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream)
    yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
}

/** Only what the file system says is about the file; anything else is ours. */
function unreadable(input: string, cause: unknown): unknown {
  const { code } = cause as { code?: unknown };
  if (cause instanceof ScorerError || typeof code !== 'string') return cause;
  const found = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'a directory' : `an error (${code})`;
  return new ScorerError('INPUT_UNREADABLE', `--input ${input}: found ${found}, expected a readable file`, {
    cause,
  });
}
