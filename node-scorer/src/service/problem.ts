import { STATUS_CODES } from 'node:http';
import { ScorerError, type ErrorCode } from '../errors.ts';

/** One field that is wrong. */
export interface FieldProblem {
  /** `query.period`, `params.runId`, `body`, or where a coded error says that it lies. */
  readonly field: string;
  /** Name of the rule that is broken, such as `pattern` or `unknown`. */
  readonly rule: string;
  readonly detail: string;
}

/** A refusal as RFC 9457 has it, with a code, the id of the request and every field that is wrong. */
export interface ProblemDocument {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly errors: readonly FieldProblem[];
}

/** A refusal that HTTP itself has a status for. */
export class Refusal extends ScorerError {
  readonly status: number;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: {
      readonly code?: ErrorCode;
      readonly errors?: readonly FieldProblem[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(more.code ?? 'USAGE', detail);
    this.status = status;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** What is sent for an error. */
export interface ProblemAnswer {
  readonly document: ProblemDocument;
  readonly headers: Readonly<Record<string, string>>;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Seconds after which a caller may try again what failed for now. */
const RETRY_AFTER_S = 60;

/**
 * What a caller is told of an error. Values that were sent are never repeated: one of them may be a secret in the
 * wrong place. Of a defect nothing is told but the id under which the log has it.
 *
 * A wrong request is 400; settings that a person must mend are 409, because the same request is right once they
 * are; a source that is down is 503.
 *
 * @example problemOf(new ScorerError('SOURCE_DOWN', 'jira: …'), 'r-1').document.status // => 503
 */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  if (error instanceof Refusal) {
    return answer(error.status, error.message, error.code, requestId, error.errors, error.headers);
  }
  const broken = brokenRules(error);
  if (broken !== null) {
    const fields = broken.map(({ field }) => field).join(', ');
    return answer(400, `The request is wrong in ${fields}.`, 'USAGE', requestId, broken);
  }
  if (error instanceof ScorerError && error.kind !== 'defect') {
    const errors = error.problems.map(({ where, expected }) => ({
      field: where,
      rule: error.code,
      detail: `must be ${expected}`,
    }));
    if (error.kind === 'transient') {
      return answer(503, firstLine(error.message), error.code, requestId, errors, {
        'retry-after': String(RETRY_AFTER_S),
      });
    }
    const status = CONFIG_STATUS[error.code] ?? 409;
    return answer(status, firstLine(error.message), error.code, requestId, errors);
  }
  const status = statusOf(error);
  if (status !== null) {
    const code = status === 503 ? 'INTERRUPTED' : 'USAGE';
    return answer(status, DETAILS[status] ?? 'The request is refused.', code, requestId);
  }
  return answer(
    500,
    'A fault of the scorer. Its log has more under this request id; please report it.',
    'DEFECT',
    requestId,
  );
}

/** Errors that a person must mend, where the request itself is at fault. */
const CONFIG_STATUS: Partial<Record<ErrorCode, number>> = { USAGE: 400, RUN_UNKNOWN: 404 };

/** What is said where the framework refuses; its own words would repeat what was sent. */
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  404: 'There is nothing at this address.',
  408: 'The request took too long to arrive.',
  413: 'The body is larger than 64 kB.',
  414: 'The address is too long.',
  415: 'Expected no body at all, or an empty JSON object as application/json.',
  431: 'The headers are too large.',
  503: 'The service is ending or busy; try again.',
};

function answer(
  status: number,
  detail: string,
  code: ErrorCode,
  requestId: string,
  errors: readonly FieldProblem[] = [],
  headers: Readonly<Record<string, string>> = {},
): ProblemAnswer {
  const title = STATUS_CODES[status] ?? 'Refused';
  return {
    document: { type: 'about:blank', title, status, detail, code, requestId, errors },
    headers: status === 503 ? { 'retry-after': String(RETRY_AFTER_S), ...headers } : headers,
  };
}

/** Rules of a schema that a request breaks, as the framework reports them; null for any other error. */
function brokenRules(error: unknown): FieldProblem[] | null {
  const { validation, validationContext } = error as {
    validation?: readonly Violation[];
    validationContext?: string;
  };
  if (validation === undefined) return null;
  const part = validationContext === 'querystring' ? 'query' : (validationContext ?? 'request');
  return validation.map((violation) => {
    if (violation.keyword === 'additionalProperties') {
      const name = shown(String(violation.params['additionalProperty']));
      return { field: `${part}.${name}`, rule: 'unknown', detail: 'there is no such parameter' };
    }
    return {
      field: `${part}${violation.instancePath.replaceAll('/', '.')}`,
      rule: violation.keyword,
      detail: violation.message ?? 'is wrong',
    };
  });
}

interface Violation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A name that a caller sent: only if it can be a name of ours misspelt, and no secret. */
const shown = (name: string): string => (/^[A-Za-z][A-Za-z_-]{0,19}$/.test(name) ? name : '(unknown)');

/** Status of an error of the framework below 500, or of one while it ends. */
function statusOf(error: unknown): number | null {
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  if (typeof statusCode !== 'number' || typeof code !== 'string' || !code.startsWith('FST_')) return null;
  return (statusCode >= 400 && statusCode < 500) || statusCode === 503 ? statusCode : null;
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
