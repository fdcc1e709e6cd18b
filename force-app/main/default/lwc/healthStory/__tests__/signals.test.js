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

  it.each([
    ['Expires_On__c', '2026-11-20', 0],
    ['Expires_On__c', '2026-11-21', 0],
    ['Expires_On__c', '2026-11-22', 1],
    ['Resolved_On__c', '2026-11-21', 0],
    ['Resolved_On__c', '2026-11-22', 1],
  ])('on 21 November, with %s %s: %i open', (field, day, open) => {
    const status = field === 'Resolved_On__c' ? 'Resolved' : 'Active';
    const row = signalRow(CRITICAL, { Expires_On__c: null, Status__c: status, [field]: day });
    expect(story({ signals: [row] }, { today: '2026-11-21' }).signals.rows).toHaveLength(open);
  });

  it('leaves out one that was resolved', () => {
    const resolved = signalRow(CRITICAL, { Status__c: 'Resolved', Resolved_On__c: '2026-11-20' });
    expect(story({ signals: [resolved] }).signals).toMatchObject({ lead: 'No open signals.', rows: [] });
  });
});
