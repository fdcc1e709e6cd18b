import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ScorerError } from '../errors.ts';
import type { Runs } from '../run/runs.ts';

export interface LifetimeParts {
  readonly app: FastifyInstance;
  readonly runs: Runs;
  readonly log: Logger;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Lifetime {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly address: string;
  /**
   * Ends: takes no more requests, finishes those in flight, brings runs to their next safe point.
   *
   * @returns false when that took longer than it may
   */
  readonly end: () => Promise<boolean>;
}

/** For requests in flight; after that their connections are cut. */
const REQUESTS_MS = 5_000;
/** For everything. Less than the 30 s after which a container is killed. */
const ALL_MS = 25_000;

/**
 * Listens, and takes up the runs that a crash left unfinished.
 *
 * @param limits milliseconds to end in; others only for tests
 * @throws ScorerError PORT_IN_USE, ENVIRONMENT_INVALID when the address cannot be had
 * @example const { address, end } = await beginToServe(parts, { host: '127.0.0.1', port: 8080 })
 */
export async function beginToServe(
  { app, runs, log, sleep }: LifetimeParts,
  { host, port }: { readonly host: string; readonly port: number },
  limits: { readonly requestsMs: number; readonly allMs: number } = {
    requestsMs: REQUESTS_MS,
    allMs: ALL_MS,
  },
): Promise<Lifetime> {
  const address = await app.listen({ host, port }).catch((error: unknown) => {
    throw listenError(error, host, port);
  });
  // Behind the first requests: a run that cannot be taken up must not keep the service from starting new ones.
  void runs.recover().then(
    (count) => log.info({ count }, 'unfinished runs taken up'),
    (error: unknown) => log.error({ err: error }, 'unfinished runs could not be taken up'),
  );
  void runs.readiness().then(
    (missing) => missing.length > 0 && log.warn({ missing }, 'not ready'),
    (error: unknown) => log.error({ err: error }, 'not ready'),
  );
  const close = async (): Promise<true> => {
    const cut = sleep(limits.requestsMs).then(() => app.server.closeAllConnections());
    await Promise.race([app.close(), cut]);
    await runs.stop();
    return true;
  };
  return {
    address,
    end: async () => {
      log.info('ending');
      const inTime = await Promise.race([close(), sleep(limits.allMs).then(() => false)]);
      if (inTime) log.info('ended');
      else log.warn({ ms: limits.allMs }, 'ended before every run had reached a safe point');
      return inTime;
    },
  };
}

function listenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new ScorerError(
      'PORT_IN_USE',
      `SCORER_PORT ${port}: found another program listening on ${host}, expected a free port; set SCORER_PORT to one`,
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ScorerError(
      'ENVIRONMENT_INVALID',
      `SCORER_HOST ${host}, SCORER_PORT ${port}: found ${code}, expected an address of this machine and a port that may be used`,
    );
  }
  return error;
}
