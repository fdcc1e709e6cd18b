import HealthNotice from 'c/healthNotice';
import { errorNotice } from 'c/healthErrors';
import { CRITICAL, signalRow, storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = (notice) =>
  open('c-health-notice', HealthNotice, {
    notice: { id: 'x', kind: 'info', title: 'Heading.', text: 'Text.', actions: [], ...notice },
  });

describe('c-health-notice', () => {
  afterEach(clear);

  it.each([
    ['info', 'utility:info', 'status'],
    ['closed', 'utility:lock', 'status'],
    ['warning', 'utility:warning', 'status'],
    ['error', 'utility:error', 'alert'],
    ['cap', 'utility:lock', 'status'],
    ['outage', 'utility:offline', 'status'],
    ['proven', 'utility:check', 'status'],
    ['unproven', 'utility:info', 'status'],
    ['disproven', 'utility:error', 'status'],
  ])('shows %s by the icon %s and words, as %s to a screen reader', async (kind, icon, role) => {
    const { find, text, element } = show({ kind });
    expect(find('lightning-icon').iconName).toBe(icon);
    expect(find('div').getAttribute('role')).toBe(role);
    expect(text()).toBe('Heading. Text.');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('shows the messages of an error, each once', () => {
    const { text } = show(errorNotice('Not saved.', [{ message: 'A' }, { message: 'B' }, { message: 'A' }]));
    expect(text()).toBe('Not saved. A B');
  });

  it('has a button only when there is something to do, and says which was pressed, and about what', () => {
    expect(show().find('lightning-button')).toBeNull();
    const act = { act: 'open', label: 'Open the refresh', object: 'Health_Score_Run__c', id: 'a03' };
    const { element, find } = show({ actions: [act] });
    const heard = listen(element, 'open');
    find('lightning-button').click();
    expect(heard).toEqual([{ object: 'Health_Score_Run__c', id: 'a03' }]);
  });

  it('is empty without a notice', () => {
    expect(open('c-health-notice', HealthNotice, {}).text()).toBe('');
  });

  describe('of what holds the score', () => {
    const rows = storedMonths([{ readings: USUAL, signals: [CRITICAL] }]);
    const held = ({ signals = [signalRow(CRITICAL)], months = rows, may = true } = {}) => {
      const { notices, more } = storyFrom({ rows: months, signals, may });
      return show([...notices, ...more].find(({ id }) => id === 'cap'));
    };

    it('says which signal it is, who raised it, until when, and the score without it', async () => {
      const { text, element } = held();
      expect(text()).toMatch(/^Capped at 59\.0\. Without it: [\d.]+ (Healthy|At Risk)/);
      expect(text()).toContain('Executive sponsor left (critical, confirmed)');
      expect(text()).toContain('raised by Account owner 23 days left to 14 Dec 2026');
      expect(await problemsOf(element)).toEqual([]);
    });

    it.each(['resolve', 'open'])('asks to %s the signal', (name) => {
      const { element, find } = held();
      const heard = listen(element, name);
      find(`[data-act="${name}"]`).click();
      expect(heard).toEqual([expect.objectContaining({ id: CRITICAL.id })]);
    });

    it('offers no resolving to who may not', () => {
      const { find } = held({ may: false });
      expect(find('[data-act="resolve"]')).toBeNull();
      expect(find('[data-act="open"]')).not.toBeNull();
    });

    it('says that a signal has ended since, and offers no second resolving', async () => {
      const { find, text, element } = held({
        signals: [signalRow(CRITICAL, { Status__c: 'Resolved', Resolved_On__c: '2026-11-20' })],
      });
      expect(text()).toContain('This signal has ended. The next refresh lets go of the score.');
      expect(find('[data-act="resolve"]')).toBeNull();
      expect(await problemsOf(element)).toEqual([]);
    });

    it('has only what the score knows of a signal that is gone', () => {
      const { text, find } = held({ signals: [] });
      expect(text()).toContain('Signal (critical, confirmed)');
      expect(find('[data-act="open"]')).toBeNull();
    });

    it('names the source of a hold', async () => {
      const months = storedMonths([
        { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 60, sources: ['jira'] } },
      ]);
      const { text, find, element } = held({ months, signals: [] });
      expect(text()).toContain('Jira could not be read');
      expect(find('lightning-icon').iconName).toBe('utility:offline');
      expect(await problemsOf(element)).toEqual([]);
    });
  });
});
