import type { Problem } from '../errors.ts';

/** Where in a document a value stands: keys and positions from its root. */
export type Path = readonly (string | number)[];

/** A map of the document whose keys were checked. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Collects everything that is wrong with a document instead of stopping at the first. Each check answers with
 * the value when it is right, and else notes a problem and answers with null, so that callers go on.
 */
export interface Checks {
  readonly problems: readonly Problem[];
  readonly add: (path: Path, found: string, expected: string, fix?: string) => null;
  /** A map with these keys and no others; `optional` ones may be absent. */
  readonly fields: (
    value: unknown,
    path: Path,
    required: readonly string[],
    optional?: readonly string[],
  ) => Fields | null;
  /** A map from free keys. */
  readonly entries: (value: unknown, path: Path) => (readonly [string, unknown])[] | null;
  readonly list: (value: unknown, path: Path) => readonly unknown[] | null;
  readonly text: (value: unknown, path: Path, form?: TextForm) => string | null;
  readonly number: (value: unknown, path: Path, range: NumberRange) => number | null;
  readonly flag: (value: unknown, path: Path) => boolean | null;
  readonly oneOf: <T extends string>(value: unknown, path: Path, allowed: readonly T[]) => T | null;
}

export interface TextForm {
  readonly pattern: RegExp;
  /** Such as `a field name`. */
  readonly name: string;
  readonly fix?: string;
}

export interface NumberRange {
  readonly from: number;
  readonly to: number;
  readonly whole?: boolean;
}

/**
 * Starts collecting.
 *
 * @param where names a place for a person, such as `config/weights.yaml:12 (health.churn_risk)`
 * @example makeChecks(where).number('0.6', ['health', 'churn_risk'], { from: 0, to: 1 }) // => null, with a problem
 */
export function makeChecks(where: (path: Path) => string): Checks {
  const problems: Problem[] = [];
  const add: Checks['add'] = (path, found, expected, fix) => {
    problems.push({ where: where(path), found, expected, fix });
    return null;
  };
  const map = (value: unknown, path: Path): Fields | null =>
    isMap(value) ? value : add(path, describe(value), 'a map of keys and values');

  return {
    problems,
    add,
    fields: (value, path, required, optional = []) => {
      const found = map(value, path);
      if (found === null) return null;
      const known = [...required, ...optional];
      for (const key of Object.keys(found)) {
        if (!known.includes(key)) {
          add([...path, key], `the unknown key ${key}`, known.join(', '), nearest(key, known));
        }
      }
      for (const key of required) {
        if (!Object.hasOwn(found, key)) add(path, `no ${key}`, `the key ${key}`);
      }
      return found;
    },
    entries: (value, path) => {
      const found = map(value, path);
      return found && Object.entries(found);
    },
    list: (value, path) => (Array.isArray(value) ? value : add(path, describe(value), 'a list')),
    text: (value, path, form) => {
      if (typeof value !== 'string' || value.trim() === '') {
        const quote =
          typeof value === 'number' || typeof value === 'boolean' ? 'put it in quotes' : undefined;
        return add(path, describe(value), form?.name ?? 'a text', form?.fix ?? quote);
      }
      return form === undefined || form.pattern.test(value)
        ? value
        : add(path, describe(value), form.name, form.fix);
    },
    number: (value, path, { from, to, whole = false }) => {
      const right =
        typeof value === 'number' && value >= from && value <= to && (!whole || Number.isInteger(value));
      // Adding 0 turns a negative zero into the plain one.
      return right ? value + 0 : add(path, describe(value), rangeText({ from, to, whole }));
    },
    flag: (value, path) => (typeof value === 'boolean' ? value : add(path, describe(value), 'true or false')),
    oneOf: (value, path, allowed) => {
      const match = allowed.find((item) => item === value);
      return match ?? add(path, describe(value), allowed.join(', '));
    },
  };
}

/**
 * Notes it when a document is of another format than this program reads.
 *
 * @example checkFormat({ version: 2 }, checks) // adds a problem
 */
export function checkFormat(top: Fields, checks: Checks): void {
  if (Object.hasOwn(top, 'version') && top['version'] !== 1) {
    checks.add(['version'], String(top['version']), '1', 'this program reads format 1');
  }
}

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

export const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function rangeText({ from, to, whole }: NumberRange): string {
  const kind = whole === true ? 'a whole number' : 'a number';
  if (Number.isFinite(to) && Math.abs(to) < 1e9) return `${kind} from ${from} to ${to}`;
  return from === 0 ? `${kind} of at least 0, at most ${to}` : `${kind} from ${from} to ${to}`;
}

/** What to do about a key that is not known. */
function nearest(key: string, known: readonly string[]): string {
  const match = meant(key, known);
  return match === undefined ? 'remove it' : `did you mean ${match}?`;
}

/**
 * The known name that a person most likely meant: same letters, or one of them begins with the other, or the fewest
 * letters apart (a third of them at most). Undefined when none is near.
 *
 * @example meant('CSAT_Score', ['open_bugs', 'csat_score']) // => 'csat_score'
 */
export function meant(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wanted = plain(name);
  if (wanted === '') return undefined;
  const same = known.find((candidate) => plain(candidate) === wanted);
  const begins = known.find((candidate) => {
    const other = plain(candidate);
    return other.startsWith(wanted) || wanted.startsWith(other);
  });
  if (same !== undefined || begins !== undefined) return same ?? begins;
  // Longer names than any of ours are no slips of the pen, and not worth a table.
  if (wanted.length > 100) return undefined;
  const apart = known.map((candidate) => ({ candidate, letters: lettersApart(wanted, plain(candidate)) }));
  const [best] = apart.toSorted((a, b) => a.letters - b.letters);
  return best !== undefined && best.letters <= wanted.length / 3 ? best.candidate : undefined;
}

/** Letters to put in, take out or change to make one text of the other (Levenshtein). */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
