// Local: screen flows for a page in a browser, below /__sandbox/.

import { randomUUID } from 'node:crypto';
import type { Answer, Request } from '../http/server.ts';
import { OrgError } from '../errors.ts';
import type { Arrival } from '../flow/drive.ts';
import { FlowFault } from '../flow/fault.ts';
import type { Interview } from '../flow/interview.ts';
import { checkValues } from '../flow/screen.ts';
import type { ScreenValues, ShownScreen } from '../flow/screen.ts';
import type { OrgUser } from '../access.ts';
import type { Org } from '../org.ts';
import { flowInput, flowOutputs } from './flow-actions.ts';

const PATH = '/__sandbox/flow-interviews';

interface Begun {
  readonly interview: Interview;
  readonly userId: string;
}
interface Open extends Begun {
  readonly screen: ShownScreen;
}
type Body = { readonly interviewId: string } & (
  | { readonly status: 'waiting'; readonly screen: ShownScreen }
  | { readonly status: 'finished'; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly status: 'error'; readonly error: string }
);

const valuesOf = (given: unknown): ScreenValues =>
  new Map(
    Object.entries((given ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      flowInput(name, value),
    ]),
  );

/**
 * Screen flows for the local page: POST flow-interviews starts one as the user of the session, POST
 * flow-interviews/{id}/next goes on from its screen. This is an interface of the local org's own and no Salesforce API: in an
 * org, only the platform's own components run screen flows.
 */
export function makeFlowInterviews(
  org: Org,
  userOf: (authorization: string | undefined) => OrgUser,
): (request: Request) => Promise<Answer> | undefined {
  const open = new Map<string, Open>();

  async function goOn(
    interviewId: string,
    { interview, userId }: Begun,
    values?: ScreenValues,
  ): Promise<Body> {
    let arrival: Arrival;
    try {
      arrival = await org.flows.advance(interview, values);
    } catch (error) {
      open.delete(interviewId);
      if (!(error instanceof FlowFault)) throw error;
      return {
        interviewId,
        status: 'error',
        error: `An unhandled fault has occurred in this flow: ${error.message}`,
      };
    }
    if (arrival.kind === 'screen') {
      open.set(interviewId, { interview, userId, screen: arrival.screen });
      return { interviewId, status: 'waiting', screen: arrival.screen };
    }
    open.delete(interviewId);
    return { interviewId, status: 'finished', outputs: flowOutputs(arrival.outputs) };
  }

  async function answer(request: Request): Promise<Answer> {
    const user = userOf(request.headers['authorization']);
    if (request.method !== 'POST') throw new OrgError(405, 'METHOD_NOT_ALLOWED', 'flow interviews take POST');
    const body = (request.json() ?? {}) as { flow?: unknown; inputs?: unknown; values?: unknown };
    const [, id] = new RegExp(`^${PATH}/([\\w-]+)/next$`).exec(request.path) ?? [];
    if (id !== undefined) {
      const waiting = open.get(id);
      if (!waiting || waiting.userId !== user.id)
        throw new OrgError(404, 'NOT_FOUND', `There is no waiting interview ${id} of this user`);
      const values = valuesOf(body.values);
      checkValues(waiting.screen, values);
      return { status: 200, body: await goOn(id, waiting, values) };
    }
    if (request.path !== PATH)
      throw new OrgError(404, 'NOT_FOUND', `found ${request.path}, expected ${PATH}`);
    if (typeof body.flow !== 'string')
      throw new OrgError(400, 'INVALID_INPUT', 'found no flow, expected its name');
    if (org.flows.definitions.get(body.flow)?.screen !== true)
      throw new OrgError(404, 'NOT_FOUND', `found no screen flow ${body.flow}`);
    const interview = org.flows.open(body.flow, valuesOf(body.inputs), user.id);
    return { status: 201, body: await goOn(randomUUID(), { interview, userId: user.id }) };
  }

  return (request) => (request.path.startsWith(PATH) ? answer(request) : undefined);
}
