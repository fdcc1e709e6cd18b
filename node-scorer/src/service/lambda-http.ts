import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { awsLambdaFastify } from '@fastify/aws-lambda';
import type { Logger } from 'pino';
import { readEnvironment } from '../config/environment.ts';
import { makeQueuedRuns } from '../run/queued-runs.ts';
import { makeClock } from '../run/clock.ts';
import { makeWorld } from '../run/world.ts';
import { makeAuth } from './caller.ts';
import { makeJwtCheck } from './jwt.ts';
import type { HttpAnswer, HttpEvent } from './lambda-event.ts';
import { invokeAgain, type FunctionName } from './lambda-invoke.ts';
import { makeServiceMetrics } from './metrics.ts';
import type { Replays } from './replay.ts';
import { makeService } from './service.ts';
import { readServiceSettings } from './settings.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface HttpDeps {
  /** With secrets in place. */
  readonly variables: Variables;
  readonly configDir: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
  /** Which signed token was used for what, since this instance of the function began. */
  readonly replays: Replays;
}

/** Answers a call of the function's address. */
export type AnswerHttp = (event: HttpEvent) => Promise<HttpAnswer>;

/**
 * The service without a port: same routes, same callers, same refusals. Only what a run is differs, see
 * {@link makeQueuedRuns}. Which signed token was used for which request is known to this instance of the function
 * alone (decision 0008).
 *
 * @throws ScorerError ENVIRONMENT_INVALID, also when no caller could prove itself
 * @example (await (await openLambdaService(deps, context))(event)).statusCode // => 202
 */
export async function openLambdaService(deps: HttpDeps, self: FunctionName): Promise<AnswerHttp> {
  const { variables, configDir, now, log, replays } = deps;
  const { tokens, jwt } = readServiceSettings(variables, (file) => readFileSync(file, 'utf8'));
  const environment = readEnvironment(variables);
  const clock = makeClock(environment, now);
  const app = await makeService({
    runs: makeQueuedRuns({
      environment,
      configDir,
      now: clock.now,
      makeWorld: () => makeWorld(clock.now),
      handOver: async ({ period, accountId, mode, force, confirm }, runId) => {
        const event = {
          ...(period === undefined ? {} : { period }),
          ...(accountId === undefined ? {} : { account_id: accountId }),
          ...(force === true ? { force } : {}),
          ...(confirm === undefined ? {} : { confirm }),
          mode,
          run_id: runId,
        };
        await invokeAgain(self, event, variables, now());
      },
    }),
    auth: makeAuth({
      tokens,
      jwt: jwt && makeJwtCheck({ ...jwt, now }),
      replays,
    }),
    log,
    metrics: makeServiceMetrics(clock.now),
    tick: () => performance.now(),
    newId: randomUUID,
  });
  const answer = awsLambdaFastify(app, { decorateRequest: false, parseCommaSeparatedQueryParams: false });
  return async (event) => {
    await clock.sync();
    const { statusCode, headers, body } = await answer(withRawQuery(event), self);
    // The connection is Lambda's own.
    const ours = Object.entries(headers).filter(([name]) => name !== 'connection');
    return { statusCode, headers: Object.fromEntries(ours), body, isBase64Encoded: false };
  };
}

/** The query as it was sent: the parsed form joins values of one name, and `period=a&period=b` must stay refused. */
function withRawQuery(event: HttpEvent): HttpEvent {
  const { rawPath, rawQueryString: query } = event;
  if (typeof rawPath !== 'string' || typeof query !== 'string') return event;
  return {
    ...event,
    rawPath: query === '' ? rawPath : `${rawPath}?${query}`,
    queryStringParameters: undefined,
  };
}
