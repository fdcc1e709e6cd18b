import { CRITICAL, signalRow, storedMonths, USUAL } from './fixtures';
import { storyFrom as story } from './page';

describe('The signals of the card', () => {
  it('says which open signals hold the score, have no effect, or are newer than it', () => {
    const watch = { ...CRITICAL, id: 'a02000000000002AAA', severity: 'watch' };
    const fresh = { ...CRITICAL, id: 'a02000000000003AAA', severity: 'moderate', expiresOn: null };
    const both = storedMonths([{ readings: USUAL, signals: [CRITICAL, watch] }]);
    const { signals } = story({
      rows: both,
      signals: [signalRow(watch), signalRow(fresh), signalRow(CRITICAL)],
    });
    expect(signals.rows.map(({ mark, fact }) => [mark, fact])).toEqual([
      ['Critical', expect.stringMatching(/\. Holds the score down$/)],
      ['Moderate', expect.stringMatching(/\. Not in this score yet: the next refresh looks at it$/)],
      ['Watch', expect.stringMatching(/\. No effect on the score$/)],
    ]);
    expect(signals.rows[1].points).toBe('No end date');
  });

  it('never says of a signal that was seen after the score that it has no effect', () => {
    const later = { ...CRITICAL, observedOn: '2026-11-05' };
    const { signals } = story({
      rows: storedMonths([{ readings: USUAL, signals: [later] }]),
      signals: [signalRow(later)],
    });
    expect(signals.rows[0].fact).toMatch(/\. Not in this score yet: the next refresh looks at it$/);
  });

  it('leaves out one that was resolved', () => {
    const resolved = signalRow(CRITICAL, { Status__c: 'Resolved', Resolved_On__c: '2026-11-20' });
    expect(story({ signals: [resolved] }).signals).toMatchObject({ lead: 'No open signals.', rows: [] });
  });
});
