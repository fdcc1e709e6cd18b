import HealthMetric from 'c/healthMetric';
import { storedMonths, USUAL, WORSE } from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = (id, rows = storedMonths([{ readings: WORSE }])) => {
  const metrics = storyFrom({ rows }).parts.groups.flatMap((group) => group.metrics);
  return open('c-health-metric', HealthMetric, { metric: metrics.find((one) => one.id === id) });
};

describe('c-health-metric', () => {
  afterEach(clear);

  it('shows value, limits, points and source in real units, and says them', async () => {
    const { text, all, find, element } = show('median_first_response_seconds');
    expect(text('[data-id="value"]')).toBe('2 h 25 min');
    expect(all('.limits span').map(({ textContent }) => textContent)).toEqual(['4 h', '2 h', '1 h']);
    expect(text('[data-id="points"]')).toMatch(/^−\d+\.\d points$/);
    expect(text('[data-id="foot"]')).toBe('Intercom, read 1 Nov 2026. Lower is better. Support');
    expect(find('[role="img"]').getAttribute('aria-label')).toBe(
      '2 h 25 min. Lower is better: good at 1 h, limit 2 h, poor at 4 h',
    );
    expect(await problemsOf(element)).toEqual([]);
  });

  it('draws a diamond below the limit and a dot from there on', () => {
    expect(show('median_first_response_seconds').find('[data-id="marker"]').className).toContain('below');
    expect(show('escalation_pct').find('[data-id="marker"]').className).not.toContain('below');
  });

  it('shows a missing value as a hatched slot with its reason and no number', async () => {
    const { text, find, element } = show(
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

  it('shows a measured zero as a zero', () => {
    expect(show('payment_health').text('[data-id="value"]')).toBe('0');
  });

  it('says from when a carried value is', () => {
    const rows = storedMonths([{ readings: USUAL, carried: { open_bugs: '2026-09-30' } }]);
    expect(show('open_bugs', rows).text('[data-id="carried"]')).toContain('30 Sept 2026');
  });
});
