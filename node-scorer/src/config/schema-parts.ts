import { z } from 'zod';

/** Where in a document a value stands: keys and positions from its root. */
export type Path = readonly (string | number)[];

/** What a person is told to put there, and what to do about it. */
export interface Wanted {
  readonly expected: string;
  readonly fix?: string | undefined;
}

export interface Told extends Wanted {
  readonly found: string;
}

export const WANTED = z.registry<Wanted>();

/**
 * Says in words what a schema expects, where its kind alone does not. Comes last: each method makes another schema.
 *
 * @example expecting(z.literal(1), '1', 'this program reads format 1')
 */
export function expecting<S extends z.ZodType>(schema: S, expected: string, fix?: string): S {
  WANTED.add(schema, { expected, fix });
  return schema;
}

// A value that fails a check of its own is no value for the checks around it: hence the aborts.

/** A text with something in it. */
export const text = (): z.ZodString => z.string().regex(/\S/, { abort: true });

/**
 * A text of a form.
 *
 * @example textOf(/^\d+\.\d+$/, 'a version such as "2.16"', 'put it in quotes')
 */
export const textOf = (pattern: RegExp, expected: string, fix?: string): z.ZodString =>
  expecting(z.string().regex(pattern, { abort: true }), expected, fix);

/** A list of texts. */
export const texts = z.array(text());

/** A time zone, as systems know it. */
export const timezone = textOf(/^[A-Za-z_]+([/+-][A-Za-z0-9_+-]+)*$/, 'a time zone such as Europe/London');

/** A number of a range, both ends included. Adding 0 turns a negative zero into the plain one. */
export const number = (from: number, to: number): z.ZodNumber =>
  z
    .number()
    .min(from, { abort: true })
    .max(to, { abort: true })
    .overwrite((value) => value + 0);

/** The same without a fraction. */
export const wholeNumber = (from: number, to: number): z.ZodNumber => number(from, to).int({ abort: true });

/** The format of a document that this program reads. */
export const FORMAT = expecting(z.literal(1), '1', 'this program reads format 1');

/** A key of {@link mapOf} that has a form. */
export const keyOf = (pattern: RegExp, expected: string): z.ZodString =>
  z.string().superRefine((key, context) => {
    if (!pattern.test(key)) note(context, [], describe(key), expected);
  });

/** Ids become keys of JSON: they begin with a letter, so that their order is kept and none is a special name. */
export const ID = keyOf(
  /^\p{L}[^\p{C}]{0,79}$/u,
  'a name that begins with a letter and has at most 80 characters',
);

/**
 * A map from free keys, in their order. Not a record: that would leave a key named `__proto__` out without a word.
 *
 * @param key says what is wrong with a key by {@link note}: its own place is that of the value
 * @example mapOf(z.string(), z.number()).parse({ a: 1 }) // => new Map([['a', 1]])
 */
export const mapOf = <V extends z.ZodType>(key: z.ZodString, value: V) =>
  z.preprocess((found) => (isMap(found) ? new Map(Object.entries(found)) : found), z.map(key, value));

/** Notes a problem at a path, and goes on. */
export type Note = (path: Path, found: string, expected: string, fix?: string) => void;

/**
 * Notes a problem that no single value shows, from a `superRefine`.
 *
 * @param path from the value that is refined
 * @example note(context, ['from'], 'Healthy from 95 after Champion from 90', 'each bound below the one before')
 */
export function note(
  context: z.RefinementCtx,
  path: Path,
  found: string,
  expected: string,
  fix?: string,
): void {
  context.addIssue({ code: 'custom', path: [...path], params: { found, expected, fix } });
}

/** A map of keys and values: neither nothing nor a list. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value as a problem names it.
 *
 * @example describe('0.6') // => '"0.6" (text)'
 */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') {
    return `${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)} (text)`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'a map';
}

/** What a schema gives, as whoever reads it may use it. */
export type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
