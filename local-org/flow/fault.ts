// Source: https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_callouts_timeouts.htm
// Unproven: The words of faults (`credential`).
// See: start a flow whose credential is not filled in, and one whose service is down.
// If not: do not tell faults apart by their words.

/**
 * What the platform would take the fault path for: the flow goes on there, or fails as a whole. What the simulation
 * does not model is never a fault: that ends the interview loudly, whatever path the flow has for faults.
 */
export class FlowFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FlowFault';
  }
}

/**
 * A limit of the transaction that is used up. No fault path is taken: all of the transaction is undone.
 *
 * Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_considerations_limit_transaction.htm
 */
export class FlowLimit extends FlowFault {}

/** The platform's words when something was written before a callout. Source: Apex Developer Guide, callout limits. */
export const UNCOMMITTED_WORK =
  'You have uncommitted work pending. Please commit or rollback before calling out';

/** The platform's words when the credential may not be used. Source: docs.enosix.io, non-legacy named credentials. */
export const noCredential = (name: string): string =>
  `We couldn't access the credential(s). You might not have the required permissions, or the external credential "${name}" might not exist.`;
