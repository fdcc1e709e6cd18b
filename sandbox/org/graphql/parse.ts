import { GraphQLProblem } from './problem.ts';

export type Value =
  | { kind: 'variable'; name: string }
  | { kind: 'literal'; value: string | number | boolean | null }
  /** A name without quotes: ASC, TODAY. */
  | { kind: 'enum'; value: string }
  | { kind: 'list'; values: Value[] }
  | { kind: 'object'; fields: Record<string, Value> };

export interface Directive {
  name: string;
  args: Record<string, Value>;
}

export type Selection =
  | {
      kind: 'field';
      alias: string;
      name: string;
      args: Record<string, Value>;
      directives: Directive[];
      selections: Selection[];
    }
  | { kind: 'spread'; fragment: string; directives: Directive[] }
  | { kind: 'inline'; on: string | undefined; directives: Directive[]; selections: Selection[] };

export interface Operation {
  type: 'query' | 'mutation';
  name: string | undefined;
  variables: { name: string; type: string; required: boolean; preset: Value | undefined }[];
  selections: Selection[];
}

export interface Document {
  operations: Operation[];
  fragments: Map<string, { on: string; selections: Selection[] }>;
}

const TOKEN =
  /[\s,\uFEFF]+|#[^\n]*|(?<block>"""[\s\S]*?""")|(?<string>"(?:\\.|[^"\\\n])*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<mark>\.\.\.|[!$():=@[\]{}|&])/y;

interface Token {
  kind: 'block' | 'string' | 'number' | 'name' | 'mark' | 'end';
  text: string;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match)
      throw new GraphQLProblem(
        'InvalidSyntax',
        `Invalid syntax: offending token '${text.slice(at, at + 1)}' at offset ${at}`,
      );
    for (const kind of ['block', 'string', 'number', 'name', 'mark'] as const) {
      const value = match.groups?.[kind];
      if (value !== undefined) found.push({ kind, text: value });
    }
  }
  return [...found, { kind: 'end', text: '' }];
}

/**
 * Parses a GraphQL document: operations with variables, fragments, arguments, directives, aliases.
 *
 * @throws GraphQLProblem InvalidSyntax for everything else, subscriptions and type definitions included.
 */
export function parseDocument(text: string): Document {
  const list = tokens(text);
  let position = 0;
  const peek = (): Token => list[position] ?? { kind: 'end', text: '' };
  const take = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const fail = (token: Token, expected: string): GraphQLProblem =>
    new GraphQLProblem('InvalidSyntax', `Invalid syntax: found '${token.text}', expected ${expected}`);
  const eat = (mark: string): boolean => {
    if (peek().kind !== 'mark' || peek().text !== mark) return false;
    position += 1;
    return true;
  };
  const expect = (mark: string): void => {
    if (!eat(mark)) throw fail(peek(), mark);
  };
  const name = (): string => {
    const token = take();
    if (token.kind !== 'name') throw fail(token, 'a name');
    return token.text;
  };

  function value(): Value {
    if (eat('$')) return { kind: 'variable', name: name() };
    if (eat('[')) {
      const values: Value[] = [];
      while (!eat(']')) values.push(value());
      return { kind: 'list', values };
    }
    if (eat('{')) {
      const fields: Record<string, Value> = {};
      while (!eat('}')) {
        const key = name();
        expect(':');
        fields[key] = value();
      }
      return { kind: 'object', fields };
    }
    const token = take();
    if (token.kind === 'string') return { kind: 'literal', value: JSON.parse(token.text) as string };
    if (token.kind === 'block') return { kind: 'literal', value: token.text.slice(3, -3).trim() };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind !== 'name') throw fail(token, 'a value');
    if (token.text === 'null') return { kind: 'literal', value: null };
    if (token.text === 'true' || token.text === 'false')
      return { kind: 'literal', value: token.text === 'true' };
    return { kind: 'enum', value: token.text };
  }

  function args(): Record<string, Value> {
    const found: Record<string, Value> = {};
    if (!eat('(')) return found;
    while (!eat(')')) {
      const key = name();
      expect(':');
      found[key] = value();
    }
    return found;
  }

  function directives(): Directive[] {
    const found: Directive[] = [];
    while (eat('@')) found.push({ name: name(), args: args() });
    return found;
  }

  function selections(): Selection[] {
    const found: Selection[] = [];
    expect('{');
    while (!eat('}')) found.push(selection());
    return found;
  }

  function selection(): Selection {
    if (eat('...')) {
      if (peek().kind === 'name' && peek().text !== 'on')
        return { kind: 'spread', fragment: name(), directives: directives() };
      let on: string | undefined;
      if (peek().text === 'on') {
        take();
        on = name();
      }
      return { kind: 'inline', on, directives: directives(), selections: selections() };
    }
    const first = name();
    const own = eat(':') ? name() : first;
    const given = args();
    const marks = directives();
    const inner = peek().kind === 'mark' && peek().text === '{' ? selections() : [];
    return { kind: 'field', alias: first, name: own, args: given, directives: marks, selections: inner };
  }

  function type(): { text: string; required: boolean } {
    const text = eat('[') ? `[${type().text}]` : name();
    if (text.startsWith('[')) expect(']');
    const required = eat('!');
    return { text: required ? `${text}!` : text, required };
  }

  function operation(kind: 'query' | 'mutation'): Operation {
    const own = peek().kind === 'name' ? name() : undefined;
    const variables: Operation['variables'] = [];
    if (eat('('))
      while (!eat(')')) {
        expect('$');
        const variable = name();
        expect(':');
        const { text: declared, required } = type();
        variables.push({ name: variable, type: declared, required, preset: eat('=') ? value() : undefined });
      }
    directives();
    return { type: kind, name: own, variables, selections: selections() };
  }

  const document: Document = { operations: [], fragments: new Map() };
  while (peek().kind !== 'end') {
    if (peek().text === '{') {
      document.operations.push({ type: 'query', name: undefined, variables: [], selections: selections() });
      continue;
    }
    const token = take();
    if (token.text === 'query' || token.text === 'mutation') document.operations.push(operation(token.text));
    else if (token.text === 'fragment') {
      const own = name();
      if (name() !== 'on') throw fail(peek(), 'on');
      const on = name();
      directives();
      document.fragments.set(own, { on, selections: selections() });
    } else throw fail(token, 'query, mutation or fragment');
  }
  return document;
}
