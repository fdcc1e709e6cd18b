// Local: reads the table of types under contracts, whose notice names its source.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element } from './xml.ts';

type FieldRow = [type: string, least: number, most: number];
interface TypeRow {
  base?: string;
  fields: Record<string, FieldRow>;
}
interface Table {
  roots: string[];
  types: Record<string, TypeRow>;
  enums: Record<string, string[]>;
}

const table = JSON.parse(
  readFileSync(join(import.meta.dirname, 'contracts/metadata-types-66.0.json'), 'utf8'),
) as Table;

/** Its targetConfigs are free XML in source files; the component check looks at it instead. */
const FREE = new Set(['LightningComponentBundle']);

const PLAIN: Record<string, RegExp> = {
  'xsd:boolean': /^(true|false)$/,
  'xsd:int': /^-?\d+$/,
  'xsd:double': /^-?\d+(\.\d+)?([eE]-?\d+)?$/,
  'xsd:date': /^\d{4}-\d{2}-\d{2}$/,
  'xsd:time': /^\d{2}:\d{2}:\d{2}(\.\d+)?Z?$/,
  'xsd:dateTime': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/,
};

/** What the WSDL requires and an org does not: seen to deploy without it. */
const LENIENT = new Set(['CustomPermission.isLicensed']);

function fieldsOf(name: string): Record<string, FieldRow> {
  const row = table.types[name];
  if (!row) return {};
  return { ...(row.base === undefined ? {} : fieldsOf(row.base)), ...row.fields };
}

/**
 * Names, values, required elements and how often they stand, by the type table of the Metadata API 66.0. Order alone is
 * no finding: orgs accept any, but repeated elements must stand together.
 */
export function typeProblems(root: Element): string[] {
  const type = root.name;
  if (FREE.has(type)) return [];
  if (!table.roots.includes(type))
    return [`found a file of type ${type}, expected a type of the Metadata API 66.0`];
  const problems: string[] = [];
  checkElement(root, type, type, (message) => problems.push(message));
  return problems;
}

function checkElement(element: Element, type: string, path: string, report: (message: string) => void): void {
  const known = fieldsOf(type);
  const counts = new Map<string, number>();
  let last = '';
  for (const child of element.children) {
    const field = known[child.name];
    const at = `${path}/${child.name}`;
    if (!field) {
      report(`found element ${at}, expected one of ${Object.keys(known).sort().join(', ')}`);
      continue;
    }
    const seen = counts.get(child.name) ?? 0;
    counts.set(child.name, seen + 1);
    const [fieldType, , most] = field;
    if (seen > 0 && most === 1) report(`found ${at} ${seen + 1} times, expected it once`);
    if (seen > 0 && last !== child.name) report(`found ${at} in two places, expected all of them together`);
    last = child.name;
    checkValue(child, fieldType, at, report);
  }
  for (const [name, [, least]] of Object.entries(known))
    if (least > 0 && !counts.has(name) && !LENIENT.has(`${type}.${name}`))
      report(`found no ${path}/${name}, expected it: it is required`);
}

function checkValue(element: Element, type: string, at: string, report: (message: string) => void): void {
  if (type.startsWith('xsd:')) {
    if (element.children.length > 0) report(`found elements inside ${at}, expected a plain value`);
    const form = PLAIN[type];
    if (form && !form.test(element.text))
      report(`found ${at} ${JSON.stringify(element.text)}, expected ${type.slice(4)}`);
    return;
  }
  const list = table.enums[type];
  if (list) {
    if (!list.includes(element.text))
      report(`found ${at} ${element.text}, expected one of ${list.join(', ')}`);
    return;
  }
  if (table.types[type]) checkElement(element, type, at, report);
}
