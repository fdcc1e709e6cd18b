/** One text value that a condition compares a field with. */
export interface NamedValue {
  readonly field: string;
  readonly value: string;
}

/** The text values that one comparison names: any of them will do. */
export interface NamedList {
  readonly field: string;
  readonly values: readonly string[];
  /** The comparison leaves these out instead of asking for them. */
  readonly negated: boolean;
}

const QUOTED = String.raw`'(?:\\.|[^'\\])*'`;
const COMPARISON = new RegExp(
  String.raw`\b([A-Za-z][\w.]*)\s*(!=|<>|=|(?:NOT\s+)?IN\s*\(|INCLUDES\s*\(|EXCLUDES\s*\()\s*(${QUOTED}(?:\s*,\s*${QUOTED})*)`,
  'gi',
);

/**
 * The text values that a SOQL condition names, with their fields. Only simple comparisons, IN and INCLUDES are
 * looked at: it serves to tell which picklist values an org lacks, not to run the condition.
 *
 * @example namedValues("Type IN ('Expansion','Upsell') AND IsClosed = false")
 * // => [{ field: 'Type', value: 'Expansion' }, { field: 'Type', value: 'Upsell' }]
 */
export const namedValues = (where: string): NamedValue[] =>
  namedLists(where).flatMap(({ field, values }) => values.map((value) => ({ field, value })));

/**
 * The same, one list for each comparison.
 *
 * @example namedLists("Type IN ('Expansion','Upsell')") // => [{ field: 'Type', values: ['Expansion', 'Upsell'], negated: false }]
 */
export function namedLists(where: string): NamedList[] {
  return [...where.matchAll(COMPARISON)].map(([, field = '', operator = '', list = '']) => ({
    field,
    negated: /^(!=|<>|NOT|EXCLUDES)/i.test(operator),
    values: [...list.matchAll(new RegExp(QUOTED, 'g'))].flatMap(([quoted]) =>
      // INCLUDES joins several values that must stand together by a semicolon.
      quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1').split(';'),
    ),
  }));
}
