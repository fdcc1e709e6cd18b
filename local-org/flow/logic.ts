// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

/** Logic over numbered conditions: `and`, `or`, or a text such as `1 AND (2 OR 3)`. */
export type Logic =
  { readonly condition: number } | { readonly op: 'AND' | 'OR'; readonly of: readonly Logic[] };

/**
 * Reads condition logic. NOT is not modelled, and refused.
 *
 * @throws Error when the text makes no sense, names a condition that is not there, or leaves one out
 * @example parseLogic('1 AND (2 OR 3)', 3) // => { op: 'AND', of: [{ condition: 0 }, { op: 'OR', of: […] }] }
 */
export function parseLogic(text: string, conditions: number): Logic {
  const all = Array.from({ length: conditions }, (_, i) => ({ condition: i }));
  if (text === 'and' || text === 'or') return { op: text === 'and' ? 'AND' : 'OR', of: all };
  const tokens = text.toUpperCase().match(/\d+|[A-Z]+|[()]|\S/g) ?? [];
  const used = new Set<number>();
  let position = 0;
  const fail = (): Error =>
    new Error(
      `condition logic ${JSON.stringify(text)}: found ${tokens[position] ?? 'the end'} at part ${position + 1}, expected numbers 1 to ${conditions} joined by AND, OR and brackets`,
    );

  function part(): Logic {
    const token = tokens[position++];
    if (token === '(') {
      const inner = group();
      if (tokens[position++] !== ')') throw fail();
      return inner;
    }
    const number = Number(token);
    if (!Number.isInteger(number) || number < 1 || number > conditions) {
      position -= 1;
      throw fail();
    }
    used.add(number);
    return { condition: number - 1 };
  }

  function group(): Logic {
    const of = [part()];
    const op = tokens[position];
    if (op !== 'AND' && op !== 'OR') return { op: 'AND', of };
    while (tokens[position] === op) {
      position += 1;
      of.push(part());
    }
    // AND and OR side by side have no order of their own: the platform wants brackets, so do we.
    if (tokens[position] === 'AND' || tokens[position] === 'OR') throw fail();
    return { op, of };
  }

  const tree = group();
  if (position < tokens.length || used.size < conditions) throw fail();
  return tree;
}

/** Conditions are asked only as far as needed, from left to right. */
export function holds(logic: Logic, condition: (index: number) => boolean): boolean {
  if ('condition' in logic) return condition(logic.condition);
  return logic.op === 'AND'
    ? logic.of.every((part) => holds(part, condition))
    : logic.of.some((part) => holds(part, condition));
}

/** The same logic as text over conditions that are texts. @example written({ condition: 0 }, () => 'a = 1') // => 'a = 1' */
export function written(logic: Logic, condition: (index: number) => string): string {
  if ('condition' in logic) return condition(logic.condition);
  return logic.of
    .map((part) => ('condition' in part ? written(part, condition) : `(${written(part, condition)})`))
    .join(` ${logic.op} `);
}
