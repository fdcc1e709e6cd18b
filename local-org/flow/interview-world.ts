// Local: types of what an interview needs.

import type { Access } from '../access.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { WriteWorld } from '../write/world.ts';
import type { CalloutRequest } from './callout.ts';
import type { FlowDefinition } from './definition.ts';
import type { Notification } from './notifications.ts';
import type { Value } from './value.ts';

export interface RunningUser {
  readonly id: string;
  readonly access: Access;
  /** Custom permissions that his permission sets grant. */
  readonly permissions: ReadonlySet<string>;
  readonly timeZone: string;
}

/** What an interview needs of the org around it. */
export interface InterviewWorld {
  readonly flow: (name: string) => FlowDefinition;
  readonly user: RunningUser;
  readonly writeWorld: WriteWorld;
  readonly guid: string;
  readonly notify: (action: Omit<Notification, 'at'>) => void;
  /** The HTTP request of an External Service action. @throws FlowFault when the user may not make it */
  readonly callout: (action: string, inputs: ReadonlyMap<string, Value>) => CalloutRequest;
  /** What an External Service action gives to the flow for an answer. */
  readonly outputs: (
    action: string,
    answer: { readonly status: number; readonly body: string },
  ) => ReadonlyMap<string, Value | undefined>;
  /** The record that started the flow. */
  readonly record?: { readonly object: ObjectDef; readonly id: string };
}
