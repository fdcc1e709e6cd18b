import HealthHeadline from 'c/healthHeadline';
import { CRITICAL, storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = (given) => open('c-health-headline', HealthHeadline, { headline: storyFrom(given).headline });
const nothing = Object.fromEntries(Object.keys(USUAL).map((id) => [id, 'not_mapped']));
const STATES = {
  'a score that fell': {},
  'a provisional score': { rows: storedMonths([{ readings: { ...nothing, csat_score: 70 } }]) },
  'a score held by a signal': { rows: storedMonths([{ readings: USUAL, signals: [CRITICAL] }]) },
  'nothing known': { rows: storedMonths([{ readings: nothing }]) },
};

describe('c-health-headline', () => {
  afterEach(clear);

  it('shows score, tier word and change, and says them in one sentence first', () => {
    const { text, find } = show();
    const { headline } = storyFrom();
    expect(text('[data-id="score"]')).toBe(headline.score);
    expect(text('[data-id="tier"]')).toBe(headline.tier);
    expect(text('[data-id="change"]')).toMatch(/^Down \d+\.\d ?from \d+\.\d$/);
    expect(find('p').textContent).toBe(headline.sentence);
  });

  it('shows the causes with their points', () => {
    const { text } = show();
    expect(text('[data-id="causes"]')).toMatch(/\(−\d\.\d\),.*\(−\d\.\d\),.*\(−\d\.\d\)\.$/);
  });

  it('says Provisional and the range in words', () => {
    const { text } = show(STATES['a provisional score']);
    expect(text('[data-id="provisional"]')).toBe('Provisional');
    expect(text('[data-id="doubts"]')).toMatch(/^Could be [\d.]+ to [\d.]+$/);
  });

  it('leaves the causes to the strip below while a signal holds the score', () => {
    const { find } = show(STATES['a score held by a signal']);
    expect(find('[data-id="causes"]')).toBeNull();
    expect(find('[data-id="reason"]')).toBeNull();
  });

  it('shows a dash and no number when nothing is known', () => {
    const { text } = show(STATES['nothing known']);
    expect(text('[data-id="score"]')).toBe('–');
    expect(text()).not.toMatch(/\d/);
  });

  it('is empty without a headline', () => {
    expect(open('c-health-headline', HealthHeadline, {}).text()).toBe('');
  });

  it.each(Object.entries(STATES))('is accessible with %s', async (_state, given) => {
    expect(await problemsOf(show(given).element)).toEqual([]);
  });
});
