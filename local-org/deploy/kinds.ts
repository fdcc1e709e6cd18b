// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_types_list.htm

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
  'Flow',
  'NamedCredential',
  'ExternalCredential',
  'ExternalServiceRegistration',
  'CustomPermission',
  'CustomNotificationType',
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
  'LightningComponentBundle',
  'LightningMessageChannel',
  'CustomLabels',
]);

/**
 * The same three answers for what the APIs offer. Whatever stands in no list is refused: 501 NOT_MODELLED where a real
 * org would answer, 404 where the path is unknown.
 */
export const PROTOCOLS = {
  executed: [
    'OAuth 2.0 client credentials, JWT bearer, refresh token; SOAP login() to version 64',
    'REST: versions, limits, describe, query, queryAll and query-more, records, upsert by external id, delete',
    'REST: composite, composite/tree, collections (create, update, upsert, delete)',
    'Parents by an external id of theirs: single records, collections, Bulk API 2.0',
    'SOQL: fields, parents, one level of children, filters, semi-joins, date literals, order, limit, aggregates',
    'Bulk API 2.0: ingest (insert, update, upsert, delete) and query jobs',
    'Metadata API: deploy and its status, over SOAP and REST, check only included; describeMetadata, listMetadata',
    'UI API: records, object-info, picklist values; GraphQL queries, aggregates, object infos, mutations',
    'Object permissions, field permissions and custom metadata access by permission sets, on every path',
    'Record access by owner for private accounts, with what hangs on them; View All and Modify All',
    'Formula fields and validation rules whose functions are known here',
    'History of opportunities and of tracked account fields',
    'Flows by simulation: schedule, record-triggered after save, screens, subflows, REST actions/custom/flow; Named and External Credentials, External Services over real HTTP, custom notifications',
    'Connect REST: named-credentials/credential and named-credentials/named-credential-setup',
  ],
  kept: [
    'Validation rules with unknown functions (named at start-up)',
    'History objects of custom objects (always empty)',
  ],
  refused: [
    'Role hierarchies, sharing rules, teams, manual shares; record types; person accounts; several currencies',
    'Apex, triggers, workflow, approval, Chatter, streaming, tooling, Bulk API 1, SOQL functions beyond the list above',
    'Retrieving metadata, destructive changes, parents by an external id in the UI API, GraphQL and flows',
  ],
};

/** @example treatmentOf('ApexClass') // => 'refused' */
export function treatmentOf(type: string): 'executed' | 'kept' | 'refused' {
  if (EXECUTED.has(type)) return 'executed';
  return KEPT.has(type) ? 'kept' : 'refused';
}
