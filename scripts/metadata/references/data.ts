import { all, fieldsIn, parseFormula, textOf } from 'local-org/metadata';
import { resolvePath } from '../org-index.ts';
import type { OrgIndex } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

const RULE = 'references';

function formulaProblems(index: OrgIndex, object: string, formula: string): string[] {
  try {
    // `$User` and the like are not ours to check.
    return fieldsIn(parseFormula(formula))
      .filter(([first]) => !first?.startsWith('$'))
      .map((path) => resolvePath(index, object, path))
      .filter((found) => typeof found === 'string')
      .map((problem) => `formula: ${problem}`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Objects, fields, value sets and validation rules. */
export function checkData(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  for (const part of ofType(project, 'CustomField')) {
    const report = (message: string): void => {
      findings.push({ file: part.file, rule: RULE, message });
    };
    const object = part.object ?? '';
    if (!index.objects.has(object)) report(`found a field of ${object}, expected an object that exists`);
    if (textOf(part.root, 'fullName') !== part.name.split('.')[1])
      report(`found fullName ${textOf(part.root, 'fullName') ?? '(none)'}, expected the name of the file`);
    const target = textOf(part.root, 'referenceTo');
    if (target !== undefined && !index.objects.has(target))
      report(`found referenceTo ${target}, expected an object that exists`);
    const [set] = all(part.root, 'valueSet');
    const name = set && textOf(set, 'valueSetName');
    if (name !== undefined && !index.names('GlobalValueSet').has(name))
      report(`found value set ${name}, expected one that exists`);
    const formula = textOf(part.root, 'formula');
    if (formula !== undefined)
      formulaProblems(index, object === 'Activity' ? 'Event' : object, formula).forEach(report);
  }
  for (const part of ofType(project, 'ValidationRule')) {
    const object = part.object ?? '';
    const field = textOf(part.root, 'errorDisplayField');
    const problems = formulaProblems(index, object, textOf(part.root, 'errorConditionFormula') ?? '');
    if (field !== undefined && !index.objects.get(object)?.has(field))
      problems.push(`${object} has no field ${field}`);
    findings.push(...problems.map((message) => ({ file: part.file, rule: RULE, message })));
  }
  for (const part of ofType(project, 'CustomObject')) {
    const compact = textOf(part.root, 'compactLayoutAssignment');
    if (
      compact !== undefined &&
      compact !== 'SYSTEM' &&
      !index.names('CompactLayout').has(`${part.name}.${compact}`)
    )
      findings.push({
        file: part.file,
        rule: RULE,
        message: `found compact layout ${compact}, expected one that exists`,
      });
    for (const search of all(part.root, 'searchLayouts'))
      for (const child of search.children)
        if (
          child.name.endsWith('Fields') &&
          /__c$/.test(child.text) &&
          !index.objects.get(part.name)?.has(child.text)
        )
          findings.push({
            file: part.file,
            rule: RULE,
            message: `found ${child.name} ${child.text}, expected a field of ${part.name}`,
          });
  }
  return [...findings, ...checkCustomMetadata(project, index)];
}

const XSD: Record<string, string[]> = {
  'xsd:string': [
    'Text',
    'TextArea',
    'LongTextArea',
    'Picklist',
    'MetadataRelationship',
    'Url',
    'Email',
    'Phone',
  ],
  'xsd:double': ['Number', 'Percent'],
  'xsd:boolean': ['Checkbox'],
  'xsd:date': ['Date'],
  'xsd:dateTime': ['DateTime'],
};

function checkCustomMetadata(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  for (const part of ofType(project, 'CustomMetadata')) {
    const report = (message: string): void => {
      findings.push({ file: part.file, rule: RULE, message });
    };
    const [short = '', record = ''] = (part.file.split('/').at(-1) ?? '')
      .replace(/\.md-meta\.xml$/, '')
      .split('.');
    const type = `${short}__mdt`;
    const fields = index.objects.get(type);
    if (!fields) {
      report(`found a record of ${type}, expected a custom metadata type that exists`);
      continue;
    }
    const given = new Map<string, string>();
    for (const entry of all(part.root, 'values')) {
      const name = textOf(entry, 'field') ?? '';
      const [value] = all(entry, 'value');
      const field = fields.get(name);
      if (!field?.custom) {
        report(`found field ${name}, expected one of ${type}`);
        continue;
      }
      const kind = value?.attributes['xsi:type'];
      const empty = value?.attributes['xsi:nil'] === 'true';
      if (!empty) given.set(name, value?.text ?? '');
      if (kind !== undefined && !(XSD[kind] ?? []).includes(field.type))
        report(`found ${name} as ${kind}, expected the type of a ${field.type}`);
      if (field.type === 'MetadataRelationship' && !empty) {
        const target = `${(field.referenceTo ?? '').replace(/__mdt$/, '')}.${value?.text ?? ''}`;
        const exists = ofType(project, 'CustomMetadata').some((other) =>
          other.file.endsWith(`/${target}.md-meta.xml`),
        );
        if (!exists)
          report(`found ${name} ${value?.text ?? ''}, expected a record of ${field.referenceTo ?? ''}`);
      }
    }
    for (const field of fields.values())
      if (field.custom && field.required && !given.has(field.name))
        report(`found no ${field.name} on ${record}, expected it: it is required`);
  }
  return findings;
}
