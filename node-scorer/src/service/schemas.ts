import { RUN_MODES, RUN_STATUSES } from '../run/store/run-store.ts';

/**
 * The shapes of the service, as JSON Schema in the dialect of OpenAPI 3.0.3. Requests are checked against them,
 * and `/openapi.json` and the registration in the org are made from them.
 */
const PERIOD = {
  type: 'string',
  pattern: '^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$',
  description:
    'Calendar month YYYY-MM, UTC. Without it the last complete month; the current one: last 30 days.',
} as const;
const RUN_ID = { type: 'string', pattern: '^[A-Za-z0-9-]{1,64}$', description: 'Id of a run.' } as const;
const STATUS = {
  type: 'string',
  enum: RUN_STATUSES,
  description:
    'Running, Finished, Degraded (a source was down), Held (too many tiers would move, nothing was written) or Failed.',
} as const;
const MODE = {
  type: 'string',
  enum: RUN_MODES,
  default: 'ensure',
  description:
    'ensure: join a running run, or be content with the finished one of a complete month. refresh: join a running one, else start anew.',
} as const;
const TIME = { type: 'string', format: 'date-time' } as const;

/** Query of `POST /v1/runs`: primitives only, so that a flow can fill it in. */
export const START_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    period: PERIOD,
    accountId: {
      type: 'string',
      pattern: '^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$',
      description: 'Only this account, by its id of 15 or 18 characters.',
    },
    mode: MODE,
    dryRun: {
      type: 'boolean',
      default: false,
      description: 'Write nothing; the rows can be fetched as CSV for 24 hours.',
    },
    force: {
      type: 'boolean',
      default: false,
      description: 'Read the sources again although the month is final.',
    },
    confirm: {
      ...RUN_ID,
      description:
        'Id of a run to release: one that is Held, or one in which reads gave nothing for anybody; nothing else may be asked with it.',
    },
  },
} as const;

/** What `POST /v1/runs` answers. */
export const STARTED_RUN = {
  type: 'object',
  description: 'The run that was started, joined or found.',
  required: ['runId', 'status', 'period'],
  properties: {
    runId: { type: 'string', description: 'Id of the run.' },
    status: STATUS,
    period: { type: 'string', description: 'Calendar month YYYY-MM.' },
  },
} as const;

export const RUN_PARAMS = {
  type: 'object',
  additionalProperties: false,
  required: ['runId'],
  properties: { runId: RUN_ID },
} as const;

/** Where nothing may be asked for. */
export const NO_QUERY = { type: 'object', additionalProperties: false, properties: {} } as const;

/** What `GET /v1/runs/{runId}` answers. */
export const RUN = {
  type: 'object',
  required: [
    'runId',
    'status',
    'period',
    'scope',
    'mode',
    'dryRun',
    'step',
    'startedAt',
    'heartbeatAt',
    'error',
    'report',
  ],
  properties: {
    runId: { type: 'string' },
    status: STATUS,
    period: { type: 'string', description: 'Calendar month YYYY-MM.' },
    scope: { type: 'string', description: '`all`, or an account id.' },
    mode: { type: 'string', enum: RUN_MODES },
    dryRun: { type: 'boolean' },
    step: { type: 'string', description: 'The last step that was done.' },
    startedAt: TIME,
    heartbeatAt: TIME,
    error: { type: 'string', nullable: true, description: '`CODE: message` of a run that failed.' },
    // Described no further: the report is what `scorer run --report` writes, and a second list of its fields here
    // would cut off whatever it lacks.
    report: {
      type: 'object',
      nullable: true,
      additionalProperties: true,
      description: 'What the run did, as `scorer run --report` writes it; null while it runs.',
    },
  },
} as const;

/** A refusal (RFC 9457). */
export const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId', 'errors'],
  properties: {
    type: { type: 'string', description: 'Always `about:blank`: the title says what the status means.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Coded error of the scorer.' },
    requestId: { type: 'string', description: 'Id of this request in the log.' },
    errors: {
      type: 'array',
      description: 'Every field that is wrong, with the rule that it breaks.',
      items: {
        type: 'object',
        required: ['field', 'rule', 'detail'],
        properties: {
          field: { type: 'string' },
          rule: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
} as const;

export const HEALTH = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string' } },
} as const;

export const READINESS = {
  type: 'object',
  required: ['ready'],
  properties: {
    ready: { type: 'boolean' },
    missing: {
      type: 'array',
      items: { type: 'string' },
      description: 'What is missing; told only to a caller who proves itself.',
    },
  },
} as const;
