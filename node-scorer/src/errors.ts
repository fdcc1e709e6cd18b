/**
 * Every coded error of the scorer, in one place.
 *
 * `kind` says who must act: `config` (a person changes a setting), `transient` (try again later),
 * `defect` (we are wrong). Messages say where, what we got, what we expected and what to do; they never
 * carry a secret or a response body.
 */
export type ErrorKind = 'config' | 'transient' | 'defect';

export const ERROR_CODES = {
  CONFIG_INVALID: 'config',
  USAGE: 'config',
  INPUT_UNREADABLE: 'config',
  MAPPING_INVALID: 'config',
  ENVIRONMENT_INVALID: 'config',
  SOURCE_REFUSED: 'config',
  SOURCE_SETTINGS: 'config',
  /** No host, no door or no trust, at the very first contact: most likely the address. */
  SOURCE_UNREACHABLE: 'config',
  SOURCE_DOWN: 'transient',
  SOURCE_UNEXPECTED: 'transient',
  SIGNALS_UNREADABLE: 'transient',
  WRITE_REJECTED: 'config',
  RUN_UNKNOWN: 'config',
  RUN_BUSY: 'transient',
  RUN_ELSEWHERE: 'transient',
  RUN_DEAD: 'transient',
  INTERRUPTED: 'transient',
  MACHINE: 'transient',
  PORT_IN_USE: 'config',
  CALLER_REFUSED: 'config',
  DEFECT: 'defect',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One thing wrong, in four parts, so that every problem can be listed at once. */
export interface Problem {
  /** File with line, variable, record or call. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  readonly fix?: string | undefined;
}

/**
 * Puts a problem on one line.
 *
 * @example formatProblem({ where: 'config/weights.yaml:12', found: '0.95', expected: 'a sum of 1', fix: 'add 0.05' })
 * // => "config/weights.yaml:12: found 0.95, expected a sum of 1; add 0.05"
 */
export function formatProblem({ where, found, expected, fix }: Problem): string {
  return `${where}: found ${found}, expected ${expected}${fix === undefined ? '' : `; ${fix}`}`;
}

/** The one error class; `code` names the case, `problems` list what is wrong where there may be several. */
export class ScorerError extends Error {
  override readonly name = 'ScorerError';
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly problems: readonly Problem[];
  /** Status of the answer that says it, where a vendor answered at all. */
  readonly vendorStatus: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; problems?: readonly Problem[]; vendorStatus?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.kind = ERROR_CODES[code];
    this.problems = options.problems ?? [];
    this.vendorStatus = options.vendorStatus ?? null;
  }
}

/** A ScorerError that carries a list: the message counts and shows them, one a line. */
export function problemsError(code: ErrorCode, what: string, problems: readonly Problem[]): ScorerError {
  const lines = problems.map((problem) => `  ${formatProblem(problem)}`);
  return new ScorerError(
    code,
    [`${what}: ${problems.length} problem${problems.length === 1 ? '' : 's'}`, ...lines].join('\n'),
    { problems },
  );
}

/**
 * What a caught value says.
 *
 * @example messageOf(new Error('no answer')) // => 'no answer'
 */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
