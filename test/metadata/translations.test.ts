import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabels, readTranslations } from '../../sandbox/page/build/labels.ts';

const root = join(import.meta.dirname, '../..');
const LWC = join(root, 'force-app/main/default/lwc');
const labels = readLabels(join(root, 'force-app/main/default/labels/CustomLabels.labels-meta.xml'));
const translations = readTranslations(join(root, 'force-app-translations/main/default/translations'));

const slotsOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, slot = '']) => slot.toLowerCase()))].sort();

/** Words that are the same in both languages: names of products, signs, and templates of slots alone. */
const SAME = /^(?:[^A-Za-zÄÖÜäöü]*|Signal|Details|Admin|Support|Messaging|\s*(?:s|min|h)?\s*(?:min)?\s*)$/;

describe.each([...translations])('the translation to %s', (_language, texts) => {
  it('has every label, and none that is not there', () => {
    expect(labels.size).toBeGreaterThan(400);
    expect([...texts.keys()].sort()).toEqual([...labels.keys()].sort());
  });

  it('fills the same slots', () => {
    for (const [name, text] of labels)
      expect([name, slotsOf(texts.get(name) ?? '')]).toEqual([name, slotsOf(text)]);
  });

  it('leaves nothing in English', () => {
    const left = [...labels].filter(([name, text]) => texts.get(name) === text);
    const words = left.map(([, text]) => text.replace(/\{\w+\}/g, '')).filter((text) => !SAME.test(text));
    expect(words).toEqual([]);
  });
});

it('finds German', () => {
  expect([...translations.keys()]).toEqual(['de']);
});

describe('texts of the card', () => {
  const files = readdirSync(LWC, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.html') ||
      (/^health[^/]*\/[^/]+\.js$/.test(file) && !/^health(?:Advice|Phrases|Labels)/.test(file)),
  );
  const read = (file: string): string => readFileSync(join(LWC, file), 'utf8');

  it('stand in no template: what is between tags comes from labels and records', () => {
    const templates = files.filter((file) => file.endsWith('.html'));
    expect(templates.length).toBeGreaterThan(8);
    for (const file of templates) {
      const between = read(file)
        .replace(/<!--.*?-->/gs, '')
        .replace(/<[^>]*>/g, ' ')
        .replace(/\{[^}]*\}/g, ' ');
      expect([file, between.match(/[A-Za-z]{2,}/g) ?? []]).toEqual([file, []]);
    }
  });

  it('are put together by templates, not end to end', () => {
    const scripts = files.filter((file) => file.endsWith('.js'));
    // Values of our own lists are keys; what people read of them is a label.
    const names = new Set(
      [...labels].flatMap(([name, text]) => (name.startsWith('Health_Name_') ? [text] : [])),
    );
    expect(scripts.length).toBeGreaterThan(20);
    for (const file of scripts) {
      const code = read(file)
        .replace(/\/\*.*?\*\//gs, '')
        .replace(/\/\/.*$/gm, '');
      const literals = [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map(
        ([, one, other]) => one ?? other ?? '',
      );
      // Two words with a space between them are a sentence, unless they are style, markup, a query or a key.
      const sentences = literals.filter(
        (text) =>
          !names.has(text) &&
          /[A-Za-z]{3,} [a-z]{3,}/.test(text) &&
          !/[_$;:{]|^(?:pill|bar|row|dot|notice|points|link|column|moved|band|track|quiet|toned)\b/.test(
            text,
          ),
      );
      expect([file, sentences]).toEqual([file, []]);
    }
  });
});
