/**
 * Lightning modules that the health card takes from other files of this repository: what the catalogue says of each
 * metric, and the custom labels.  */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { all, readXml, textOf } from 'local-org/metadata';
import { parse } from 'yaml';
import { adviceTextsOf } from '../../node-scorer/src/advice/texts.ts';
import { CATALOGUE } from '../../node-scorer/src/metrics/catalogue.ts';

const LWC = 'force-app/main/default/lwc';
const LABELS = 'force-app/main/default/labels/CustomLabels.labels-meta.xml';
const PREFIX = 'Health_Card_';
const ADVICE = 'config/advice.yaml';
const SHIPPED_TEXTS = 'node-scorer/src/advice/shipped-texts.ts';

const head = (source: string): string => `/*
 * Generated from ${source} by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */
`;

/** Of each metric what people read, and no function: reading is the scorer's work. */
function catalogueModule(): string {
  const metrics = CATALOGUE.map(({ id, label, source, description, fixableBy }) => [
    id,
    { label, source, description, fixableBy },
  ]);
  return `${head('node-scorer/src/metrics/catalogue.ts')}
/**
 * What people read of each metric, by id, in catalogue order.
 *
 * @type {Record<string, { label: string, source: string, description: string, fixableBy: 'csm' | 'support' | 'product' | 'customer' | 'nobody' }>}
 */
export const METRICS = ${JSON.stringify(Object.fromEntries(metrics))};
`;
}

/** `Health_Card_No_Score` as \`noScore\`. */
function keyOf(name: string): string {
  const words = name.slice(PREFIX.length).split('_');
  return words.map((word, i) => (i === 0 ? word.toLowerCase() : word.charAt(0) + word.slice(1))).join('');
}

/**
 * One import for each label: the platform resolves them one by one, so a list of names would not do. Exported one by one
 * as well and not as an object of them all, so that a bundler keeps a name of one letter for each, and none unused.
 */
function labelsModule(labels: readonly string[]): string {
  const names = labels.filter((name) => name.startsWith(PREFIX));
  return `${head(LABELS)}
${names.map((name) => `import ${keyOf(name)} from '@salesforce/label/c.${name}';`).join('\n')}

/** Texts of the health card in the reader's language. {0}, {1} … are filled in. */
export { ${names.map(keyOf).join(', ')} };

/**
 * A text with its blanks filled in.
 *
 * @param {string} text
 * @param {...(string | number)} values
 * @returns {string}
 * @example fill('{0} of {1}', 3, 4) // => '3 of 4'
 */
export const fill = (text, ...values) => text.replace(/\\{(\\d)\\}/g, (blank, i) => String(values[Number(i)] ?? blank));
`;
}

/** What to do about each metric and fact as it is shipped: a program must not look for a file to know it. */
async function shippedTexts(root: string): Promise<string> {
  const source = await readFile(join(root, ADVICE), 'utf8');
  const { texts, problems } = adviceTextsOf(parse(source));
  if (texts === undefined) throw new Error(`${ADVICE}: ${problems.join('; ')}`);
  const text = `${head(ADVICE)}
import type { AdviceTexts } from './texts.ts';

/** Owner and words of each metric and fact as they are shipped. */
export const SHIPPED_TEXTS: AdviceTexts = ${JSON.stringify(texts)};
`;
  return format(text, { ...(await resolveConfig(`${root}/${SHIPPED_TEXTS}`)), parser: 'typescript' });
}

const meta = (label: string, description: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>false</isExposed>
    <masterLabel>${label}</masterLabel>
    <description>${description}</description>
</LightningComponentBundle>
`;

/**
 * The generated modules of the card, each as path and text.
 *
 * @param root directory of the repository
 * @example (await cardModules(root)).get('force-app/main/default/lwc/metricCatalogue/metricCatalogue.js')
 */
export async function cardModules(root: string): Promise<Map<string, string>> {
  const labels = readXml(await readFile(join(root, LABELS), 'utf8'));
  const modules: Record<string, readonly [text: string, xml: string]> = {
    metricCatalogue: [
      catalogueModule(),
      meta('Metric catalogue', 'What people read of each metric, generated from the scorer.'),
    ],
    healthLabels: [
      labelsModule(all(labels, 'labels').map((label) => textOf(label, 'fullName') ?? '')),
      meta('Health labels', 'Custom labels of the health card, generated from their list.'),
    ],
  };
  const files = new Map([[SHIPPED_TEXTS, await shippedTexts(root)]]);
  for (const [name, [text, xml]] of Object.entries(modules)) {
    const path = `${LWC}/${name}/${name}.js`;
    const options = await resolveConfig(`${root}/${path}`);
    files.set(path, await format(text, { ...options, parser: 'babel' }));
    files.set(`${path}-meta.xml`, xml);
  }
  return files;
}
