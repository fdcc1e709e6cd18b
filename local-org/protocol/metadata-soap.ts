// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm

import type { Answer, Request } from '../http/server.ts';
import { OrgError } from '../errors.ts';
import { escapeXml, readXml, textOf, walk } from '../metadata/xml.ts';
import type { Element } from '../metadata/xml.ts';
import type { OrgUser } from '../access.ts';
import type { Org } from '../org.ts';
import type { Deploys } from './deploys.ts';

const ENVELOPE =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>';
const END = '</soapenv:Body></soapenv:Envelope>';

/** A value as XML elements: lists repeat the element, objects nest, undefined is left out. */
function toXml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => toXml(name, item)).join('');
  if (typeof value === 'object' && value !== null) {
    const inner = Object.entries(value).map(([key, child]) => toXml(key, child));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `<${name}>${escapeXml(text)}</${name}>`;
}

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/xml;charset=UTF-8' },
  body: `${ENVELOPE}${body}${END}`,
});

const local = (element: Element): string => element.name.replace(/^.*:/, '');

const inside = (root: Element, name: string): Element | undefined =>
  walk(root).find((element) => local(element) === name);

const value = (root: Element, name: string): string | undefined => inside(root, name)?.text;

/**
 * The SOAP Metadata API, as far as the Salesforce CLI's deploys use it: deploy, checkDeployStatus, cancelDeploy,
 * describeMetadata, and listMetadata by type. Everything else is a SOAP fault.
 */
export function metadataSoap(
  org: Org,
  deploys: Deploys,
  userOf: (token: string | undefined) => OrgUser,
): (request: Request) => Answer {
  return (request) => {
    try {
      const envelope = readXml(request.body);
      const call = inside(envelope, 'Body')?.children[0];
      if (!call) throw new OrgError(500, 'UNKNOWN_EXCEPTION', 'found no call in the SOAP body');
      const user = userOf(value(envelope, 'sessionId'));
      const operation = local(call);
      return xml(200, `<${operation}Response>${answer(operation, call, user)}</${operation}Response>`);
    } catch (error) {
      const code = error instanceof OrgError ? error.code : 'UNKNOWN_EXCEPTION';
      const message = error instanceof Error ? error.message : String(error);
      const fault = `<faultcode>sf:${code}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring>`;
      return xml(500, `<soapenv:Fault>${fault}</soapenv:Fault>`);
    }
  };

  function answer(operation: string, call: Element, user: OrgUser): string {
    switch (operation) {
      case 'deploy': {
        const bytes = Buffer.from(value(call, 'ZipFile') ?? '', 'base64');
        const options = inside(call, 'DeployOptions');
        const checkOnly = options !== undefined && textOf(options, 'checkOnly') === 'true';
        const { id } = deploys.start(bytes, user, { checkOnly });
        return toXml('result', { done: false, id, state: 'Queued' });
      }
      case 'checkDeployStatus':
        return toXml('result', deploys.status(value(call, 'asyncProcessId') ?? ''));
      case 'cancelDeploy':
        return toXml('result', { done: true, id: value(call, 'String') ?? '' });
      case 'describeMetadata':
        return toXml('result', {
          organizationNamespace: '',
          partialSaveAllowed: true,
          testRequired: false,
          ...deploys.describe(),
        });
      // Metadata API Developer Guide, listMetadata(): FileProperties of each component, and no result where there is none.
      case 'listMetadata': {
        const types = walk(call)
          .filter((element) => local(element) === 'queries')
          .map((queries) => value(queries, 'type') ?? '');
        return toXml('result', deploys.list(types));
      }
      default:
        throw new OrgError(
          500,
          'NOT_MODELLED',
          `The local org does not model ${operation} of the Metadata API of ${org.organizationId}`,
        );
    }
  }
}
