import swagger from '@fastify/swagger';
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import type { Runs } from '../run/runs.ts';
import { acceptEmptyBodies, BODY_LIMIT } from './body.ts';
import { isRefused, type Auth, type Caller } from './caller.ts';
import { answerBrokenRequest } from './broken-request.ts';
import type { ServiceMetrics } from './metrics.ts';
import { OPENAPI } from './openapi.ts';
import { addProbes } from './probes.ts';
import { PROBLEM_TYPE, problemOf, Refusal } from './problem.ts';
import { requestId } from './request-id.ts';
import { addRunRoutes } from './routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who proved itself; null on an open route that needs no proof. */
    caller: Caller | null;
    /** The run that the request is about, for the log. */
    runId: string | null;
  }
  interface FastifyContextConfig {
    /** Anyone may ask. */
    open?: boolean;
  }
}

/** All that the service needs from outside. */
export interface ServiceParts {
  readonly runs: Runs;
  readonly auth: Auth;
  readonly log: Logger;
  readonly metrics: ServiceMetrics;
  /** Milliseconds that only grow, for what is kept for some seconds. */
  readonly tick: () => number;
  readonly newId: () => string;
  /** Told of every fault of the program that a request met. */
  readonly onDefect?: (error: unknown) => void;
  /** Milliseconds; the default is what a service on a network needs. */
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** For all headers to arrive. */
  readonly headersMs: number;
  /** For the whole request to arrive. */
  readonly requestMs: number;
  /** For the answer. */
  readonly handlerMs: number;
  /** How often slow senders are looked for. */
  readonly checkMs: number;
}

// Longer for the answer than for the request, or a slow sender would be told that the service is busy.
const LIMITS: Limits = { headersMs: 10_000, requestMs: 10_000, handlerMs: 15_000, checkMs: 5_000 };

/** Asked every few seconds by machines: their lines would bury the others. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * The HTTP service, not yet listening. It only translates: what a run is, and which one is joined, is
 * decided behind {@link Runs}.
 *
 * @example const app = await makeService(parts); await app.listen({ host: '127.0.0.1', port: 8080 })
 */
export async function makeService(parts: ServiceParts): Promise<FastifyInstance> {
  const { runs, auth, log, metrics, tick, newId, onDefect } = parts;
  const limits = { ...LIMITS, ...parts.limits };
  // Fastify's own type of a log: with pino's every type of a route would have to name it.
  const base: FastifyBaseLogger = log;
  const app: FastifyInstance = fastify({
    loggerInstance: base,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestId(headers, newId),
    bodyLimit: BODY_LIMIT,
    requestTimeout: limits.requestMs,
    handlerTimeout: limits.handlerMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkMs },
    // Idle connections must not hold up the end; those with a request in flight may finish.
    forceCloseConnections: 'idle',
    ajv: {
      // Fastify's own choice would drop what it does not know, silently.
      customOptions: { removeAdditional: false, coerceTypes: true, useDefaults: true, allErrors: true },
    },
    clientErrorHandler: answerBrokenRequest(log, metrics, newId),
    frameworkErrors: (error, request, reply) => {
      // Such a request comes past every hook and decorator: nobody has proven who he is.
      Object.assign(request, { caller: null, runId: null });
      sendProblem(error, request, reply);
    },
  });
  const allowed = methodsByRoute(app);
  app.decorateRequest('caller', null);
  app.decorateRequest('runId', null);
  acceptEmptyBodies(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const { headers, method, url, raw } = request;
    const isOpen = request.routeOptions.config.open === true;
    if (isOpen && headers.authorization === undefined) return;
    const verdict = await auth.check({ headers, rawHeaders: raw.rawHeaders, method, url });
    if (!isRefused(verdict)) {
      request.caller = verdict;
      return;
    }
    request.log.warn({ status: verdict.status, reason: verdict.reason, ip: request.ip }, 'caller refused');
    // Whoever is not let in does not get to send the rest of its body.
    reply.header('connection', 'close');
    throw refusalOf(verdict.status, headers.authorization !== undefined);
  });

  app.addHook('onResponse', (request, reply, done) => {
    const { method, caller, runId } = request;
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status, elapsedTime } = reply;
    metrics.answered({ method, route, status, seconds: elapsedTime / 1_000 });
    // The route and not the address: a secret may stand in the query of a mistaken caller.
    request.log[QUIET.has(route) && status < 400 ? 'debug' : 'info'](
      {
        method,
        route,
        status,
        ms: Math.round(elapsedTime * 10) / 10,
        ...(caller === null ? {} : { caller: caller.name }),
        ...(runId === null ? {} : { runId }),
      },
      'answered',
    );
    done();
  });

  app.setErrorHandler((error, request, reply) => {
    if (sendProblem(error, request, reply) === 500) onDefect?.(error);
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = allowed(request.url.split('?', 1)[0] ?? '');
    const error =
      methods.length === 0
        ? new Refusal(404, 'There is nothing at this address.')
        : new Refusal(405, 'This address knows other methods.', { headers: { allow: methods.join(', ') } });
    sendProblem(error, request, reply);
  });

  await app.register(swagger, OPENAPI);
  // In a plugin of their own, so that the description is in place before the first route.
  await app.register((routes, _options, done) => {
    addProbes(routes, runs, metrics, tick);
    addRunRoutes(routes, runs);
    done();
  });
  await app.ready();
  return app;
}

/** Answers an error as a problem document, and gives its status; only what nobody foresaw is logged in full. */
function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): number {
  const { document, headers } = problemOf(error, request.id);
  if (document.status === 500) request.log.error({ err: error }, 'defect');
  // Of who has not proven himself only the code: the message of a framework holds the address that he chose.
  else if (document.status >= 409)
    request.log.warn(request.caller === null ? { code: codeOf(error) } : { err: error }, 'refused');
  // As text, so that no schema of a route cuts anything off.
  void reply
    .code(document.status)
    .headers({ 'x-request-id': request.id, ...headers })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(document));
  return document.status;
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'none';
}

/** The refusal of a caller, with the challenge of RFC 6750; why is in the log only. */
function refusalOf(status: 401 | 403 | 503, hasCredentials: boolean): Refusal {
  if (status === 503) return new Refusal(503, 'Too many callers; try again.', { code: 'CALLER_REFUSED' });
  const error = hasCredentials ? ', error="invalid_token"' : '';
  return new Refusal(
    status,
    status === 401
      ? 'Prove who you are: Authorization: Bearer with a configured token, or one signed for this service. The log says under this request id what is wrong.'
      : 'This token was used for another request; sign a new one.',
    { code: 'CALLER_REFUSED', headers: { 'www-authenticate': `Bearer realm="scorer"${error}` } },
  );
}

/** Methods that an address knows, empty when there is nothing there. */
function methodsByRoute(app: FastifyInstance): (path: string) => readonly string[] {
  const routes: { readonly pattern: RegExp; readonly method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}$`);
    for (const each of [method].flat()) routes.push({ pattern, method: each });
  });
  return (path) => routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}
