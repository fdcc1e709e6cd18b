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

/** The platform's words when something was written before a callout. Source: Apex Developer Guide, callout limits. */
export const UNCOMMITTED_WORK =
  'You have uncommitted work pending. Please commit or rollback before calling out';

/** The platform's words when the credential may not be used. Source: docs.enosix.io, non-legacy named credentials. */
export const noCredential = (name: string): string =>
  `We couldn't access the credential(s). You might not have the required permissions, or the external credential "${name}" might not exist.`;
