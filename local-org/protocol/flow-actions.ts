// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_distribute_system_rest.htm

import type { Answer } from '../http/server.ts';
import { OrgError, notModelled } from '../errors.ts';
import { FlowFault } from '../flow/fault.ts';
import { inputOfValue, isList, isRecord } from '../flow/value.ts';
import type { Value } from '../flow/value.ts';
import type { Context } from './context.ts';

type Json = Readonly<Record<string, unknown>>;

/** A value from JSON as a flow takes it. @throws OrgError for records and lists, which are not modelled */
export function flowInput(name: string, value: unknown): Value {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Value;
  throw notModelled(`flow input ${name}, which is neither text, number nor boolean`);
}

/** Output variables as JSON; what has no JSON form here is refused. */
export const flowOutputs = (outputs: ReadonlyMap<string, Value>): Json =>
  Object.fromEntries(
    [...outputs].map(([name, value]) => {
      if (isRecord(value) || isList(value)) throw notModelled(`flow output ${name}, a record or collection`);
      return [name, inputOfValue(value)];
    }),
  );

/**
 * `actions/custom/flow`: the list of autolaunched flows, and starting one. Every entry of `inputs` is an interview of
 * its own.
 *
 * Source: developer.salesforce.com, Actions Developer Guide, "Flow Actions" (v262).
 */
export async function flowActions(
  context: Context,
  method: string,
  rest: readonly string[],
): Promise<Answer> {
  const [kind, type, name] = rest;
  const { flows } = context.org;
  if (kind !== 'custom' || type !== 'flow' || rest.length > 3) throw notModelled(`actions/${rest.join('/')}`);
  if (name === undefined && method === 'GET') {
    const actions = [...flows.definitions.values()]
      .filter((flow) => flow.active && !flow.screen && flow.start.kind === 'called')
      .map((flow) => ({
        label: flow.label,
        name: flow.name,
        type: 'FLOW',
        url: `/services/data/v${context.version}/actions/custom/flow/${flow.name}`,
      }));
    return { status: 200, body: { actions } };
  }
  if (name === undefined || method !== 'POST') throw notModelled(`${method} actions/${rest.join('/')}`);
  if (flows.definitions.get(name)?.screen)
    throw new OrgError(404, 'NOT_FOUND', `The requested resource does not exist: ${name} has screens`);
  const { inputs } = (context.request.json() ?? {}) as { inputs?: unknown };
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must hold inputs, a list of objects');
  const results: Json[] = [];
  for (const input of inputs as Json[]) results.push(await start(context, name, input));
  const failed = results.some((result) => result['isSuccess'] !== true);
  return { status: failed ? 400 : 200, body: results };
}

async function start(context: Context, name: string, input: Json): Promise<Json> {
  const given = new Map(Object.entries(input).map(([key, value]) => [key, flowInput(key, value)]));
  const { flows } = context.org;
  const common = { actionName: name, invocationId: null, outcome: null, sortOrder: -1, version: 1 };
  try {
    const arrival = await flows.advance(flows.open(name, given, context.user.id));
    if (arrival.kind === 'screen') throw notModelled(`a screen of ${name} in a REST call`);
    const outputValues = { Flow__InterviewStatus: 'Finished', ...flowOutputs(arrival.outputs) };
    return { ...common, errors: null, isSuccess: true, outputValues };
  } catch (error) {
    if (!(error instanceof FlowFault)) throw error;
    return {
      ...common,
      errors: [{ statusCode: 'UNKNOWN_EXCEPTION', message: error.message, fields: [] }],
      isSuccess: false,
      outputValues: { Flow__InterviewStatus: 'Error' },
    };
  }
}
