import HealthSignals from 'c/healthSignals';
import { CRITICAL, signalRow, storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const rows = storedMonths([{ readings: USUAL, signals: [CRITICAL] }]);
const show = (may = true, signals = [signalRow(CRITICAL)]) =>
  open('c-health-signals', HealthSignals, {
    signals: storyFrom({ rows, signals }).signals,
    mayRaise: may,
    mayResolve: may,
  });

describe('c-health-signals', () => {
  afterEach(clear);

  it('shows an open signal with what is left of its time and whether it counts', async () => {
    const { text, element } = show();
    expect(text('[data-signal]')).toContain('Critical');
    expect(text('[data-id="left"]')).toBe('23 days left');
    expect(text('[data-id="effect"]')).toBe('Holds the score down');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('says when there is none', async () => {
    const { text, element } = show(true, []);
    expect(text()).toContain('No open signals.');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('asks to raise, resolve and open', () => {
    const { element, find } = show();
    const heard = ['raise', 'resolve', 'open'].map((name) => listen(element, name));
    find('[data-act="raise"]').click();
    find('[data-act="resolve"]').click();
    find('.link').click();
    expect(heard[0]).toHaveLength(1);
    expect(heard.slice(1)).toEqual([
      [{ object: 'Churn_Signal__c', id: CRITICAL.id }],
      [{ object: 'Churn_Signal__c', id: CRITICAL.id }],
    ]);
  });

  it('offers neither to who may not', () => {
    const { find } = show(false);
    expect(find('[data-act="raise"]')).toBeNull();
    expect(find('[data-act="resolve"]')).toBeNull();
  });
});
