/** Why a host cannot be talked to at all, where that is most likely a setting. */
import { ScorerError } from '../errors.ts';

/** The very first contact with a host, and whether it ever came to an answer; of one source in one run. */
export interface Contact {
  answered: boolean;
}

const CERTIFICATE = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What happened in words, and what to do about it; by the codes of Node and OpenSSL. */
function meaningOf(code: string, variable: string): { what: string; fix: string } | null {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      what: 'no such host is known',
      fix: `check ${variable} for a typo, and that this machine resolves the name`,
    };
  if (code === 'ECONNREFUSED')
    return {
      what: 'the connection was refused',
      fix: `check host and port in ${variable}, and any proxy or firewall in between`,
    };
  if (CERTIFICATE.has(code))
    return {
      what: 'its certificate is not trusted',
      fix: `check ${variable} and the certificate; where a company's own authority or proxy signs, name the file with its certificates (PEM) in NODE_EXTRA_CA_CERTS`,
    };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return { what: 'it does not speak TLS there', fix: `check http or https, and the port, in ${variable}` };
  return null;
}

interface Unreached {
  /** What was asked, such as `Intercom: GET /me`. */
  readonly where: string;
  /** Of the network, such as `ENOTFOUND`. */
  readonly code: string;
  /** That was called. */
  readonly url: string;
  /** That holds the address. */
  readonly variable: string;
  readonly tries: number;
}

/**
 * The error of a host that was never reached in this run, after all tries; null for what passes by itself, such as a
 * connection that broke.
 *
 * @see https://nodejs.org/api/errors.html#common-system-errors
 * @see https://nodejs.org/api/tls.html#x509-certificate-error-codes
 * @example unreachable({ where: 'Jira: GET /status', code: 'ENOTFOUND', url: 'https://nosuch.invalid/status', variable: 'JIRA_BASE_URL', tries: 4 })?.message
 * // => 'Jira: GET /status: host nosuch.invalid: ENOTFOUND, no such host is known (4 tries); check JIRA_BASE_URL for a typo, and that this machine resolves the name'
 */
export function unreachable({ where, code, url, variable, tries }: Unreached): ScorerError | null {
  const meaning = meaningOf(code, variable);
  if (meaning === null) return null;
  const told = tries > 1 ? ` (${tries} tries)` : '';
  return new ScorerError(
    'SOURCE_UNREACHABLE',
    `${where}: host ${new URL(url).host}: ${code}, ${meaning.what}${told}; ${meaning.fix}`,
  );
}
