import type { Answer } from '../http/server.ts';
import { OrgError, notModelled } from '../errors.ts';
import type { Credentials, PrincipalValues } from '../flow/credentials.ts';
import { isCallable } from '../flow/credentials.ts';
import { salesforceId } from '../id.ts';
import type { Context } from './context.ts';

/** Fields that an input representation has, by name; a list of one stands for a list of such. */
type Shape = 'value' | 'map' | { readonly [field: string]: Shape } | readonly [Shape];

/**
 * Source: https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_requests_credential_input.htm
 */
const CREDENTIAL: Shape = {
  authenticationProtocol: 'value',
  authenticationProtocolVariant: 'value',
  credentials: 'map',
  externalCredential: 'value',
  principalName: 'value',
  principalType: 'value',
};
/**
 * Sources: https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_requests_named_credential_input.htm
 * and https://developer.salesforce.com/docs/platform/apex-ref/references/apex-ref/apex-connectapi-input-named-credential.html
 */
const NAMED_CREDENTIAL: Shape = {
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
 * Unproven: the Connect API refuses every field of a body that its input representation does not have.
 *   See: send one to a real org.
 *   If not: nothing follows for who sends none.
 *
 * @throws OrgError as a real org does for a field that it does not know
 */
function known(shape: Shape, value: unknown): void {
  if (shape === 'map' && typeof value === 'object' && value !== null) {
    for (const own of Object.values(value))
      known({ encrypted: 'value', revision: 'value', value: 'value' }, own);
    return;
  }
  if (typeof shape === 'string' || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const own of value) known(Array.isArray(shape) ? (shape[0] as Shape) : shape, own);
    return;
  }
  for (const [name, own] of Object.entries(value)) {
    const inner = (shape as { readonly [field: string]: Shape })[name];
    if (inner === undefined)
      throw new OrgError(400, 'JSON_PARSER_ERROR', `Unrecognized field "${name}" at [line:1, column:1]`);
    known(inner, own);
  }
}

interface CredentialInput {
  readonly externalCredential?: unknown;
  readonly authenticationProtocol?: unknown;
  readonly principalName?: unknown;
  readonly principalType?: unknown;
  readonly credentials?: unknown;
}
type Given = Readonly<Record<string, { readonly value?: unknown; readonly encrypted?: unknown }>>;

const wrong = (message: string): OrgError => new OrgError(400, 'INVALID_INPUT', message);

/**
 * Connect REST: filling the principals of External Credentials, and the address of Named Credentials. Values go in and
 * never come out again.
 *
 * Source: developer.salesforce.com, Connect REST API Developer Guide, "Named Credentials Resources" (v254 to v258).
 */
export function namedCredentials(context: Context, method: string, rest: readonly string[]): Answer {
  const [resource, name, ...more] = rest;
  const { credentials } = context.org.flows;
  // Customize Application or Manage Named Credentials; here only administrators have either.
  if (!context.org.isAdministrator(context.user.id))
    throw new OrgError(
      403,
      'INSUFFICIENT_ACCESS',
      'You do not have the permission Manage Named Credentials.',
    );
  if (resource === 'credential' && name === undefined) return credential(context, method, credentials);
  if (resource === 'named-credential-setup' && name !== undefined && more.length === 0)
    return setup(context, method, credentials, name);
  throw notModelled(`${method} named-credentials/${rest.join('/')}`);
}

function credential(context: Context, method: string, credentials: Credentials): Answer {
  const { query } = context.request;
  const body: CredentialInput =
    method === 'GET' || method === 'DELETE'
      ? {
          externalCredential: query.get('externalCredential'),
          principalName: query.get('principalName'),
          principalType: query.get('principalType'),
        }
      : (context.request.json() ?? {});
  known(CREDENTIAL, method === 'GET' || method === 'DELETE' ? {} : body);
  const { externalCredential: external, principalName: principal } = body;
  if (typeof external !== 'string' || typeof principal !== 'string')
    throw wrong('externalCredential and principalName are required');
  if (body.principalType !== 'NamedPrincipal')
    throw wrong(`principalType ${String(body.principalType)}: the local org models NamedPrincipal`);
  if (!credentials.external(external)?.principals.includes(principal))
    throw new OrgError(
      404,
      'NOT_FOUND',
      `There is no principal ${principal} of an external credential ${external}`,
    );
  const held = credentials.values(external, principal);
  const answer = (status: number, values: PrincipalValues): Answer => ({
    status,
    body: {
      authenticationProtocol: 'Custom',
      authenticationStatus: values.size > 0 ? 'Configured' : 'NotConfigured',
      credentials: Object.fromEntries(
        [...values].map(([key, { value, encrypted, revision }]) => [
          key,
          encrypted ? { encrypted, revision } : { encrypted, revision, value },
        ]),
      ),
      externalCredential: external,
      principalName: principal,
      principalType: 'NamedPrincipal',
    },
  });
  if (method === 'GET') return answer(200, held);
  if (method === 'DELETE') {
    credentials.fill(external, principal, new Map());
    return { status: 204 };
  }
  if (!['POST', 'PUT', 'PATCH'].includes(method)) throw notModelled(`${method} named-credentials/credential`);
  if (body.authenticationProtocol !== 'Custom')
    throw wrong(
      `authenticationProtocol ${String(body.authenticationProtocol)}: expected Custom, as the credential has it`,
    );
  if (method === 'POST' && held.size > 0)
    throw wrong('The credential exists already: replace it with PUT or PATCH');
  if (method !== 'POST' && held.size === 0)
    throw new OrgError(404, 'NOT_FOUND', 'There is no such credential yet');
  // PUT replaces all values, PATCH only those that are given.
  const next = new Map(method === 'PATCH' ? held : []);
  for (const [key, given] of Object.entries((body.credentials ?? {}) as Given)) {
    if (typeof given.value !== 'string' || given.value === '') throw wrong(`credentials.${key} has no value`);
    const revision = (held.get(key)?.revision ?? 0) + 1;
    next.set(key, { value: given.value, encrypted: given.encrypted !== false, revision });
  }
  credentials.fill(external, principal, next);
  return answer(method === 'POST' ? 201 : 200, next);
}

function setup(context: Context, method: string, credentials: Credentials, name: string): Answer {
  const named = credentials.named(name);
  if (!named) throw new OrgError(404, 'NOT_FOUND', `There is no named credential ${name}`);
  const answer = (): Answer => ({ status: 200, body: namedCredential(credentials, name) });
  if (method === 'GET') return answer();
  if (method !== 'PUT') throw notModelled(`${method} named-credential-setup`);
  const body = (context.request.json() ?? {}) as Record<string, unknown>;
  known(NAMED_CREDENTIAL, body);
  for (const required of ['calloutOptions', 'calloutUrl', 'externalCredentials', 'masterLabel', 'type'])
    if (body[required] === undefined) throw wrong(`${required} is required`);
  const [external] = Array.isArray(body['externalCredentials'])
    ? (body['externalCredentials'] as { developerName?: unknown }[])
    : [];
  if (external?.developerName !== named.external)
    throw notModelled('another external credential for a named credential');
  if (typeof body['calloutUrl'] !== 'string' || !isCallable(body['calloutUrl']))
    throw wrong(`calloutUrl ${String(body['calloutUrl'])}: expected https://host, or http on this machine`);
  credentials.setUrl(name, body['calloutUrl']);
  return answer();
}

/**
 * The whole Named Credential that an org answers with, its External Credential included; far more than a PUT takes.
 *
 * Sources: https://developer.salesforce.com/docs/platform/apex-ref/references/apex-ref/apex-connectapi-output-named-credential.html
 * https://developer.salesforce.com/docs/platform/apex-ref/references/apex-ref/apex-connectapi-output-external-credential.html
 * https://developer.salesforce.com/docs/platform/apex-ref/references/apex-ref/apex-connectapi-output-external-credential-principal.html
 */
function namedCredential(credentials: Credentials, name: string): object {
  const named = credentials.named(name);
  const developerName = named?.external ?? '';
  const external = credentials.external(developerName);
  const status = (principal: string): string =>
    credentials.values(developerName, principal).size > 0 ? 'Configured' : 'NotConfigured';
  const id = salesforceId('0XA', 1);
  const principals = external?.principals ?? [];
  return {
    calloutOptions: named?.options,
    calloutStatus: named?.enabled ? 'Enabled' : 'Disabled',
    calloutUrl: named?.url,
    createdByNamespace: null,
    customHeaders: [],
    description: null,
    developerName: name,
    externalCredentials: [
      {
        authenticationProtocol: 'Custom',
        authenticationProtocolVariant: null,
        authenticationStatus: principals.every((one) => status(one) === 'Configured')
          ? 'Configured'
          : 'NotConfigured',
        createdByNamespace: null,
        customHeaders: (external?.headers ?? []).map((header, i) => ({
          headerName: header.name,
          headerValue: `{!${header.formula}}`,
          id: salesforceId('0pv', i + 1),
          sequenceNumber: i + 1,
        })),
        description: null,
        developerName,
        id: salesforceId('0pu', 1),
        masterLabel: external?.label,
        parameters: [],
        principals: principals.map((principalName, i) => ({
          authenticationStatus: status(principalName),
          id: salesforceId('0pw', i + 1),
          parameters: [],
          principalAccess: [],
          principalName,
          principalType: 'NamedPrincipal',
          sequenceNumber: i + 1,
        })),
        relatedNamedCredentials: [
          { developerName: name, id, masterLabel: named?.label, url: `${SETUP}/${name}` },
        ],
        url: `/services/data/v66.0/named-credentials/external-credentials/${developerName}`,
      },
    ],
    id,
    masterLabel: named?.label,
    networkConnection: null,
    parameters: [],
    type: 'SecuredEndpoint',
    url: `${SETUP}/${name}`,
  };
}

const SETUP = '/services/data/v66.0/named-credentials/named-credential-setup';
