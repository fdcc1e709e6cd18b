// Local: what the package exports.

/** A Salesforce org on one machine: `startOrg` serves it over HTTP, `openOrg` opens it without a server. */
export { EXECUTED, KEPT, PROTOCOLS, treatmentOf } from './deploy/kinds.ts';
export { OrgError } from './errors.ts';
export type { InterviewEnd } from './flow/runtime.ts';
export { salesforceId } from './id.ts';
export type { SeedRecord } from './load.ts';
export { API_VERSION, openOrg } from './org.ts';
export type { Org, OrgOptions } from './org.ts';
export { fieldOf, objectOf } from './schema/types.ts';
export type { FieldDef, ObjectDef, Row } from './schema/types.ts';
export { startOrg } from './server.ts';
export type { RunningOrg, StartOptions } from './server.ts';
