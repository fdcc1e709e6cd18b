import HealthChange from 'c/healthChange';
import { storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = (given) => open('c-health-change', HealthChange, { changes: storyFrom(given).changes });
const tenths = (text) => Math.round(Number(text.replace('−', '-').replace('+', '')) * 10);
const sum = (rows) =>
  rows.reduce((total, row) => total + tenths(row.querySelector('.points').textContent), 0);

describe('c-health-change', () => {
  afterEach(clear);

  it('shows five bars between two scores, and the sums that a reader can check', async () => {
    const { all, text, element } = show();
    expect(text('[data-id="from"]')).toMatch(/^September 2026: [\d.]+$/);
    expect(text('[data-id="to"]')).toMatch(/^October 2026: [\d.]+$/);
    expect(all('[data-bar]')).toHaveLength(5);
    expect(sum(all('[data-bar]'))).toBe(tenths(text('[data-id="total"]')));
    expect(sum(all('[data-metric]'))).toBe(tenths(text('[data-id="inside-total"]')));
    expect(await problemsOf(element)).toEqual([]);
  });

  it('shows where each metric came from and went to', () => {
    const { text } = show();
    expect(text('[data-metric="median_first_response_seconds"]')).toContain(
      'First response 1 h 20 min to 2 h 25 min',
    );
  });

  it('says why nothing is told of a first score', async () => {
    const { text, all, element } = show({ rows: storedMonths([{ readings: USUAL }]) });
    expect(text('[data-id="why"]')).toContain('first score');
    expect(all('[data-bar]')).toHaveLength(0);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('draws no bar when nothing changed', () => {
    // A month later, with renewal and champion both far beyond their limits.
    const then = { ...USUAL, days_to_renewal: 400, champion_stability: 400 };
    const now = { ...then, days_to_renewal: 369, champion_stability: 431 };
    const { all, text } = show({ rows: storedMonths([{ readings: then }, { readings: now }], '2026-10') });
    expect(text('[data-id="total"]')).toBe('0.0');
    expect(all('.bar').every((bar) => bar.getAttribute('style').includes('inline-size: 0.00%'))).toBe(true);
    expect(all('[data-metric]')).toHaveLength(0);
  });
});
