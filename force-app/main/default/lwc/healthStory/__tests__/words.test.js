import { oneDecimal } from '../words';

describe('Words of the card', () => {
  it.each([
    [65.35, '65.4'],
    [65.349, '65.3'],
    [75.95, '76.0'],
    [0, '0.0'],
    [100, '100.0'],
    [null, '–'],
    [undefined, '–'],
  ])('shows a score of %s as %s, as the scorer stores it', (score, shown) => {
    expect(oneDecimal(score)).toBe(shown);
  });
});
