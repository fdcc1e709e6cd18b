/** What a `@salesforce/…` module of the platform gives a component here. */
export interface SalesforceModules {
  readonly labels: ReadonlyMap<string, string>;
  /** The same in other languages, by language. */
  readonly translations?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Objects and fields that were imported, `Account` or `Account.Name`; checked against the org when the page starts. */
  readonly schemaReferences: Set<string>;
}

const constant = (value: unknown): string => `export default ${JSON.stringify(value)};`;
const fromPage = (expression: string): string =>
  `import { pageData } from '@sandbox/page-data';\nexport default ${expression};`;

/**
 * Source of a `@salesforce/…` module as components of the project import it; undefined for what the base components
 * bring themselves.
 *
 * @throws Error for a custom label that does not exist, and for scopes that are not modelled (Apex is not used at all).
 * @example salesforceModule('@salesforce/label/c.Health_Title', modules) // => 'export default "Customer health";'
 */
export function salesforceModule(
  specifier: string,
  { labels, translations, schemaReferences }: SalesforceModules,
): string | undefined {
  const [, scope = '', name = ''] = /^@salesforce\/([^/]+)\/?(.*)$/.exec(specifier) ?? [];
  switch (scope) {
    case 'label': {
      if (!name.startsWith('c.')) return undefined;
      const value = labels.get(name.slice(2));
      if (value === undefined)
        throw new Error(
          `${specifier}: found no such custom label, expected it in CustomLabels.labels-meta.xml`,
        );
      const others = [...(translations ?? [])].flatMap(([language, texts]) => {
        const text = texts.get(name.slice(2));
        return text === undefined ? [] : [[language, text]];
      });
      // What is not translated reads in the org's own language.
      return others.length === 0
        ? constant(value)
        : fromPage(
            `(${JSON.stringify(Object.fromEntries(others))})[pageData.user.language] ?? ${JSON.stringify(value)}`,
          );
    }
    case 'schema': {
      schemaReferences.add(name);
      const [objectApiName = '', ...path] = name.split('.');
      return constant(
        path.length === 0 ? { objectApiName } : { fieldApiName: path.join('.'), objectApiName },
      );
    }
    case 'user':
      if (name === 'Id') return fromPage('pageData.user.id');
      if (name === 'isGuest') return constant(false);
      break;
    case 'customPermission':
      return fromPage(`pageData.user.customPermissions.includes(${JSON.stringify(name)}) || undefined`);
    case 'client':
      if (name === 'formFactor') return fromPage('pageData.formFactor');
      break;
    case 'i18n':
      if (name === 'timeZone') return fromPage('pageData.user.timeZone');
      if (name === 'locale') return fromPage('pageData.user.locale');
      if (name === 'lang') return fromPage('pageData.user.language');
      return undefined;
    case 'gate':
    case 'accessCheck':
    case 'internal':
      return undefined;
  }
  throw new Error(`${specifier} is not modelled by the local page`);
}
