import { MISSING_REASONS } from 'c/scoringCore';
import { number, oneDecimal, percentOf, pointsText } from '../speech';
import { reasonText } from '../words';

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

  it('sets signs and marks as the language of the reader does', () => {
    expect([number(1234.56, 1), pointsText(-4.5), pointsText(0), percentOf(0.6)]).toEqual([
      '1,234.6',
      '−4.5',
      '0.0',
      '60%',
    ]);
  });

  it.each(MISSING_REASONS.map((reason) => [reason]))('say in plain words why a value is %s', (reason) => {
    expect(reasonText(reason)).toMatch(/^[A-Z][a-z ]+$/);
  });

  it('say of a name that the source does not have', () => {
    expect(reasonText('unknown_name')).toBe('Name not known to the source');
  });
});
