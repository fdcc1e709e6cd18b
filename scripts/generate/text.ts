/** What generated texts have in common. */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** What stands at the top of a generated script. The metadata gate knows one by it. */
export const head = (source: string): string => `/*
 * Generated from ${source} by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */
`;

/** The description of a Lightning module that only other modules import. */
export const moduleMeta = (
  label: string,
  description: string,
): string => `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>false</isExposed>
    <masterLabel>${label}</masterLabel>
    <description>${description}</description>
</LightningComponentBundle>
`;

/**
 * A text as this repository writes files of its kind.
 *
 * @param path from the root of the repository; its ending says what kind it is
 * @example await formatted(root, 'a.json', '{"a":1}') // => '{ "a": 1 }\n'
 */
export async function formatted(root: string, path: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(join(root, path))), filepath: path });
}
