import HealthProof from 'c/healthProof';
import { storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const [row] = storedMonths([{ readings: USUAL }]);
const show = (change = {}) =>
  open('c-health-proof', HealthProof, {
    proof: storyFrom({ rows: [{ ...row, ...change }] }).proof,
    linked: true,
  });

describe('c-health-proof', () => {
  afterEach(clear);

  it('says that the score was computed again and is the stored one, and what it was read from', async () => {
    const { text, find, element } = show();
    expect(text('[data-id="proof"]')).toBe('Recalculated here: matches the stored score');
    expect(find('lightning-icon').iconName).toBe('utility:check');
    expect(text()).toMatch(/Read: Intercom, Jira, Salesforce, Looker 1 Nov 2026/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('says that it is not, by an icon and words', async () => {
    const { text, find, element } = show({ Health_Score__c: 99 });
    expect(text('[data-id="proof"]')).toContain('does not match');
    expect(find('lightning-icon').iconName).toBe('utility:error');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('says that it cannot tell where the explanation is hidden', () => {
    const hidden = Object.fromEntries(Object.entries(row).filter(([field]) => field !== 'Details__c'));
    const { proof } = storyFrom({ rows: [hidden] });
    const { text, find } = open('c-health-proof', HealthProof, { proof });
    expect(text('[data-id="proof"]')).toContain('Not recalculated');
    expect(find('lightning-icon').iconName).toBe('utility:info');
    expect(find('button')).toBeNull();
  });

  it('leads to the record of the score', () => {
    const { element, find } = show();
    const heard = listen(element, 'open');
    find('button').click();
    expect(heard).toHaveLength(1);
  });
});
