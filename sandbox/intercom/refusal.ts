import { randomUUID } from 'node:crypto';
import type { Answer } from 'local-org/http';

/** A request that Intercom refuses; the codes are those of contracts/intercom/facts.json. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;

  constructor(status: number, code: string, message: string, field: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export const invalid = (message: string, field: string | null = null): Refusal =>
  new Refusal(400, 'parameter_invalid', message, field);

export const mismatch = (message: string, field: string): Refusal =>
  new Refusal(400, 'type_mismatch', message, field);

export const notFound = (message: string): Refusal => new Refusal(404, 'not_found', message);

export const companyNotFound = (): Refusal => new Refusal(404, 'company_not_found', 'Company Not Found');

/** For what the vendor may well accept but this stand-in does not imitate. */
export const notModelled = (what: string, field: string | null = null): Refusal =>
  invalid(`this stand-in does not model ${what}`, field);

/**
 * A refusal in Intercom's error shape.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/errors/error-objects
 * @example refuse(notFound('User Not Found')).body
 * // => { type: 'error.list', request_id: '…', errors: [{ code: 'not_found', message: 'User Not Found', field: null }] }
 */
export const refuse = ({ status, code, message, field }: Refusal): Answer => ({
  status,
  body: { type: 'error.list', request_id: randomUUID(), errors: [{ code, message, field }] },
});
