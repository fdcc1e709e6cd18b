import HealthScale from 'c/healthScale';
import { storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, open, storyFrom } from '../../healthStory/__tests__/page';

const show = (given) => open('c-health-scale', HealthScale, { scale: storyFrom(given).headline.scale });

describe('c-health-scale', () => {
  afterEach(clear);

  it('shows the score, the earlier one and where tiers start, in words too', () => {
    const { find, all } = show();
    const { headline } = storyFrom();
    expect(find('[data-id="dot"]').getAttribute('style')).toContain(`${Number(headline.score)}%`);
    expect(find('[data-id="earlier"]')).not.toBeNull();
    expect(all('.tick').map(({ textContent }) => textContent)).toEqual(['60', '76', '90']);
    const said = find('[role="img"]').getAttribute('aria-label');
    expect(said).toContain(`${headline.score} of 100`);
    expect(said).toContain('September 2026');
    expect(said).toContain('Healthy starts at 76');
    expect(find('[data-id="band"]')).toBeNull();
  });

  it('hatches the range when something is missing, without an earlier score', () => {
    const { find } = show({ rows: storedMonths([{ readings: { ...USUAL, csat_score: 'no_activity' } }]) });
    expect(find('[data-id="band"]')).not.toBeNull();
    expect(find('[data-id="earlier"]')).toBeNull();
  });
});
