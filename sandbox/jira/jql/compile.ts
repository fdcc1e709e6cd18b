import type { IssueNow, Site } from '../site.ts';
import type { Zone } from '../zone.ts';
import { momentOf, momentOfFunction } from './date.ts';
import { compare } from './compare.ts';
import { fieldOf, type Field } from './fields.ts';
import { parseJql, type Clause, type Operand, type Operator, type Term, type Value } from './parse.ts';
import { pastTest } from './past.ts';
import { JqlError } from './tokens.ts';

type Test = (issue: IssueNow) => boolean;

export interface Search {
  readonly test: Test;
  readonly order: (a: IssueNow, b: IssueNow) => number;
  /** False when the query names no restriction. */
  readonly bounded: boolean;
  readonly orderFields: number;
}

export interface Context {
  readonly site: Site;
  readonly zone: Zone;
  readonly now: number;
}

type OneField<K extends Field['kind']> = Extract<Field, { kind: K }>;

const FORMATS =
  "Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.";
const NEVER: Test = () => false;

/**
 * Makes a test and an order of a query. As in Jira, a value that the site does not have refuses the whole query,
 * and `!=` and `not in` do not find issues whose field is empty.
 *
 * @throws JqlError with a message for every problem of the query
 * @example compileJql('project = ABC AND resolution is EMPTY', { site, zone, now }).test(issue) // => true
 */
export function compileJql(jql: string, context: Context): Search {
  const { where, orderBy } = parseJql(jql);
  const problems: string[] = [];
  const test = where === null ? () => true : compile(where);
  const orders = orderBy.map(({ field: name, descending }) => {
    const field = fieldOf(name);
    if (field === undefined) problems.push(`Not able to sort using field '${name}'.`);
    return { field, sign: descending ? -1 : 1 };
  });
  if (problems.length > 0) throw new JqlError(problems);

  function compile(clause: Clause): Test {
    if (clause.kind === 'not') {
      const inner = compile(clause.clause);
      return (issue) => !inner(issue);
    }
    if (clause.kind === 'past') return pastTest(clause, context, refuse);
    if (clause.kind === 'term') return term(clause);
    const tests = clause.clauses.map(compile);
    return clause.kind === 'and'
      ? (issue) => tests.every((each) => each(issue))
      : (issue) => tests.some((each) => each(issue));
  }

  function refuse(problem: string): Test {
    problems.push(problem);
    return NEVER;
  }

  function term({ field: name, operator, operand }: Term): Test {
    const field = fieldOf(name);
    if (field === undefined) {
      return refuse(`Field '${name}' does not exist or you do not have permission to view it.`);
    }
    const known = operators(field);
    if (!known.includes(operator)) {
      return refuse(`The operator '${operator}' is not supported by the '${name}' field.`);
    }
    const wantsList = operator === 'in' || operator === 'not in';
    if (wantsList !== (operand.kind === 'list') && operand.kind !== 'function') {
      const shown = written(operand);
      return refuse(
        wantsList
          ? `Operator '${operator}' does not support the non-list value '${shown}' for field '${name}'.`
          : `Operator '${operator}' does not support the list value '${shown}' for field '${name}'.`,
      );
    }
    if ((operator === 'is' || operator === 'is not') && operand.kind !== 'empty') {
      return refuse(`The '${operator}' operator can only be used with EMPTY, found '${written(operand)}'.`);
    }
    if (operand.kind === 'empty') {
      const negative = operator === 'is not' || operator === '!=';
      if (!negative && operator !== 'is' && operator !== '=') {
        return refuse(`Operator '${operator}' does not support the value EMPTY for field '${name}'.`);
      }
      return (issue) => isEmpty(field, issue) !== negative;
    }
    if (field.kind === 'date') return dateTerm(field, name, operator, operand);
    if (operand.kind === 'function') {
      return refuse(`Unable to find JQL function '${operand.name}(${operand.args.join(', ')})'.`);
    }
    const values = operand.kind === 'list' ? operand.values : [operand.value];
    if (field.kind === 'key') return keyTerm(name, operator, values);
    return choiceTerm(field, name, operator, values);
  }

  function choiceTerm(
    field: OneField<'choice'>,
    name: string,
    operator: Operator,
    values: readonly Value[],
  ): Test {
    const choices = field.choices(context.site);
    const wanted = new Set<string>();
    let orEmpty = false;
    for (const { text } of values) {
      const folded = text.toLowerCase();
      if (field.name === 'resolution' && folded === 'unresolved') {
        orEmpty = true;
        continue;
      }
      const byName = choices.filter(({ names }) => names.some((each) => each.toLowerCase() === folded));
      const found = byName.length > 0 ? byName : choices.filter(({ id }) => id === text);
      if (found.length === 0) refuse(`The value '${text}' does not exist for the field '${name}'.`);
      for (const { id } of found) wanted.add(id);
    }
    if (operator === '=' || operator === 'in') {
      return (issue) => {
        const ids = field.of(issue);
        return ids.length === 0 ? orEmpty : ids.some((id) => wanted.has(id));
      };
    }
    if (operator === '!=' || operator === 'not in') {
      return (issue) => {
        const ids = field.of(issue);
        return ids.length > 0 && !ids.some((id) => wanted.has(id));
      };
    }
    const rank = new Map(choices.map(({ id }, index) => [id, index]));
    const limit = rank.get([...wanted][0] ?? '') ?? Number.NaN;
    return (issue) => field.of(issue).some((id) => compare(rank.get(id) ?? Number.NaN, operator, limit));
  }

  function dateTerm(
    field: OneField<'date'>,
    name: string,
    operator: Operator,
    operand: Exclude<Operand, { kind: 'empty' }>,
  ): Test {
    if (operand.kind === 'function') {
      const at = momentOfFunction(operand.name, operand.args, context);
      if (at === null) {
        return refuse(`Unable to find JQL function '${operand.name}(${operand.args.join(', ')})'.`);
      }
      return (issue) => compareDates(field.of(issue), operator, at);
    }
    const values = operand.kind === 'list' ? operand.values : [operand.value];
    const moments = values.flatMap(({ text }) => {
      const at = momentOf(text, context);
      if (at === null) refuse(`Date value '${text}' for field '${name}' is invalid. ${FORMATS}`);
      return at ?? [];
    });
    if (operator === 'in' || operator === 'not in') {
      return (issue) => {
        const at = field.of(issue);
        return at !== null && moments.includes(at) === (operator === 'in');
      };
    }
    return (issue) => compareDates(field.of(issue), operator, moments[0] ?? Number.NaN);
  }

  function keyTerm(name: string, operator: Operator, values: readonly Value[]): Test {
    const issues = values.flatMap(({ text }) => {
      const issue = context.site.issue(text);
      if (issue === undefined) refuse(`An issue with key '${text}' does not exist for field '${name}'.`);
      return issue ?? [];
    });
    if (operator === '=' || operator === 'in') return (issue) => issues.some(({ id }) => id === issue.id);
    if (operator === '!=' || operator === 'not in')
      return (issue) => issues.every(({ id }) => id !== issue.id);
    const [limit] = issues;
    return (issue) =>
      limit !== undefined &&
      issue.project.id === limit.project.id &&
      compare(numberOf(issue), operator, numberOf(limit));
  }

  return {
    test,
    order: (a, b) => {
      for (const { field, sign } of orders) {
        const by = field === undefined ? 0 : compareBy(field, context.site, a, b) * sign;
        if (by !== 0) return by;
      }
      return orders.length === 0 ? Number(b.id) - Number(a.id) : Number(a.id) - Number(b.id);
    },
    bounded: where !== null,
    orderFields: orderBy.length,
  };
}

function operators(field: Field): readonly Operator[] {
  const ranked: readonly Operator[] = ['<', '<=', '>', '>='];
  const empty: readonly Operator[] = field.kind === 'key' ? [] : ['is', 'is not'];
  const isRanked = field.kind !== 'choice' || field.ordered;
  return ['=', '!=', 'in', 'not in', ...empty, ...(isRanked ? ranked : [])];
}

function isEmpty(field: Field, issue: IssueNow): boolean {
  if (field.kind === 'date') return field.of(issue) === null;
  return field.kind === 'choice' && field.of(issue).length === 0;
}

const compareDates = (at: number | null, operator: Operator, limit: number): boolean =>
  at !== null && compare(at, operator, limit);

const numberOf = ({ key }: IssueNow): number => Number(key.slice(key.lastIndexOf('-') + 1));

function compareBy(field: Field, site: Site, a: IssueNow, b: IssueNow): number {
  if (field.kind === 'date') return (field.of(a) ?? 0) - (field.of(b) ?? 0);
  if (field.kind === 'key') {
    return a.project.key === b.project.key
      ? numberOf(a) - numberOf(b)
      : a.project.key < b.project.key
        ? -1
        : 1;
  }
  const position = (issue: IssueNow) => field.choices(site).findIndex(({ id }) => id === field.of(issue)[0]);
  return position(a) - position(b);
}

function written(operand: Operand): string {
  if (operand.kind === 'value') return operand.value.written;
  if (operand.kind === 'list') return `(${operand.values.map((value) => value.written).join(', ')})`;
  if (operand.kind === 'function') return `${operand.name}(${operand.args.join(', ')})`;
  return 'EMPTY';
}
