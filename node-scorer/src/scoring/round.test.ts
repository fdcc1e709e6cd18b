import { expect, it } from 'vitest';
import { nineDecimals, shownScore, tenthsOf } from './round.ts';

it.each([
  [65.35, 65.4],
  [65.34999999, 65.3],
  [0.05, 0.1],
  [0.04999999999, 0.1],
  [0.049999999, 0],
  [89.95, 90],
  [75.95, 76],
  [75.9499, 75.9],
  [100, 100],
  [0, 0],
  [59.00000000000001, 59],
])('A score of %d is shown as %d: halves go up, judged on nine decimals', (score, shown) => {
  expect(shownScore(score)).toBe(shown);
});

it('Tenths are whole numbers', () => expect(tenthsOf(62.41)).toBe(624));
it('Nine decimals forget the last binary digits', () => expect(nineDecimals(0.1 + 0.2)).toBe(0.3));
