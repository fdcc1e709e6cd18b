import { all, textOf } from 'local-org/metadata';
import { ofType } from '../metadata/project.ts';
import type { Project } from '../metadata/project.ts';

export type Value = string | number | boolean | null;

/** A custom metadata record: Health_Metric.csat_score with its label and the values of its fields. */
export interface ModelRecord {
  name: string;
  label: string;
  values: Map<string, Value>;
}

/** A custom metadata type of the model, with the types of its fields by name. */
export interface ModelType {
  name: string;
  fields: Map<string, string>;
}

/** A field's value in the one form in which file and org are compared. */
function normal(type: string, value: unknown): Value {
  if (type === 'Checkbox') return value === true || value === 'true';
  if (value === null || value === undefined || value === '') return null;
  if (type === 'Number' || type === 'Percent' || type === 'Currency') return Number(value);
  // An org gives line ends of long texts back as it likes.
  return (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\r\n', '\n').trim();
}

/** The custom metadata types of the project, in the order of their names. */
export function modelTypes(project: Project): ModelType[] {
  const types = new Map<string, Map<string, string>>();
  for (const part of ofType(project, 'CustomField')) {
    if (!part.object?.endsWith('__mdt')) continue;
    const fields = types.get(part.object) ?? new Map<string, string>();
    fields.set(textOf(part.root, 'fullName') ?? '', textOf(part.root, 'type') ?? '');
    types.set(part.object, fields);
  }
  return [...types]
    .map(([name, fields]) => ({ name, fields: new Map([...fields].sort()) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The records that the project ships. A field that a file leaves out is empty there, as it is in an org. */
export function shippedRecords(project: Project): ModelRecord[] {
  const types = new Map(modelTypes(project).map((type) => [type.name, type]));
  return ofType(project, 'CustomMetadata').map((part) => {
    const name = (part.file.split('/').at(-1) ?? '').replace(/\.md-meta\.xml$/, '');
    const type = types.get(`${name.split('.')[0] ?? ''}__mdt`);
    if (!type) throw new Error(`${part.file}: found no type for this record, expected it in force-app`);
    const given = new Map(
      all(part.root, 'values').map((entry) => [textOf(entry, 'field') ?? '', textOf(entry, 'value')]),
    );
    return {
      name,
      label: textOf(part.root, 'label') ?? '',
      values: new Map([...type.fields].map(([field, kind]) => [field, normal(kind, given.get(field))])),
    };
  });
}

const relationOf = (field: string): string => field.replace(/__c$/, '__r');

/**
 * The query for every record of a type; a relationship is read as the name that files use, not as an id of that org.
 *
 * @example recordQuery({ name: 'Health_Tier__mdt', fields: new Map([['From__c', 'Number']]) })
 * // => 'SELECT DeveloperName, MasterLabel, From__c FROM Health_Tier__mdt ORDER BY DeveloperName'
 */
export function recordQuery({ name, fields }: ModelType): string {
  const columns = [...fields].map(([field, type]) =>
    type === 'MetadataRelationship' ? `${relationOf(field)}.DeveloperName` : field,
  );
  return `SELECT DeveloperName, MasterLabel, ${columns.join(', ')} FROM ${name} ORDER BY DeveloperName`;
}

/** What that query answered, as records. */
export function orgRecords(type: ModelType, rows: readonly Record<string, unknown>[]): ModelRecord[] {
  return rows.map((row) => ({
    name: `${type.name.replace(/__mdt$/, '')}.${String(row['DeveloperName'])}`,
    label: String(row['MasterLabel']),
    values: new Map(
      [...type.fields].map(([field, kind]) => {
        if (kind !== 'MetadataRelationship') return [field, normal(kind, row[field])];
        const related = row[relationOf(field)] as { DeveloperName?: string } | null | undefined;
        return [field, normal('Text', related?.DeveloperName)];
      }),
    ),
  }));
}
