// Source: https://developer.salesforce.com/docs/atlas.en-us.240.0.pushImplGuide.meta/pushImplGuide/actions_obj_custom_notification.htm
// Unproven: Custom notifications reach owners and administrators without further settings.
// See: the bell of a user to whom a flow sends one.
// If not: Setup → Notification Delivery Settings: switch the types on, on desktop and mobile.

import type { Component } from '../metadata/source.ts';
import { textOf } from '../metadata/xml.ts';
import { objectOf } from '../schema/types.ts';
import type { Schema } from '../schema/types.ts';
import type { Store } from '../store.ts';
import type { WriteWorld } from '../write/world.ts';
import { insertRow } from '../write/save.ts';
import { FlowFault } from './fault.ts';
import { isList } from './value.ts';
import type { Value } from './value.ts';

export interface Notification {
  readonly type: string;
  readonly recipients: readonly string[];
  readonly title: string;
  readonly body: string;
  readonly target: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Characters of title and body. Source: Apex Reference Guide, CustomNotification. */
const TITLE = 250;
const BODY = 750;

/** Rows of CustomNotificationType for the types that metadata brought. */
export function syncNotificationTypes(world: WriteWorld, components: readonly Component[]): void {
  const object = objectOf(world.schema, 'CustomNotificationType');
  if (!object) return;
  for (const { type, name, root } of components) {
    if (type !== 'CustomNotificationType') continue;
    const row = {
      MasterLabel: textOf(root, 'masterLabel') ?? name,
      CustomNotifTypeName: textOf(root, 'customNotifTypeName') ?? name,
      Desktop: textOf(root, 'desktop') === 'true' ? 1 : 0,
      Mobile: textOf(root, 'mobile') === 'true' ? 1 : 0,
    };
    const [known] = world.store.rows('SELECT "Id" FROM "CustomNotificationType" WHERE "DeveloperName" = ?', [
      name,
    ]);
    if (known) world.store.update(object, String(known[0]), row);
    else insertRow(world, object, { DeveloperName: name, ...row }, undefined);
  }
}

/** @throws FlowFault for what the platform would refuse to send */
export function checkNotification(
  store: Store,
  schema: Schema,
  { type, recipients, title, body, target }: Omit<Notification, 'at'>,
): void {
  const exists = (object: string, id: string): boolean => {
    const known = objectOf(schema, object);
    return known !== undefined && store.stateOf(known, id) === 'living';
  };
  if (!exists('CustomNotificationType', type))
    throw new FlowFault(`Invalid parameter: customNotifTypeId ${type}`);
  for (const id of recipients)
    if (!exists('User', id))
      throw new FlowFault(`Invalid parameter: recipientIds holds ${id}, which is no user`);
  if (title.length > TITLE)
    throw new FlowFault(`Invalid parameter: title is longer than ${TITLE} characters`);
  if (body.length > BODY) throw new FlowFault(`Invalid parameter: body is longer than ${BODY} characters`);
  const object = [...schema.objects.values()].find(({ keyPrefix }) => keyPrefix === target.slice(0, 3));
  if (!object || store.stateOf(object, target) !== 'living')
    throw new FlowFault(`Invalid parameter: targetId ${target} is no record`);
}

const ACTION_INPUTS = ['customNotifTypeId', 'recipientIds', 'title', 'body', 'targetId'];

/** What a flow hands to the action. @throws FlowFault for what is missing, Error for inputs that are not modelled */
export function notificationOf(given: ReadonlyMap<string, Value>): Omit<Notification, 'at'> {
  for (const name of given.keys())
    if (!ACTION_INPUTS.includes(name))
      throw new Error(`customNotificationAction: input ${name} is not modelled`);
  const text = (name: string): string => {
    const value = given.get(name) ?? null;
    if (typeof value !== 'string' || value === '')
      throw new FlowFault(`Missing required input parameter: ${name}`);
    return value;
  };
  const recipients = given.get('recipientIds') ?? null;
  const ids = isList(recipients) ? recipients.filter((id) => typeof id === 'string') : [];
  if (ids.length === 0) throw new FlowFault('Missing required input parameter: recipientIds');
  return {
    type: text('customNotifTypeId'),
    recipients: ids,
    title: text('title'),
    body: text('body'),
    target: text('targetId'),
  };
}
