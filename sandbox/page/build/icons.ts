import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow, packageDir } from './sources.ts';

const CATEGORIES = ['action', 'custom', 'doctype', 'standard', 'utility'] as const;
export type IconCategory = (typeof CATEGORIES)[number];

const quotedName = /["'`](action|custom|doctype|standard|utility):(\w+)["'`]/g;

const namesIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(quotedName)].map(([, category, name]) => `${category}:${name}`);

const readable = (file: string): boolean => file.endsWith('.js') || file.endsWith('.html');

/** The module of a category in lightning-base-components, such as `lightning/iconSvgTemplatesUtility`. */
const templatesDir = (category: string): string => {
  const module = `iconSvgTemplates${category[0]?.toUpperCase()}${category.slice(1)}`;
  return join(packageDir('lightning-base-components'), 'src/lightning', module, 'buildTemplates', category);
};

/**
 * Icon names that sources name, each checked against the icons of the design system.
 *
 * @throws Error that lists every name no icon has: Salesforce renders nothing for it, and says nothing.
 */
export function iconsNamedIn(folders: readonly string[]): string[] {
  const icons = join(packageDir('@salesforce-ux/design-system'), 'assets/icons');
  const named = folders.flatMap((folder) =>
    filesBelow(folder)
      .filter(readable)
      .flatMap((file) => namesIn(file).map((icon) => ({ icon, file: relative(process.cwd(), file) }))),
  );
  const unknown = named.filter(({ icon }) => !existsSync(join(icons, `${icon.replace(':', '/')}.svg`)));
  if (unknown.length > 0) {
    const list = unknown.map(({ icon, file }) => `${file}: found icon ${icon}, expected one of SLDS`);
    throw new Error(`Unknown icons:\n${[...new Set(list)].join('\n')}`);
  }
  return [...new Set(named.map(({ icon }) => icon))].sort();
}

/** Icon names that the base components name themselves. */
export const iconsOfBaseComponents = (): string[] => {
  const source = join(packageDir('lightning-base-components'), 'src/lightning');
  const files = filesBelow(source).filter((file) => readable(file) && !file.includes('/iconSvgTemplates'));
  return [...new Set(files.flatMap(namesIn))].filter((icon) => existsSync(templateFile(icon))).sort();
};

const templateFile = (icon: string): string => {
  const [category = '', name = ''] = icon.split(':');
  return join(templatesDir(category), `${name}.html`);
};

/**
 * Source of the module that a category of icons is loaded from: the icons in use only, since all 6,908 templates would
 * take most of the build. An icon that nobody named when the page was built is told on the console.
 */
export function iconModule(category: IconCategory, icons: readonly string[]): string {
  const own = icons.filter((icon) => icon.startsWith(`${category}:`));
  const missing = own.filter((icon) => !existsSync(templateFile(icon)));
  if (missing.length > 0)
    throw new Error(`The base components have no template for ${missing.join(', ')}, SLDS has`);
  const key = (icon: string): string => icon.replace(':', '_');
  return `${own.map((icon) => `import ${key(icon)} from ${JSON.stringify(templateFile(icon))};`).join('\n')}
const icons = { ${own.map(key).join(', ')} };
export default new Proxy(icons, {
  get(target, name) {
    if (!(name in target) && name !== 'then') console.error('Icon ' + String(name) + ' is not in this page: name it in the sources as a whole');
    return target[name];
  },
});`;
}

/** The category whose templates a module serves; undefined for every other module. */
export const iconCategoryOf = (module: string): IconCategory | undefined =>
  CATEGORIES.find((category) => module.toLowerCase() === `lightning/iconsvgtemplates${category}`);
