import { existsSync, readFileSync } from 'node:fs';
import { all, readXml, textOf } from 'local-org/metadata';

/**
 * Custom labels by name; none when the file is not there.
 *
 * @example readLabels('force-app/main/default/labels/CustomLabels.labels-meta.xml').get('Health_Title') // => 'Customer health'
 */
export function readLabels(file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) return new Map();
  const labels = all(readXml(readFileSync(file, 'utf8')), 'labels');
  return new Map(labels.map((label) => [textOf(label, 'fullName') ?? '', textOf(label, 'value') ?? '']));
}
