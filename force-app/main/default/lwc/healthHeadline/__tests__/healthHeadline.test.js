import HealthHeadline from 'c/healthHeadline';
import { CRITICAL, storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = (given) => open('c-health-headline', HealthHeadline, { headline: storyFrom(given).headline });
const nothing = Object.fromEntries(Object.keys(USUAL).map((id) => [id, 'not_mapped']));
const STATES = {
  'a score that fell': {},
  'a provisional score': { rows: storedMonths([{ readings: { ...nothing, csat_score: 70 } }]) },
  'a score held by a signal': { rows: storedMonths([{ readings: USUAL, signals: [CRITICAL] }]) },
  'nothing known': { rows: storedMonths([{ readings: nothing }]) },
  'no score yet': { rows: [] },
};

describe('c-health-headline', () => {
  afterEach(clear);

  it('shows score, tier word and change, and says them in one sentence first', () => {
    const { text, find } = show();
    const { headline } = storyFrom();
    expect(text('[data-id="score"]')).toBe(headline.score);
    expect(text('[data-id="tier"]')).toBe(headline.tier);
    expect(text('[data-id="change"]')).toMatch(/^↓ Down \d+\.\d ?from \d+\.\d$/);
    expect(find('p').textContent).toBe(headline.sentence);
  });

  it('shows the causes with their points', () => {
    const { text } = show();
    expect(text('[data-id="causes"]')).toMatch(/\(−\d\.\d\),.*\(−\d\.\d\),.*\(−\d\.\d\)\.$/);
  });

  it('shows the main reason where there is no change to explain', () => {
    const rows = storedMonths([{ readings: USUAL }]);
    expect(show({ rows }).text('[data-id="causes"]')).toBe(rows[0].Main_Reason__c);
  });

  it('says Provisional and the range in words', () => {
    const { text } = show(STATES['a provisional score']);
    expect(text('[data-id="provisional"]')).toBe('Provisional');
    expect(text('[data-id="doubts"]')).toMatch(/^Could be [\d.]+ to [\d.]+$/);
  });

  it('leaves the causes to the notice below while a signal holds the score', () => {
    expect(show(STATES['a score held by a signal']).text('[data-id="causes"]')).toBe('');
  });

  it.each([
    ['nothing is known', 'nothing known', 'No score'],
    ['there is no score yet', 'no score yet', 'No score yet'],
  ])('shows a dash and no number when %s', (_when, state, tier) => {
    const { text, find } = show(STATES[state]);
    expect(text('[data-id="score"]')).toBe('–');
    expect(text('[data-id="tier"]')).toBe(tier);
    expect(text()).not.toMatch(/\d/);
    expect(find('[role="img"]')).toBeNull();
  });

  it('is empty without a headline', () => {
    expect(open('c-health-headline', HealthHeadline, {}).text()).toBe('');
  });

  it.each(Object.entries(STATES))('is accessible with %s', async (_state, given) => {
    expect(await problemsOf(show(given).element)).toEqual([]);
  });

  it('says what presses, and leads to the signals', async () => {
    const headline = {
      ...storyFrom().headline,
      renewal: 'Renews Dec 4 (tomorrow)',
      signals: '1 open signal',
      owner: 'Owner: Ana',
    };
    const { element, find, text } = open('c-health-headline', HealthHeadline, { headline });
    expect(text('[data-id="facts"]')).toBe('Renews Dec 4 (tomorrow)1 open signalOwner: Ana');
    const heard = listen(element, 'signals');
    find('button').click();
    expect(heard).toHaveLength(1);
    expect(await problemsOf(element)).toEqual([]);
  });
});
