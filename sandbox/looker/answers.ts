import type { Answer } from 'local-org/http';

interface Detail {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** A request that Looker refuses. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: readonly Detail[] | null;
  constructor(status: number, message: string, details: readonly Detail[] | null = null) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not found');

/** One field of a body is wrong. */
export const invalid = (field: string, message: string, code = 'invalid'): Refusal =>
  new Refusal(422, 'Validation Failed', [{ field, code, message }]);

/**
 * An error in Looker's shape; its address names the endpoint.
 *
 * @example answerOf(notFound(), 'post/login').body
 * // => { message: 'Not found', documentation_url: 'https://cloud.google.com/looker/docs/r/err/4.0/404/post/login' }
 */
export function answerOf({ status, message, details }: Refusal, endpoint: string): Answer {
  const documentation_url = `https://cloud.google.com/looker/docs/r/err/4.0/${status}/${endpoint}`;
  const errors = details?.map((detail) => ({ ...detail, documentation_url }));
  return { status, body: { message, ...(errors === undefined ? {} : { errors }), documentation_url } };
}
