/** Certificates made up on the spot, for tests of what a server's may be like. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

interface Wanted {
  /** Host that it is for, also its subject. */
  readonly host: string;
  /** Days from now; negative for one that has ended. */
  readonly endsInDays?: number;
  /** Who signs; itself when absent. */
  readonly by?: Certificate;
}

export interface Certificate {
  readonly host: string;
  readonly cert: string;
  readonly key: string;
  readonly privateKey: KeyObject;
}

const DAY_MS = 86_400_000;
/** Object identifiers in DER. */
const COMMON_NAME = '0603550403';
const ALTERNATIVE_NAMES = '0603551d11';
const BASIC_CONSTRAINTS = '0603551d13';
const ECDSA_WITH_SHA256 = '06082a8648ce3d040302';

/**
 * A certificate (X.509 v3, P-256) that also may sign others.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 * @example makeCertificate({ host: 'localhost' }).cert.startsWith('-----BEGIN CERTIFICATE-----') // => true
 */
export function makeCertificate({ host, endsInDays = 1, by }: Wanted): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const end = Date.now() + endsInDays * DAY_MS;
  const algorithm = der(0x30, hex(ECDSA_WITH_SHA256));
  const extensions = [
    extension(ALTERNATIVE_NAMES, der(0x30, der(0x82, Buffer.from(host)))),
    extension(BASIC_CONSTRAINTS, der(0x30, hex('0101ff'))),
  ];
  const body = der(
    0x30,
    hex('a003020102'),
    der(0x02, Buffer.from([by === undefined ? 1 : 2])),
    algorithm,
    nameOf(by?.host ?? host),
    der(0x30, time(end - 30 * DAY_MS), time(end)),
    nameOf(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...extensions)),
  );
  const signature = sign('sha256', body, by?.privateKey ?? privateKey);
  const whole = der(0x30, body, algorithm, der(0x03, Buffer.from([0]), signature)).toString('base64');
  return {
    host,
    cert: `-----BEGIN CERTIFICATE-----\n${whole.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
  };
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const nameOf = (host: string): Buffer =>
  der(0x30, der(0x31, der(0x30, hex(COMMON_NAME), der(0x0c, Buffer.from(host)))));

const extension = (id: string, value: Buffer): Buffer => der(0x30, hex(id), der(0x04, value));

const time = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));
