// Source: https://developer.salesforce.com/docs/platform/api/guide/sforce-api-calls-login.html

import type { Answer, Request } from '../http/server.ts';
import { escapeXml, readXml, walk } from '../metadata/xml.ts';

/** From this version on SOAP login() is gone. */
const GONE_FROM = 65;

const envelope = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/xml;charset=UTF-8' },
  body: `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
});

const fault = (code: string, message: string): Answer =>
  envelope(
    500,
    `<soapenv:Fault><faultcode>${code}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring></soapenv:Fault>`,
  );

export interface Login {
  /** Id of the user, undefined when name or password is wrong. */
  check: (username: string, password: string) => string | undefined;
  issue: (userId: string) => string;
  organizationId: string;
}

/** POST /services/Soap/u/{version}: login() with user name and password, the way that is about to be retired. */
export function soapLogin(request: Request, { check, issue, organizationId }: Login): Answer {
  const version = Number(/^\/services\/Soap\/u\/(\d+)\.0/.exec(request.path)?.[1] ?? 0);
  if (version >= GONE_FROM)
    return fault(
      'UNSUPPORTED_API_VERSION',
      `login() is not available from API version ${GONE_FROM}.0 on; use OAuth`,
    );
  let texts: Map<string, string>;
  try {
    texts = new Map(
      walk(readXml(request.body)).map((element) => [element.name.replace(/^.*:/, ''), element.text]),
    );
  } catch (error) {
    return fault('UNKNOWN_EXCEPTION', error instanceof Error ? error.message : String(error));
  }
  if (!texts.has('login'))
    return fault('NOT_MODELLED', 'The local org models only login() of the partner API');
  const userId = check(texts.get('username') ?? '', texts.get('password') ?? '');
  if (userId === undefined)
    return fault('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
  const server = `http://${request.headers['host'] ?? ''}/services/Soap/u/${version}.0/${organizationId}`;
  const result =
    `<passwordExpired>false</passwordExpired><sandbox>true</sandbox><serverUrl>${server}</serverUrl>` +
    `<sessionId>${issue(userId)}</sessionId><userId>${userId}</userId>` +
    `<userInfo><organizationId>${organizationId}</organizationId><userId>${userId}</userId></userInfo>`;
  return envelope(200, `<loginResponse><result>${result}</result></loginResponse>`);
}
