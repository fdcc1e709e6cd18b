// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_considerations_trigger_schedule.htm
// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_distribute_system_rest.htm

import { randomUUID } from 'node:crypto';
import { OrgError } from '../errors.ts';
import { readFlow } from '../metadata/flow.ts';
import type { Component } from '../metadata/source.ts';
import type { PermissionSets } from '../schema/permission-sets.ts';
import type { OrgUser } from '../access.ts';
import type { Schema } from '../schema/types.ts';
import type { Store } from '../store.ts';
import type { Triggers, WriteWorld } from '../write/world.ts';
import { callOut } from './callout.ts';
import { makeCredentials } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { defineFlow } from './define-flow.ts';
import type { FlowDefinition } from './definition.ts';
import { advance, finishAtOnce } from './drive.ts';
import type { Arrival } from './drive.ts';
import { makeEntryConditions } from './entry-condition.ts';
import { declaredBy, outputsOf, readExternalService, requestOf } from './external-service.ts';
import type { ExternalService } from './external-service.ts';
import { FlowFault } from './fault.ts';
import { interviewOf } from './interview.ts';
import type { Interview } from './interview.ts';
import type { InterviewWorld } from './interview-world.ts';
import { checkNotification, syncNotificationTypes } from './notifications.ts';
import type { Notification } from './notifications.ts';
import { flowUser, mayStart } from './running-user.ts';
import type { FlowUser } from './running-user.ts';
import { startsOf } from './schedule.ts';
import type { ScreenValues } from './screen.ts';
import { makeTriggers } from './triggers.ts';
import type { Value } from './value.ts';

/** How an interview that nobody watches ended. */
export interface InterviewEnd {
  readonly flow: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly status: 'Finished' | 'Error';
  readonly error?: string;
}

export interface Flows {
  /** Takes in flows, credentials and services of deployed metadata. @returns what cannot run here */
  readonly load: (components: readonly Component[]) => { component: Component; message: string }[];
  readonly credentials: Credentials;
  readonly triggers: Triggers;
  readonly notifications: readonly Notification[];
  readonly ends: readonly InterviewEnd[];
  readonly definitions: ReadonlyMap<string, FlowDefinition>;
  /** What a person does in Setup with a flow that was deployed as a draft. @throws Error without the user it needs */
  readonly activate: (name: string) => void;
  /** Opens an interview. @throws OrgError when the flow is not there, not active, or not this user's to start */
  readonly open: (name: string, inputs: ReadonlyMap<string, Value>, userId: string) => Interview;
  readonly advance: (interview: Interview, values?: ScreenValues) => Promise<Arrival>;
  /** One start of a schedule-triggered flow now, as the Default Workflow User. Never throws for faults of the flow. */
  readonly startScheduled: (name: string) => Promise<InterviewEnd>;
  /** All starts of all active schedules in a stretch of time, in order; the clock is moved to each. */
  readonly runSchedules: (
    after: number,
    until: number,
    moveClock: (at: number) => void,
  ) => Promise<InterviewEnd[]>;
}

export interface FlowsWorld {
  readonly schema: Schema;
  readonly store: Store;
  readonly permissionSets: PermissionSets;
  readonly clock: () => number;
  readonly user: (id: string) => OrgUser;
  readonly writeWorld: (user: { id: string; access: OrgUser['access'] }) => WriteWorld;
  /** Writes what the platform itself writes. */
  readonly ownWorld: WriteWorld;
  /** Who runs schedule-triggered flows; undefined: nobody was chosen in Process Automation Settings. */
  readonly defaultWorkflowUser: () => string | undefined;
  readonly calloutTimeoutMs?: number;
}

/** Flows of an org, simulated: the deployed files themselves, run by the rules of the platform that are documented. */
export function makeFlows(world: FlowsWorld): Flows {
  const { schema, store, permissionSets, clock } = world;
  const credentials = makeCredentials();
  const definitions = new Map<string, FlowDefinition>();
  const services = new Map<string, ExternalService>();
  const activated = new Set<string>();
  const notifications: Notification[] = [];
  const ends: InterviewEnd[] = [];

  const userOf = (id: string): FlowUser => flowUser({ store, schema }, permissionSets, world.user(id));
  const isActive = (flow: FlowDefinition): boolean => flow.active || activated.has(flow.name);
  const activeFlow = (name: string): FlowDefinition => {
    const flow = definitions.get(name);
    if (!flow || !isActive(flow)) throw new FlowFault(`The flow ${name} has no active version.`);
    return flow;
  };

  function interviewWorld(user: FlowUser, record?: InterviewWorld['record']): InterviewWorld {
    return {
      flow: activeFlow,
      user,
      writeWorld: world.writeWorld(user),
      guid: randomUUID(),
      notify: (notification) => {
        checkNotification(store, schema, notification);
        notifications.push({ ...notification, at: clock() });
      },
      callout: (action, inputs) =>
        requestOf(action, services, inputs, (credential) => credentials.authorize(credential, user)),
      outputs: (action, answer) => outputsOf(declaredBy(action, services), answer),
      ...(record ? { record } : {}),
    };
  }

  function load(components: readonly Component[]): { component: Component; message: string }[] {
    const problems = credentials.load(components);
    definitions.clear();
    services.clear();
    for (const component of components) {
      try {
        if (component.type === 'ExternalServiceRegistration')
          services.set(component.name, readExternalService(component));
        if (component.type === 'Flow') definitions.set(component.name, defineFlow(readFlow(component)));
      } catch (error) {
        problems.push({ component, message: error instanceof Error ? error.message : String(error) });
      }
    }
    syncNotificationTypes(world.ownWorld, components);
    return problems;
  }

  const triggers = makeTriggers({
    flows: () => [...definitions.values()].filter(isActive),
    mayEnter: makeEntryConditions(store, clock),
    // Record-triggered flows run in system context: permissions of who saves do not matter.
    run: (flow, object, id, userId) => {
      finishAtOnce(interviewOf(interviewWorld(userOf(userId), { object, id }), flow, new Map(), 'system'));
    },
  });

  const run = (interview: Interview, values?: ScreenValues): Promise<Arrival> =>
    advance(
      interview,
      store,
      (request) =>
        callOut(request, world.calloutTimeoutMs === undefined ? {} : { timeoutMs: world.calloutTimeoutMs }),
      values,
    );

  async function startScheduled(name: string): Promise<InterviewEnd> {
    const at = clock();
    const end = (status: InterviewEnd['status'], error?: string): InterviewEnd => {
      const own = { flow: name, at, status, ...(error === undefined ? {} : { error }) };
      ends.push(own);
      return own;
    };
    const userId = world.defaultWorkflowUser();
    if (userId === undefined) return end('Error', 'There is no Default Workflow User.');
    try {
      // Schedule-triggered flows run in system context, as the Default Workflow User since API version 53.
      await run(interviewOf(interviewWorld(userOf(userId)), activeFlow(name), new Map(), 'system'));
      return end('Finished');
    } catch (error) {
      if (error instanceof FlowFault) return end('Error', error.message);
      throw error;
    }
  }

  return {
    load,
    credentials,
    triggers,
    notifications,
    ends,
    definitions,
    activate: (name) => {
      const flow = definitions.get(name);
      if (!flow) throw new Error(`found no flow ${name}, expected one that was deployed`);
      if (flow.start.kind === 'scheduled' && world.defaultWorkflowUser() === undefined)
        throw new Error(
          `${name}: SCHEDULE_TRIGGERED_FLOW_REQUIRES_DEFAULT_WORKFLOW_USER: choose one in Process Automation Settings first`,
        );
      activated.add(name);
    },
    open: (name, inputs, userId) => {
      const flow = definitions.get(name);
      const user = userOf(userId);
      if (!flow || !isActive(flow) || flow.start.kind !== 'called')
        throw new OrgError(404, 'NOT_FOUND', `The requested resource does not exist: no active flow ${name}`);
      if (!mayStart(user, flow))
        throw new OrgError(403, 'INSUFFICIENT_ACCESS', `You do not have access to the flow ${name}.`);
      for (const [input, value] of inputs) {
        const resource = flow.resources.get(input);
        if (resource?.kind !== 'variable' || !resource.input)
          throw new OrgError(400, 'INVALID_INPUT', `${input} is no input variable of the flow ${name}`);
        if (resource.type === 'Boolean' && value !== null && typeof value !== 'boolean')
          throw new OrgError(400, 'INVALID_INPUT', `${input} of the flow ${name} takes true or false`);
      }
      return interviewOf(interviewWorld(user), flow, inputs, 'user');
    },
    advance: run,
    startScheduled,
    runSchedules: async (after, until, moveClock) => {
      const zone = String(store.rows('SELECT "TimeZoneSidKey" FROM "Organization"', [])[0]?.[0] ?? 'GMT');
      const due = [...definitions.values()]
        .filter(isActive)
        .flatMap(({ name, start }) =>
          start.kind === 'scheduled'
            ? startsOf(start.schedule, zone, after, until).map((at) => ({ name, at }))
            : [],
        );
      due.sort((a, b) => a.at - b.at || a.name.localeCompare(b.name));
      const done: InterviewEnd[] = [];
      for (const { name, at } of due) {
        moveClock(at);
        done.push(await startScheduled(name));
      }
      return done;
    },
  };
}
