import { answerOf, CRITICAL, READER, RUN_ID, signalRow, storedMonths, USUAL } from './fixtures';
import { storyOf } from 'c/healthStory';
import { storyFrom as story } from './page';

const nothing = Object.fromEntries(Object.keys(USUAL).map((id) => [id, 'not_mapped']));

describe('The story of an account', () => {
  it('tells nothing known from a score of 0', () => {
    const { kind, headline, losses, changes, inside, steps, notices } = story({
      rows: storedMonths([{ readings: nothing }]),
    });
    expect(kind).toBe('unscored');
    expect(headline).toMatchObject({ score: '–', tier: 'No score', scale: null, causes: [] });
    expect([losses, changes, inside, steps]).toEqual([null, null, null, null]);
    // What is missing is listed once, where the score would be made up.
    expect(notices).toMatchObject([
      { id: 'missing', text: expect.stringMatching(/^No source knows anything/) },
    ]);
  });

  it('tells an account that waits for its first score', () => {
    const { kind, headline, parts, proof, signals } = story({ rows: [] });
    expect(kind).toBe('none');
    expect(headline).toMatchObject({ score: '–', tier: 'No score yet' });
    expect([parts, proof, signals.rows]).toEqual([null, null, []]);
  });

  it('tells nothing at all to who may not see the account, or the number', () => {
    const [row] = storedMonths([{ readings: USUAL }]);
    const fields = Object.fromEntries(Object.entries(row).filter(([field]) => field !== 'Health_Score__c'));
    for (const given of [{ account: null }, { rows: [fields] }]) {
      const { kind, notices, more, mayRaise, ...parts } = story(given);
      expect(more).toEqual([]);
      expect(kind).toBe('hidden');
      expect(notices.map(({ id }) => id)).toEqual(['noAccess']);
      expect(mayRaise).toBe(false);
      expect(Object.values(parts).filter((part) => part !== null)).toEqual([]);
    }
  });

  it('tells on the page of a past score nothing that came later, and lets nothing be changed', () => {
    const later = signalRow({ ...CRITICAL, observedOn: '2026-11-05' });
    const answer = answerOf({
      signals: [later, signalRow(CRITICAL)],
      ended: { Id: RUN_ID, Window_End__c: '2026-11-21' },
      touched: { Id: RUN_ID, Status__c: 'Running' },
    });
    const past = storyOf(answer, { ...READER, past: true });
    expect(past.signals.rows).toEqual([expect.objectContaining({ id: CRITICAL.id, button: '' })]);
    expect(past).toMatchObject({ notices: [], mayRaise: false, proof: { actions: [] } });
  });
});
