// Local: what the package exports to tests that look inside.

/** Ways into an open org past its protocols: schema and access, queries, writes, values of flows. */
export { fullAccess } from './access.ts';
export { csvRows } from './bulk/csv.ts';
export { UNCOMMITTED_WORK } from './flow/fault.ts';
export { flowUser } from './flow/running-user.ts';
export { inputOfValue } from './flow/value.ts';
export type { Value } from './flow/value.ts';
export { buildSchema } from './schema/build-schema.ts';
export { accessBy, readPermissionSets } from './schema/permission-sets.ts';
export { page, runQuery } from './soql/run.ts';
export { keyField } from './write/external-id.ts';
export { remove } from './write/remove.ts';
export { checkNames, create, update } from './write/save.ts';
export { upsert } from './write/upsert.ts';
