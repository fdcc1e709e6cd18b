import { createHash } from 'node:crypto';
import { handSteps } from './hand-steps.ts';
import { namedCredentialInput } from './named-credential-input.ts';
import type { Rest, RestAnswer } from './rest.ts';

export interface Connection {
  readonly rest: Rest;
  readonly print: (line: string) => void;
  readonly targetOrg: string;
  readonly url: string;
  readonly token: string;
}

const API = '/services/data/v66.0/named-credentials';
const EXTERNAL = 'Node_Scorer';
const PRINCIPAL = 'Scorer';
const NAMED = 'Node_Scorer';
const WHO = `externalCredential=${EXTERNAL}&principalName=${PRINCIPAL}&principalType=NamedPrincipal`;

interface Credential {
  readonly authenticationStatus?: string;
  readonly credentials?: Readonly<Record<string, unknown>>;
}
interface Setup {
  readonly calloutUrl?: string;
  readonly [name: string]: unknown;
}

/**
 * Fills the principal of the External Credential and sets the address of the Named Credential, reads both back, and
 * prints the two steps that only a person can do. Neither token nor session is ever printed.
 *
 * Source: Connect REST API Developer Guide, "Named Credentials Resources".
 *
 * @throws Error that says what the org refused and what to do
 */
export async function connect({ rest, print, targetOrg, url, token }: Connection): Promise<void> {
  const call = async (what: string, ...args: Parameters<Rest>): Promise<unknown> => {
    const answer = await rest(...args);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new Error(`${what}: ${refusal(answer).replaceAll(token, '[token]')}`);
  };

  const held = (await call(
    'reading the External Credential',
    'GET',
    `${API}/credential?${WHO}`,
  )) as Credential;
  const filled = Object.keys(held.credentials ?? {}).length > 0;
  await call('filling the principal', filled ? 'PUT' : 'POST', `${API}/credential`, {
    externalCredential: EXTERNAL,
    principalName: PRINCIPAL,
    principalType: 'NamedPrincipal',
    authenticationProtocol: 'Custom',
    credentials: { Token: { value: token, encrypted: true } },
  });

  const path = `${API}/named-credential-setup/${NAMED}`;
  const setup = (await call('reading the Named Credential', 'GET', path)) as Setup;
  if (setup.calloutUrl !== url)
    await call('setting the address', 'PUT', path, { ...namedCredentialInput(setup), calloutUrl: url });

  const after = (await call(
    'reading back the External Credential',
    'GET',
    `${API}/credential?${WHO}`,
  )) as Credential;
  const address = (await call('reading back the Named Credential', 'GET', path)) as Setup;
  if (after.authenticationStatus !== 'Configured' || !('Token' in (after.credentials ?? {})))
    throw new Error(
      `reading back: found the principal ${after.authenticationStatus ?? 'without a status'}, expected Configured with a Token; fill it in Setup, Named Credentials, External Credentials`,
    );
  if (address.calloutUrl !== url)
    throw new Error(`reading back: found the address ${String(address.calloutUrl)}, expected ${url}`);

  print(
    `The External Credential ${EXTERNAL} ${filled ? 'has a new token' : 'is filled'}; the Named Credential ${NAMED} calls ${url}.`,
  );
  print('Give the service the hash of the token, by which it knows the org:');
  print(`  SCORER_TOKEN_SHA256=${createHash('sha256').update(token).digest('hex')}`);
  print('');
  print('Two steps only a person can do:');
  for (const line of handSteps(targetOrg)) print(line);
}

function refusal({ status, body }: RestAnswer): string {
  const [first] = Array.isArray(body) ? (body as { errorCode?: string; message?: string }[]) : [];
  const words = first ? `${first.errorCode ?? ''}: ${first.message ?? ''}` : 'no reason given';
  const advice: Record<number, string> = {
    401: 'Log in again: sf org login web.',
    403: 'Log in as a user with Manage Named Credentials or Customize Application.',
    404: 'Deploy the app first: node scripts/deploy.mjs.',
  };
  return `the org answered ${status}, ${words} ${advice[status] ?? ''}`.trimEnd();
}
