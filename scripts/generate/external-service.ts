/**
 * The External Service registration, from the service's own OpenAPI document: flows can call only what the service
 * describes.
 */
import { escapeXml } from 'local-org/metadata';
import { externalServiceDocument } from '../../node-scorer/src/service/openapi.ts';

export const REGISTRATION =
  'force-app/main/default/externalServiceRegistrations/NodeScorer.externalServiceRegistration-meta.xml';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
}

/**
 * The registration file for an OpenAPI document.
 *
 * @param document what External Services understand: OpenAPI 3.0, primitives in the query, one declared answer
 * @example registration(externalServiceDocument()).includes('<schemaType>OpenApi3</schemaType>') // => true
 */
export function registration(document: Document = externalServiceDocument()): string {
  const operations = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .map(({ operationId }) => operationId)
    .filter((id) => id !== undefined);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- The schema is generated from node-scorer/src/service by npm run generate; do not edit here. -->
<ExternalServiceRegistration xmlns="http://soap.sforce.com/2006/04/metadata">
    <description>The scoring service, as flows call it: one operation that starts a refresh.</description>
    <label>Node Scorer</label>
    <namedCredential>Node_Scorer</namedCredential>
    <namedCredentialReference>Node_Scorer</namedCredentialReference>
${operations
  .map(
    (id) => `    <operations>
        <active>true</active>
        <name>${id}</name>
    </operations>
`,
  )
  .join('')}    <registrationProviderType>Custom</registrationProviderType>
    <schema>${escapeXml(JSON.stringify(document, null, 2))}</schema>
    <schemaType>OpenApi3</schemaType>
    <status>Complete</status>
</ExternalServiceRegistration>
`;
}
