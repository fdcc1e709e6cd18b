// Source: https://help.salesforce.com/HTViewHelpDoc?id=customize_functions.htm&language=en_US

import type { FieldType } from '../schema/types.ts';
import type { Expression } from '../metadata/formula.ts';

export type Kind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'null';

export interface Sql {
  sql: string;
  kind: Kind;
  /** Picklists may only be read through TEXT, ISPICKVAL and CASE, as in Salesforce. */
  picklist?: boolean;
}

/** What a field path in the formula stands for. */
export type Lookup = (path: string[]) => { sql: string; type: FieldType };

export interface FormulaContext {
  lookup: Lookup;
  /** Numbers that are blank count as 0. */
  blanksAreZero: boolean;
  /** Today and now, as YYYY-MM-DD and full time in UTC. */
  today: string;
  now: string;
}

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const kindOf = (type: FieldType): Kind => {
  if (type === 'boolean' || type === 'date' || type === 'datetime') return type;
  return ['int', 'double', 'currency', 'percent'].includes(type) ? 'number' : 'text';
};

const asText = (value: Sql): string => `COALESCE(${value.sql}, '')`;

/**
 * Compiles a formula to an SQL expression over the record's own table, so that one engine evaluates formula fields in
 * queries and validation rules on writes.
 *
 * @throws Error for functions and types that are not modelled: a formula is executed truly or refused.
 */
export function formulaSql(tree: Expression, context: FormulaContext): Sql {
  const compile = (part: Expression): Sql => formulaSql(part, context);
  switch (tree.kind) {
    case 'literal':
      return literal(tree.value);
    case 'field':
      return fieldSql(tree.path, context);
    case 'unary': {
      const of = compile(tree.of);
      return tree.op === '-'
        ? { sql: `(-${of.sql})`, kind: 'number' }
        : { sql: `(NOT ${of.sql})`, kind: 'boolean' };
    }
    case 'binary':
      return binary(tree.op, plain(compile(tree.left)), plain(compile(tree.right)));
    case 'call':
      return call(tree.name, tree.args.map(compile), context);
    default:
      return tree satisfies never;
  }
}

function literal(value: string | number | boolean | null): Sql {
  if (value === null) return { sql: 'NULL', kind: 'null' };
  if (typeof value === 'string') return { sql: quote(value), kind: 'text' };
  if (typeof value === 'boolean') return { sql: value ? '1' : '0', kind: 'boolean' };
  return { sql: String(value), kind: 'number' };
}

function fieldSql(path: string[], context: FormulaContext): Sql {
  if (path[0]?.startsWith('$')) throw new Error(`formula: ${path.join('.')} is not modelled`);
  const { sql, type } = context.lookup(path);
  if (type === 'multipicklist' || type === 'anyType')
    throw new Error(`formula: ${path.join('.')} of type ${type} is not modelled`);
  const kind = kindOf(type);
  if (kind === 'number' && context.blanksAreZero) return { sql: `COALESCE(${sql}, 0)`, kind };
  return { sql, kind, ...(type === 'picklist' ? { picklist: true } : {}) };
}

function plain(value: Sql): Sql {
  if (value.picklist) throw new Error('formula: a picklist needs TEXT or ISPICKVAL around it');
  return value;
}

function binary(op: string, left: Sql, right: Sql): Sql {
  switch (op) {
    case '&&':
      return { sql: `(${left.sql} AND ${right.sql})`, kind: 'boolean' };
    case '||':
      return { sql: `(${left.sql} OR ${right.sql})`, kind: 'boolean' };
    case '&':
      return { sql: `(${asText(left)} || ${asText(right)})`, kind: 'text' };
    case '+':
    case '-':
      return sum(op, left, right);
    case '*':
      return { sql: `(${left.sql} * ${right.sql})`, kind: 'number' };
    case '/':
      return { sql: `(${left.sql} * 1.0 / ${right.sql})`, kind: 'number' };
    case '^':
      return { sql: `pow(${left.sql}, ${right.sql})`, kind: 'number' };
    case '=':
    case '<>': {
      const text = left.kind === 'text' || right.kind === 'text';
      const [a, b] = text ? [asText(left), asText(right)] : [left.sql, right.sql];
      // Text compares case-sensitively in formulas, unlike in SOQL.
      const same = `(${a} ${text ? 'COLLATE BINARY ' : ''}IS ${b})`;
      return { sql: op === '=' ? same : `(NOT ${same})`, kind: 'boolean' };
    }
    default:
      return { sql: `(${left.sql} ${op} ${right.sql})`, kind: 'boolean' };
  }
}

function sum(op: '+' | '-', left: Sql, right: Sql): Sql {
  if (op === '+' && (left.kind === 'text' || right.kind === 'text'))
    return { sql: `(${asText(left)} || ${asText(right)})`, kind: 'text' };
  if (left.kind === 'date' && right.kind === 'date' && op === '-')
    return { sql: `(julianday(${left.sql}) - julianday(${right.sql}))`, kind: 'number' };
  if (left.kind === 'date' && right.kind === 'number')
    return { sql: `date(${left.sql}, '${op}' || CAST(${right.sql} AS INTEGER) || ' days')`, kind: 'date' };
  if (left.kind === 'datetime' || right.kind === 'datetime' || left.kind === 'date' || right.kind === 'date')
    throw new Error(`formula: ${left.kind} ${op} ${right.kind} is not modelled`);
  return { sql: `(${left.sql} ${op} ${right.sql})`, kind: 'number' };
}

const blank = (value: Sql): string =>
  value.kind === 'text' ? `(${asText(value)} = '')` : `(${value.sql} IS NULL)`;

type Call = (args: Sql[], context: FormulaContext) => Sql;

const textCall =
  (make: (a: string) => string): Call =>
  ([a]) => ({ sql: make(asText(plain(need(a)))), kind: 'text' });

const need = (value: Sql | undefined): Sql => {
  if (!value) throw new Error('formula: an argument is missing');
  return value;
};

const logic =
  (word: string): Call =>
  (args) => ({ sql: `(${args.map((arg) => arg.sql).join(` ${word} `)})`, kind: 'boolean' });

const CALLS: Record<string, Call> = {
  AND: logic('AND'),
  OR: logic('OR'),
  NOT: ([a]) => ({ sql: `(NOT ${need(a).sql})`, kind: 'boolean' }),
  ISBLANK: ([a]) => ({ sql: blank(need(a)), kind: 'boolean' }),
  ISNULL: ([a]) => ({ sql: blank(need(a)), kind: 'boolean' }),
  ISPICKVAL: ([a, b]) => ({
    sql: `(${asText(need(a))} COLLATE BINARY = ${asText(need(b))})`,
    kind: 'boolean',
  }),
  TEXT: ([a]) => {
    const value = need(a);
    if (value.kind !== 'text') throw new Error(`formula: TEXT of ${value.kind} is not modelled`);
    return { sql: value.sql, kind: 'text' };
  },
  LEN: ([a]) => ({ sql: `length(${asText(plain(need(a)))})`, kind: 'number' }),
  TRIM: textCall((a) => `trim(${a})`),
  UPPER: textCall((a) => `upper(${a})`),
  LOWER: textCall((a) => `lower(${a})`),
  // Case-sensitive: https://help.salesforce.com/s/articleView?id=platform.customize_functions_begins.htm
  BEGINS: ([a, b]) => ({
    sql: `(substr(${asText(plain(need(a)))}, 1, length(${asText(plain(need(b)))})) COLLATE BINARY = ${asText(plain(need(b)))})`,
    kind: 'boolean',
  }),
  // Ids stand here with 18 characters: https://help.salesforce.com/s/articleView?id=platform.customize_functions_casesafeid.htm
  CASESAFEID: textCall((a) => a),
  IF: ([a, b, c]) => ({
    sql: `CASE WHEN ${need(a).sql} THEN ${plain(need(b)).sql} ELSE ${plain(need(c)).sql} END`,
    kind: need(b).kind === 'null' ? need(c).kind : need(b).kind,
  }),
  CASE: ([of, ...rest]) => {
    const pairs: string[] = [];
    for (let i = 0; i + 1 < rest.length; i += 2)
      pairs.push(`WHEN ${need(rest[i]).sql} THEN ${need(rest[i + 1]).sql}`);
    if (rest.length % 2 === 0) throw new Error('formula: CASE needs an else value');
    return {
      sql: `CASE ${need(of).sql} ${pairs.join(' ')} ELSE ${need(rest.at(-1)).sql} END`,
      kind: need(rest.at(-1)).kind,
    };
  },
  BLANKVALUE: ([a, b]) => ({
    sql: `CASE WHEN ${blank(need(a))} THEN ${need(b).sql} ELSE ${need(a).sql} END`,
    kind: need(a).kind,
  }),
  ABS: ([a]) => ({ sql: `abs(${need(a).sql})`, kind: 'number' }),
  MIN: (args) => ({ sql: `min(${args.map((arg) => arg.sql).join(', ')})`, kind: 'number' }),
  MAX: (args) => ({ sql: `max(${args.map((arg) => arg.sql).join(', ')})`, kind: 'number' }),
  ROUND: ([a, b]) => ({ sql: `round(${need(a).sql}, ${need(b).sql})`, kind: 'number' }),
  YEAR: ([a]) => ({ sql: `CAST(substr(${need(a).sql}, 1, 4) AS INTEGER)`, kind: 'number' }),
  MONTH: ([a]) => ({ sql: `CAST(substr(${need(a).sql}, 6, 2) AS INTEGER)`, kind: 'number' }),
  DAY: ([a]) => ({ sql: `CAST(substr(${need(a).sql}, 9, 2) AS INTEGER)`, kind: 'number' }),
  TODAY: (_, context) => ({ sql: quote(context.today), kind: 'date' }),
  NOW: (_, context) => ({ sql: quote(context.now), kind: 'datetime' }),
};

function call(name: string, args: Sql[], context: FormulaContext): Sql {
  const make = CALLS[name];
  if (!make) throw new Error(`formula: function ${name} is not modelled`);
  return make(args, context);
}
