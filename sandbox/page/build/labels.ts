import { existsSync, readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';

interface Label {
  readonly fullName: string;
  readonly value: string | number | boolean;
}

const parser = new XMLParser({ isArray: (name) => name === 'labels', parseTagValue: false });

/**
 * Custom labels by name; none when the file is not there.
 *
 * @example readLabels('force-app/main/default/labels/CustomLabels.labels-meta.xml').get('Health_Title') // => 'Customer health'
 */
export function readLabels(file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) return new Map();
  const { CustomLabels } = parser.parse(readFileSync(file, 'utf8')) as {
    CustomLabels?: { labels?: Label[] };
  };
  return new Map((CustomLabels?.labels ?? []).map(({ fullName, value }) => [fullName, String(value)]));
}
