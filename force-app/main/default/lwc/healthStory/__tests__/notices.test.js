import { storyOf } from 'c/healthStory';
import { answerOf, CRITICAL, READER, RUN_ID, signalRow, storedMonths, USUAL } from './fixtures';
import { storyFrom as story } from './page';

/** Of the first screen and of the details. */
const all = (given) => [...story(given).notices, ...story(given).more];
const ids = (given) => all(given).map(({ id, kind }) => `${id} ${kind}`);

describe('Notices', () => {
  it('puts a whole missing source into a notice of its own', () => {
    const bugs = ['open_bugs', 'critical_bugs', 'reopened_bugs', 'avg_resolution_days', 'bug_trend'];
    const readings = { ...USUAL, ...Object.fromEntries(bugs.map((id) => [id, 'not_mapped'])) };
    const notices = all({ rows: storedMonths([{ readings }]) });
    expect(notices).toEqual([
      expect.objectContaining({
        id: 'missing',
        kind: 'info',
        text: expect.stringMatching(/^Not linked: Open bugs; /),
      }),
    ]);
  });

  it('says nothing when there is nothing to say, nor of a metric or two that are missing', () => {
    const rows = storedMonths([{ readings: { ...USUAL, csat_score: 'not_mapped' } }]);
    expect(ids({ rows })).toEqual([]);
    expect(ids()).toEqual([]);
  });

  it('says that values are of an earlier month', () => {
    const rows = storedMonths([{ readings: USUAL, carried: { open_bugs: '2026-09-30' } }]);
    expect(ids({ rows })).toEqual(['carried warning']);
  });

  it('says that a score is stale when a later refresh of all left it out, but never of a customer who left', () => {
    const ended = { Id: RUN_ID, Window_End__c: '2026-11-21' };
    expect(ids({ ended })).toEqual(['stale warning']);
    expect(ids({ ended, account: { Churned_On__c: '2026-11-02' } })).toEqual(['churned info']);
  });

  it.each([
    ['Running', 'refreshing info'],
    ['Held', 'held warning'],
    ['Failed', 'failed error'],
  ])('says that the last refresh is %s', (Status__c, expected) => {
    const touched = { Id: RUN_ID, Status__c, Finished_At__c: '2026-11-20T06:00:00.000Z' };
    expect(ids({ touched })).toEqual([expected]);
  });

  describe('of signals that came after the score', () => {
    const later = (more) => signalRow({ ...CRITICAL, observedOn: '2026-11-05' }, more);

    it('names the gravest', () => {
      const signals = [later({ Severity__c: 'Moderate', Signal_Category__c: 'Budget cut' }), later()];
      const [notice] = story({ signals }).notices;
      expect(notice).toMatchObject({
        id: 'newer',
        kind: 'warning',
        title: 'This score does not know a signal: Executive sponsor left (Critical).',
        text: 'It was saved after the last refresh. With the next refresh the score is at most 59.0.',
      });
    });

    it.each([
      ['one that is only watched', later({ Severity__c: 'Watch' })],
      ['one that was resolved since', later({ Status__c: 'Resolved', Resolved_On__c: '2026-11-20' })],
    ])('says nothing of %s', (_which, row) => {
      expect(ids({ signals: [row] })).toEqual([]);
    });

    it('goes by what the score was made with, not by the day of the signal', () => {
      const signals = [signalRow(CRITICAL)];
      expect(ids({ signals })).toEqual(['newer warning']);
      const rows = storedMonths([{ readings: USUAL }, { readings: USUAL, signals: [CRITICAL] }]);
      expect(ids({ rows, signals })).toEqual(['cap cap']);
      const watched = storedMonths([{ readings: USUAL, signals: [{ ...CRITICAL, severity: 'watch' }] }]);
      expect(ids({ rows: watched, signals })).toEqual(['newer warning']);
    });

    it('says nothing to a customer who left', () => {
      expect(ids({ signals: [later()], account: { Churned_On__c: '2026-11-02' } })).toEqual(['churned info']);
    });
  });

  it('forgets a failed refresh once a later score is there', () => {
    const touched = { Id: RUN_ID, Status__c: 'Failed', Finished_At__c: '2026-10-20T06:00:00.000Z' };
    expect(ids({ touched })).toEqual([]);
  });

  describe('of an account without a score', () => {
    const waiting = (given, reader) => story({ rows: [], ...given }, reader).notices;

    it.each([
      ['waits for its first refresh', {}, 'added on 12 Nov 2024'],
      ['was added nobody knows when', { account: { CreatedDate: null } }, 'waits for its first refresh'],
      ['is not scored at all', { account: { Health_Segment__c: null } }, 'no health segment'],
    ])('say that it %s', (_what, given, words) => {
      const [notice, ...more] = waiting(given);
      expect(notice).toMatchObject({ id: 'waiting', kind: 'info', text: expect.stringContaining(words) });
      expect(more).toEqual([]);
    });

    it('offer a refresh to who may start one, and only where it would bring a score', () => {
      const acts = ([{ actions }]) => actions.map(({ act }) => act);
      const account = { Health_Segment__c: null };
      expect(acts(waiting({}, { mayRefresh: true }))).toEqual(['refresh']);
      expect(acts(waiting({ account }, { mayRefresh: true }))).toEqual([]);
      expect(acts(waiting({}))).toEqual([]);
    });
  });

  it('tell who may not see it whom to ask', () => {
    const [notice, ...more] = story({ account: null }).notices;
    expect(notice.text).toContain('permission set Health Viewer');
    expect(more).toEqual([]);
  });

  describe('of what holds the score', () => {
    const rows = storedMonths([{ readings: USUAL }, { readings: USUAL, signals: [CRITICAL] }]);
    const capOf = (given) => all({ rows, ...given }).find(({ id }) => id === 'cap');

    it('say the score without it, who raised the signal, until when, and what can be done', () => {
      const cap = capOf({ signals: [signalRow(CRITICAL)] });
      expect(cap.title).toMatch(/^Capped at 59\.0\. Without it: \d+\.\d (At Risk|Healthy)$/);
      const [signal] = cap.parts;
      expect(signal).toMatchObject({ title: 'Executive sponsor left', text: '(critical, confirmed)' });
      expect(signal.quiet).toContain('raised by Account owner\n23 days left to 14 Dec 2026');
      expect(signal.actions.map(({ act }) => act)).toEqual(['resolve', 'open']);
    });

    it.each([
      ['was resolved', [signalRow(CRITICAL, { Status__c: 'Resolved', Resolved_On__c: '2026-11-20' })]],
      ['was deleted', []],
    ])('say of a signal that %s since that the next refresh lets go', (_what, signals) => {
      expect(capOf({ signals }).parts[0].quiet).toContain('has ended');
    });

    it('do not say that a signal has ended before the signals are known', () => {
      const [signal] = storyOf({ ...answerOf({ rows }), signals: null }, READER).more[0].parts;
      expect(signal).toMatchObject({ title: 'Signal', actions: [] });
      expect(signal.quiet).toContain('23 days left');
    });

    it('say which source it is for', () => {
      const bugs = { ...USUAL, open_bugs: 'source_down' };
      const hold = capOf({ rows: storedMonths([{ readings: bugs, hold: { at: 61.2, sources: ['jira'] } }]) });
      expect(hold).toMatchObject({ kind: 'outage', parts: [] });
      expect(hold.text).toMatch(/^\nJira could not be read/);
    });

    it('say how each reading was lost that it is for', () => {
      const readings = {
        ...USUAL,
        open_bugs: 'source_down',
        csat_score: 'invalid',
        stickiness_pct: 'unknown_name',
      };
      const why = { source_down: ['jira'], invalid: ['intercom'], unknown_name: ['looker'] };
      const cap = { at: 61.2, earlier: 61.2, sources: ['jira', 'intercom', 'looker'], why };
      expect(
        capOf({ rows: storedMonths([{ readings, hold: cap }]) })
          .text.trim()
          .split('\n'),
      ).toEqual([
        expect.stringMatching(/^Jira could not be read/),
        expect.stringMatching(/^Intercom sent values that cannot be used/),
        expect.stringMatching(/settings means nothing to Looker/),
      ]);
    });
  });
});
