/** A query that Jira refuses, with the messages of its answer. */
export class JqlError extends Error {
  readonly messages: readonly string[];
  constructor(messages: readonly string[]) {
    super(messages.join(' '));
    this.messages = messages;
  }
}

export interface Token {
  /** `word` may be a keyword, `text` was in quotes and never is. */
  readonly kind: 'word' | 'text' | 'sign' | 'end';
  readonly value: string;
  /** `(line 1, character 9)` */
  readonly where: string;
}

// https://support.atlassian.com/jira-service-management-cloud/docs/use-advanced-search-with-jira-query-language-jql/
const RESERVED_CHARACTERS = '+.;?|*/%^$#@[]{}\\';
const SIGNS = ['<=', '>=', '!=', '!~', '&&', '||', '=', '<', '>', '~', '!', '&', '|', '(', ')', ','];
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Cuts a query into tokens.
 *
 * @throws JqlError for a reserved character outside quotes and for quotes that are never closed
 * @example tokensOf('project = "A B"').map(({ value }) => value) // => ['project', '=', 'A B', '']
 */
export function tokensOf(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const where = (position: number): string => {
    const before = jql.slice(0, position).split('\n');
    return `(line ${before.length}, character ${(before.at(-1) ?? '').length + 1})`;
  };
  const refuse = (message: string): never => {
    throw new JqlError([`Error in the JQL Query: ${message}`]);
  };

  while (at < jql.length) {
    const character = jql.charAt(at);
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if (character === '"' || character === "'") {
      const start = at++;
      let value = '';
      while (at < jql.length && jql.charAt(at) !== character) {
        if (jql.charAt(at) === '\\') {
          at++;
          const escaped = jql.charAt(at);
          const code = escaped === 'u' ? /^[0-9a-f]{4}/i.exec(jql.slice(at + 1))?.[0] : undefined;
          if (code !== undefined) {
            value += String.fromCharCode(Number.parseInt(code, 16));
            at += 4;
          } else if (escaped in ESCAPES) value += ESCAPES[escaped] ?? '';
          else if ('"\'\\ '.includes(escaped) && escaped !== '') value += escaped;
          else refuse(`'\\${escaped}' is an illegal JQL escape sequence. ${where(at - 1)}`);
        } else value += jql.charAt(at);
        at++;
      }
      if (at >= jql.length) {
        refuse(`The quoted string '${jql.slice(start + 1)}' has not been completed. ${where(start)}`);
      }
      at++;
      tokens.push({ kind: 'text', value, where: where(start) });
      continue;
    }
    const sign = SIGNS.find((each) => jql.startsWith(each, at));
    if (sign !== undefined) {
      tokens.push({ kind: 'sign', value: sign, where: where(at) });
      at += sign.length;
      continue;
    }
    if (RESERVED_CHARACTERS.includes(character)) {
      const code = character.charCodeAt(0).toString(16).padStart(4, '0');
      refuse(
        `The character '${character}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${code}' instead. ${where(at)}`,
      );
    }
    const start = at;
    while (at < jql.length && !/[\s"'<>=!~&|(),]/.test(jql.charAt(at)) && !isReserved(jql.charAt(at))) at++;
    tokens.push({ kind: 'word', value: jql.slice(start, at), where: where(start) });
  }
  return [...tokens, { kind: 'end', value: '', where: where(jql.length) }];
}

const isReserved = (character: string): boolean => RESERVED_CHARACTERS.includes(character);
