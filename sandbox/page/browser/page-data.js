/**
 * What the page server says of this page and of who looks at it.
 *
 * @type {{ user: { id: string, name: string, customPermissions: string[], timeZone: string,
 *   language: string, locale: string }, formFactor: string,
 *   reference: object | null, apiVersion: string, now: string }}
 */
export const pageData = {
  ...JSON.parse(document.querySelector('script#sandbox-page').textContent),
  formFactor: window.innerWidth < 768 ? 'Small' : 'Large',
};
