import HealthFacts from 'c/healthFacts';
import { CRITICAL, signalRow, storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = (part, given) => open('c-health-facts', HealthFacts, { facts: storyFrom(given)[part] });
const tenths = (text) => Math.round(Number(text.replace('−', '-').replace('+', '')) * 10);
const points = ({ all }) => all('.points').map(({ textContent }) => tenths(textContent));
const sum = (tens) => tens.reduce((total, one) => total + one, 0);

describe('c-health-facts', () => {
  afterEach(clear);

  describe('shows where points are lost', () => {
    it('with owner and points that add up to the total', async () => {
      const page = show('losses');
      const { text, element } = page;
      expect(points(page)).toHaveLength(5);
      const total = Number(/^([\d.]+) of 100$/.exec(text('[data-id="note"]'))[1]);
      expect(sum(points(page))).toBe(-Math.round(total * 10));
      expect(text('li')).toMatch(/, good at .+\. (Support|Product|Account manager|Customer|Nobody)/);
      expect(await problemsOf(element)).toEqual([]);
    });

    it('and leads to the metric', () => {
      const { element, find } = show('losses');
      const heard = listen(element, 'show');
      find('button').click();
      expect(heard).toEqual([storyFrom().losses.rows[0]]);
    });

    it('of the rest without leading anywhere', () => {
      expect(show('losses').find('[data-row="rest"] button')).toBeNull();
    });
  });

  describe('shows open signals', () => {
    const rows = storedMonths([{ readings: USUAL, signals: [CRITICAL] }]);
    const showOne = (may = true) => show('signals', { rows, signals: [signalRow(CRITICAL)], may });

    it('with what is left of their time and whether they count', async () => {
      const { text, element } = showOne();
      expect(text('li')).toMatch(/^Critical.*Executive sponsor left.*Holds the score down/);
      expect(text('.points')).toBe('23 days leftto 14 Dec 2026');
      expect(await problemsOf(element)).toEqual([]);
    });

    it('and says when there is none', async () => {
      const { text, element } = show('signals', { signals: [] });
      expect(text('[data-id="lead"]')).toBe('No open signals.');
      expect(await problemsOf(element)).toEqual([]);
    });

    it('and opens or resolves one', () => {
      const { element, find } = showOne();
      const heard = ['open', 'resolve'].map((name) => listen(element, name));
      find('.link').click();
      find('lightning-button').click();
      const signal = expect.objectContaining({ object: 'Churn_Signal__c', id: CRITICAL.id });
      expect(heard).toEqual([[signal], [signal]]);
    });

    it('which may be resolved only by who may', () => {
      expect(showOne(false).find('lightning-button')).toBeNull();
    });
  });

  describe('shows what changed', () => {
    it('as five bars between two scores, and the sum that a reader can check', async () => {
      const page = show('changes');
      const { all, text, element } = page;
      expect(text('[data-row="from"]')).toMatch(/^September 2026 ?[\d.]+$/);
      expect(text('[data-row="to"]')).toMatch(/^October 2026 ?[\d.]+$/);
      expect(all('.track')).toHaveLength(5);
      const [from, ...bars] = points(page);
      const to = bars.pop();
      expect(sum(bars)).toBe(tenths(text('[data-id="note"]')));
      expect(to - from).toBe(sum(bars));
      expect(await problemsOf(element)).toEqual([]);
    });

    it('each bar from where the last ended', () => {
      const spans = show('changes')
        .all('.bar')
        .map((bar) =>
          bar
            .getAttribute('style')
            .match(/[\d.]+/g)
            .map(Number),
        );
      const ends = spans.flatMap(([start, size]) => [start, start + size]);
      expect(Math.min(...ends)).toBe(0);
      expect(Math.max(...ends)).toBeCloseTo(100, 1);
    });

    it('inside the first bar, with where each metric came from and went to', async () => {
      const page = show('inside');
      expect(sum(points(page))).toBe(tenths(page.text('[data-id="note"]')));
      expect(page.text('[data-row="median_first_response_seconds"]')).toContain(
        'First response 1 h 20 min to 2 h 25 min',
      );
      expect(await problemsOf(page.element)).toEqual([]);
    });

    it('or why nothing is told of a first score', async () => {
      const { text, all, element } = show('changes', { rows: storedMonths([{ readings: USUAL }]) });
      expect(text('[data-id="lead"]')).toContain('first score');
      expect(all('li')).toHaveLength(0);
      expect(await problemsOf(element)).toEqual([]);
    });

    it('without a bar when nothing changed', () => {
      // A month later, with renewal and champion both far beyond their limits.
      const then = { ...USUAL, days_to_renewal: 400, champion_stability: 400 };
      const now = { ...then, days_to_renewal: 369, champion_stability: 431 };
      const given = { rows: storedMonths([{ readings: then }, { readings: now }], '2026-10') };
      const { all, text } = show('changes', given);
      expect(text('[data-id="note"]')).toBe('0.0');
      expect(all('.track')).toHaveLength(5);
      expect(all('.bar').every((bar) => bar.getAttribute('style').includes('inline-size: 0.00%'))).toBe(true);
      expect(storyFrom(given).inside).toBeNull();
    });
  });
});
