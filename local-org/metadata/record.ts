/**
 * Records of custom metadata types as files that deploy.
 *
 * Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm
 */
import { escapeXml } from './xml.ts';

/** What a field of a record holds; null where it has no value. */
export type RecordValue = string | number | boolean | null;

function valueXml(value: RecordValue): string {
  if (value === null) return '<value xsi:nil="true"/>';
  const type = typeof value === 'number' ? 'double' : typeof value;
  return `<value xsi:type="xsd:${type}">${escapeXml(String(value))}</value>`;
}

/**
 * The text of a file `Type.Record.md-meta.xml`.
 *
 * @param values by field name, in the order in which they are written
 * @param note a comment at the top; none by default
 * @example recordFile('Healthy', new Map([['From__c', 76]])).includes('<value xsi:type="xsd:double">76</value>') // => true
 */
export function recordFile(label: string, values: ReadonlyMap<string, RecordValue>, note?: string): string {
  const entries = [...values].map(
    ([field, value]) =>
      `    <values>\n        <field>${field}</field>\n        ${valueXml(value)}\n    </values>\n`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    (note === undefined ? '' : `<!-- ${note} -->\n`) +
    '<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema">\n' +
    `    <label>${escapeXml(label)}</label>\n    <protected>false</protected>\n${entries.join('')}</CustomMetadata>\n`
  );
}
