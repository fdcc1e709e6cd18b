import HealthParts from 'c/healthParts';
import { storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, settled, storyFrom } from '../../healthStory/__tests__/page';

const show = (given) => open('c-health-parts', HealthParts, { parts: storyFrom(given).parts });
const nothing = (id) => (id.endsWith('bugs') || id === 'bug_trend' ? 'not_mapped' : USUAL[id]);
const gaps = Object.fromEntries(Object.keys(USUAL).map((id) => [id, nothing(id)]));

describe('c-health-parts', () => {
  afterEach(clear);

  it('shows five parts in one order, each with its score and how it moved, the lowest marked', async () => {
    const { all, text, element } = show();
    expect(all('li').map((row) => row.dataset.part)).toEqual([
      'support',
      'financial',
      'adoption',
      'relationship',
      'platform_value',
    ]);
    expect(all('[data-id="lowest"]').map(({ textContent }) => textContent)).toEqual([
      'lowest',
      '',
      '',
      '',
      '',
    ]);
    expect(text('[data-part="support"]')).toMatch(/Down ?\d+\.\d$/);
    expect(text('[data-id="sum"]')).toMatch(/^60% × [\d.]+ \+ 40% × [\d.]+ = [\d.]+$/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('unfolds a part to its metrics and folds it again, and says which', async () => {
    const { find, all, element } = show();
    const button = find('button[data-id="support"]');
    // Named by what it shows: a label of its own in other words would hide that from whoever speaks to the page.
    expect(button.hasAttribute('aria-label')).toBe(false);
    expect(button.textContent).toMatch(/^Support Health.*lowest[\d.]+↓ [\d.]+Down [\d.]+$/);
    expect(button.getAttribute('aria-expanded')).toBe('false');
    button.click();
    await settled();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(all('[data-metric]')).toHaveLength(10);
    expect(find('[data-id="note"]').textContent).toBe('30% of Retention');
    expect(await problemsOf(element)).toEqual([]);
    button.click();
    await settled();
    expect(all('[data-metric]')).toHaveLength(0);
  });

  it('opens the part of a metric that somebody asks for', async () => {
    const { element, find } = show();
    element.open('messaging');
    await settled();
    expect(find('[data-part="platform_value"] [data-metric]')).not.toBeNull();
    element.open('no_such_metric');
    await settled();
    expect(find('[data-part="support"] [data-metric]')).toBeNull();
  });

  it('says how much of a part is known when something is missing', async () => {
    const { all, text } = show({ rows: storedMonths([{ readings: gaps }]) });
    for (const button of all('button')) button.click();
    await settled();
    expect(text('[data-part="support"]')).toContain('75% known');
    expect(text('[data-part="financial"]')).not.toContain('known');
  });
});
