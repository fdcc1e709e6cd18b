import { salesforceId } from 'local-org';
import type { FieldDef, ObjectDef, RunningOrg } from 'local-org';

/** Somebody of the local org who can be chosen on the page. */
export interface Person {
  /** What a cookie names; no id. */
  readonly key: string;
  readonly label: string;
  readonly userId: string;
  readonly customPermissions: readonly string[];
}

interface Role {
  readonly key: string;
  readonly label: string;
  readonly sets: readonly string[];
}

/** Permission sets of force-app that the people have, beside what any sales user may do. */
const ROLES: readonly Role[] = [
  {
    key: 'manager',
    label: 'Account manager',
    sets: ['Health_Account_Manager', 'Health_Refresh_Callout'],
  },
  { key: 'viewer', label: 'Viewer', sets: ['Health_Viewer'] },
  { key: 'admin', label: 'Health admin', sets: ['Health_Admin', 'Health_Refresh_Callout'] },
  { key: 'sales', label: 'Sales user without access to health', sets: [] },
];

/** Not of force-app: what a profile gives everybody in sales, so that a record page opens at all. */
const EVERYBODY = 'Sandbox_Sales_User';
const READ = ['Account', 'Contact', 'Opportunity', 'Case', 'Event'];
const WRITE = ['Task'];

const USER_PREFIX = '005';
/** Far from the ids of other users of the sandbox. */
const FIRST_USER = 770_001;

/**
 * Creates the people of the page as users of the local org, with permission sets of force-app.
 *
 * @throws Error when a permission set does not exist or the org refuses the one that everybody has.
 * @example createPeople(org).map((person) => person.key) // => ['manager', 'viewer', 'admin', 'sales']
 */
export function createPeople({ org }: Pick<RunningOrg, 'org'>): Person[] {
  deployBaseSet(org);
  return ROLES.map(({ key, label, sets }, n) => {
    const userId = salesforceId(USER_PREFIX, FIRST_USER + n);
    if (org.query(`SELECT Id FROM User WHERE Id = '${userId}'`).length === 0) {
      const name = `${key}@page.sandbox.example`;
      const fields = { Id: userId, Username: name, Email: name, FirstName: 'Sandbox', LastName: label };
      org.load([{ object: 'User', fields }]);
      for (const set of [EVERYBODY, ...sets]) assign(org, userId, set);
    }
    const customPermissions = sets.flatMap((set) => [...(org.permissionSets.get(set)?.custom ?? [])]);
    return { key, label, userId, customPermissions };
  });
}

function assign(org: RunningOrg['org'], userId: string, name: string): void {
  const [set] = org.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
  if (!set)
    throw new Error(`${name}: found no such permission set in the local org, expected it in force-app`);
  org.load([
    { object: 'PermissionSetAssignment', fields: { AssigneeId: userId, PermissionSetId: set['Id'] } },
  ]);
}

function deployBaseSet(org: RunningOrg['org']): void {
  const objects = [...READ, ...WRITE].map((name) => {
    const object = org.schema.objects.get(name.toLowerCase());
    if (!object)
      throw new Error(`The local org has no ${name}; the page cannot give sales users access to it`);
    return object;
  });
  const files = new Map([
    ['package.xml', Buffer.from(manifest())],
    [`permissionsets/${EVERYBODY}.permissionset`, Buffer.from(permissionSet(objects))],
  ]);
  const result = org.deploy(files, { checkOnly: false });
  if (!result.success)
    throw new Error(
      `${EVERYBODY}: the local org refused it: ${result.messages.map(({ problem }) => problem?.text ?? '').join(' ')}`,
    );
}

const manifest = (): string => `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
  <types><members>${EVERYBODY}</members><name>PermissionSet</name></types>
  <version>66.0</version>
</Package>`;

/** Standard fields only: those of the health score are what force-app's own permission sets are about. */
const grantable = (object: ObjectDef): FieldDef[] =>
  [...object.fields.values()].filter((field) => field.permissionable && !field.custom);

function permissionSet(objects: readonly ObjectDef[]): string {
  const writes = (object: ObjectDef): boolean => WRITE.includes(object.name);
  const fields = objects.flatMap((object) =>
    grantable(object).map(
      (field) =>
        `<fieldPermissions><editable>${String(writes(object) && !field.formula)}</editable><field>${object.name}.${field.name}</field><readable>true</readable></fieldPermissions>`,
    ),
  );
  const access = objects.map(
    (object) =>
      `<objectPermissions><allowCreate>${String(writes(object))}</allowCreate><allowDelete>false</allowDelete><allowEdit>${String(writes(object))}</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object.name}</object><viewAllRecords>false</viewAllRecords></objectPermissions>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">${fields.join('')}<hasActivationRequired>false</hasActivationRequired><label>Sandbox sales user</label>${access.join('')}</PermissionSet>`;
}
