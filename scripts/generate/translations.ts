/**
 * Custom labels in other languages: one file of texts for each in `config/translations`, made into a translation that an
 * org takes. A label without a text, a text without a label and other slots than in English are errors here, before
 * any reader meets them.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { all, escapeXml, readXml, textOf } from 'local-org/metadata';
import { parse } from 'yaml';
import { z } from 'zod';

export const TEXTS = 'config/translations';
export const TRANSLATIONS = 'force-app-translations/main/default/translations';

/** Longest translation of a label. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_translations.htm */
const LONGEST = 765;

type Texts = ReadonlyMap<string, string>;

const slotsOf = (text: string): string[] =>
  // A metric's name at the start of a sentence or inside it is the same slot: languages order words differently.
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, slot = '']) => slot.toLowerCase()))].sort();

const wordsOf = (text: string): string => text.replace(/\{\w+\}/g, ' ');

/**
 * What is wrong with a translation: labels without a text, texts without a label, other slots, texts that are too long,
 * and texts left as they are in English.
 *
 * @param same words that are the same in both languages: names of products, units, loanwords
 * @returns one line for each, by label; empty when all is well
 * @example checkTranslation(new Map([['A', '{0} days']]), new Map([['A', 'Tage']]), new Set())
 * // => ['A: found slots none, expected {0}']
 */
export function checkTranslation(labels: Texts, texts: Texts, same: ReadonlySet<string>): string[] {
  const strange = [...texts.keys()].filter((name) => !labels.has(name));
  return [
    ...strange.map((name) => `${name}: found a text, expected a custom label of this name`),
    ...[...labels].flatMap(([name, english]) => {
      const text = texts.get(name)?.trim() ?? '';
      if (text === '') return [`${name}: found no text, expected one that says "${english}"`];
      const [found, expected] = [slotsOf(text), slotsOf(english)];
      return [
        ...(String(found) === String(expected)
          ? []
          : [`${name}: found slots ${listed(found)}, expected ${listed(expected)}`]),
        ...(text.length > LONGEST
          ? [`${name}: found ${text.length} characters, expected at most ${LONGEST}`]
          : []),
        ...(text === english && /\p{L}/u.test(wordsOf(text)) && !same.has(text)
          ? [`${name}: found "${text}" as in English, expected a translation, or the text in the list "same"`]
          : []),
      ];
    }),
  ];
}

const listed = (slots: readonly string[]): string =>
  slots.length === 0 ? 'none' : slots.map((slot) => `{${slot}}`).join(' ');

const TextsFile = z.strictObject({
  /** Texts that read the same in English, each for a reason told beside it. */
  same: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
});

/**
 * Translations by their path.
 *
 * @param root directory of the repository
 * @param english the custom labels, as their file has them
 * @throws Error that lists all that is wrong with a file of texts
 * @example [...translations('.', labels).keys()] // => ['force-app-translations/…/de.translation-meta.xml']
 */
export function translations(root: string, english: string): Map<string, string> {
  const labels = new Map(
    all(readXml(english), 'labels').map((label) => [
      textOf(label, 'fullName') ?? '',
      textOf(label, 'value') ?? '',
    ]),
  );
  return new Map(
    readdirSync(join(root, TEXTS)).map((file) => {
      const { same, labels: given } = TextsFile.parse(parse(readFileSync(join(root, TEXTS, file), 'utf8')));
      const texts = new Map(Object.entries(given));
      const wrong = checkTranslation(labels, texts, new Set(same));
      if (wrong.length > 0) throw new Error([`${TEXTS}/${file}:`, ...wrong].join('\n  '));
      return [
        `${TRANSLATIONS}/${file.replace(/\.yaml$/, '')}.translation-meta.xml`,
        translationFile(texts),
      ] as const;
    }),
  );
}

const translationFile = (texts: Texts): string => `<?xml version="1.0" encoding="UTF-8"?>
<Translations xmlns="http://soap.sforce.com/2006/04/metadata">
${[...texts]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([name, text]) => `    <customLabels>
        <label>${escapeXml(text)}</label>
        <name>${name}</name>
    </customLabels>
`,
  )
  .join('')}</Translations>
`;
