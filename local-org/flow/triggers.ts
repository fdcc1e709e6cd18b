// Source: https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm

import { recordError } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Triggers } from '../write/world.ts';
import type { FlowDefinition } from './definition.ts';
import { FlowFault } from './fault.ts';

/** Saves that start saves; the platform stops at this depth too. Source: Apex Developer Guide, stack depth. */
const MAX_DEPTH = 16;

interface TriggerWorld {
  readonly flows: () => readonly FlowDefinition[];
  readonly mayEnter: (object: ObjectDef, id: string, condition: string) => boolean;
  readonly run: (flow: FlowDefinition, object: ObjectDef, id: string, userId: string) => void;
}

/** Flows that a save starts, within the same transaction: when one fails as a whole, the record is not saved. */
export function makeTriggers({ flows, mayEnter, run }: TriggerWorld): Triggers {
  let depth = 0;
  const of = (object: ObjectDef): FlowDefinition[] =>
    flows().filter(
      ({ start }) => start.kind === 'record' && start.object.toLowerCase() === object.name.toLowerCase(),
    );

  return {
    watches: (object) => of(object).length > 0,
    afterSave: (object, id, created, userId) => {
      for (const flow of of(object)) {
        const { start } = flow;
        if (
          start.kind !== 'record' ||
          (start.on !== 'CreateAndUpdate' && (start.on === 'Create') !== created)
        )
          continue;
        if (start.filter !== undefined && !mayEnter(object, id, start.filter)) continue;
        depth += 1;
        try {
          if (depth > MAX_DEPTH) throw new FlowFault('Maximum trigger depth exceeded');
          run(flow, object, id, userId);
        } catch (error) {
          if (!(error instanceof FlowFault)) throw error;
          throw recordError(
            'CANNOT_EXECUTE_FLOW_TRIGGER',
            `We can't save this record because the “${flow.label}” process failed. Give your Salesforce admin these details. ${error.message}`,
          );
        } finally {
          depth -= 1;
        }
      }
    },
  };
}
