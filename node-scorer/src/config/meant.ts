/**
 * The known name that a person most likely meant: same letters, or one of them begins with the other, or the fewest
 * letters apart (a third of them at most). Undefined when none is near.
 *
 * @example meant('CSAT_Score', ['open_bugs', 'csat_score']) // => 'csat_score'
 */
export function meant(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wanted = plain(name);
  if (wanted === '') return undefined;
  const same = known.find((candidate) => plain(candidate) === wanted);
  const begins = known.find((candidate) => {
    const other = plain(candidate);
    return other.startsWith(wanted) || wanted.startsWith(other);
  });
  if (same !== undefined || begins !== undefined) return same ?? begins;
  // Longer names than any of ours are no slips of the pen, and not worth a table.
  if (wanted.length > 100) return undefined;
  const apart = known.map((candidate) => ({ candidate, letters: lettersApart(wanted, plain(candidate)) }));
  const [best] = apart.toSorted((a, b) => a.letters - b.letters);
  return best !== undefined && best.letters <= wanted.length / 3 ? best.candidate : undefined;
}

/** Letters to put in, take out or change to make one text of the other (Levenshtein). */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
