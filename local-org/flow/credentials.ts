// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalcredential.htm
// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_namedcredential.htm
// Unproven: A deploy puts the address of the Named Credential back to the placeholder and leaves the token of the
//   principal.
// See: after an upgrade, Setup → Named Credentials: address, and the status of the principal.
// If not: after each deploy a person, or a script, sets both again.

import type { Component } from '../metadata/source.ts';
import { all, isTrue, textOf } from '../metadata/xml.ts';
import { parseFormula } from '../metadata/formula.ts';
import { FlowFault, noCredential } from './fault.ts';
import { evaluate } from './formula.ts';
import type { FlowUser } from './running-user.ts';
import { textOfValue } from './value.ts';

interface ExternalCredential {
  readonly label: string;
  readonly principals: readonly string[];
  readonly headers: readonly { name: string; formula: string }[];
}
interface NamedCredential {
  /** The file that it was last deployed from: a new deploy puts its address back. */
  readonly deployed: Component;
  readonly label: string;
  readonly external: string;
  readonly enabled: boolean;
  /** As the Connect API names them. */
  readonly options: Readonly<Record<string, boolean>>;
  url: string;
}

/** Values of one principal; encrypted ones are never read back. */
export type PrincipalValues = ReadonlyMap<string, { value: string; encrypted: boolean; revision: number }>;

export interface Credentials {
  /** Takes in the credentials of deployed metadata; secrets that were filled in stay. @returns problems by component */
  readonly load: (components: readonly Component[]) => { component: Component; message: string }[];
  /** Address and headers of a callout. @throws FlowFault when this user may not use the credential, or it is empty */
  readonly authorize: (name: string, user: FlowUser) => { url: string; headers: Record<string, string> };
  readonly external: (name: string) => Readonly<ExternalCredential> | undefined;
  readonly values: (external: string, principal: string) => PrincipalValues;
  readonly fill: (external: string, principal: string, values: PrincipalValues) => void;
  readonly named: (name: string) => Readonly<NamedCredential> | undefined;
  readonly setUrl: (name: string, url: string) => void;
}

/** Parameters that the simulation understands; any other one is refused when the file is loaded. */
const EXTERNAL = ['NamedPrincipal', 'AuthHeader'];
const NAMED = ['Url', 'Authentication'];

function readExternal(component: Component): ExternalCredential {
  const protocol = textOf(component.root, 'authenticationProtocol') ?? '';
  if (protocol !== 'Custom')
    throw new Error(`authenticationProtocol ${protocol} is not modelled, only Custom is`);
  const parameters = all(component.root, 'externalCredentialParameters').map((parameter) => ({
    type: textOf(parameter, 'parameterType') ?? '',
    name: textOf(parameter, 'parameterName') ?? '',
    value: textOf(parameter, 'parameterValue') ?? '',
  }));
  for (const { type } of parameters)
    if (!EXTERNAL.includes(type)) throw new Error(`parameter of type ${type} is not modelled`);
  const headers = parameters
    .filter(({ type }) => type === 'AuthHeader')
    .map(({ name, value }) => {
      const formula = /^\{!([\s\S]+)\}$/.exec(value)?.[1];
      if (formula === undefined) throw new Error(`header ${name}: found no formula in {! }, expected one`);
      parseFormula(formula);
      return { name, formula };
    });
  return {
    label: textOf(component.root, 'label') ?? component.name,
    principals: parameters.filter(({ type }) => type === 'NamedPrincipal').map(({ name }) => name),
    headers,
  };
}

function readNamed(component: Component): NamedCredential {
  const type = textOf(component.root, 'namedCredentialType') ?? '';
  if (type !== 'SecuredEndpoint') throw new Error(`namedCredentialType ${type} is not modelled`);
  const parameters = all(component.root, 'namedCredentialParameters');
  for (const parameter of parameters) {
    const own = textOf(parameter, 'parameterType') ?? '';
    if (!NAMED.includes(own)) throw new Error(`parameter of type ${own} is not modelled`);
  }
  const of = (own: string, name: string): string => {
    const parameter = parameters.find((one_) => textOf(one_, 'parameterType') === own);
    return (parameter && textOf(parameter, name)) ?? '';
  };
  return {
    deployed: component,
    label: textOf(component.root, 'label') ?? component.name,
    options: {
      allowMergeFieldsInBody: isTrue(component.root, 'allowMergeFieldsInBody'),
      allowMergeFieldsInHeader: isTrue(component.root, 'allowMergeFieldsInHeader'),
      generateAuthorizationHeader: isTrue(component.root, 'generateAuthorizationHeader'),
    },
    external: of('Authentication', 'externalCredential'),
    enabled: textOf(component.root, 'calloutStatus') !== 'Disabled',
    url: of('Url', 'parameterValue'),
  };
}

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/;

/** Whether an address may be called: https as in an org, and besides http on this very machine. */
export const isCallable = (url: string): boolean => /^https:\/\/[^/\s]+$/.test(url) || LOOPBACK.test(url);

/** Named and External Credentials of the org, with the secrets that people filled in after the deploy. */
export function makeCredentials(): Credentials {
  const externals = new Map<string, ExternalCredential>();
  const named = new Map<string, NamedCredential>();
  const filled = new Map<string, PrincipalValues>();

  function load(components: readonly Component[]): { component: Component; message: string }[] {
    const problems: { component: Component; message: string }[] = [];
    const attempt = (component: Component, work: () => void): void => {
      try {
        work();
      } catch (error) {
        problems.push({ component, message: error instanceof Error ? error.message : String(error) });
      }
    };
    externals.clear();
    for (const component of components) {
      if (component.type === 'ExternalCredential')
        attempt(component, () => externals.set(component.name, readExternal(component)));
      if (component.type === 'NamedCredential' && named.get(component.name)?.deployed !== component)
        attempt(component, () => named.set(component.name, readNamed(component)));
    }
    for (const { deployed, external } of named.values())
      if (!externals.has(external))
        problems.push({ component: deployed, message: `external credential ${external} does not exist` });
    return problems;
  }

  function authorize(name: string, user: FlowUser): { url: string; headers: Record<string, string> } {
    const credential = named.get(name);
    const external = credential && externals.get(credential.external);
    const principal = external?.principals.find((one_) =>
      user.principals.has(`${credential?.external}-${one_}`),
    );
    const mayUse = principal !== undefined && user.mayReadCredentials;
    if (!credential || !external || !mayUse) throw new FlowFault(noCredential(credential?.external ?? name));
    if (!credential.enabled) throw new FlowFault(`Callouts of the named credential ${name} are disabled.`);
    if (!isCallable(credential.url))
      throw new FlowFault(`The named credential ${name} has no address that can be called.`);
    const values = filled.get(`${credential.external}-${principal}`);
    const headers = external.headers.map(({ name: header, formula }) => [
      header,
      textOfValue(
        evaluate(parseFormula(formula), {
          meaning: (path) => {
            const [scope, own, parameter = ''] = path.split('.');
            const found = values?.get(parameter);
            if (scope !== '$Credential' || own !== credential.external || !found)
              throw new FlowFault(
                `The external credential ${credential.external} is not configured: ${path} is empty.`,
              );
            return { value: found.value };
          },
          now: 0,
          today: '1970-01-01',
        }),
      ),
    ]);
    return { url: credential.url, headers: Object.fromEntries(headers) as Record<string, string> };
  }

  return {
    load,
    authorize,
    external: (name) => externals.get(name),
    values: (external, principal) => filled.get(`${external}-${principal}`) ?? new Map(),
    fill: (external, principal, values) => {
      filled.set(`${external}-${principal}`, values);
    },
    named: (name) => named.get(name),
    setUrl: (name, url) => {
      const credential = named.get(name);
      if (credential) credential.url = url;
    },
  };
}
