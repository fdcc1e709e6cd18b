/**
 * Lightning modules that the health card takes from other files of this repository: what the catalogue says of each
 * metric, the advice, and the custom labels.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { all, readXml, textOf } from 'local-org/metadata';
import { ENGLISH } from '../../node-scorer/src/advice/phrases.ts';
import type { AdviceTexts } from '../../node-scorer/src/advice/texts.ts';
import { CATALOGUE, SOURCES } from '../../node-scorer/src/metrics/catalogue.ts';
import { ADVICE, advised, labelName, LABELS, labelsFile, listedNames, shippedAdvice } from './card-labels.ts';
import { cardAdvice } from './scoring-core.ts';
import { formatted, head, moduleMeta } from './text.ts';

const LWC = 'force-app/main/default/lwc';
const PREFIX = 'Health_Card_';
const CARD_ADVICE = 'node-scorer/src/advice/for-card.ts';
const SHIPPED_FILE = 'node-scorer/src/advice/shipped-texts.ts';

/** Of each metric what people read and what the calendar does, by label; reading is the scorer's work. */
function catalogueModule(): string {
  const entries = CATALOGUE.map(({ id, source, fixableBy, family, advance }) => {
    const more =
      (family === undefined ? '' : `, family: '${family}'`) +
      (advance === undefined ? '' : `, advance: ${advance.toString()}`);
    return `${id}: { label: label_${id}, description: help_${id}, source: '${source}', fixableBy: '${fixableBy}'${more} }`;
  });
  const ids = CATALOGUE.map(({ id }) => id);
  return `${head('node-scorer/src/metrics/catalogue.ts')}
${ids.map((id) => importLabel(`label_${id}`, labelName('metric', id))).join('\n')}
${ids.map((id) => importLabel(`help_${id}`, labelName('help', id))).join('\n')}

/** @typedef {{ label: string, source: string, description: string, fixableBy: 'csm' | 'support' | 'product' | 'customer' | 'nobody', family?: string, advance?: (value: number, days: number) => number }} Metric */

/**
 * What people read of each metric, by id, in catalogue order.
 *
 * @type {Record<string, Metric>}
 */
export const METRICS = { ${entries.join(', ')} };

/** The same in order, as the scorer's own code asks for it. */
export const CATALOGUE = Object.entries(METRICS).map(([id, metric]) => ({ id, ...metric }));
export const SOURCES = ${JSON.stringify(SOURCES)};

/** @param {string} id */
export const metricById = (id) => METRICS[id];

/** @param {string} id */
export const labelOf = (id) => METRICS[id]?.label ?? id;

/** @param {string} id @param {number} value @param {number} days */
export const advance = (id, value, days) => METRICS[id]?.advance?.(value, days) ?? value;
`;
}

const importLabel = (name: string, label: string): string =>
  `import ${name} from '@salesforce/label/c.${label}';`;

/** Sentences of the advice, what to do, and names of our lists, each from a label of its own; and who takes it on. */
function phrasesModule(names: readonly string[], texts: AdviceTexts): string {
  const parts = [
    { part: 'PHRASES', kind: 'say', keys: Object.keys(ENGLISH) },
    { part: 'ACTIONS', kind: 'action', keys: Object.keys(advised(texts)) },
    { part: 'NAMES', kind: 'name', keys: names },
  ] as const;
  const all = parts.map(({ part, kind, keys }) => ({
    part,
    keys: keys.map((key) => ({
      key,
      name: `${part.toLowerCase()}_${key.replace(/\W+/g, '_')}`,
      label: labelName(kind, key),
    })),
  }));
  const owners = Object.entries(advised(texts)).map(([id, { owner }]) => [id, owner]);
  return `${head('node-scorer/src/advice, config/advice.yaml and global value sets')}
${all.flatMap(({ keys }) => keys.map(({ name, label }) => importLabel(name, label))).join('\n')}

${all
  .map(
    ({ part, keys }) =>
      `/** @type {Record<string, string>} */\nexport const ${part} = { ${keys.map(({ key, name }) => `${JSON.stringify(key)}: ${name}`).join(', ')} };`,
  )
  .join('\n')}

/**
 * Who takes each on as shipped.
 *
 * @type {Record<string, string>}
 */
export const OWNERS = ${JSON.stringify(Object.fromEntries(owners))};
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
const shippedTexts = (texts: AdviceTexts): string => `${head(ADVICE)}
import type { AdviceTexts } from './texts.ts';

/** Owner and words of each metric and fact as they are shipped. */
export const SHIPPED_TEXTS: AdviceTexts = ${JSON.stringify(texts)};
`;

/**
 * The generated modules of the card, each as path and text.
 *
 * @param root directory of the repository
 * @example (await cardModules(root)).get('force-app/main/default/lwc/metricCatalogue/metricCatalogue.js')
 */
export async function cardModules(root: string): Promise<Map<string, string>> {
  const labels = readXml(await readFile(join(root, LABELS), 'utf8'));
  const texts = shippedAdvice(root);
  const names = await listedNames(root);
  const modules: Record<string, readonly [text: string, xml: string]> = {
    metricCatalogue: [
      catalogueModule(),
      moduleMeta('Metric catalogue', 'What people read of each metric, generated from the scorer.'),
    ],
    healthAdvice: [
      await cardAdvice(root, CARD_ADVICE),
      moduleMeta('Health advice', "What to do next, generated from the scorer's own source."),
    ],
    healthPhrases: [
      phrasesModule(names, texts),
      moduleMeta('Health phrases', 'Sentences of the advice in the language of the reader, generated.'),
    ],
    healthLabels: [
      labelsModule(all(labels, 'labels').map((label) => textOf(label, 'fullName') ?? '')),
      moduleMeta('Health labels', 'Custom labels of the health card, generated from their list.'),
    ],
  };
  const files = new Map([
    [SHIPPED_FILE, await formatted(root, SHIPPED_FILE, shippedTexts(texts))],
    [LABELS, await labelsFile(root, texts, names)],
  ]);
  for (const [name, [text, xml]] of Object.entries(modules)) {
    const path = `${LWC}/${name}/${name}.js`;
    files.set(path, await formatted(root, path, text));
    files.set(`${path}-meta.xml`, xml);
  }
  return files;
}
