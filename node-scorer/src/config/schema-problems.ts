import { z } from 'zod';
import type { Problem } from '../errors.ts';
import { nearest } from './nearest.ts';
import { describe, isMap, WANTED, type Path, type Told, type Wanted } from './schema-parts.ts';

/** How problems are told. */
export interface Telling {
  /** Names a place for a person, such as `config/weights.yaml:12 (health.churn_risk)`. */
  readonly where: (path: Path) => string;
  /** A value as a problem names it; {@link describe} by default. */
  readonly describe?: (value: unknown) => string;
  /** A key that the schema does not know; `the unknown key …` by default. */
  readonly unknown?: string;
  /** Whether a key that is not there is told at the map that lacks it, which has a line, or at its own place. */
  readonly absentAt?: 'its map' | 'its place';
}

/**
 * How problems of JSON are told: places as a program names them, values as JSON writes them.
 *
 * @param unknown what a field that the schema does not know is called
 * @example jsonTelling('an unknown field').where(['signals', 0, 'severity']) // => 'signals[0].severity'
 */
export const jsonTelling = (unknown: string): Required<Telling> => ({
  where: (path) =>
    path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
      .join('')
      .slice(1),
  describe: (value) => {
    // A map not as JSON: nested thousands deep, it would end the program instead of its line.
    if (typeof value === 'object' || value === undefined) return describe(value);
    // JSON knows no infinity, yet 1e999 becomes one.
    const told = typeof value === 'string' ? JSON.stringify(value) : `${value as number | boolean}`;
    return told.length > 80 ? `${told.slice(0, 80)}…` : told;
  },
  unknown,
  absentAt: 'its place',
});

/** A document that was read, or everything that is wrong with it. */
export type Read<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly Problem[] };

/**
 * Reads a document by its schema: the one translator from what zod finds to our problems.
 *
 * @returns the value, or every problem with its place, what was found, what was expected and what to do
 * @example readBySchema(z.strictObject({ run_day: wholeNumber(1, 28) }), { run_day: 29 }, { where }).problems
 * // => [{ where: 'weights.yaml:3 (run_day)', found: '29', expected: 'a whole number from 1 to 28' }]
 */
export function readBySchema<S extends z.ZodType>(
  schema: S,
  value: unknown,
  telling: Telling,
): Read<z.output<S>> {
  const read = schema.safeParse(value);
  if (read.success) return { value: read.data, problems: [] };
  const root = { schema, value, path: [] };
  return { value: null, problems: read.error.issues.flatMap((issue) => problemsOf(issue, root, telling)) };
}

/** A value, the schema that it should have, and its place in the document. */
interface Spot {
  readonly schema: z.ZodType | undefined;
  readonly value: unknown;
  readonly path: Path;
}

function problemsOf(issue: z.core.$ZodIssue, from: Spot, telling: Telling): Problem[] {
  const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const outer = steps.slice(0, -1).reduce(inside, from);
  const key = steps.at(-1);
  const spot = key === undefined ? from : inside(outer, key);
  const tell = (path: Path, { found, expected, fix }: Told): Problem => ({
    where: telling.where(path),
    found,
    expected,
    fix,
  });
  if (issue.code === 'custom' && issue.params !== undefined) return [tell(spot.path, issue.params as Told)];
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(plain(spot.schema, spot.value));
    return issue.keys.map((name) =>
      tell([...spot.path, name], {
        found: telling.unknown ?? `the unknown key ${name}`,
        expected: known.join(', '),
        fix: didYouMean(name, known) ?? 'remove it',
      }),
    );
  }
  const absent = key !== undefined && isMap(outer.value) && !Object.hasOwn(outer.value, key);
  if (absent && telling.absentAt !== 'its place') {
    return [tell(outer.path, { found: `no ${key}`, expected: `the key ${key}` })];
  }
  if (issue.code === 'invalid_union') {
    const options = optionsOf(spot.schema);
    const schema = optionFor(options, spot.value);
    const inner = issue.errors[options.findIndex((option) => option === schema)] ?? [];
    if (inner.some(({ path }) => path.length > 0)) {
      return inner.flatMap((each) => problemsOf(each, { ...spot, schema }, telling));
    }
  }
  const found = (telling.describe ?? describe)(spot.value);
  return [tell(spot.path, { found, ...wantedOf(spot.schema, spot.value) })];
}

/** One step further into a document and its schema. */
function inside({ schema, value, path }: Spot, step: string | number): Spot {
  const around = plain(schema, value);
  const there = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
  return {
    schema:
      around instanceof z.ZodObject
        ? (around.shape as Record<string, z.ZodType>)[step]
        : around instanceof z.ZodArray
          ? (around.element as z.ZodType)
          : around instanceof z.ZodMap
            ? (around.valueType as z.ZodType)
            : undefined,
    value: there ? (value as Record<string | number, unknown>)[step] : undefined,
    path: [...path, step],
  };
}

/** The schema inside optional ones and the like; of several the one that the value most likely means. */
function plain(schema: z.ZodType | undefined, value: unknown): z.ZodType | undefined {
  const options = optionsOf(schema);
  const inner = options.length > 0 ? optionFor(options, value) : innerOf(schema);
  return inner === undefined ? schema : plain(inner, value);
}

function innerOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (schema instanceof z.ZodPipe) {
    return (schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType;
  }
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
    ? (schema.unwrap() as z.ZodType)
    : undefined;
}

function optionsOf(schema: z.ZodType | undefined): readonly z.ZodType[] {
  const inner = innerOf(schema);
  if (inner !== undefined) return optionsOf(inner);
  return schema instanceof z.ZodUnion ? (schema.options as readonly z.ZodType[]) : [];
}

/** Of maps the one that has the most of the value's keys. */
function optionFor(options: readonly z.ZodType[], value: unknown): z.ZodType | undefined {
  const alike = options.filter(
    (option) => kindOf(option) === (isMap(value) ? 'map' : Array.isArray(value) ? 'list' : 'one'),
  );
  const shared = (option: z.ZodType): number =>
    isMap(value) ? keysOf(option).filter((key) => Object.hasOwn(value, key)).length : 0;
  return alike.toSorted((a, b) => shared(b) - shared(a))[0] ?? options[0];
}

function kindOf(option: z.ZodType): 'map' | 'list' | 'one' {
  const schema = plain(option, undefined);
  if (schema instanceof z.ZodObject || schema instanceof z.ZodMap) return 'map';
  return schema instanceof z.ZodArray ? 'list' : 'one';
}

const keysOf = (schema: z.ZodType | undefined): readonly string[] => {
  const found = plain(schema, undefined);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
};

/** What a schema expects, in words: its own, else those of its kind. */
function wantedOf(schema: z.ZodType | undefined, value: unknown): Wanted {
  const own = schema && WANTED.get(schema);
  const isUnquoted = typeof value === 'number' || typeof value === 'boolean';
  const quote = schema instanceof z.ZodString && isUnquoted ? 'put it in quotes' : undefined;
  if (own !== undefined) return { expected: own.expected, fix: own.fix ?? quote };
  const inner = innerOf(schema) ?? optionFor(optionsOf(schema), value);
  if (inner !== undefined) return wantedOf(inner, value);
  if (schema instanceof z.ZodNumber) return { expected: rangeText(schema) };
  if (schema instanceof z.ZodBoolean) return { expected: 'true or false' };
  if (schema instanceof z.ZodArray) return { expected: 'a list' };
  if (schema instanceof z.ZodObject || schema instanceof z.ZodMap)
    return { expected: 'a map of keys and values' };
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) {
    const allowed = [...(schema instanceof z.ZodEnum ? schema.options : schema.values)].map(String);
    return {
      expected: allowed.join(', '),
      fix: typeof value === 'string' ? didYouMean(value, allowed) : undefined,
    };
  }
  return { expected: 'a text', fix: quote };
}

function rangeText({ minValue, maxValue, isInt }: z.ZodNumber): string {
  const kind = isInt ? 'a whole number' : 'a number';
  const [from, to] = [minValue ?? -Infinity, maxValue ?? Infinity];
  if (to === Infinity) return from === -Infinity ? kind : `${kind} of at least ${from}`;
  return from === 0 && to >= 1e9
    ? `${kind} of at least 0, at most ${to}`
    : `${kind} ${from === -Infinity ? `of at most` : `from ${from} to`} ${to}`;
}

const didYouMean = (name: string, known: readonly string[]): string | undefined => {
  const near = nearest(name, known);
  return near === null ? undefined : `did you mean ${near}?`;
};
