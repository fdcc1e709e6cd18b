import type { FastifyInstance } from 'fastify';
import { Refusal } from './problem.ts';

export const BODY_LIMIT = 64 * 1024;

/**
 * Bodies: there is nothing to say in one, since everything goes into the query (a flow can fill in primitives
 * only). None, an empty one and `{}` are welcome; what holds anything is refused, because whoever sends `period` in
 * a body and gets the default period would not notice.
 */
export function acceptEmptyBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: BODY_LIMIT },
    (request, body, done) => {
      const encoding = request.headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity') return done(refusedType(), undefined);
      done(emptyOrRefusal(String(body)), undefined);
    },
  );
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    done(String(body) === '' ? null : refusedType(), undefined);
  });
}

const refusedType = (): Refusal =>
  new Refusal(415, 'Expected no body at all, or an empty JSON object as application/json.', {
    errors: [{ field: 'body', rule: 'contentType', detail: 'must be application/json, not compressed' }],
  });

function emptyOrRefusal(text: string): Refusal | null {
  if (text.trim() === '') return null;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return new Refusal(400, 'The body cannot be read.', {
      errors: [{ field: 'body', rule: 'json', detail: 'must be JSON' }],
    });
  }
  const isEmpty =
    typeof content === 'object' &&
    content !== null &&
    !Array.isArray(content) &&
    Object.keys(content).length === 0;
  if (isEmpty) return null;
  return new Refusal(400, 'The body is not empty.', {
    errors: [{ field: 'body', rule: 'empty', detail: 'must be empty: parameters go into the query' }],
  });
}
