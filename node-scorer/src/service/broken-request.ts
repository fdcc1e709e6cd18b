import type { FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import type { ServiceMetrics } from './metrics.ts';
import { PROBLEM_TYPE, problemOf, Refusal } from './problem.ts';

/** Status of what Node's parser refuses; anything else is 400. */
const STATUS: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
};

/**
 * Answers what is no request at all, or never becomes one: garbage, headers without an end, a sender that takes its
 * time. There is no request yet, so the answer is written on the bare connection, which is then closed.
 */
export function answerBrokenRequest(
  log: Logger,
  metrics: ServiceMetrics,
  newId: () => string,
): NonNullable<FastifyServerOptions['clientErrorHandler']> {
  return (error, socket) => {
    // The other side has gone, or the answer to an earlier request is under way.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, detail] = STATUS[error.code] ?? [400, 'The request cannot be read.'];
    const id = newId();
    const { document } = problemOf(new Refusal(status, detail), id);
    const body = JSON.stringify(document);
    metrics.answered({ method: 'other', route: 'none', status, seconds: 0 });
    log.warn({ reqId: id, status, code: error.code }, 'no request');
    socket.end(
      [
        `HTTP/1.1 ${status} ${document.title}`,
        `Content-Type: ${PROBLEM_TYPE}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        `X-Request-Id: ${id}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  };
}
