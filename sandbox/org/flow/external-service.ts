import type { Component } from '../metadata/components.ts';
import { isTrue, nodes, one } from '../metadata/xml.ts';
import type { CalloutRequest } from './callout.ts';
import { FlowFault } from './fault.ts';
import { textOfValue } from './value.ts';
import type { Value } from './value.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; required: boolean; type: string }[];
  /** The one answer that is declared. */
  readonly accepted: number;
}
export interface ExternalService {
  readonly name: string;
  readonly credential: string;
  readonly operations: ReadonlyMap<string, Operation>;
}

interface OpenApi {
  openapi?: string;
  paths?: Record<
    string,
    Record<
      string,
      {
        operationId?: string;
        parameters?: { name: string; in: string; required?: boolean; schema?: { type?: string } }[];
        requestBody?: unknown;
        responses?: Record<string, unknown>;
      }
    >
  >;
}

/**
 * Reads an External Service registration: the OpenAPI text inside is what flows call by.
 *
 * @throws Error for what the simulation does not model: bodies, parameters outside the query, several answers
 */
export function readExternalService({ name, node }: Component): ExternalService {
  const schemaType = one(node, 'schemaType') ?? '';
  if (schemaType !== 'OpenApi3') throw new Error(`schemaType ${schemaType} is not modelled`);
  const document = JSON.parse(one(node, 'schema') ?? '') as OpenApi;
  if (!document.openapi?.startsWith('3.0.')) throw new Error('expected OpenAPI 3.0 in the schema');
  const active = new Set(
    nodes(node, 'operations')
      .filter((operation) => isTrue(operation, 'active'))
      .map((operation) => one(operation, 'name') ?? ''),
  );
  const operations = new Map<string, Operation>();
  for (const [path, methods] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(methods)) {
      const id = operation.operationId ?? '';
      if (!active.has(id)) continue;
      const [accepted, ...more] = Object.keys(operation.responses ?? {});
      if (accepted === undefined || more.length > 0 || !/^2\d\d$/.test(accepted))
        throw new Error(
          `${id}: expected one declared answer of 2xx, or errors would not take the fault path`,
        );
      if (operation.requestBody !== undefined) throw new Error(`${id}: a request body is not modelled`);
      const parameters = (operation.parameters ?? []).map((parameter) => {
        const type = parameter.schema?.type ?? '';
        if (parameter.in !== 'query' || !['string', 'boolean', 'integer'].includes(type))
          throw new Error(
            `${id}: parameter ${parameter.name} in ${parameter.in} of type ${type} is not modelled`,
          );
        return { name: parameter.name, required: parameter.required === true, type };
      });
      operations.set(id, { method: method.toUpperCase(), path, parameters, accepted: Number(accepted) });
    }
  for (const id of active) if (!operations.has(id)) throw new Error(`operation ${id} is not in the schema`);
  return {
    name,
    credential: one(node, 'namedCredential') ?? one(node, 'namedCredentialReference') ?? '',
    operations,
  };
}

/** The HTTP request of an action such as NodeScorer.startRun; inputs without a value are left out of the query. */
export function requestOf(
  action: string,
  services: ReadonlyMap<string, ExternalService>,
  inputs: ReadonlyMap<string, Value>,
  authorize: (credential: string) => { url: string; headers: Record<string, string> },
): CalloutRequest {
  const [name = '', id = ''] = action.split('.');
  const service = services.get(name);
  const operation = service?.operations.get(id);
  if (!service || !operation)
    throw new Error(`found action ${action}, expected one of a registered external service`);
  const query = new URLSearchParams();
  for (const input of inputs.keys())
    if (!operation.parameters.some((parameter) => parameter.name === input))
      throw new Error(`${action}: found input ${input}, expected a parameter of the operation`);
  for (const parameter of operation.parameters) {
    const value = inputs.get(parameter.name) ?? null;
    if (value === null) {
      if (parameter.required) throw new FlowFault(`Missing required input parameter: ${parameter.name}`);
      continue;
    }
    const right = parameter.type === 'integer' ? 'number' : parameter.type;
    if (typeof value !== right) throw new Error(`${action}: input ${parameter.name} is no ${parameter.type}`);
    query.set(parameter.name, textOfValue(value));
  }
  const { url, headers } = authorize(service.credential);
  const search = query.size > 0 ? `?${query.toString()}` : '';
  return {
    method: operation.method,
    url: `${url}${operation.path}${search}`,
    headers,
    accepted: operation.accepted,
    action,
  };
}
