import { parseArgs } from 'node:util';

/** What the caller got wrong, said so that it can be mended. */
export class UsageError extends Error {}

export const HELP = `npm run connect -- --target-org ALIAS --url ADDRESS

  --target-org ALIAS   org that sf is logged in to, as a user who may manage Named Credentials
  --url ADDRESS        where the scoring service answers: https://host, or http on this machine, without a path

The token comes from the environment variable SCORER_TOKEN or from standard input, never from the command line. Make a
new one with: openssl rand -hex 32. Run this again after each deploy: a deploy puts the placeholder address back, the
token stays.
`;

/** Shortest token that is taken: 32 characters are 128 bits even when they are hexadecimal digits. */
const SHORTEST = 32;

export interface Options {
  readonly targetOrg: string;
  readonly url: string;
}

/**
 * The command line as what to do.
 *
 * @throws UsageError that names the option, what was found and what was expected
 * @example readOptions(['--target-org', 'uat', '--url', 'https://scorer.example.com']).url // => 'https://scorer.example.com'
 */
export function readOptions(args: readonly string[]): Options {
  const values = (() => {
    try {
      return parseArgs({
        args: [...args],
        options: { 'target-org': { type: 'string' }, url: { type: 'string' } },
      }).values;
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  })();
  const targetOrg = values['target-org'] ?? '';
  if (targetOrg === '')
    throw new UsageError('found no --target-org, expected one; never guessed from the default org');
  const url = (values.url ?? '').replace(/\/$/, '');
  if (!/^https:\/\/[^/\s?#@]+$/.test(url) && !/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(url))
    throw new UsageError(`--url: found ${url || '(none)'}, expected https://host without a path`);
  return { targetOrg, url };
}

/**
 * The token, from the environment or from standard input.
 *
 * @throws UsageError when there is none, or one that could be guessed; it never says the token
 */
export async function readToken(
  env: Readonly<Record<string, string | undefined>>,
  stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean },
): Promise<string> {
  let token = env['SCORER_TOKEN'] ?? '';
  if (token === '' && stdin.isTTY !== true) for await (const chunk of stdin) token += String(chunk);
  token = token.trim();
  if (token === '') throw new UsageError('found no token, expected it in SCORER_TOKEN or on standard input');
  if (token.length < SHORTEST || /[^\x21-\x7e]/.test(token))
    throw new UsageError(
      `found a token of ${token.length} characters, expected at least ${SHORTEST}, printable and without spaces`,
    );
  return token;
}
