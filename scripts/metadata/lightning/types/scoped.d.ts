/**
 * Modules that the platform makes, the same in every org: https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html
 * What the metadata decides (schema, labels, custom permissions) is generated from it instead: see declarations.ts.
 * Not a wildcard over `@salesforce/*`, so that a module we never thought of is found.
 */
declare module '@salesforce/user/Id' {
  const id: string;
  export default id;
}
declare module '@salesforce/user/isGuest' {
  const guest: boolean;
  export default guest;
}
declare module '@salesforce/i18n/lang' {
  const language: string;
  export default language;
}
declare module '@salesforce/i18n/locale' {
  const locale: string;
  export default locale;
}
declare module '@salesforce/i18n/dir' {
  const direction: 'ltr' | 'rtl';
  export default direction;
}
declare module '@salesforce/i18n/currency' {
  const code: string;
  export default code;
}
declare module '@salesforce/i18n/timeZone' {
  const zone: string;
  export default zone;
}
declare module '@salesforce/client/formFactor' {
  const factor: 'Large' | 'Medium' | 'Small';
  export default factor;
}
