import { DONE, type IssueNow, type Site } from '../site.ts';
import type { Zone } from '../zone.ts';
import { momentOf, momentOfFunction } from './date.ts';
import { fieldOf, type Choice } from './fields.ts';
import type { Operand, Past, Value } from './parse.ts';

type Test = (issue: IssueNow) => boolean;
type Context = { readonly site: Site; readonly zone: Zone; readonly now: number };

/** A time in which a field held one value. */
interface Span {
  readonly id: string | null;
  readonly start: number;
  readonly end: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const DAY = 86_400_000;
const EVER: Range = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

/** Of the fields that Jira keeps searchable histories of, those that this site has. */
const SPANS: Readonly<Record<string, (issue: IssueNow) => Span[]>> = {
  status: (issue) => spansOf(issue, ({ id }) => id),
  resolution: (issue) => spansOf(issue, ({ name }) => (name === 'Done' ? DONE.id : null)),
  priority: (issue) => [{ id: issue.priority?.id ?? null, start: issue.createdAt, end: EVER.end }],
};

function spansOf(issue: IssueNow, idOf: (status: IssueNow['status']) => string | null): Span[] {
  const states = [
    { status: issue.moves[0]?.from ?? issue.status, start: issue.createdAt },
    ...issue.moves.map(({ to, at }) => ({ status: to, start: at })),
  ];
  return states.map(({ status, start }, index) => ({
    id: idOf(status),
    start,
    end: states[index + 1]?.start ?? EVER.end,
  }));
}

/**
 * Makes a test of a question about the past: `status WAS Done BEFORE "2026-10-01"`, `status CHANGED FROM Done`.
 * What a field is now counts as what it was, too.
 *
 * @param refuse takes the message of a problem and gives a test that finds nothing
 * @see https://support.atlassian.com/jira-software-cloud/docs/jql-operators/
 */
export function pastTest(past: Past, context: Context, refuse: (problem: string) => Test): Test {
  const field = fieldOf(past.field);
  if (field === undefined) {
    return refuse(`Field '${past.field}' does not exist or you do not have permission to view it.`);
  }
  const spans = SPANS[field.name];
  if (field.kind !== 'choice' || spans === undefined) {
    return refuse(`History searches do not support the '${past.field}' field.`);
  }
  const choices = field.choices(context.site);
  const idsOf = (operand: Operand): Set<string | null> =>
    new Set(
      valuesOf(operand).flatMap((value): (string | null)[] => {
        if (value === null) return [null];
        const found = choices.find(({ id, names }) => id === value.text || hasName(names, value.text));
        if (found !== undefined) return [found.id];
        refuse(`The value '${value.text}' does not exist for the field '${past.field}'.`);
        return [];
      }),
    );

  let range = EVER;
  let from: Set<string | null> | null = null;
  let to: Set<string | null> | null = null;
  for (const { name, operand } of past.predicates) {
    if (name === 'from' || name === 'to') {
      if (past.operator !== 'changed') {
        return refuse(`The '${past.operator}' operator does not support the '${name}' predicate.`);
      }
      if (name === 'from') from = idsOf(operand);
      else to = idsOf(operand);
    } else if (name === 'by') {
      return refuse("The predicate 'by' is not supported: the changes of this site have no authors.");
    } else {
      const [first, second] = momentsOf(operand, context);
      if (first === undefined || (name === 'during') !== (second !== undefined)) {
        return refuse(`The predicate '${name}' has no valid date.`);
      }
      range = narrowed(range, rangeOf(name, first, second ?? first));
    }
  }

  if (past.operand === null) {
    return (issue) =>
      spans(issue).some((span, index, all) => {
        const before = all[index - 1];
        if (before === undefined || before.id === span.id) return false;
        const inTime = span.start >= range.start && span.start < range.end;
        return inTime && (from?.has(before.id) ?? true) && (to?.has(span.id) ?? true);
      });
  }
  const wanted = idsOf(past.operand);
  const negative = past.operator.startsWith('was not');
  const was: Test = (issue) =>
    spans(issue).some(({ id, start, end }) => wanted.has(id) && start < range.end && end > range.start);
  return (issue) => was(issue) !== negative;
}

const hasName = (names: Choice['names'], text: string): boolean =>
  names.some((name) => name.toLowerCase() === text.toLowerCase());

function valuesOf(operand: Operand): readonly (Value | null)[] {
  if (operand.kind === 'list') return operand.values;
  if (operand.kind === 'value') return [operand.value];
  if (operand.kind === 'empty') return [null];
  return [{ text: `${operand.name}()`, written: `${operand.name}()` }];
}

function momentsOf(operand: Operand, context: Context): number[] {
  const moments =
    operand.kind === 'function'
      ? [momentOfFunction(operand.name, operand.args, context)]
      : valuesOf(operand).map((value) => (value === null ? null : momentOf(value.text, context)));
  return moments.filter((at) => at !== null);
}

function rangeOf(name: 'after' | 'before' | 'on' | 'during', first: number, second: number): Range {
  if (name === 'after') return { ...EVER, start: first };
  if (name === 'before') return { ...EVER, end: first };
  return { start: first, end: name === 'on' ? first + DAY : second };
}

const narrowed = (a: Range, b: Range): Range => ({
  start: Math.max(a.start, b.start),
  end: Math.min(a.end, b.end),
});
