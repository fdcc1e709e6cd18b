import HealthCapStrip from 'c/healthCapStrip';
import { CRITICAL, signalRow, storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const rows = storedMonths([{ readings: USUAL, signals: [CRITICAL] }]);
const show = ({ signals = [signalRow(CRITICAL)], months = rows, mayResolve = true } = {}) =>
  open('c-health-cap-strip', HealthCapStrip, { cap: storyFrom({ rows: months, signals }).cap, mayResolve });

describe('c-health-cap-strip', () => {
  afterEach(clear);

  it('says what holds the score, who raised it, until when, and the score without it', async () => {
    const { text, element } = show();
    expect(text('[data-id="title"]')).toMatch(/^Held at 59\.0\. Without it: [\d.]+ (Healthy|At Risk)$/);
    expect(text()).toContain('Executive sponsor left');
    expect(text()).toContain('raised by Account owner');
    expect(text('[data-id="left"]')).toBe('23 days left to 14 Dec 2026');
    expect(await problemsOf(element)).toEqual([]);
  });

  it.each(['resolve', 'open'])('asks to %s the signal', (name) => {
    const { element, find } = show();
    const heard = listen(element, name);
    find(`[data-act="${name}"]`).click();
    expect(heard).toEqual([{ id: CRITICAL.id }]);
  });

  it('offers no resolving to who may not', () => {
    expect(show({ mayResolve: false }).find('[data-act="resolve"]')).toBeNull();
  });

  it('says that a signal has ended since, and offers no second resolving', async () => {
    const { find, element } = show({
      signals: [signalRow(CRITICAL, { Status__c: 'Resolved', Resolved_On__c: '2026-11-20' })],
    });
    expect(find('[data-id="ended"]')).not.toBeNull();
    expect(find('[data-act="resolve"]')).toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('has only what the score knows of a signal that is gone', () => {
    const { text, find } = show({ signals: [] });
    expect(text()).toContain('critical, confirmed');
    expect(find('[data-act="open"]')).toBeNull();
  });

  it('names the source of a hold', async () => {
    const months = storedMonths([
      { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 60, sources: ['jira'] } },
    ]);
    const { text, element } = show({ months, signals: [] });
    expect(text('[data-id="hold"]')).toContain('Jira could not be read');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('is empty when nothing holds the score', () => {
    expect(open('c-health-cap-strip', HealthCapStrip, { cap: null }).text()).toBe('');
  });
});
