import { invalid, notModelled } from './refusal.ts';

/** A page of a list that is asked for by number. */
export interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
  readonly totalPages: number;
}

/**
 * Cuts the page out of a list that the query string's `page` and `per_page` ask for.
 *
 * @throws Refusal parameter_invalid for what is no positive integer, and for more than `most` a page
 * @example numberedPage([1, 2, 3], new URLSearchParams('page=2&per_page=2'), { perPage: 50, most: 60 }).items // => [3]
 */
export function numberedPage<T>(
  all: readonly T[],
  query: URLSearchParams,
  { perPage: usual, most }: { readonly perPage: number; readonly most: number },
): NumberedPage<T> {
  const page = positive(query, 'page') ?? 1;
  const perPage = positive(query, 'per_page') ?? usual;
  if (perPage > most) throw invalid(`Per Page is too big: ${perPage}, the limit is ${most}`, 'per_page');
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    total: all.length,
    page,
    perPage,
    totalPages: Math.ceil(all.length / perPage),
  };
}

function positive(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1) throw invalid(`${name} has to be a positive integer`, name);
  return value;
}

/** Refuses query parameters that an endpoint does not know, because ignoring them would pretend to filter. */
export function onlyParameters(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw notModelled(`the parameter ${JSON.stringify(unknown)} here`, unknown);
}
