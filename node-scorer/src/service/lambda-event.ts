import { problemsError, type Problem } from '../errors.ts';
import { RUN_MODES, type RunMode } from '../run/store/run-store.ts';

/** A call of the function's address, payload format 2.0; only what is used of it. */
export interface HttpEvent {
  readonly version: '2.0';
  readonly rawPath: string;
  readonly rawQueryString?: string;
  /** Names in lower case; several of one name are joined by commas. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: { readonly http: { readonly method: string; readonly sourceIp?: string } };
}

/** The answer to such a call. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** What the function is invoked with to carry out a run. All of it may be left out. */
export interface RunEvent {
  /** Calendar month `YYYY-MM`; without it the last complete one. */
  readonly period?: string;
  /** Write nothing; the answer holds the rows as CSV. */
  readonly dry_run?: boolean;
  /** `ensure` by default: a month that is finished is left alone, one that is not is finished. */
  readonly mode?: RunMode;
  /** Only this account. */
  readonly account_id?: string;
  /** Read the sources again although the month is final. */
  readonly force?: boolean;
  /** Run id of a run that a person releases: a Held one, or one in which reads gave nothing for anybody. */
  readonly confirm?: string;
  /** The id under which the run was announced to whoever asked for it. */
  readonly run_id?: string;
}

/**
 * Is an event a call of the function's address?
 *
 * @example isHttpEvent({ period: '2026-10' }) // => false
 */
export const isHttpEvent = (event: unknown): event is HttpEvent =>
  isMap(event) &&
  event['version'] === '2.0' &&
  typeof event['rawPath'] === 'string' &&
  isMap(event['requestContext']) &&
  isMap(event['requestContext']['http']);

const TEXTS = ['period', 'account_id', 'confirm', 'run_id'] as const;
const FLAGS = ['dry_run', 'force'] as const;
const KEYS: readonly string[] = [...TEXTS, ...FLAGS, 'mode'];

/**
 * Reads the event of a run. A schedule that was set up without input sends its own envelope: it means "the usual",
 * as an empty event does. A name that is not known is refused: a misspelt `dry_run` would write.
 *
 * @throws ScorerError USAGE with every problem
 * @example readRunEvent({ period: '2026-10', dry_run: true }) // => { period: '2026-10', dry_run: true }
 */
export function readRunEvent(event: unknown): RunEvent {
  if (event === null || event === undefined) return {};
  if (!isMap(event)) {
    const found = Array.isArray(event) ? 'a list' : `a ${typeof event}`;
    throw usage([{ where: 'event', found, expected: 'a JSON object' }]);
  }
  if (event['source'] === 'aws.events' && typeof event['detail-type'] === 'string') return {};
  const problems: Problem[] = [];
  const wrong = (where: string, expected: string) =>
    problems.push({ where, found: JSON.stringify(event[where]).slice(0, 80), expected });
  for (const key of Object.keys(event)) {
    if (!KEYS.includes(key)) {
      problems.push({ where: key.slice(0, 80), found: 'an unknown name', expected: KEYS.join(', ') });
    }
  }
  for (const key of TEXTS)
    if (event[key] !== undefined && typeof event[key] !== 'string') wrong(key, 'a text');
  for (const key of FLAGS)
    if (event[key] !== undefined && typeof event[key] !== 'boolean')
      wrong(key, 'true or false, without quotation marks');
  if (event['mode'] !== undefined && !(RUN_MODES as readonly unknown[]).includes(event['mode'])) {
    wrong('mode', RUN_MODES.join(' or '));
  }
  if (problems.length > 0) throw usage(problems);
  return event;
}

const usage = (problems: readonly Problem[]) => problemsError('USAGE', 'The event', problems);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
