/**
 * Text that is safe to show: control characters, such as those that move a terminal's cursor, are replaced.
 *
 * @example plain('Tarn\u001b[2J') // => 'Tarn�[2J'
 */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');

/**
 * Text cut or filled to a width, in characters; 0 leaves it as it is.
 *
 * @example cell('Larkfield Hotels', 10) // => 'Larkfield…'
 */
export function cell(text: string, width: number): string {
  const characters = Array.from(plain(text));
  if (width === 0) return characters.join('');
  if (characters.length > width) return `${characters.slice(0, width - 1).join('')}…`;
  return characters.join('') + ' '.repeat(width - characters.length);
}

const [GREEN, YELLOW, RED] = [32, 33, 31];

/**
 * Text in the colour of a tier: the best green, the worst red, those between yellow. Words carry the meaning.
 *
 * @param rank position among the tiers, best first; -1 for no tier, which stays plain
 */
export function paint(text: string, rank: number, tiers: number): string {
  if (rank < 0) return text;
  const colour = rank === tiers - 1 && tiers > 1 ? RED : rank < tiers / 2 ? GREEN : YELLOW;
  return `\u001b[${colour}m${text}\u001b[0m`;
}
