// Local: what the room exports.

/** A server for stand-ins of any kind: answers by a function, logs calls, and fails on demand. */
export type { Fault } from './faults.ts';
export { startServer } from './server.ts';
export type { Answer, Request, StandIn } from './server.ts';
