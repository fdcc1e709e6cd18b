import { createHash, createHmac } from 'node:crypto';

/** Credentials of a caller whom the simulations know. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A request to an AWS service; header names in lower case, path and query as they are sent. */
export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where and when a request is signed. */
export interface SignatureScope {
  readonly region: string;
  readonly service: string;
  /** `YYYYMMDDTHHMMSSZ`, the same as the header x-amz-date. */
  readonly date: string;
}

/**
 * The `authorization` header of a request, AWS Signature Version 4, by which the simulations of AWS judge what they are
 * sent. Written out from the documentation, so that no fault of the signing library agrees with itself; every header
 * that is passed in is signed.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param request its path segments hold nothing that would have to be escaped twice
 * @example awsAuthorization(request, { region: 'us-east-1', service: 'iam', date: '20150830T123600Z' }, credentials)
 * // => 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=…, Signature=5d67…'
 */
export function awsAuthorization(
  { method, path, query = '', headers, body }: AwsRequest,
  { region, service, date }: SignatureScope,
  { accessKeyId, secretAccessKey }: AwsCredentials,
): string {
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    path,
    query,
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part).digest(),
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).digest('hex');
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);
