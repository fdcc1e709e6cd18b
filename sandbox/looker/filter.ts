import { parseFilterExpression } from '@looker/filter-expressions';
import { invalid } from './answers.ts';

/** From start to before end, milliseconds since the epoch. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The tree of the vendor's grammar; only what is read here. */
interface Node {
  readonly type: string;
  readonly is?: boolean;
  readonly left?: Node;
  readonly right?: Node;
  readonly start?: Day;
  readonly end?: Day;
  readonly date?: Day;
  readonly year?: string;
  readonly month?: string;
  readonly value?: unknown;
  readonly unit?: string;
  readonly complete?: boolean;
  readonly low?: unknown;
  readonly high?: unknown;
  readonly bounds?: string;
}

interface Day {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour?: string;
  readonly minute?: string;
  readonly second?: string;
}

type Unit = 'day' | 'month' | 'year';

const EVER: Range = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

const parse = (kind: 'date' | 'number' | 'string', expression: string): Node =>
  parseFilterExpression(kind, expression) as unknown as Node;

/**
 * The ranges of time that a date filter means; the end of a range is exclusive.
 *
 * @throws Refusal for what the vendor's grammar does not read as a date, and for kinds of dates that this stand-in
 * does not know
 * @see https://cloud.google.com/looker/docs/filter-expressions#date_and_time
 * @example dateRanges('2026/10', 'f', now) // => [{ start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 10, 1) }]
 */
export function dateRanges(expression: string, field: string, now: number): Range[] {
  const at = new Date(now);
  const unitStart = (unit: Unit, steps: number): number => {
    const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
    if (unit === 'day') return Date.UTC(year, month, day + steps);
    return unit === 'month' ? Date.UTC(year, month + steps) : Date.UTC(year + steps, 0);
  };
  const refuse = (): never => {
    throw invalid(`filters.${field}`, `"${expression}" is not a valid date filter expression`);
  };
  const unitOf = (unit = ''): Unit =>
    unit === 'day' || unit === 'month' || unit === 'year' ? unit : refuse();

  function read(node: Node): Range[] {
    if (node.is === false) return refuse();
    const year = Number(node.year);
    switch (node.type) {
      case ',':
        return [...(node.left ? read(node.left) : []), ...(node.right ? read(node.right) : [])];
      case 'anyvalue':
      case 'notnull':
        return [EVER];
      case 'range':
        return node.start && node.end ? [{ start: momentOf(node.start), end: momentOf(node.end) }] : refuse();
      case 'year':
        return [{ start: Date.UTC(year, 0), end: Date.UTC(year + 1, 0) }];
      case 'month':
        return [{ start: Date.UTC(year, Number(node.month) - 1), end: Date.UTC(year, Number(node.month)) }];
      case 'on':
        return node.date ? [{ start: momentOf(node.date), end: momentOf(node.date) + 86_400_000 }] : refuse();
      case 'before':
        return node.date ? [{ ...EVER, end: momentOf(node.date) }] : refuse();
      case 'after':
        return node.date ? [{ ...EVER, start: momentOf(node.date) }] : refuse();
      case 'this':
        return [{ start: unitStart(unitOf(node.unit), 0), end: unitStart(unitOf(node.unit), 1) }];
      case 'last':
        return [{ start: unitStart(unitOf(node.unit), -1), end: unitStart(unitOf(node.unit), 0) }];
      case 'past': {
        // "3 months" is this month and the two before it; "complete" ones end before this month.
        const shift = node.complete === true ? 0 : 1;
        const unit = unitOf(node.unit);
        return [{ start: unitStart(unit, shift - Number(node.value)), end: unitStart(unit, shift) }];
      }
      default:
        return refuse();
    }
  }
  return read(parse('date', expression));
}

const momentOf = ({ year, month, day, hour = '0', minute = '0', second = '0' }: Day): number =>
  Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));

/**
 * The test that a filter on ids means: a list, or `NOT` of one. Numbers and texts have different grammars, so that
 * only a text may hold a comma, which is then written `^,`.
 *
 * @throws Refusal for what the grammar does not read, or this stand-in does not know
 * @see https://cloud.google.com/looker/docs/filter-expressions#string
 * @example idTest('101,102', 'f', true)('102') // => true
 */
export function idTest(expression: string, field: string, numeric: boolean): (id: string) => boolean {
  const refuse = (): never => {
    throw invalid(`filters.${field}`, `"${expression}" is not a valid filter expression for this field`);
  };
  const textsOf = ({ value }: Node): string[] => (Array.isArray(value) ? value.map(String) : refuse());

  function read(node: Node): (id: string) => boolean {
    const is = node.is !== false;
    switch (node.type) {
      case ',': {
        const tests = [node.left, node.right].flatMap((each) =>
          each ? [{ not: each.is === false, test: read(each) }] : [],
        );
        const wanted = tests.filter(({ not }) => !not);
        const unwanted = tests.filter(({ not }) => not);
        return (id) =>
          (wanted.length === 0 || wanted.some(({ test }) => test(id))) &&
          unwanted.every(({ test }) => test(id));
      }
      case 'anyvalue':
        return () => true;
      case 'null':
      case 'blank':
        return () => !is;
      case '=':
      case 'match': {
        const values = new Set(textsOf(node));
        // An empty filter is read as an empty list, and means any value.
        return (id) => values.size === 0 || values.has(id) === is;
      }
      case 'startsWith':
        return (id) => textsOf(node).some((text) => id.startsWith(text)) === is;
      case 'endsWith':
        return (id) => textsOf(node).some((text) => id.endsWith(text)) === is;
      case 'contains':
        return (id) => textsOf(node).some((text) => id.includes(text)) === is;
      case '>':
        return (id) => Number(id) > Number(textsOf(node)[0]) === is;
      case '<':
        return (id) => Number(id) < Number(textsOf(node)[0]) === is;
      case '>=':
        return (id) => Number(id) >= Number(textsOf(node)[0]) === is;
      case '<=':
        return (id) => Number(id) <= Number(textsOf(node)[0]) === is;
      default:
        return refuse();
    }
  }
  return read(parse(numeric ? 'number' : 'string', expression));
}
