import { all, textOf } from 'local-org/metadata';
import type { Element } from 'local-org/metadata';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

const namesOf = (values: Element[]): Set<string> =>
  new Set(values.map((value) => textOf(value, 'fullName') ?? ''));

/** The only values that each restricted picklist of the project takes, by Object.Field; a global value set restricts always. */
function restricted(project: Project): Map<string, Set<string>> {
  const global = new Map(
    ofType(project, 'GlobalValueSet').map((part) => [part.name, namesOf(all(part.root, 'customValue'))]),
  );
  const found = new Map<string, Set<string>>();
  for (const part of ofType(project, 'CustomField')) {
    const [set] = all(part.root, 'valueSet');
    if (!set) continue;
    const [own] = all(set, 'valueSetDefinition');
    const values = own ? namesOf(all(own, 'value')) : global.get(textOf(set, 'valueSetName') ?? '');
    if (values && (!own || textOf(set, 'restricted') === 'true')) found.set(part.name, values);
  }
  return found;
}

const problem = (values: Set<string> | undefined, field: string, given: string): string[] =>
  values === undefined || given === '' || values.has(given)
    ? []
    : [`found ${given} for ${field}, expected one of ${[...values].join(', ')}`];

/** Values that flows write, by the element's object; $Record is the object that the flow starts on. */
function writtenBy(flow: Element): { field: string; given: string }[] {
  const [start] = all(flow, 'start');
  return ['recordCreates', 'recordUpdates'].flatMap((kind) =>
    all(flow, kind).flatMap((element) => {
      const object = textOf(element, 'object') ?? (start && textOf(start, 'object')) ?? '';
      return all(element, 'inputAssignments').flatMap((entry) =>
        all(entry, 'value').flatMap((value) => {
          const given = textOf(value, 'stringValue');
          return given === undefined ? [] : [{ field: `${object}.${textOf(entry, 'field') ?? ''}`, given }];
        }),
      );
    }),
  );
}

/**
 * Values that a restricted picklist does not take ("bad value for restricted picklist field"): an org refuses a record of
 * custom metadata that holds one, and a flow that writes one fails when it runs (Object Reference, picklist fields).
 */
export function checkPicklistValues(project: Project): Finding[] {
  const sets = restricted(project);
  const findings: Finding[] = [];
  for (const part of ofType(project, 'CustomMetadata')) {
    const type = `${(part.file.split('/').at(-1) ?? '').split('.')[0] ?? ''}__mdt`;
    for (const entry of all(part.root, 'values')) {
      const field = `${type}.${textOf(entry, 'field') ?? ''}`;
      for (const message of problem(sets.get(field), field, textOf(entry, 'value') ?? ''))
        findings.push({ file: part.file, rule: 'platform', message });
    }
  }
  for (const part of ofType(project, 'Flow'))
    for (const { field, given } of writtenBy(part.root))
      for (const message of problem(sets.get(field), field, given))
        // A merge field says what it is only when the flow runs.
        if (!given.includes('{!')) findings.push({ file: part.file, rule: 'platform', message });
  for (const part of ofType(project, 'CustomField')) {
    const own = sets.get(part.name);
    const given = textOf(part.root, 'defaultValue')?.replace(/^(['"])(.*)\1$/, '$2');
    if (own && given !== undefined && /^[\w ]+$/.test(given))
      for (const message of problem(own, part.name, given))
        findings.push({ file: part.file, rule: 'platform', message });
  }
  return findings;
}
