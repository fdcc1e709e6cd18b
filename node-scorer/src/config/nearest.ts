/** So many letters may be wrong in a word of three; a longer one may have one more for each further three. */
const LETTERS_PER_MISTAKE = 3;
/** Longer names than any that are known are no slips of the pen, and not worth a table. */
const LONGEST = 100;
/** Shorter words lie inside too many others by chance; at their beginning, those of a letter less still mean them. */
const SHORTEST_PART = 3;
const SHORTEST_BEGINNING = 2;
/** Words that begin alike for fewer letters are others. */
const SHORTEST_STEM = 5;

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * The name that a person most likely meant: the same but for case, spaces and signs; else one a few letters
 * away; else one that holds the other, or begins as it does. Null when none is near.
 *
 * @example nearest('escalated', ['Is escalated', 'Severity']) // => 'Is escalated'
 * @example nearest('Higest', ['High', 'Highest']) // => 'Highest'
 * @example nearest('nps', ['csat_score']) // => null
 */
export function nearest(name: string, known: Iterable<string>): string | null {
  const wanted = plain(name);
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const far = distance(wanted, plain(candidate));
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** How far one word is from another; infinite where nobody would have meant it. */
function distance(wanted: string, other: string): number {
  if (wanted === '' || other === '' || wanted.length > LONGEST) return Number.POSITIVE_INFINITY;
  if (wanted === other) return 0;
  const mistakes = edits(wanted, other);
  if (mistakes <= Math.max(wanted.length, other.length) / LETTERS_PER_MISTAKE) return mistakes;
  const [short, long] = wanted.length < other.length ? [wanted, other] : [other, wanted];
  // After every word of a few wrong letters, and the further the more of it is left over.
  const isPart = short.length >= SHORTEST_PART && long.includes(short);
  if (isPart || (short.length >= SHORTEST_BEGINNING && long.startsWith(short)))
    return wanted.length + long.length - short.length;
  const stem = stemOf(wanted, other);
  return stem >= SHORTEST_STEM && stem >= wanted.length / 2
    ? wanted.length + long.length + other.length - stem
    : Number.POSITIVE_INFINITY;
}

/** So many letters two words begin with alike. */
function stemOf(one: string, other: string): number {
  let letters = 0;
  while (letters < one.length && one[letters] === other[letters]) letters++;
  return letters;
}

/** Letters to change, add or leave out to make one word of another (Levenshtein). */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
