import { createHash } from 'node:crypto';
import { problemsError, type Problem } from '../errors.ts';
import { readCallerKeys, type CallerKeys } from './jwt-keys.ts';

/** How the service listens and who may call it. */
export interface ServiceSettings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** SHA-256 of each bearer token that is valid. */
  readonly tokens: readonly Buffer[];
  /** Null: signed tokens are not accepted. */
  readonly jwt: { readonly keys: CallerKeys; readonly audience: string } | null;
}

type Variables = Readonly<Record<string, string | undefined>>;

const TOKEN_FIX =
  'make a token with `openssl rand -base64 32`, give it to the callers, and set its hash: printf %s "$TOKEN" | sha256sum';
const EMPTY = createHash('sha256').digest('hex');

/**
 * Reads the variables of the service. Without any way for callers to prove themselves it does not start: a service
 * that is open by oversight looks like one that works. All problems are listed at once.
 *
 * @param readFile of a path as configured; throws when it cannot
 * @throws ScorerError ENVIRONMENT_INVALID
 * @example readServiceSettings({ SCORER_TOKEN_SHA256: 'ab…' }, readFile).port // => 8080
 */
export function readServiceSettings(
  variables: Variables,
  readFile: (file: string) => string,
): ServiceSettings {
  const problems: Problem[] = [];
  const get = (name: string): string | null => {
    const value = variables[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const tokens = readTokens(get('SCORER_TOKEN_SHA256'), problems);
  const file = get('SCORER_JWT_KEYS_FILE');
  const audience = get('SCORER_JWT_AUDIENCE');
  if (get('SCORER_TOKEN_SHA256') === null && file === null) {
    problems.push({
      where: 'SCORER_TOKEN_SHA256',
      found: 'nothing, and no SCORER_JWT_KEYS_FILE either',
      expected: 'the SHA-256 of a token that callers prove themselves with',
      fix: TOKEN_FIX,
    });
  }
  if ((file === null) !== (audience === null)) {
    const [absent, present] =
      file === null
        ? ['SCORER_JWT_KEYS_FILE', 'SCORER_JWT_AUDIENCE']
        : ['SCORER_JWT_AUDIENCE', 'SCORER_JWT_KEYS_FILE'];
    problems.push({ where: absent, found: 'nothing', expected: `a value, because ${present} is set` });
  }
  const keys = file === null ? null : readCallerKeys(file, readFile, problems);
  const settings: ServiceSettings = {
    host: get('SCORER_HOST') ?? '127.0.0.1',
    port: readPort(get('SCORER_PORT'), problems),
    tokens,
    jwt: keys === null || audience === null ? null : { keys, audience },
  };
  if (problems.length > 0) throw problemsError('ENVIRONMENT_INVALID', 'The service', problems);
  return settings;
}

/** One hash, or two while tokens are exchanged. */
function readTokens(text: string | null, problems: Problem[]): Buffer[] {
  const where = 'SCORER_TOKEN_SHA256';
  const hashes = text === null ? [] : text.split(',').map((hash) => hash.trim().toLowerCase());
  if (hashes.length > 2) {
    problems.push({ where, found: `${hashes.length} hashes`, expected: 'one, or two during a rotation' });
  }
  // Neither is repeated: it may be the token itself, put there by mistake.
  for (const hash of hashes) {
    if (!/^[0-9a-f]{64}$/.test(hash)) {
      const found = `${hash.length} characters that are no hash`;
      problems.push({ where, found, expected: '64 hexadecimal digits', fix: TOKEN_FIX });
    } else if (hash === EMPTY) {
      const found = 'the hash of nothing';
      problems.push({ where, found, expected: 'the hash of a token', fix: TOKEN_FIX });
    }
  }
  return hashes.map((hash) => Buffer.from(hash, 'hex'));
}

function readPort(text: string | null, problems: Problem[]): number {
  if (text === null) return 8_080;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  problems.push({ where: 'SCORER_PORT', found: text.slice(0, 20), expected: 'a number from 0 to 65535' });
  return 0;
}
