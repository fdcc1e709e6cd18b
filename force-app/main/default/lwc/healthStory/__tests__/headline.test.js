import { CRITICAL, signalRow, storedMonths, USUAL } from './fixtures';
import { storyFrom as story } from './page';

const tenths = (text) => Math.round(Number(text.replace('−', '-').replace('+', '')) * 10);

describe('The first lines of the card', () => {
  it('says tier, score and change first, in one sentence for a screen reader', () => {
    const { kind, headline } = story();
    expect(kind).toBe('scored');
    expect(headline.sentence).toMatch(/^(At Risk|Healthy) \d+\.\d, Down \d+\.\d$/);
    expect(headline.window).toBe('October 2026, compared with September 2026');
    expect(headline.doubts).toBe('');
  });

  it('names at most three causes, largest first, each with values and points that go the way of the change', () => {
    const { causes } = story().headline;
    expect(causes).toHaveLength(3);
    expect(causes.map(({ text }) => text).join()).toContain('First response 1 h 20 min to 2 h 25 min');
    const points = causes.map(({ points: text }) => tenths(/^\((.*)\)[,.]$/.exec(text)[1]));
    expect(points.every((point) => point < 0)).toBe(true);
    expect([...points].sort((a, b) => a - b)).toEqual(points);
  });

  it('names the signal that no longer counts when the score rose for it', () => {
    const rows = storedMonths([
      { readings: USUAL, signals: [CRITICAL] },
      { readings: USUAL, signals: [{ ...CRITICAL, status: 'resolved', resolvedOn: '2026-10-20' }] },
    ]);
    // Seen before the earlier month ended, so that it held that one.
    const early = { ...CRITICAL, observedOn: '2026-09-03' };
    const held = storedMonths([
      { readings: USUAL, signals: [early] },
      { readings: USUAL, signals: [{ ...early, status: 'resolved', resolvedOn: '2026-10-20' }] },
    ]);
    const signals = [signalRow(early, { Status__c: 'Resolved', Resolved_On__c: '2026-10-20' })];
    expect(story({ rows: held, signals }).headline.causes[0].text).toBe(
      'Executive sponsor left no longer counts',
    );
    expect(
      story({ rows, signals })
        .headline.causes.map(({ text }) => text)
        .join(),
    ).not.toContain('no longer');
  });

  it('names the signal that counts for less since it is monitored', () => {
    // Good enough to lie above what a moderate signal allows, so that only the step from critical shows.
    const good = {
      ...USUAL,
      messaging: 100,
      automations: 100,
      contactless: 100,
      csat_score: 95,
      open_bugs: 0,
    };
    const early = { ...CRITICAL, observedOn: '2026-09-03' };
    const watched = { ...early, severity: 'moderate' };
    const monitored = { ...watched, status: 'monitoring', monitoringFrom: '2026-10-20' };
    const rows = storedMonths([
      { readings: good, signals: [watched] },
      { readings: good, signals: [monitored] },
    ]);
    expect(rows[1].Health_Score__c).toBe(75);
    const { causes } = story({ rows, signals: [signalRow(monitored)] }).headline;
    expect(causes[0].text).toBe('Executive sponsor left counts for less now');
  });

  it('calls a running window by its last day', () => {
    const rows = storedMonths([{ readings: USUAL, complete: false, asOf: '2026-11-21' }], '2026-11');
    expect(story({ rows, ended: null }).headline.window).toBe('Last 30 days (to 21 Nov 2026)');
  });

  it('shows the range only when something is missing', () => {
    const rows = storedMonths([{ readings: { ...USUAL, csat_score: 'not_mapped' } }]);
    const ids = ({ headline }) => headline.scale.marks.map(({ id }) => id);
    expect(story({ rows }).headline.doubts).toMatch(/^Could be [\d.]+ to [\d.]+$/);
    expect(ids(story({ rows }))).toContain('band');
    expect(ids(story())).not.toContain('band');
  });

  it('says of a first score why it is what it is, and nothing of a change', () => {
    const rows = storedMonths([{ readings: USUAL }]);
    const { moved, causes } = story({ rows }).headline;
    expect(moved).toBe('');
    expect(causes).toEqual([{ text: rows[0].Main_Reason__c, points: '' }]);
  });
});
