import HealthLosses from 'c/healthLosses';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = () => open('c-health-losses', HealthLosses, { losses: storyFrom().losses });
const tenths = (text) => Math.round(Number(text.replace('−', '-')) * 10);

describe('c-health-losses', () => {
  afterEach(clear);

  it('shows facts with owner and points that add up to the total', async () => {
    const { all, text, element } = show();
    const points = all('.points').map(({ textContent }) => tenths(textContent));
    expect(points).toHaveLength(5);
    const total = Number(/^([\d.]+) of 100$/.exec(text('[data-id="total"]'))[1]);
    expect(points.reduce((sum, point) => sum + point, 0)).toBe(-Math.round(total * 10));
    expect(text('li')).toMatch(/, good at .+\. (Support|Product|Account manager|Customer|Nobody)/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('leads to the metric', () => {
    const { element, find } = show();
    const heard = listen(element, 'show');
    find('button').click();
    expect(heard).toEqual([{ id: storyFrom().losses.rows[0].id }]);
  });

  it('is empty without a score', () => {
    expect(open('c-health-losses', HealthLosses, { losses: null }).text()).toBe('');
  });
});
