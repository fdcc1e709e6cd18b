/**
 * What happens to each kind of metadata in the local org. *Executed*: it shapes data and access here. *Kept*: read,
 * checked for its structure and stored, but nothing acts on it; start-up and deploys name it as not executed. Every
 * other kind is refused.
 */
export const EXECUTED = new Set([
  'CustomObject',
  'CustomField',
  'ValidationRule',
  'GlobalValueSet',
  'CustomMetadata',
  'PermissionSet',
]);

export const KEPT = new Set([
  'ListView',
  'CompactLayout',
  'Layout',
  'CustomTab',
  'CustomApplication',
  'FlexiPage',
  'QuickAction',
  'PathAssistant',
  'Report',
  'ReportFolder',
  'Dashboard',
  'DashboardFolder',
  'ReportType',
  'Flow',
  'NamedCredential',
  'ExternalCredential',
  'ExternalServiceRegistration',
  'LightningComponentBundle',
  'LightningMessageChannel',
  'CustomLabels',
  'CustomPermission',
]);

/** @example treatmentOf('ApexClass') // => 'refused' */
export function treatmentOf(type: string): 'executed' | 'kept' | 'refused' {
  if (EXECUTED.has(type)) return 'executed';
  return KEPT.has(type) ? 'kept' : 'refused';
}
