import { readFileSync } from 'node:fs';

/**
 * A deploy of one shipped flow with texts exchanged for others.
 *
 * @throws Error when an exchange changes nothing: a defect that is not there would prove nothing
 */
export function plant(flow: string, changes: readonly (readonly [RegExp, string])[]): Map<string, Buffer> {
  const file = `flows/${flow}.flow-meta.xml`;
  let text = readFileSync(`force-app/main/default/${file}`, 'utf8');
  for (const [from, to] of changes) {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`nothing to change in ${file}: ${String(from)}`);
    text = next;
  }
  return new Map([
    [
      'package.xml',
      Buffer.from(
        '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>66.0</version></Package>',
      ),
    ],
    [file, Buffer.from(text)],
  ]);
}
