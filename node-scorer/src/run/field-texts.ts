import { totalCalls, type CallCounts } from '../http/calls.ts';

/**
 * Texts of a run's record, in characters; below the lengths of their fields, which the org would refuse the whole record
 * for.
 */
export const TEXT_LENGTHS = {
  Calls__c: 4_000,
  Degraded_Sources__c: 255,
  Error__c: 4_000,
  Errors__c: 32_000,
  Evidence__c: 32_768,
  Tier_Moves__c: 32_000,
} as const;

/**
 * Lines up to a length; what did not fit is counted, never cut without a word.
 *
 * @returns null without any line; at most 40 characters more than `length`
 * @example shortened(['a: x', 'b: y'], 32_000) // => 'a: x\nb: y\n'
 */
export function shortened(lines: readonly string[], length: number): string | null {
  if (lines.length === 0) return null;
  let text = '';
  for (const [i, line] of lines.entries()) {
    // A single line longer than the field is better begun than left out.
    if (i === 0 && line.length > length) text = `${line.slice(0, length)}…\n`;
    else if (text.length + line.length > length) return `${text}… and ${lines.length - i} more`;
    else text += `${line}\n`;
  }
  return text;
}

/**
 * Names in one line of at most so many characters; those that did not fit are counted.
 *
 * @returns null without any name
 * @example listed(['jira', 'looker (3 accounts)'], 255) // => 'jira, looker (3 accounts)'
 * @example listed(['a'.repeat(200), 'b'.repeat(200), 'c'], 255) // => 'aaa…, … and 2 more'
 */
export function listed(names: readonly string[], length: number): string | null {
  if (names.length === 0) return null;
  const whole = names.join(', ');
  if (whole.length <= length) return whole;
  const rest = (kept: number): string => (kept < names.length ? `… and ${names.length - kept} more` : '');
  for (let kept = names.length - 1; kept > 0; kept--) {
    const text = `${names.slice(0, kept).join(', ')}, ${rest(kept)}`;
    if (text.length <= length) return text;
  }
  // Not even the first fits: its beginning tells more than a number alone.
  const more = names.length > 1 ? `, ${rest(1)}` : '';
  return `${(names[0] ?? '').slice(0, length - more.length - 1)}…${more}`;
}

/**
 * Calls as JSON of at most so many characters: by vendor and endpoint, or by vendor alone with `endpoints` saying that
 * they were left out.
 *
 * @example callsToJson({ jira: { search: 2 } }, { jira: 1 }, 4_000)
 * // => '{"total":2,"least":{"jira":1},"jira":{"search":2}}'
 */
export function callsToJson(
  calls: CallCounts,
  least: Readonly<Record<string, number>>,
  length: number,
): string {
  const total = totalCalls(calls);
  const whole = JSON.stringify({ total, least, ...calls });
  if (whole.length <= length) return whole;
  const byVendor = Object.fromEntries(
    Object.keys(calls).map((vendor) => [vendor, { all: totalCalls(calls, vendor) }]),
  );
  return JSON.stringify({ total, least, endpoints: 'left out: too many to list', ...byVendor });
}
