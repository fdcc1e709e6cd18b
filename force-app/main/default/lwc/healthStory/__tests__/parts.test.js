import { CRITICAL, storedMonths, USUAL } from './fixtures';
import { storyFrom as story } from './page';

describe('What makes the score', () => {
  it('shows the sum behind the score so that a reader can check it', () => {
    const { parts, headline } = story();
    const [, churn, value] = /60% × ([\d.]+) \+ 40% × ([\d.]+) = /.exec(parts.sum).map(Number);
    expect(Math.abs(0.6 * churn + 0.4 * value - Number(headline.score))).toBeLessThan(0.06);
  });

  it('keeps the order of the dimensions and marks the lowest', () => {
    const { groups } = story().parts;
    expect(groups.map(({ id }) => id)).toEqual([
      'support',
      'financial',
      'adoption',
      'relationship',
      'platform_value',
    ]);
    const scores = groups.map(({ score }) => Number(score));
    expect(groups.map(({ lowest }) => lowest)).toEqual(
      scores.map((score) => (score === Math.min(...scores) ? 'lowest' : '')),
    );
  });

  it('moves each part by what its stored score was the month before', () => {
    const [support] = story().parts.groups;
    expect(support.moved).toMatch(/^↓ \d+\.\d$/);
    expect(support.said).toMatch(/^Down \d+\.\d$/);
    expect(support.movedStyle).toBe('moved toned tone_bad');
    expect(support.line).toMatch(/^M2\.0 [\d.]+ L58\.0 [\d.]+$/);
  });

  it('gives a metric its value in its unit, its limits and its source', () => {
    const metric = story().parts.groups[0].metrics.find(({ id }) => id === 'median_first_response_seconds');
    expect(metric).toMatchObject({
      label: 'First response',
      value: '2 h 25 min',
      green: '1 h',
      yellow: '2 h',
      red: '4 h',
      foot: 'Intercom, read 1 Nov 2026. Lower is better. Support',
      markerStyle: 'dot below tone_bad',
    });
  });

  it('shows what is known beside and not scored', () => {
    expect(story().parts.context).toContain('113');
  });

  it('never gives a missing metric a number', () => {
    const rows = storedMonths([{ readings: { ...USUAL, csat_score: 'not_mapped' } }]);
    const metric = story({ rows }).parts.groups[0].metrics.find(({ id }) => id === 'csat_score');
    expect(metric).toMatchObject({ known: false, value: 'Not linked', aria: 'Missing: Not linked' });
    expect(Object.values(metric).join()).not.toMatch(/NaN|−/);
    expect(metric).not.toHaveProperty('points');
  });

  it('says what is missing only when something is', () => {
    const rows = storedMonths([{ readings: { ...USUAL, csat_score: 'not_mapped' } }]);
    expect(story({ rows }).parts.gaps).toMatch(
      /^[\d.]+% of what counts is known\. Not linked: Satisfaction\. /,
    );
    expect(story().parts.gaps).toBe('');
  });

  it('says of the sum behind a capped score that it is capped', () => {
    const { parts } = story({ rows: storedMonths([{ readings: USUAL, signals: [CRITICAL] }]) });
    expect(parts.sum).toMatch(/ = [\d.]+\. It is capped at 59\.0\.$/);
  });

  it('marks a lowest part as urgent only below the last tier bound', () => {
    const urgent = ({ parts }) =>
      parts.groups.filter(({ barStyle }) => barStyle.includes('tone_bad')).map(({ id }) => id);
    expect(urgent(story())).toEqual(['support']);
    expect(urgent(story({ rows: storedMonths([{ readings: USUAL }]) }))).toEqual([]);
  });

  it('says which values are of an earlier month', () => {
    const rows = storedMonths([{ readings: USUAL, carried: { open_bugs: '2026-09-30' } }]);
    const [support] = story({ rows }).parts.groups;
    expect(support.metrics.find(({ id }) => id === 'open_bugs').carried).toContain('30 Sept 2026');
  });
});
