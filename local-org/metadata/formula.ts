// Source: https://help.salesforce.com/HTViewHelpDoc?id=customize_functions.htm&language=en_US

export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'field'; path: string[] }
  | { kind: 'call'; name: string; args: Expression[] }
  | { kind: 'unary'; op: '-' | '!'; of: Expression }
  | { kind: 'binary'; op: string; left: Expression; right: Expression };

interface Token {
  kind: 'number' | 'string' | 'name' | 'op' | 'end';
  text: string;
  at: number;
}

const TOKEN =
  /\s+|\/\*[\s\S]*?\*\/|(?<number>\d+(?:\.\d+)?)|(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<name>\$?[A-Za-z_]\w*(?:\.\w+)*)|(?<op><=|>=|<>|!=|==|&&|\|\||[-+*/^&<>=!(),])/y;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`formula: unexpected ${JSON.stringify(text.slice(at, at + 10))} at ${at}`);
    for (const kind of ['number', 'string', 'name', 'op'] as const) {
      const value = match.groups?.[kind];
      if (value !== undefined) found.push({ kind, text: value, at });
    }
  }
  return [...found, { kind: 'end', text: 'end of formula', at: text.length }];
}

/** Loosest first. */
const LEVELS: string[][] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!=', '<', '>', '<=', '>='],
  ['&'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

/**
 * Parses a formula in Salesforce's formula language into a tree. Names and functions are resolved later.
 *
 * @throws Error that says where the text stops making sense.
 * @example parseFormula('LEN(Name) > 3').kind // => 'binary'
 */
export function parseFormula(text: string): Expression {
  const list = tokens(text);
  let position = 0;
  const peek = (): Token => list[position] ?? { kind: 'end', text: 'end of formula', at: text.length };
  const take = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const expect = (op: string): void => {
    const token = take();
    if (token.kind !== 'op' || token.text !== op)
      throw new Error(`formula: expected ${op} at ${token.at}, found ${token.text}`);
  };

  function level(depth: number): Expression {
    const ops = LEVELS[depth];
    if (!ops) return unary();
    let left = level(depth + 1);
    while (peek().kind === 'op' && ops.includes(peek().text)) {
      const op = take().text;
      left = {
        kind: 'binary',
        op: op === '==' ? '=' : op === '!=' ? '<>' : op,
        left,
        right: level(depth + 1),
      };
    }
    return left;
  }

  function unary(): Expression {
    const token = peek();
    if (token.kind === 'op' && (token.text === '-' || token.text === '!')) {
      take();
      return { kind: 'unary', op: token.text, of: unary() };
    }
    return primary();
  }

  function args(): Expression[] {
    const found: Expression[] = [];
    if (peek().text === ')') {
      take();
      return found;
    }
    do found.push(level(0));
    while (peek().text === ',' && take());
    expect(')');
    return found;
  }

  function primary(): Expression {
    const token = take();
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'string')
      return { kind: 'literal', value: token.text.slice(1, -1).replace(/\\(.)/g, '$1') };
    if (token.kind === 'op' && token.text === '(') {
      const inner = level(0);
      expect(')');
      return inner;
    }
    if (token.kind === 'name') {
      if (peek().kind === 'op' && peek().text === '(') {
        take();
        return { kind: 'call', name: token.text.toUpperCase(), args: args() };
      }
      const word = token.text.toUpperCase();
      if (word === 'TRUE' || word === 'FALSE') return { kind: 'literal', value: word === 'TRUE' };
      if (word === 'NULL') return { kind: 'literal', value: null };
      return { kind: 'field', path: token.text.split('.') };
    }
    throw new Error(`formula: unexpected ${token.text} at ${token.at}`);
  }

  const tree = level(0);
  if (peek().kind !== 'end') throw new Error(`formula: unexpected ${peek().text} at ${peek().at}`);
  return tree;
}

/** Formulas of flows write references as {!name}; they read like names once the marks are gone. */
export const parseFlowFormula = (text: string): Expression =>
  parseFormula(text.replace(/\{!([\w.$]+)\}/g, '$1'));

/** Every part of a formula, itself included. */
function partsOf(tree: Expression): Expression[] {
  switch (tree.kind) {
    case 'literal':
    case 'field':
      return [tree];
    case 'unary':
      return [tree, ...partsOf(tree.of)];
    case 'binary':
      return [tree, ...partsOf(tree.left), ...partsOf(tree.right)];
    case 'call':
      return [tree, ...tree.args.flatMap(partsOf)];
    default:
      return tree satisfies never;
  }
}

/** The fields and other references of a formula, as paths. @example fieldsIn(parseFormula('LEN(Owner.Name)')) // => [['Owner', 'Name']] */
export const fieldsIn = (tree: Expression): string[][] =>
  partsOf(tree).flatMap((part) => (part.kind === 'field' ? [part.path] : []));

/** The functions that a formula calls, in capitals. @example functionsIn(parseFormula('len(Name)')) // => ['LEN'] */
export const functionsIn = (tree: Expression): string[] =>
  partsOf(tree).flatMap((part) => (part.kind === 'call' ? [part.name] : []));
