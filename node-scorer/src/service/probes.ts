import type { FastifyInstance } from 'fastify';
import type { Runs } from '../run/runs.ts';
import type { ServiceMetrics } from './metrics.ts';
import { HEALTH, NO_QUERY, READINESS } from './schemas.ts';

/** Milliseconds for which one look at the readiness is good: anyone may ask, and asking must cost nothing. */
const READINESS_KEPT_MS = 5_000;

/**
 * What watches the service: is it alive, can it work, what did it do, what does it understand.
 * Alive, ready and the description are open to anyone, and say nothing that is worth hiding (decision 0007).
 */
export function addProbes(
  app: FastifyInstance,
  runs: Runs,
  metrics: ServiceMetrics,
  now: () => number,
): void {
  const missing = kept(() => runs.readiness(), READINESS_KEPT_MS, now);

  app.get(
    '/healthz',
    {
      config: { open: true },
      schema: {
        operationId: 'isAlive',
        summary: 'The process answers',
        security: [],
        querystring: NO_QUERY,
        response: { 200: { description: 'Alive.', ...HEALTH } },
      },
    },
    () => Promise.resolve({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    {
      config: { open: true },
      schema: {
        operationId: 'isReady',
        summary: 'Runs can be started; a caller who proves itself is told what is missing',
        security: [{}, { bearer: [] }],
        querystring: NO_QUERY,
        response: {
          200: { description: 'Ready.', ...READINESS },
          503: { description: 'Not ready.', ...READINESS },
        },
      },
    },
    async (request, reply) => {
      const found = await missing();
      void reply.code(found.length === 0 ? 200 : 503);
      return { ready: found.length === 0, ...(request.caller === null ? {} : { missing: [...found] }) };
    },
  );

  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        summary: 'Metrics in the text format of Prometheus',
        querystring: NO_QUERY,
        response: {
          200: { description: 'Metrics.', content: { 'text/plain': { schema: { type: 'string' } } } },
        },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  );

  app.get('/openapi.json', { config: { open: true }, schema: { hide: true, querystring: NO_QUERY } }, () =>
    Promise.resolve(app.swagger()),
  );
}

/** The same answer for some time, and one question at a time. */
function kept<T>(ask: () => Promise<T>, ms: number, now: () => number): () => Promise<T> {
  let answer: Promise<T> | null = null;
  let until = -Infinity;
  return () => {
    if (answer === null || now() >= until) {
      until = now() + ms;
      answer = ask();
      answer.catch(() => (answer = null));
    }
    return answer;
  };
}
