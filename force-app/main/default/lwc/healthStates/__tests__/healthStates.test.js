import HealthStates from 'c/healthStates';
import { clear, listen, open, problemsOf } from '../../healthStory/__tests__/page';

const show = (properties) => open('c-health-states', HealthStates, properties);

describe('c-health-states', () => {
  afterEach(clear);

  it.each([
    ['is loading', { kind: 'loading' }, 'Loading customer health'],
    [
      'waits for its first refresh',
      { kind: 'none', inPopulation: true, addedOn: '12 Nov 2026' },
      'added on 12 Nov 2026',
    ],
    ['waits, added nobody knows when', { kind: 'none', inPopulation: true }, 'waits for its first refresh'],
    ['is not scored at all', { kind: 'none', inPopulation: false }, 'no health segment'],
    ['may not be seen', { kind: 'hidden' }, 'permission set Health Viewer'],
  ])('says that it %s', async (_state, properties, words) => {
    const { text, element } = show(properties);
    expect(text()).toContain(words);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('offers a refresh to who may start one, and only where it would bring a score', () => {
    const { element, find } = show({ kind: 'none', inPopulation: true, mayRefresh: true });
    const heard = listen(element, 'refresh');
    find('lightning-button').click();
    expect(heard).toHaveLength(1);
    expect(show({ kind: 'none', inPopulation: false, mayRefresh: true }).find('lightning-button')).toBeNull();
    expect(show({ kind: 'none', inPopulation: true, mayRefresh: false }).find('lightning-button')).toBeNull();
  });
});
