// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-subrequest-result.html

import type { Answer, Request } from '../http/server.ts';
import { OrgError } from '../errors.ts';
import type { Json, Record_ } from '../soql/shape.ts';
import type { Context } from './context.ts';

interface Part {
  method?: string;
  url?: string;
  referenceId?: string;
  body?: unknown;
}

class RolledBack extends Error {}

/** Puts in what earlier parts answered: `@{NewAccount.id}`. */
function fill(text: string, answers: Map<string, unknown>): string {
  return text.replace(/@\{(\w+)\.([\w.[\]]+)\}/g, (_, reference: string, path: string) => {
    let value: unknown = answers.get(reference);
    for (const step of path.split(/[.[\]]+/).filter((part) => part !== ''))
      value = (value as Record<string, unknown> | undefined)?.[step];
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      throw new OrgError(
        400,
        'PROCESSING_HALTED',
        `Invalid reference specified. No value for ${reference}.${path} found`,
      );
    return String(value);
  });
}

const requestOf = (parent: Request, part: Part, answers: Map<string, unknown>): Request => {
  const [path = '', query = ''] = fill(part.url ?? '', answers).split(/\?(.*)/s);
  const body = part.body === undefined ? '' : fill(JSON.stringify(part.body), answers);
  return {
    ...parent,
    method: part.method ?? '',
    path: decodeURI(path),
    query: new URLSearchParams(query),
    body,
    json: () => (body === '' ? undefined : (JSON.parse(body) as unknown)),
  };
};

/** POST composite: up to 25 calls in one, each answered on its own; one call of the daily allowance. */
export function composite(context: Context, dispatch: (context: Context) => Answer): Record_ {
  const body = context.request.json() as { allOrNone?: boolean; compositeRequest?: Part[] } | undefined;
  const parts = body?.compositeRequest;
  if (!Array.isArray(parts))
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must have compositeRequest');
  if (parts.length > 25)
    throw new OrgError(
      400,
      'LIMIT_EXCEEDED',
      'Limit exceeded: a composite request has at most 25 subrequests',
    );
  const answers = new Map<string, unknown>();
  const results: Record_[] = [];
  let failed = false;
  const run = (): void => {
    for (const part of parts) {
      const one = answerOf(context, part, answers, dispatch);
      answers.set(part.referenceId ?? '', one.body);
      failed ||= one.status >= 400;
      results.push({
        body: (one.body ?? null) as Json,
        httpHeaders: {},
        httpStatusCode: one.status,
        referenceId: part.referenceId ?? '',
      });
    }
    if (failed && body?.allOrNone === true) throw new RolledBack();
  };
  try {
    context.org.store.transaction(run);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    const message = 'The transaction was rolled back since another operation in the same transaction failed.';
    for (const result of results)
      if (Number(result['httpStatusCode']) < 400)
        Object.assign(result, { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED', message }] });
  }
  return { compositeResponse: results };
}

function answerOf(
  context: Context,
  part: Part,
  answers: Map<string, unknown>,
  dispatch: (context: Context) => Answer,
): Answer {
  try {
    return dispatch({ ...context, request: requestOf(context.request, part, answers) });
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { status: error.status, body: [{ message: error.message, errorCode: error.code }] };
  }
}
