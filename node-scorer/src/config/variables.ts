import { SOURCES } from '../extract/registry.ts';
import type { EnvGroup } from '../extract/source.ts';

/** Variables of the scorer itself, in paragraphs. */
const OWN: readonly (readonly EnvGroup[])[] = [
  [
    {
      about: [
        "A certificate that is signed by a company's own authority or proxy: NODE_EXTRA_CA_CERTS=/path/to/authority.pem, set in the",
        'environment of the process itself and not here, because Node reads it before this file',
      ],
      names: [],
    },
  ],
  [
    {
      about: ['The journal of runs: a folder that can be written. Default: .scorer in the working directory'],
      names: ['SCORER_DATA_DIR'],
    },
  ],
  [
    {
      about: [
        'The service (scorer serve). Callers prove themselves by a bearer token, of which only the SHA-256 is given here (two,',
        'separated by a comma, while a token is being replaced), or by a JWT checked with the keys of a file and for an audience',
      ],
      names: ['SCORER_TOKEN_SHA256', 'SCORER_JWT_KEYS_FILE', 'SCORER_JWT_AUDIENCE'],
    },
    {
      about: ['Default: 127.0.0.1 and 8080'],
      names: ['SCORER_HOST', 'SCORER_PORT'],
    },
  ],
  [
    {
      about: [
        'Sandbox only: the clock, such as 2026-11-21T09:00:00Z, and its address once it can be advanced',
      ],
      names: ['SCORER_NOW', 'SCORER_CLOCK_URL'],
    },
  ],
  [
    {
      about: [
        'Optional: faults reported to Rollbar, without secrets; its address only where a proxy stands in for it',
      ],
      names: ['ROLLBAR_ACCESS_TOKEN', 'ROLLBAR_ENDPOINT'],
    },
    {
      about: [
        "Optional: all of these from a secret of AWS Secrets Manager, which wins over the environment (AWS_REGION and AWS's own",
        'variables are read then)',
      ],
      names: ['AWS_SECRET_ID'],
    },
  ],
];

const ALL = [...SOURCES.map(({ env }) => env), ...OWN];

/** Names the secret, and so cannot be in it. */
const SECRET_ITSELF = 'AWS_SECRET_ID';

/** What a secret may hold: the variables of `.env.example`, and that of the database. */
export const SECRET_NAMES: ReadonlySet<string> = new Set([
  ...ALL.flat()
    .flatMap(({ names }) => names)
    .filter((name) => name !== SECRET_ITSELF),
  'DATABASE_URL',
]);

const HEAD = [
  'Every variable the scorer knows. Copy it, fill in what you use, and pass it with --env-file.',
  'Then `scorer check` signs in to every source and lists what sources.yaml names that a source does not have.',
  'A source whose variables are all empty is "not configured", and the run says so.',
];

/** The text of `.env.example`. */
export function envExample(): string {
  const commented = (lines: readonly string[]): string[] => lines.map((line) => `# ${line}`);
  const paragraphs = ALL.map((groups) =>
    groups.flatMap(({ about, names }) => [...commented(about), ...names.map((name) => `${name}=`)]),
  );
  return [commented(HEAD), ...paragraphs].map((lines) => `${lines.join('\n')}\n`).join('\n');
}
