import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabels, readTranslations } from '../../sandbox/page/build/labels.ts';
import { checkTranslation } from '../../scripts/generate/translations.ts';

const root = join(import.meta.dirname, '../..');
const LWC = join(root, 'force-app/main/default/lwc');
const labels = readLabels(join(root, 'force-app/main/default/labels/CustomLabels.labels-meta.xml'));
const translations = readTranslations(join(root, 'force-app-translations/main/default/translations'));

describe('translations', () => {
  it('are there for German, every label of it and none that is not there', () => {
    expect([...translations.keys()]).toEqual(['de']);
    expect(labels.size).toBeGreaterThan(400);
    expect([...(translations.get('de')?.keys() ?? [])].sort()).toEqual([...labels.keys()].sort());
  });

  const english = new Map([
    ['Days', '{n} days'],
    ['Rose', '{metric} rose to {now}'],
    ['Signal', 'Signal'],
    ['Unit', '{h} h'],
    ['Sum', '{0} × {1}'],
  ]);
  const german = new Map([
    ['Days', '{n} Tage'],
    ['Rose', '{Metric}: gestiegen auf {now}'],
    ['Signal', 'Signal'],
    ['Unit', '{h} Std.'],
    ['Sum', '{0} × {1}'],
  ]);
  const same = new Set(['Signal']);

  it('are right with other words around the same slots, and with the same words where a list says so', () => {
    expect(checkTranslation(english, german, same)).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no text', { Days: '' }, 'Days: found no text'],
    ['only blanks', { Days: ' ' }, 'Days: found no text'],
    ['English', { Days: '{n} days' }, 'Days: found "{n} days" as in English'],
    ['English of one letter', { Unit: '{h} h' }, 'Unit: found "{h} h" as in English'],
    ['a slot less', { Rose: '{Metric} gestiegen' }, 'Rose: found slots {metric}, expected {metric} {now}'],
    ['a slot more', { Days: '{n} von {m}' }, 'Days: found slots {m} {n}, expected {n}'],
    ['a misspelt slot', { Days: '{m} Tage' }, 'Days: found slots {m}, expected {n}'],
    ['a lost slot of signs', { Sum: '{0} ×' }, 'Sum: found slots {0}, expected {0} {1}'],
    ['a text too long', { Signal: 'x'.repeat(766) }, 'Signal: found 766 characters'],
    ['a label that is gone', { Weeks: 'Wochen' }, 'Weeks: found a text, expected a custom label'],
  ])('fail with %s', (_case, planted, message) => {
    const found = checkTranslation(english, new Map([...german, ...Object.entries(planted)]), same);
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  it('fail with a label that nobody translated', () => {
    const rest = new Map([...german].filter(([name]) => name !== 'Rose'));
    expect(checkTranslation(english, rest, same)).toEqual([expect.stringContaining('Rose: found no text')]);
  });
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
