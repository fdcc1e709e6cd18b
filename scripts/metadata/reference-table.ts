import { textOf } from 'local-org/metadata';
import type { Element } from 'local-org/metadata';

/** An element whose text names another part. */
export interface Reference {
  /** Type of the file and path of elements below it: PermissionSet/flowAccesses/flow. */
  at: RegExp;
  /** Type of what is named. */
  to: string;
  /** The name in that text; undefined where it names nothing of ours. */
  name?: (text: string, around: Element) => string | undefined;
}

const before = (sign: string) => (text: string) => text.split(sign)[0];
/** The name, where another element beside it says so. */
const where =
  (element: string, value: string) =>
  (text: string, around: Element): string | undefined =>
    textOf(around, element) === value ? text : undefined;
const component = (text: string): string | undefined => {
  const bare = text.replace(/^c:/, '');
  return bare.includes(':') ? undefined : bare;
};
/** Objects are named whole, in front of a field, or as CustomEntity$X of a report type. */
const entity = (text: string): string => text.replace(/^CustomEntity\$/, '');

/**
 * Where parts name each other, from the Metadata API Developer Guide, type by type. The gate checks of the same elements
 * that what they name exists; the deploy sends each part after what it names.
 */
export const REFERENCES: readonly Reference[] = [
  { at: /^CustomField\/referenceTo$/, to: 'CustomObject' },
  { at: /^CustomField\/valueSet\/valueSetName$/, to: 'GlobalValueSet' },
  { at: /\/(profileA|a)ctionOverrides\/content$/, to: 'FlexiPage' },
  { at: /\/(profileA|a)ctionOverrides\/content$/, to: 'LightningComponentBundle', name: component },
  { at: /^CustomApplication\/utilityBar$/, to: 'FlexiPage' },
  { at: /^CustomApplication\/tabs$/, to: 'CustomTab' },
  { at: /^CustomTab\/flexiPage$/, to: 'FlexiPage' },
  { at: /^CustomTab\/lwcComponent$/, to: 'LightningComponentBundle' },
  { at: /^NamedCredential\/.*externalCredential$/, to: 'ExternalCredential' },
  { at: /^ExternalServiceRegistration\/namedCredential(Reference)?$/, to: 'NamedCredential' },
  {
    at: /^Flow\/actionCalls\/actionName$/,
    to: 'ExternalServiceRegistration',
    name: (text, around) => where('actionType', 'externalService')(text, around)?.split('.')[0],
  },
  { at: /^Flow\/actionCalls\/actionName$/, to: 'QuickAction', name: where('actionType', 'quickAction') },
  { at: /^Flow\/actionCalls\/actionName$/, to: 'Flow', name: where('actionType', 'flow') },
  { at: /^Flow\/subflows\/flowName$/, to: 'Flow' },
  { at: /^Flow\/(?:.*\/)?(object|objectType)$/, to: 'CustomObject' },
  { at: /^Flow\/.*extensionName$/, to: 'LightningComponentBundle', name: component },
  { at: /^QuickAction\/flowDefinition$/, to: 'Flow' },
  { at: /^QuickAction\/lightningWebComponent$/, to: 'LightningComponentBundle' },
  { at: /^QuickAction\/targetObject$/, to: 'CustomObject' },
  { at: /^Layout\/.*(actionName|quickActionName)$/, to: 'QuickAction' },
  { at: /^Layout\/relatedLists\/relatedList$/, to: 'CustomObject' },
  { at: /^Layout\/.*component$/, to: 'LightningComponentBundle', name: component },
  { at: /^FlexiPage\/sobjectType$/, to: 'CustomObject' },
  { at: /^FlexiPage\/.*componentName$/, to: 'LightningComponentBundle', name: component },
  { at: /^FlexiPage\/.*\/value$/, to: 'QuickAction' },
  { at: /^FlexiPage\/.*\/value$/, to: 'Flow' },
  { at: /^FlexiPage\/.*\/value$/, to: 'CustomObject' },
  { at: /^PathAssistant\/entityName$/, to: 'CustomObject' },
  { at: /^ReportType\/baseObject$/, to: 'CustomObject' },
  { at: /^ReportType\/.*table$/, to: 'CustomObject' },
  { at: /^Report\/reportType$/, to: 'CustomObject', name: entity },
  { at: /^Report\/reportType$/, to: 'ReportType', name: (text) => text.replace(/__c$/, '') },
  { at: /^Report\/.*([cC]olumn|field)$/, to: 'CustomObject' },
  { at: /^Dashboard\/.*report$/, to: 'Report' },
  { at: /^PermissionSet\/objectPermissions\/object$/, to: 'CustomObject' },
  { at: /^PermissionSet\/fieldPermissions\/field$/, to: 'CustomObject' },
  { at: /^PermissionSet\/customMetadataTypeAccesses\/name$/, to: 'CustomObject' },
  { at: /^PermissionSet\/tabSettings\/tab$/, to: 'CustomTab' },
  { at: /^PermissionSet\/applicationVisibilities\/application$/, to: 'CustomApplication' },
  { at: /^PermissionSet\/customPermissions\/name$/, to: 'CustomPermission' },
  { at: /^PermissionSet\/flowAccesses\/flow$/, to: 'Flow' },
  {
    at: /^PermissionSet\/externalCredentialPrincipalAccesses\/externalCredentialPrincipal$/,
    to: 'ExternalCredential',
    name: before('-'),
  },
  { at: /^PermissionSetGroup\/permissionSets$/, to: 'PermissionSet' },
  { at: /^LightningComponentBundle\/.*object$/, to: 'CustomObject' },
];

/** The same in sources of Lightning Web Components. */
export const BARE: readonly (readonly [RegExp, string])[] = [
  [/(?:from|@import|import\()\s*['"]c\/(\w+)['"]/g, 'LightningComponentBundle'],
  [/<c-([a-z][\w-]*)/g, 'LightningComponentBundle'],
  [/@salesforce\/schema\/(\w+)/g, 'CustomObject'],
  [/@salesforce\/customPermission\/(\w+)/g, 'CustomPermission'],
  [/@salesforce\/messageChannel\/(\w+)__c/g, 'LightningMessageChannel'],
  [/flow-api-name=["']?(\w+)/g, 'Flow'],
];
