import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = join(import.meta.dirname, '../../../node_modules');

/** What an org has and neither package lists: https://developer.salesforce.com/docs/platform/lightning-component-reference/guide/components.md */
const MORE = [
  ...['modal', 'showToastEvent', 'select', 'logger', 'mediaUtils', 'mobileCapabilities', 'cmsDeliveryApi'],
  ...['conversationToolkitApi', 'userConsentCookie', 'platformUtilityBarApi', 'industriesEducationPublicApi'],
  ...[
    'omniscriptBaseMixin',
    'colorPicker',
    'barcodeScanner',
    'analyticsLookupApi',
    'platformNotificationApi',
  ],
];

/**
 * Names of the modules and components that Salesforce itself gives to components, without `lightning/`: those of the
 * published base components and those that its own test runner knows.
 *
 * @see https://www.npmjs.com/package/lightning-base-components
 * @see https://github.com/salesforce/sfdx-lwc-jest/tree/master/src/lightning-stubs
 * @example baseModules().has('platformShowToastEvent') // => true
 */
export function baseModules(): ReadonlySet<string> {
  const { lwc } = JSON.parse(
    readFileSync(join(MODULES, 'lightning-base-components/package.json'), 'utf8'),
  ) as { lwc: { expose: string[] } };
  const stubs = readdirSync(join(MODULES, '@salesforce/sfdx-lwc-jest/src/lightning-stubs'));
  return new Set([...lwc.expose.map((name) => name.replace(/^lightning\//, '')), ...stubs, ...MORE]);
}

/** @example moduleOfTag('lightning-button-icon') // => 'buttonIcon' */
export const moduleOfTag = (tag: string): string =>
  tag.replace(/^lightning-/, '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
