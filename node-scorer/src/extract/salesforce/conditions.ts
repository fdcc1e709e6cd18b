/** One text value that a condition compares a field with. */
export interface NamedValue {
  readonly field: string;
  readonly value: string;
}

const QUOTED = String.raw`'(?:\\.|[^'\\])*'`;
const COMPARISON = new RegExp(
  String.raw`\b([A-Za-z]\w*)\s*(?:!=|=|(?:NOT\s+)?IN\s*\(|INCLUDES\s*\(|EXCLUDES\s*\()\s*(${QUOTED}(?:\s*,\s*${QUOTED})*)`,
  'gi',
);

/**
 * The text values that a SOQL condition names, with their fields. Only simple comparisons, IN and INCLUDES are
 * looked at: it serves to tell which picklist values an org lacks, not to run the condition.
 *
 * @example namedValues("Type IN ('Expansion','Upsell') AND IsClosed = false")
 * // => [{ field: 'Type', value: 'Expansion' }, { field: 'Type', value: 'Upsell' }]
 */
export function namedValues(where: string): NamedValue[] {
  return [...where.matchAll(COMPARISON)].flatMap(([, field = '', list = '']) =>
    [...list.matchAll(new RegExp(QUOTED, 'g'))].flatMap(([quoted]) =>
      // INCLUDES joins several values that must stand together by a semicolon.
      quoted
        .slice(1, -1)
        .replaceAll(/\\(.)/g, '$1')
        .split(';')
        .map((value) => ({ field, value })),
    ),
  );
}
