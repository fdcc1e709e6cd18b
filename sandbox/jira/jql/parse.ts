import { JqlError, tokensOf, type Token } from './tokens.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~' | 'in' | 'not in' | 'is' | 'is not';

export interface Value {
  readonly text: string;
  /** As it stood in the query, for messages. */
  readonly written: string;
}

export type Operand =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'list'; readonly values: readonly Value[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly string[] };

export interface Term {
  readonly kind: 'term';
  /** As written. */
  readonly field: string;
  readonly operator: Operator;
  readonly operand: Operand;
}

export type PredicateName = 'after' | 'before' | 'on' | 'during' | 'from' | 'to' | 'by';

/** A question about what a field was once. */
export interface Past {
  readonly kind: 'past';
  /** As written. */
  readonly field: string;
  readonly operator: 'was' | 'was not' | 'was in' | 'was not in' | 'changed';
  /** Null for `changed`. */
  readonly operand: Operand | null;
  readonly predicates: readonly { readonly name: PredicateName; readonly operand: Operand }[];
}

export type Clause =
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly Clause[] }
  | { readonly kind: 'not'; readonly clause: Clause }
  | Past
  | Term;

export interface Jql {
  /** Null: no restriction at all. */
  readonly where: Clause | null;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
}

const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>=', '~', '!~'];
const VALID =
  "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";
const PREDICATES: readonly PredicateName[] = ['after', 'before', 'on', 'during', 'from', 'to', 'by'];
/** Words that may not stand unquoted where a value or field is expected. */
const RESERVED = new Set(
  (
    'a an abort access add after alias all alter and any are as asc at audit avg be before begin between boolean break ' +
    'but by byte catch cf char character check checkpoint collate collation column commit connect continue count create ' +
    'current date decimal declare decrement default defaults define delete delimiter desc difference distinct divide do ' +
    'double drop else empty encoding end equals escape exclusive exec execute exists explain false fetch file field ' +
    'first float for from function go goto grant greater group having identified if immediate in increment index ' +
    'initial inner inout input insert int integer intersect intersection into is isempty isnull it join last left less ' +
    'like limit lock long max min minus mode modify modulo more multiply next no noaudit not notin nowait null number ' +
    'object of on option or order outer output power previous prior privileges public raise raw remainder rename ' +
    'resource return returns revoke right row rowid rownum rows select session set share size sqrt start strict string ' +
    'subtract such sum synonym table that the their then there these they this to trans transaction trigger true uid ' +
    'union unique update user validate values view was when whenever where while will with'
  ).split(' '),
);

/**
 * Reads a query. Precedence as in Jira: NOT before AND before OR.
 *
 * @throws JqlError in the vendor's words, with line and character
 * @see https://support.atlassian.com/jira-software-cloud/docs/what-is-advanced-search-in-jira-cloud/
 * @example parseJql('project = A ORDER BY id').orderBy // => [{ field: 'id', descending: false }]
 */
export function parseJql(jql: string): Jql {
  const tokens = tokensOf(jql);
  let at = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)] as Token;
  const next = (): Token => tokens[at++] as Token;
  const isWord = (token: Token, ...words: string[]): boolean =>
    token.kind === 'word' && words.includes(token.value.toLowerCase());
  const isSign = (token: Token, ...signs: string[]): boolean =>
    token.kind === 'sign' && signs.includes(token.value);
  const refuse = (expected: string, hint = ''): never => {
    const token = peek();
    const message =
      token.kind === 'end'
        ? `Expecting ${expected} before the end of the query.${hint}`
        : `Expecting ${expected} but got '${token.value}'.${hint} ${token.where}`;
    throw new JqlError([`Error in the JQL Query: ${message}`]);
  };
  /** A field or value: quoted, or a word that is not reserved. */
  const name = (expected: string): Token => {
    const token = peek();
    if (token.kind === 'text') return next();
    if (token.kind !== 'word') return refuse(expected);
    if (RESERVED.has(token.value.toLowerCase())) {
      throw new JqlError([
        `Error in the JQL Query: '${token.value}' is a reserved JQL word. You must surround it in quotation marks to use it in a query. ${token.where}`,
      ]);
    }
    return next();
  };

  const either = (): Clause => joined('or', both, () => isWord(peek(), 'or') || isSign(peek(), '||', '|'));
  const both = (): Clause => joined('and', single, () => isWord(peek(), 'and') || isSign(peek(), '&&', '&'));
  function joined(kind: 'and' | 'or', part: () => Clause, more: () => boolean): Clause {
    const clauses = [part()];
    while (more()) {
      next();
      clauses.push(part());
    }
    return clauses.length === 1 ? (clauses[0] as Clause) : { kind, clauses };
  }
  function single(): Clause {
    if (isWord(peek(), 'not') || isSign(peek(), '!')) {
      next();
      return { kind: 'not', clause: single() };
    }
    if (isSign(peek(), '(')) {
      next();
      const clause = either();
      if (!isSign(peek(), ')')) refuse("')'");
      next();
      return clause;
    }
    const field = name('a field name').value;
    if (isWord(peek(), 'was', 'changed')) return readPast(field);
    const operator = readOperator();
    return { kind: 'term', field, operator, operand: readOperand() };
  }
  function readOperator(): Operator {
    const token = peek();
    if (token.kind === 'sign' && COMPARISONS.includes(token.value)) return next().value as Operator;
    if (isWord(token, 'in')) return next() && 'in';
    if (isWord(token, 'not') && isWord(peek(1), 'in')) return next() && next() && 'not in';
    if (isWord(token, 'is')) {
      next();
      if (!isWord(peek(), 'not')) return 'is';
      next();
      return 'is not';
    }
    return refuse('operator', ` ${VALID}`);
  }
  function readPast(field: string): Past {
    const words = [next().value.toLowerCase()];
    if (words[0] === 'was' && isWord(peek(), 'not')) words.push(next().value.toLowerCase());
    if (words[0] === 'was' && isWord(peek(), 'in')) words.push(next().value.toLowerCase());
    const operator = words.join(' ') as Past['operator'];
    const operand = operator === 'changed' ? null : readOperand();
    const predicates: { name: PredicateName; operand: Operand }[] = [];
    while (isWord(peek(), ...PREDICATES)) {
      predicates.push({ name: next().value.toLowerCase() as PredicateName, operand: readOperand() });
    }
    return { kind: 'past', field, operator, operand, predicates };
  }
  function readOperand(): Operand {
    if (isWord(peek(), 'empty', 'null')) return next() && { kind: 'empty' };
    if (!isSign(peek(), '(')) {
      const token = name('either a value, list or function');
      if (isSign(peek(), '(')) return { kind: 'function', name: token.value, args: readList() };
      return { kind: 'value', value: valueOf(token) };
    }
    return { kind: 'list', values: readTokens().map(valueOf) };
  }
  const readList = (): string[] => readTokens(true).map(({ value }) => value);
  function readTokens(mayBeEmpty = false): Token[] {
    next();
    const values: Token[] = [];
    if (mayBeEmpty && isSign(peek(), ')')) return next() && values;
    for (;;) {
      values.push(name('either a value, list or function'));
      if (isSign(peek(), ',')) next();
      else if (isSign(peek(), ')')) return next() && values;
      else refuse("')'");
    }
  }
  function readOrder(): Jql['orderBy'] {
    next();
    if (!isWord(peek(), 'by')) refuse("'by'");
    next();
    const orderBy: { field: string; descending: boolean }[] = [];
    for (;;) {
      const field = name('a field name').value;
      const descending = isWord(peek(), 'desc');
      if (isWord(peek(), 'asc', 'desc')) next();
      orderBy.push({ field, descending });
      if (!isSign(peek(), ',')) return orderBy;
      next();
    }
  }

  const where = peek().kind === 'end' || isWord(peek(), 'order') ? null : either();
  const orderBy = isWord(peek(), 'order') ? readOrder() : [];
  if (peek().kind !== 'end') refuse("either 'OR' or 'AND'");
  return { where, orderBy };
}

const valueOf = ({ kind, value }: Token): Value => ({
  text: value,
  written: kind === 'text' ? `"${value}"` : value,
});
