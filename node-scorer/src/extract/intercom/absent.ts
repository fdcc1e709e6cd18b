import type { ParsedConversation } from './parse.ts';

/**
 * A workspace may know no tags or no ratings: then no conversation of it has that field. Where others have it, a
 * conversation without it was cut, and what the field would have told is `invalid`.
 *
 * @example withAbsent([parsed])[0] === parsed // => true, whatever it lacks: there are no others
 */
export function withAbsent(
  parsed: readonly (ParsedConversation | null)[],
): readonly (ParsedConversation | null)[] {
  const inAll = new Map<string, number>();
  for (const one of parsed) {
    for (const field of one?.absent?.fields ?? []) inAll.set(field, (inAll.get(field) ?? 0) + 1);
  }
  const records = parsed.filter((one) => one !== null).length;
  const lost = new Set([...inAll].filter(([, count]) => count < records).map(([field]) => field));
  if (lost.size === 0) return parsed;
  return parsed.map((one) => {
    const cut = one?.absent?.fields.filter((field) => lost.has(field)) ?? [];
    return one?.absent === undefined || cut.length === 0 ? one : one.absent.whenCut(cut);
  });
}
