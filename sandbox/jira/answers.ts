import type { Answer } from 'local-org/http';

/** An error in Jira's shape. */
export const failure = (
  status: number,
  messages: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Answer => ({ status, headers, body: { errorMessages: messages, errors: {} } });

export const notFound = (origin: string, path: string): Answer => ({
  status: 404,
  body: { message: `null for uri: ${origin}${path}`, 'status-code': 404 },
});

/** What Jira Cloud says about a body that does not fit its schema. */
export const badPayload = (): Answer =>
  failure(400, ['Invalid request payload. Refer to the REST API documentation and try again.']);

/** For what Jira answers and this stand-in does not imitate: never Jira's own 404, which would pass for an old site. */
export const notModelled = (what: string): Answer => failure(501, [`This stand-in does not model ${what}.`]);

/** Since autumn 2025, for every method. */
export const removed = (): Answer =>
  failure(410, [
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
  ]);

/**
 * A whole number of a query string, or the fallback where it is absent.
 *
 * @returns null when it is there and no number
 */
export function whole(text: string | null, fallback: number): number | null {
  if (text === null || text === '') return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** A list of a query string: repeated, with commas, or both. */
export const listed = (query: URLSearchParams, name: string): string[] =>
  query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
