/** The service's description of itself, for people who build a client without starting it. */
import { PassThrough } from 'node:stream';
import { makeLog } from '../../node-scorer/src/service/log.ts';
import { makeServiceMetrics } from '../../node-scorer/src/service/metrics.ts';
import { makeService, type ServiceParts } from '../../node-scorer/src/service/service.ts';

export const OPENAPI_FILE = 'docs/openapi.json';

const never = (): never => {
  throw new Error('found a request, expected none: the service is only described here');
};

/**
 * The document that a running service gives at `/openapi.json`.
 *
 * @example (await openapiDocument()).openapi // => '3.0.3'
 */
export async function openapiDocument(): Promise<object> {
  const runs: ServiceParts['runs'] = new Proxy({} as ServiceParts['runs'], { get: () => never });
  const app = await makeService({
    runs,
    auth: { check: never },
    log: makeLog(new PassThrough(), (text) => text, 'silent'),
    metrics: makeServiceMetrics(() => 0),
    tick: () => 0,
    newId: never,
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
