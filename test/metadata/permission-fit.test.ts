import { describe, expect, it } from 'vitest';
import type { FieldDef, ObjectDef } from 'local-org';
import { accessBy, buildSchema, readPermissionSets } from 'local-org/inside';
import { readComponents, readSource } from 'local-org/metadata';

const components = readComponents(readSource(['force-app/main/default']));
const schema = buildSchema(components);
const sets = readPermissionSets(components, schema);

/** Fields that we ship, as Object.Field; of custom metadata types the type is granted, not the field. */
const shipped = components
  .filter((component) => component.type === 'CustomField' && !component.object?.endsWith('__mdt'))
  .map((component) => [component.object === 'Activity' ? 'Event' : component.object, component.name]);

const resolved = shipped.map(([objectName = '', name = '']): [ObjectDef, FieldDef] => {
  const object = schema.objects.get(objectName.toLowerCase());
  const field = object?.fields.get((name.split('.')[1] ?? name).toLowerCase());
  if (!object || !field) throw new Error(`found no ${objectName}.${name} in the schema`);
  return [object, field];
});
const path = ([object, field]: [ObjectDef, FieldDef]): string => `${object.name}.${field.name}`;

const readable = (set: string): string[] => {
  const access = accessBy(sets, [set], schema);
  return resolved.filter(([object, field]) => access.canReadField(object, field)).map(path);
};
/** Writable for somebody who may write the record, by a permission of the field itself. */
const writable = (set: string): string[] => {
  const access = accessBy(sets, [set], schema);
  return resolved
    .filter(([object, field]) => field.permissionable && access.canEditField(object, field))
    .map(path)
    .sort();
};
const permitted = (object: string): string[] =>
  resolved
    .filter(([owner, field]) => owner.name === object && field.permissionable && !field.formula)
    .map(path);

const SIGNAL = permitted('Churn_Signal__c');
const ACTIVITY = ['Event.Attended__c', 'Event.Health_Step__c'];
const MAPPING = permitted('Account').filter((name) => name !== 'Account.Current_Health_Score__c');

describe('permission sets against the fields that we ship', () => {
  it('looks at every object', () => {
    expect(new Set(resolved.map(([object]) => object.name))).toEqual(
      new Set(['Account', 'Event', 'Churn_Signal__c', 'Health_Score__c', 'Health_Score_Run__c']),
    );
    expect([...sets.keys()].sort()).toEqual([
      'Health_Account_Manager',
      'Health_Admin',
      'Health_Refresh_Callout',
      'Health_Scorer_Champions',
      'Health_Scorer_Integration',
      'Health_Viewer',
    ]);
  });

  it('Health_Admin reads every field', () => {
    expect(readable('Health_Admin')).toEqual(resolved.map(path));
  });

  it.each(['Health_Viewer', 'Health_Account_Manager'])(
    '%s reads every field but those of a run that name accounts of others',
    (set) => {
      const hidden = resolved.map(path).filter((name) => !readable(set).includes(name));
      expect(hidden).toEqual(['Health_Score_Run__c.Errors__c', 'Health_Score_Run__c.Tier_Moves__c']);
    },
  );

  it('the scorer reads everything but what it computes nothing from: formulas, and which step a task is for', () => {
    const hidden = resolved.map(path).filter((name) => !readable('Health_Scorer_Integration').includes(name));
    const formulas = resolved.filter(([, field]) => field.formula).map(path);
    expect(hidden.filter((name) => !formulas.includes(name))).toEqual(['Event.Health_Step__c']);
  });

  it.each([
    ['Health_Viewer', 'nothing', []],
    ['Health_Account_Manager', 'signals, attendance and steps', [...SIGNAL, ...ACTIVITY]],
    ['Health_Admin', 'signals, attendance, steps and mapping', [...SIGNAL, ...MAPPING, ...ACTIVITY]],
    [
      'Health_Scorer_Integration',
      'scores, runs and the current score',
      [
        // Alerts are written by the flow that sends them, in system context.
        ...permitted('Health_Score__c').filter((name) => name !== 'Health_Score__c.Alerted_At__c'),
        ...permitted('Health_Score_Run__c').filter((name) => name !== 'Health_Score_Run__c.Alerted_At__c'),
        'Account.Current_Health_Score__c',
      ],
    ],
  ])('%s writes %s', (set, _what, expected) => {
    expect(writable(set)).toEqual([...expected].sort());
  });

  it('grants no field that is required or links a detail to its master, and no writing of formulas', () => {
    for (const [name, { fields }] of sets)
      for (const [object, field] of resolved) {
        const grant = fields.get(path([object, field]).toLowerCase());
        if (field.required || field.masterDetail)
          expect([name, path([object, field]), grant]).toEqual([name, path([object, field]), undefined]);
        if (field.formula && grant)
          expect([name, path([object, field]), grant.edit]).toEqual([name, path([object, field]), false]);
      }
  });

  // help.salesforce.com platform.users_perm_dependencies: an org refuses a set that lacks what its grants rest on.
  it('grants on a detail no more than the same set grants on its master', () => {
    const masters = resolved.flatMap(([object, field]) =>
      field.masterDetail ? [[object.name.toLowerCase(), (field.referenceTo?.[0] ?? '').toLowerCase()]] : [],
    );
    expect(masters).toHaveLength(2);
    for (const [name, { objects }] of sets)
      for (const [detail = '', master = ''] of masters) {
        const [own, above] = [objects.get(detail), objects.get(master)];
        const lacking = (['read', 'viewAll', 'modifyAll'] as const).filter(
          (kind) => own?.[kind] === true && above?.[kind] !== true,
        );
        expect([name, detail, lacking]).toEqual([name, detail, []]);
      }
  });
});
