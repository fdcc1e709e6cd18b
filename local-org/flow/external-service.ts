// Unproven: The body of an answer that the schema does not declare comes as the output `default` of the action, as
//   Salesforce Help says; others have seen it named `defaultExc`.
// See: deploy a flow that reads `default`, and let the service answer 503.
// If not: read `responseCode` alone; it still decides.
// Unproven: External Services may be called in a schedule-triggered flow (nothing was written before).
// See: one start of such a flow.
// If not: call out by Apex.

import type { Component } from '../metadata/source.ts';
import { all, isTrue, textOf } from '../metadata/xml.ts';
import type { CalloutRequest } from './callout.ts';
import { FlowFault } from './fault.ts';
import { textOfValue } from './value.ts';
import type { Value } from './value.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; required: boolean; type: string }[];
  /** Answers that the schema declares: codes, ranges such as 4XX, or `default`. */
  readonly declared: readonly string[];
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
 * @throws Error for what the simulation does not model: bodies, parameters outside the query
 */
export function readExternalService({ name, root }: Component): ExternalService {
  const schemaType = textOf(root, 'schemaType') ?? '';
  if (schemaType !== 'OpenApi3') throw new Error(`schemaType ${schemaType} is not modelled`);
  const document = JSON.parse(textOf(root, 'schema') ?? '') as OpenApi;
  if (!document.openapi?.startsWith('3.0.')) throw new Error('expected OpenAPI 3.0 in the schema');
  const active = new Set(
    all(root, 'operations')
      .filter((operation) => isTrue(operation, 'active'))
      .map((operation) => textOf(operation, 'name') ?? ''),
  );
  const operations = new Map<string, Operation>();
  for (const [path, methods] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(methods)) {
      const id = operation.operationId ?? '';
      if (!active.has(id)) continue;
      if (operation.requestBody !== undefined) throw new Error(`${id}: a request body is not modelled`);
      const parameters = (operation.parameters ?? []).map((parameter) => {
        const type = parameter.schema?.type ?? '';
        if (parameter.in !== 'query' || !['string', 'boolean', 'integer'].includes(type))
          throw new Error(
            `${id}: parameter ${parameter.name} in ${parameter.in} of type ${type} is not modelled`,
          );
        return { name: parameter.name, required: parameter.required === true, type };
      });
      const declared = Object.keys(operation.responses ?? {});
      operations.set(id, { method: method.toUpperCase(), path, parameters, declared });
    }
  for (const id of active) if (!operations.has(id)) throw new Error(`operation ${id} is not in the schema`);
  return {
    name,
    credential: textOf(root, 'namedCredential') ?? textOf(root, 'namedCredentialReference') ?? '',
    operations,
  };
}

/** The HTTP request of an action such as Shipping.startOrder; inputs without a value are left out of the query. */
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
    action,
  };
}

/**
 * What an action gives to its flow for an answer, whatever the code: faults are only for services that cannot be asked.
 * `responseCode` is always there. The body of a code that the schema does not declare is text in `default`. A declared
 * one comes parsed under the name of its code or range; those are not modelled.
 *
 * Source: https://help.salesforce.com/s/articleView?id=platform.external_services_schema_def_operation_output_params.htm&language=en_US&type=5
 *
 * @example outputsOf(['202'], { status: 503, body: 'busy' }).get('default') // => 'busy'
 */
export function outputsOf(
  declared: readonly string[],
  { status, body }: { readonly status: number; readonly body: string },
): ReadonlyMap<string, Value | undefined> {
  const known = declared.some((code) => code === String(status) || code === `${String(status)[0]}XX`);
  return new Map<string, Value | undefined>([
    ...declared.map((code) => [code, undefined] as const),
    ['responseCode', status],
    ...(declared.includes('default') ? [] : [['default', known ? null : body] as const]),
  ]);
}

/** Answers that the schema declares for an action; none for an action that does not exist. */
export function declaredBy(
  action: string,
  services: ReadonlyMap<string, ExternalService>,
): readonly string[] {
  const [name = '', id = ''] = action.split('.');
  return services.get(name)?.operations.get(id)?.declared ?? [];
}
