import HealthParts from 'c/healthParts';
import { storedMonths, USUAL, WORSE } from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, settled, storyFrom } from '../../healthStory/__tests__/page';

/** A metric in its unfolded part. */
async function show(id, rows = storedMonths([{ readings: WORSE }])) {
  const { element, find, all, text } = open('c-health-parts', HealthParts, {
    parts: storyFrom({ rows }).parts,
  });
  element.open(id);
  await settled();
  const inside = (selector = '') => `[data-metric="${id}"] ${selector}`;
  return {
    element,
    find: (selector) => find(inside(selector)),
    all: (selector) => all(inside(selector)),
    text: (selector) => text(inside(selector)),
  };
}

describe('A metric of an unfolded part', () => {
  afterEach(clear);

  it('shows value, limits, points and source in real units, and says them', async () => {
    const { text, all, find, element } = await show('median_first_response_seconds');
    expect(text('[data-id="value"]')).toBe('2 h 25 min');
    expect(all('.limits span').map(({ textContent }) => textContent)).toEqual(['4 h', '2 h', '1 h']);
    expect(text('[data-id="points"]')).toMatch(/^−\d+\.\d points$/);
    expect(text('[data-id="foot"]')).toBe('Intercom, read 1 Nov 2026. Lower is better. Support');
    expect(find('[role="img"]').getAttribute('aria-label')).toBe(
      '2 h 25 min. Lower is better: good at 1 h, limit 2 h, poor at 4 h',
    );
    expect(await problemsOf(element)).toEqual([]);
  });

  it('draws a diamond below the limit and a dot from there on', async () => {
    const below = await show('median_first_response_seconds');
    expect(below.find('[data-id="marker"]').className).toContain('below');
    const fine = await show('escalation_pct');
    expect(fine.find('[data-id="marker"]').className).not.toContain('below');
  });

  it('shows a missing value as a hatched slot with its reason and no number', async () => {
    const { text, find, element } = await show(
      'csat_score',
      storedMonths([{ readings: { ...USUAL, csat_score: 'no_activity' } }]),
    );
    expect(text('[data-id="value"]')).toBe('No activity');
    expect(find('[data-id="missing"]').getAttribute('aria-label')).toBe('Missing: No activity');
    expect(find('[data-id="marker"]')).toBeNull();
    expect(text('[data-id="points"]')).toBe('');
    expect(text()).not.toMatch(/\b0\b/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('shows a measured zero as a zero', async () => {
    expect((await show('payment_health')).text('[data-id="value"]')).toBe('0');
  });

  it('says from when a carried value is', async () => {
    const rows = storedMonths([{ readings: USUAL, carried: { open_bugs: '2026-09-30' } }]);
    expect((await show('open_bugs', rows)).text('[data-id="carried"]')).toContain('30 Sept 2026');
  });
});
