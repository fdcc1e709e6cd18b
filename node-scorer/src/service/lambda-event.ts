import { z } from 'zod';
import { expecting } from '../config/schema-parts.ts';
import { jsonTelling, readBySchema } from '../config/schema-problems.ts';
import { problemsError, type Problem } from '../errors.ts';
import { RUN_MODES } from '../run/store/run-store.ts';

/** A call of the function's address or of an HTTP API, payload format 2.0; what it must have. */
const CALL = z.looseObject({
  version: z.literal('2.0'),
  rawPath: z.string(),
  rawQueryString: z.string().optional(),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string() }) }),
});

/** A call of a REST API, or of an HTTP API in payload format 1.0. */
const REST_CALL = z.looseObject({
  httpMethod: z.string(),
  path: z.string(),
  requestContext: z.looseObject({}),
});

const HTTP_EVENT = z.union([CALL, REST_CALL]);

export type HttpEvent = z.output<typeof HTTP_EVENT>;

/** The answer to such a call. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** What the function is invoked with to carry out a run. All of it may be left out. */
const flag = expecting(z.boolean(), 'true or false, without quotation marks').optional();
const RUN_EVENT = z.strictObject({
  /** Calendar month `YYYY-MM`; without it the last complete one. */
  period: z.string().optional(),
  /** Only this account. */
  account_id: z.string().optional(),
  /** Run id of a run that a person releases: a Held one, or one in which reads gave nothing for anybody. */
  confirm: z.string().optional(),
  /** The id under which the run was announced to whoever asked for it. */
  run_id: z.string().optional(),
  /** Write nothing; the answer holds the rows as CSV. */
  dry_run: flag,
  /** Read the sources again although the month is final. */
  force: flag,
  /** `ensure` by default: a month that is finished is left alone, one that is not is finished. */
  mode: expecting(z.enum(RUN_MODES), RUN_MODES.join(' or ')).optional(),
});

export type RunEvent = Readonly<z.output<typeof RUN_EVENT>>;

/**
 * Is an event a call of the function's address?
 *
 * @example isHttpEvent({ period: '2026-10' }) // => false
 */
export const isHttpEvent = (event: unknown): event is HttpEvent => HTTP_EVENT.safeParse(event).success;

/** What a schedule that was set up without input sends. */
const SCHEDULED = z.looseObject({ source: z.literal('aws.events'), 'detail-type': z.string() });

/**
 * Reads the event of a run. A schedule that was set up without input sends its own envelope: it means "the usual",
 * as an empty event does. A name that is not known is refused: a misspelt `dry_run` would write.
 *
 * @throws ScorerError USAGE with every problem
 * @example readRunEvent({ period: '2026-10', dry_run: true }) // => { period: '2026-10', dry_run: true }
 */
export function readRunEvent(event: unknown): RunEvent {
  if (event === null || event === undefined || SCHEDULED.safeParse(event).success) return {};
  if (typeof event !== 'object' || Array.isArray(event)) {
    const found = Array.isArray(event) ? 'a list' : `a ${typeof event}`;
    throw usage([{ where: 'event', found, expected: 'a JSON object' }]);
  }
  const { value, problems } = readBySchema(RUN_EVENT, event, jsonTelling('an unknown name'));
  if (value === null) throw usage(problems);
  return value;
}

const usage = (problems: readonly Problem[]) => problemsError('USAGE', 'The event', problems);
