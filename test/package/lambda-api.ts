import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsAuthorization } from './aws-signature.ts';

/**
 * A simulation of one operation of the AWS Lambda API: Invoke, asynchronous, of one function, by requests signed with
 * the one known key. It keeps the events; the test hands them to the handler, as Lambda would. Everything else is
 * refused, or 501 where it is not modelled.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export interface LambdaApi {
  readonly env: Readonly<Record<string, string>>;
  /** Events taken and not yet handed on. */
  readonly events: unknown[];
  /** Answers the next calls with this status; 0 for the usual. */
  trouble: number;
  readonly close: () => Promise<void>;
}

const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'planted-aws-secret-key' };
const REGION = 'eu-central-1';

export async function startLambdaApi(functionName: string): Promise<LambdaApi> {
  const events: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const { method, url = '', headers } = request;
      const [path = '', query = ''] = url.split('?');
      const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
      const authorization = awsAuthorization(
        {
          method: String(method),
          path,
          query,
          headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
          body,
        },
        { region: REGION, service: 'lambda', date: String(headers['x-amz-date']) },
        KEY,
      );
      const status =
        api.trouble ||
        (headers.authorization !== authorization || !signed.includes('host')
          ? 403
          : method !== 'POST' || path !== `/2015-03-31/functions/${functionName}/invocations`
            ? 404
            : headers['x-amz-invocation-type'] !== 'Event' || !['', 'Qualifier=live'].includes(query)
              ? 501
              : 202);
      if (status === 202) events.push(JSON.parse(body));
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api: LambdaApi = {
    env: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
      AWS_SESSION_TOKEN: 'planted-session-token',
      AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    events,
    trouble: 0,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return api;
}
