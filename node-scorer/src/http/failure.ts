import type { ZodError } from 'zod';
import { ScorerError } from '../errors.ts';
import type { HttpResponse } from './send.ts';
import { redact, readErrorBody } from './error-body.ts';

/** Where a call went, as a person should read it: never a query, a header or a body. */
export interface Place {
  /** `Intercom`, `Jira`, `Looker`, `Salesforce`. */
  readonly vendor: string;
  readonly method: string;
  readonly path: string;
  /** What to check when the vendor refuses us: the variable with the token and the permission it needs. */
  readonly access: string;
  readonly secrets: readonly string[];
}

/** Statuses that mean "try again": a busy or broken server, not a wrong question. */
export const isTransient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** A call as errors name it. */
export const at = ({ vendor, method, path, secrets }: Place): string =>
  `${vendor}: ${method} ${redact(path, secrets)}`;

/** The vendor is not there, or not well: every try failed. */
export const down = (place: Place, why: string, tries: number): ScorerError =>
  new ScorerError(
    'SOURCE_DOWN',
    `${at(place)}: ${why}${tries > 1 ? ` (${tries} tries)` : ''}; try again later`,
  );

/** The vendor answered something that we do not understand. */
export const unexpected = (place: Place, why: string): ScorerError =>
  new ScorerError('SOURCE_UNEXPECTED', `${at(place)}: ${redact(why, place.secrets)}`);

/**
 * The first field that is not as expected, by its path.
 *
 * @example unexpectedField(place, error).message
 * // => 'Intercom: POST /conversations/search: field pages.next: Invalid input: expected object, received string'
 */
export function unexpectedField(place: Place, error: ZodError): ScorerError {
  const [issue] = error.issues;
  const path = issue === undefined || issue.path.length === 0 ? '(the whole answer)' : issue.path.join('.');
  return unexpected(place, `field ${path}: ${issue?.message ?? 'not as expected'}`);
}

/**
 * The error of a status that trying again does not cure.
 *
 * @example statusError(place, { status: 401, headers: {}, text: '' }).code // => 'SOURCE_REFUSED'
 */
export function statusError(place: Place, { status, headers, text }: HttpResponse): ScorerError {
  const said = readErrorBody(text, place.secrets);
  const told = `${at(place)}: status ${status}${said === null ? '' : ` (${said})`}`;
  if (status === 401 || status === 403) {
    return new ScorerError('SOURCE_REFUSED', `${told}; check ${place.access}`, { vendorStatus: status });
  }
  if (status >= 300 && status < 400) {
    const host = hostOf(headers['location']);
    return new ScorerError(
      'SOURCE_SETTINGS',
      `${told}: redirected${host === null ? '' : ` to ${host}`}, which is not followed; check the base address`,
      { vendorStatus: status },
    );
  }
  return new ScorerError(
    'SOURCE_SETTINGS',
    `${told}; check the base address and the settings of this source in sources.yaml`,
    { vendorStatus: status },
  );
}

function hostOf(location: string | undefined): string | null {
  return location !== undefined && URL.canParse(location) ? new URL(location).host : null;
}
