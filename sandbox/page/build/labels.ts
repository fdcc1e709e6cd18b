import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const FILE = /^(\w+)\.translation-meta\.xml$/;

/**
 * Custom labels of other languages than the org's own, by language and name; none when the folder is not there.
 *
 * @example readTranslations('force-app-translations/main/default/translations').get('de')?.get('Health_Card_Save') // => 'Speichern'
 */
export function readTranslations(folder: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(
    names.flatMap((name) => {
      const language = FILE.exec(name)?.[1];
      if (language === undefined) return [];
      const labels = all(readXml(readFileSync(join(folder, name), 'utf8')), 'customLabels');
      return [
        [
          language,
          new Map(labels.map((label) => [textOf(label, 'name') ?? '', textOf(label, 'label') ?? ''])),
        ] as const,
      ];
    }),
  );
}
