import { textOf } from 'local-org/metadata';
import { standardObjects } from 'local-org/standard';
import { ofType } from './project.ts';
import type { Project } from './project.ts';

export interface KnownField {
  name: string;
  type: string;
  custom: boolean;
  required: boolean;
  formula: boolean;
  referenceTo: string | undefined;
  /** Parent path, as in formulas and queries. */
  relationship: string | undefined;
}

/** What exists in the org once the project is deployed: ours, and the standard fields that we know of. */
export interface OrgIndex {
  objects: Map<string, Map<string, KnownField>>;
  /** Child relationships by object: Account → Health_Scores__r → Health_Score__c. */
  children: Map<string, Map<string, string>>;
  names: (type: string) => Set<string>;
}

const standard = (
  name: string,
  type = 'standard',
  relationship?: string,
  referenceTo?: string,
): KnownField => ({
  name,
  type,
  custom: false,
  required: false,
  formula: false,
  referenceTo,
  relationship,
});

/** Fields that every record has. */
const COMMON = [
  standard('Id'),
  standard('Name'),
  standard('CreatedDate'),
  standard('CreatedById', 'reference', 'CreatedBy', 'User'),
  standard('LastModifiedDate'),
  standard('LastModifiedById', 'reference', 'LastModifiedBy', 'User'),
  standard('OwnerId', 'reference', 'Owner', 'User'),
  standard('SystemModstamp'),
  standard('IsDeleted'),
];
const METADATA = [
  'DeveloperName',
  'MasterLabel',
  'Label',
  'NamespacePrefix',
  'QualifiedApiName',
  'IsProtected',
  'Language',
].map((name) => standard(name));

export function indexOf(project: Project): OrgIndex {
  const objects: OrgIndex['objects'] = new Map();
  const children: OrgIndex['children'] = new Map();
  const open = (name: string): Map<string, KnownField> => {
    const fields =
      objects.get(name) ??
      new Map([...COMMON, ...(name.endsWith('__mdt') ? METADATA : [])].map((f) => [f.name, f]));
    objects.set(name, fields);
    return fields;
  };
  const addChild = (parent: string, relationship: string, child: string): void => {
    const known = children.get(parent) ?? new Map<string, string>();
    children.set(parent, known.set(relationship, child));
  };
  for (const object of standardObjects()) {
    const fields = open(object.name);
    for (const field of object.fields.values()) {
      fields.set(
        field.name,
        standard(field.name, field.type, field.relationshipName, field.referenceTo?.[0]),
      );
      for (const parent of field.referenceTo ?? [])
        if (field.childRelationshipName) addChild(parent, field.childRelationshipName, object.name);
    }
  }
  for (const name of ['Activity', 'Event', 'Task', 'Lead', 'Campaign']) open(name);
  for (const part of ofType(project, 'CustomObject')) open(part.name);
  for (const part of ofType(project, 'CustomField')) {
    const name = textOf(part.root, 'fullName') ?? '';
    const referenceTo = textOf(part.root, 'referenceTo');
    const type = textOf(part.root, 'type') ?? '';
    const field: KnownField = {
      name,
      type,
      custom: true,
      required: textOf(part.root, 'required') === 'true' || type === 'MasterDetail',
      formula: textOf(part.root, 'formula') !== undefined,
      referenceTo,
      relationship: referenceTo === undefined ? undefined : name.replace(/__c$/, '__r'),
    };
    // Custom fields of Activity are fields of events and tasks.
    for (const home of part.object === 'Activity' ? ['Activity', 'Event', 'Task'] : [part.object ?? ''])
      objects.get(home)?.set(name, field);
    const relationship = textOf(part.root, 'relationshipName');
    if (referenceTo !== undefined && relationship !== undefined)
      addChild(referenceTo, `${relationship}__r`, part.object ?? '');
  }
  const byType = new Map<string, Set<string>>();
  for (const part of project.parts) {
    const known = byType.get(part.type) ?? new Set<string>();
    byType.set(part.type, known.add(part.name));
  }
  return { objects, children, names: (type) => byType.get(type) ?? new Set() };
}

/** The field at the end of a path of relationships, or what is wrong with the path. */
export function resolvePath(index: OrgIndex, object: string, path: string[]): KnownField | string {
  let here = object;
  for (const [i, step] of path.entries()) {
    const fields = index.objects.get(here);
    if (!fields) return `object ${here} does not exist`;
    if (i === path.length - 1) return fields.get(step) ?? `${here} has no field ${step}`;
    const link = [...fields.values()].find((field) => field.relationship === step);
    if (!link?.referenceTo) return `${here} has no relationship ${step}`;
    here = link.referenceTo;
  }
  return 'the path is empty';
}
