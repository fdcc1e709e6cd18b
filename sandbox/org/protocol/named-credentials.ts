import type { Answer } from '../../http/server.ts';
import { OrgError, notModelled } from '../errors.ts';
import type { Credentials, PrincipalValues } from '../flow/credentials.ts';
import { isCallable } from '../flow/credentials.ts';
import type { Context } from './context.ts';

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
  const { externalCredential: external, principalName: principal } = body;
  if (typeof external !== 'string' || typeof principal !== 'string')
    throw wrong('externalCredential and principalName are required');
  if (body.principalType !== 'NamedPrincipal')
    throw wrong(`principalType ${String(body.principalType)}: the local org models NamedPrincipal`);
  if (!credentials.principals(external)?.includes(principal))
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
  const answer = (): Answer => ({
    status: 200,
    body: {
      developerName: name,
      masterLabel: named.label,
      type: 'SecuredEndpoint',
      calloutUrl: named.url,
      calloutStatus: named.enabled ? 'Enabled' : 'Disabled',
      calloutOptions: named.options,
      externalCredentials: [{ developerName: named.external }],
      customHeaders: [],
      parameters: [],
    },
  });
  if (method === 'GET') return answer();
  if (method !== 'PUT') throw notModelled(`${method} named-credential-setup`);
  const body = (context.request.json() ?? {}) as Record<string, unknown>;
  for (const required of ['calloutOptions', 'calloutUrl', 'externalCredentials', 'masterLabel', 'type'])
    if (body[required] === undefined) throw wrong(`${required} is required`);
  const [external] = body['externalCredentials'] as { developerName?: unknown }[];
  if (external?.developerName !== named.external)
    throw notModelled('another external credential for a named credential');
  if (typeof body['calloutUrl'] !== 'string' || !isCallable(body['calloutUrl']))
    throw wrong(`calloutUrl ${String(body['calloutUrl'])}: expected https://host, or http on this machine`);
  credentials.setUrl(name, body['calloutUrl']);
  return answer();
}
