// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_considerations_limit_transaction.htm

import type { Store } from '../store.ts';
import type { CalloutAnswer, CalloutRequest } from './callout.ts';
import { FlowFault } from './fault.ts';
import type { Interview, Resume } from './interview.ts';
import type { ScreenValues, ShownScreen } from './screen.ts';
import type { Value } from './value.ts';

export type Arrival =
  | { readonly kind: 'finished'; readonly outputs: ReadonlyMap<string, Value> }
  | { readonly kind: 'screen'; readonly screen: ShownScreen };

/**
 * Lets an interview run to its next screen or its end. Each stretch between two waits is one transaction of the store:
 * all of its writes, or none when it fails.
 *
 * @param values what a person filled in on the screen that the interview waits at
 */
export async function advance(
  interview: Interview,
  store: Store,
  call: (request: CalloutRequest) => Promise<CalloutAnswer>,
  values?: ScreenValues,
): Promise<Arrival> {
  let answer: Resume | undefined = values && { kind: 'values', values };
  for (;;) {
    const resume = answer;
    const step = store.transaction(() => interview.next(resume));
    if (step.done) return { kind: 'finished', outputs: step.value };
    if (step.value.kind === 'screen') return step.value;
    answer = await call(step.value.request);
  }
}

/** The platform's words. Source: Apex Developer Guide, callouts from triggers. */
const NO_CALLOUT = 'Callout from triggers are currently not supported.';

/** Runs an interview within a save: nothing may wait there. */
export function finishAtOnce(interview: Interview): void {
  let step = interview.next(undefined);
  while (!step.done) step = interview.throw(new FlowFault(NO_CALLOUT));
}
