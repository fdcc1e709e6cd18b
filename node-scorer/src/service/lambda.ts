import type { Writable } from 'node:stream';
import { withSecrets } from '../config/secrets.ts';
import { ScorerError, messageOf } from '../errors.ts';
import { isHttpEvent, readRunEvent, type HttpAnswer } from './lambda-event.ts';
import type { AnswerHttp } from './lambda-http.ts';
import { runOnce, type RunAnswer, type TimeLeft } from './lambda-run.ts';
import { makeLog } from './log.ts';
import { makeReplays } from './replay.ts';
import { reportError } from './report-errors.ts';
import { makeScrubber } from './scrub.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the runtime tells a function of its invocation; only what is used of it. */
export interface LambdaContext extends TimeLeft {
  readonly awsRequestId: string;
  readonly functionName: string;
  /** Ends in the alias or version that was called, if one was. */
  readonly invokedFunctionArn: string;
}

export type Handler = (event: unknown, context: LambdaContext) => Promise<RunAnswer | HttpAnswer>;

export interface HandlerDeps {
  /** The environment of the process, read at each invocation. */
  readonly environment: Variables;
  /** Folder of sources.yaml. */
  readonly configDir: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where log lines go. */
  readonly out: Writable;
}

/** Signed tokens remembered until they are worth nothing. */
const REPLAYS = 10_000;
/** A secret that was exchanged is noticed after so long, while a busy address does not ask for it at every call. */
const SECRETS_LAST_MS = 5 * 60_000;

/**
 * The handler of the AWS Lambda function. One function does both (decision 0008):
 * - `{period?, dry_run?}` or the empty event of a schedule carries out a run in mode `ensure` and ends at a safe
 *   point before the limit; the next invocation goes on from there;
 * - a call of the function's address is a call of the service: a POST hands the run to an invocation of its own
 *   and answers 202 at once.
 *
 * @throws Error named by its code when the event, the settings or the run failed, without secrets: the invocation
 *   counts as failed then, and shows in the function's metrics
 * @example await makeHandler(deps)({ period: '2026-10' }, context) // => { runId: '2026-10-all-…', status: 'Finished', … }
 */
export function makeHandler(deps: HandlerDeps): Handler {
  const replays = makeReplays(deps.now, REPLAYS);
  let kept: (Kept & { readonly of: string; readonly until: number }) | null = null;
  const keep = async (): Promise<Kept> => {
    const of = JSON.stringify(deps.environment);
    if (kept === null || kept.of !== of || deps.now() >= kept.until) {
      const { variables } = await withSecrets({ ...deps.environment });
      kept = { of, variables, service: null, until: deps.now() + SECRETS_LAST_MS };
    }
    return kept;
  };
  return async (event, context) => {
    let variables = deps.environment;
    try {
      const settings = await keep();
      variables = settings.variables;
      const log = makeLog(deps.out, makeScrubber(variables));
      if (isHttpEvent(event)) {
        // Only whoever is called by its address waits for the service to load.
        const { openLambdaService } = await import('./lambda-http.ts');
        settings.service ??= await openLambdaService({ ...deps, variables, log, replays }, context);
        return await settings.service(event);
      }
      const invocation = context.awsRequestId;
      const answer = await runOnce(readRunEvent(event), context, {
        ...deps,
        variables,
        progress: ({ id }, step) => log.info({ invocation, runId: id, step }, 'step'),
        onFault: (runId, err) => log.error({ invocation, runId, err }, 'run failed'),
      });
      const { runId, status, note, report } = answer;
      const { counts, calls } = report ?? {};
      log.info({ invocation, runId, status, note, counts, calls }, 'run');
      return answer;
    } catch (error) {
      const scrub = makeScrubber(variables);
      makeLog(deps.out, scrub).error({ invocation: context.awsRequestId, err: error }, 'failed');
      await reportError(error, 'lambda', variables);
      throw toldError(error, scrub);
    }
  };
}

/** What an instance of the function keeps from one invocation to the next. */
interface Kept {
  readonly variables: Variables;
  service: AnswerHttp | null;
}

/** What the runtime writes into its log and hands to whoever invoked the function: code and message only. */
function toldError(error: unknown, scrub: (text: string) => string): Error {
  const told = new Error(scrub(messageOf(error)));
  told.name = error instanceof ScorerError ? error.code : 'DEFECT';
  told.stack = `${told.name}: ${told.message}`;
  return told;
}

/** The handler over this process: `lambda.handler` in the function's settings. */
export const handler: Handler = makeHandler({
  environment: process.env,
  configDir: 'config',
  now: Date.now,
  out: process.stdout,
});
