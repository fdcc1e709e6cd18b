import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { START_QUERY, STARTED_RUN } from './schemas.ts';

/** Version of this interface; `/v1` in the addresses is its first number. */
const VERSION = '1.0.0';

export const START_OPERATION = {
  operationId: 'startRun',
  summary: 'Starts, joins or finds a run',
  description: 'Answers at once; the run goes on behind it. The same request again gives the same run.',
} as const;

export const STARTED_DESCRIPTION = 'The run that was started, joined or found.';

/** The document at `/openapi.json`, which the framework fills with the routes. */
export const OPENAPI: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.0.3',
    info: {
      title: 'Customer health scorer',
      description: 'Starts runs of the scorer and tells what became of them.',
      version: VERSION,
    },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A configured token, or a JWT signed with a key that is configured for the org.',
        },
      },
    },
    security: [{ bearer: [] }],
  },
};

interface Parameter {
  readonly name: string;
  readonly in: 'query';
  readonly description: string;
  readonly required: false;
  readonly schema: { readonly type: string };
}

/** The part of the interface that a flow in Salesforce needs. */
export interface ExternalServiceDocument {
  readonly openapi: '3.0.3';
  readonly info: { readonly title: string; readonly description: string; readonly version: string };
  readonly paths: {
    readonly '/v1/runs': {
      readonly post: {
        readonly operationId: string;
        readonly summary: string;
        readonly description: string;
        readonly parameters: readonly Parameter[];
        readonly responses: Readonly<Record<'202', object>>;
      };
    };
  };
}

/**
 * The document for Salesforce's External Services, from the same schemas: `startRun` alone, primitive parameters,
 * and 202 as the only answer: the body of every other code comes to the flow as text, whatever stands in front of the
 * service may have written it. Enumerations, patterns and defaults are left out: External Services turn them into types
 * of their own or refuse them.
 *
 * @example Object.keys(externalServiceDocument().paths) // => ['/v1/runs']
 */
export function externalServiceDocument(): ExternalServiceDocument {
  const parameters = Object.entries(START_QUERY.properties).map(
    ([name, { type, description }]): Parameter => ({
      name,
      in: 'query',
      description,
      required: false,
      schema: { type },
    }),
  );
  const properties = Object.entries(STARTED_RUN.properties).map(
    ([name, { type, description }]) => [name, { type, description }] as const,
  );
  const schema = {
    type: STARTED_RUN.type,
    required: STARTED_RUN.required,
    properties: Object.fromEntries(properties),
  };
  return {
    openapi: '3.0.3',
    info: {
      title: 'Customer health scorer',
      description: 'Starts a run of the scorer.',
      version: VERSION,
    },
    paths: {
      '/v1/runs': {
        post: {
          ...START_OPERATION,
          parameters,
          responses: {
            '202': { description: STARTED_DESCRIPTION, content: { 'application/json': { schema } } },
          },
        },
      },
    },
  };
}
