import HealthNotice from 'c/healthNotice';
import { clear, listen, open, problemsOf } from '../../healthStory/__tests__/page';

const show = (properties) => open('c-health-notice', HealthNotice, properties);

describe('c-health-notice', () => {
  afterEach(clear);

  it.each([
    ['info', 'utility:info', 'status'],
    ['warning', 'utility:warning', 'status'],
    ['error', 'utility:error', 'alert'],
  ])('shows %s by an icon and words, as %s to a screen reader', async (kind, icon, role) => {
    const { find, text, element } = show({ kind, heading: 'Heading.', text: 'Text.' });
    expect(find('lightning-icon').iconName).toBe(icon);
    expect(find('div').getAttribute('role')).toBe(role);
    expect(text()).toContain('Heading.');
    expect(text()).toContain('Text.');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('shows the messages of an error, each once', () => {
    const { all } = show({
      kind: 'error',
      heading: 'Not saved.',
      error: [{ message: 'A' }, { message: 'B' }, { message: 'A' }],
    });
    expect(all('.message').map(({ textContent }) => textContent)).toEqual(['A', 'B']);
  });

  it('has a button only when there is something to do, and says that it was pressed', () => {
    expect(show({ heading: 'x' }).find('lightning-button')).toBeNull();
    const { element, find } = show({ heading: 'x', action: 'Open the refresh' });
    const heard = listen(element, 'act');
    find('lightning-button').click();
    expect(heard).toHaveLength(1);
  });
});
