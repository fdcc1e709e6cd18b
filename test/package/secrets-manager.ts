import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { awsAuthorization } from './aws-signature.ts';

/**
 * A simulation of AWS Secrets Manager on one port: only GetSecretValue in the JSON 1.1 protocol, only requests
 * that are signed with the one known key, and only by secret id. Everything else is refused as AWS refuses it,
 * or with 501 where it is not modelled.
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export interface SecretsManager {
  readonly url: string;
  /** Variables with which the scorer finds it. */
  readonly env: Readonly<Record<string, string>>;
  /** How each request was answered: status and secret id. */
  readonly calls: readonly string[];
  readonly close: () => Promise<void>;
}

const REGION = 'eu-central-1';
const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'planted-aws-secret-key' };

type Answer = readonly [status: number, body: object];

/**
 * @param secrets texts by id; a Buffer is a binary secret
 * @param trouble answered in place of a secret, by id
 */
export async function startSecretsManager(
  secrets: Readonly<Record<string, string | Buffer>>,
  trouble: Readonly<Record<string, Answer>> = {},
): Promise<SecretsManager> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [status, answer] = answerTo(request, body, secrets, trouble);
      calls.push(`${status} ${idOf(body)}`);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    env: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    },
    calls,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answerTo(
  { method, url, headers }: IncomingMessage,
  body: string,
  secrets: Readonly<Record<string, string | Buffer>>,
  trouble: Readonly<Record<string, Answer>>,
): Answer {
  const notModelled = (what: string): Answer => [501, { __type: 'NotModelled', message: what }];
  if (method !== 'POST' || url !== '/') return notModelled(`${method} ${url}`);
  if (headers['content-type'] !== 'application/x-amz-json-1.1') return notModelled('another protocol');
  if (headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') return notModelled('another operation');
  if (headers.authorization !== expectedAuthorization(headers, body)) {
    return [400, { __type: 'InvalidSignatureException', message: 'The signature does not match.' }];
  }
  const asked = JSON.parse(body) as Record<string, unknown>;
  if (Object.keys(asked).join() !== 'SecretId') return notModelled('another parameter than SecretId');
  const id = String(asked['SecretId']);
  const secret = secrets[id];
  if (trouble[id] !== undefined) return trouble[id];
  if (secret === undefined) {
    const message = "Secrets Manager can't find the specified secret.";
    return [400, { __type: 'ResourceNotFoundException', Message: message }];
  }
  const value =
    typeof secret === 'string' ? { SecretString: secret } : { SecretBinary: secret.toString('base64') };
  const ARN = `arn:aws:secretsmanager:${REGION}:123456789012:secret:${id}-AbCdEf`;
  return [
    200,
    { ARN, Name: id, VersionId: 'EXAMPLE1', VersionStages: ['AWSCURRENT'], CreatedDate: 1.7e9, ...value },
  ];
}

/** What the SDK's signature must be, over the headers that it says it signed. */
function expectedAuthorization(headers: IncomingMessage['headers'], body: string): string {
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  if (!signed.includes('host') || !signed.includes('x-amz-date')) return 'a signature of host and time';
  return awsAuthorization(
    {
      method: 'POST',
      path: '/',
      headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
      body,
    },
    { region: REGION, service: 'secretsmanager', date: String(headers['x-amz-date']) },
    KEY,
  );
}

const idOf = (body: string): string => /"SecretId":"([^"]*)"/.exec(body)?.[1] ?? 'none';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
