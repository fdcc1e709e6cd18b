/** A value that is taken as it is, an object with these fields and no other, or a list of such objects. */
type Shape = 'value' | { readonly [field: string]: Shape } | readonly [Shape];

/**
 * Named Credential Input, field by field. The answer to a GET, Named Credential, has more of them at every level
 * (`calloutStatus`, `id`, `createdByNamespace`, whole External Credentials with principals), and an org refuses a body
 * with any that it does not know.
 *
 * Sources: https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_requests_named_credential_input.htm
 * and, for the fields inside, https://developer.salesforce.com/docs/platform/apex-ref/references/apex-ref/apex-connectapi-input-named-credential.html
 */
const INPUT: Shape = {
  calloutOptions: {
    allowMergeFieldsInBody: 'value',
    allowMergeFieldsInHeader: 'value',
    generateAuthorizationHeader: 'value',
  },
  calloutUrl: 'value',
  customHeaders: [{ headerName: 'value', headerValue: 'value', id: 'value', sequenceNumber: 'value' }],
  description: 'value',
  developerName: 'value',
  externalCredentials: [{ developerName: 'value' }],
  masterLabel: 'value',
  networkConnection: { developerName: 'value' },
  parameters: [
    {
      id: 'value',
      parameterDescription: 'value',
      parameterName: 'value',
      parameterType: 'value',
      parameterValue: 'value',
    },
  ],
  type: 'value',
};

/**
 * A named credential as a GET gives it, as the body that a PUT takes. What is empty stays out: it is optional there.
 *
 * @example namedCredentialInput({ id: '0XA…', calloutUrl: 'https://a.example', networkConnection: null })
 * // => { calloutUrl: 'https://a.example' }
 */
export const namedCredentialInput = (output: object): Record<string, unknown> =>
  (taken(INPUT, output) ?? {}) as Record<string, unknown>;

function taken(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (shape === 'value') return typeof value === 'object' ? undefined : value;
  if (isList(shape)) {
    const list = Array.isArray(value) ? value.flatMap((item) => taken(shape[0], item) ?? []) : [];
    return list.length > 0 ? list : undefined;
  }
  const fields = Object.entries(shape)
    .map(([name, own]) => [name, taken(own, (value as Record<string, unknown>)[name])] as const)
    .filter(([, own]) => own !== undefined);
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);
