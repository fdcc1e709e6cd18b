import type { FastifyInstance, FastifySchema } from 'fastify';
import type { Runs, StartRequest } from '../run/runs.ts';
import { START_OPERATION, STARTED_DESCRIPTION } from './openapi.ts';
import { Refusal } from './problem.ts';
import type { StartAnswer } from './replay.ts';
import { NO_QUERY, PROBLEM, RUN, RUN_PARAMS, START_QUERY, STARTED_RUN } from './schemas.ts';

interface RunParams {
  readonly runId: string;
}

const refusals = {
  '4xx': {
    description: 'Refused: wrong request, unknown caller, unknown run.',
    content: { 'application/problem+json': { schema: PROBLEM } },
  },
  '5xx': {
    description: '503: try again after the time that Retry-After names. 500: a fault of the scorer.',
    content: { 'application/problem+json': { schema: PROBLEM } },
  },
};
const ok = (type: string, description: string, schema: object): FastifySchema => ({
  response: { 200: { description, content: { [type]: { schema } } }, ...refusals },
});

/** The routes of runs: start, look, fetch the rows of a dry run. */
export function addRunRoutes(app: FastifyInstance, runs: Runs): void {
  const start = async (asked: StartRequest): Promise<StartAnswer> => {
    const { runId, status, period } = await runs.start(asked);
    return { runId, status, period };
  };

  app.post<{ Querystring: StartRequest }>(
    '/v1/runs',
    {
      schema: {
        ...START_OPERATION,
        querystring: START_QUERY,
        response: {
          202: { description: STARTED_DESCRIPTION, content: { 'application/json': { schema: STARTED_RUN } } },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { period, accountId, mode, dryRun, force, confirm } = request.query;
      const asked: StartRequest = { period, accountId, mode, dryRun, force, confirm };
      const use = request.caller?.use ?? null;
      const answer = await (use === null ? start(asked) : use.once(() => start(asked)));
      request.runId = answer.runId;
      return reply.code(202).header('location', `/v1/runs/${answer.runId}`).send(answer);
    },
  );

  app.get<{ Params: RunParams }>(
    '/v1/runs/:runId',
    {
      schema: {
        operationId: 'getRun',
        summary: 'Tells what became of a run',
        params: RUN_PARAMS,
        querystring: NO_QUERY,
        ...ok('application/json', 'The run.', RUN),
      },
    },
    async (request) => {
      const { runId } = request.params;
      request.runId = runId;
      const run = await runs.get(runId);
      if (run === null) throw noSuchRun();
      return run;
    },
  );

  app.get<{ Params: RunParams }>(
    '/v1/runs/:runId/scores.csv',
    {
      schema: {
        operationId: 'getScores',
        summary: 'Rows of a dry run, for 24 hours',
        params: RUN_PARAMS,
        querystring: NO_QUERY,
        ...ok('text/csv', 'The rows that the run would have written.', { type: 'string' }),
      },
    },
    async (request, reply) => {
      const { runId } = request.params;
      request.runId = runId;
      const csv = await runs.csv(runId);
      if (csv === null) {
        if ((await runs.get(runId)) === null) throw noSuchRun();
        throw new Refusal(
          404,
          'This run has no rows to fetch: it is no dry run, has not ended, or is older than 24 hours.',
        );
      }
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="scores-${runId}.csv"`)
        .send(csv);
    },
  );
}

const noSuchRun = (): Refusal =>
  new Refusal(404, 'There is no such run.', {
    errors: [{ field: 'params.runId', rule: 'exists', detail: 'must be the id of a run' }],
  });
