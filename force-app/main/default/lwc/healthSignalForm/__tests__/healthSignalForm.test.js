import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cwd } from 'node:process';
import HealthSignalForm from 'c/healthSignalForm';
import { TODAY } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, settled } from '../../healthStory/__tests__/page';
import { CATEGORIES, CONFIDENCES, OUTCOMES, SEVERITIES } from '../forms';

const show = (properties) =>
  open('c-health-signal-form', HealthSignalForm, { request: { today: TODAY, ...properties } });
/** As base components do it: the value is theirs, and the event tells it. */
const change = (input, value) => {
  input.value = value;
  input.dispatchEvent(new CustomEvent('change', { detail: { value }, bubbles: true }));
};

describe('c-health-signal-form', () => {
  afterEach(clear);

  it('raises a signal with what was filled in, today as the day and ninety days to live', async () => {
    const { element, find } = show({ kind: 'raise' });
    const heard = listen(element, 'save');
    change(find('[data-field="Signal_Detail__c"]'), 'The sponsor has left.');
    change(find('[data-field="Severity__c"]'), 'Moderate');
    await settled();
    find('[data-act="save"]').click();
    expect(heard).toEqual([
      {
        fields: {
          Status__c: 'Active',
          Severity__c: 'Moderate',
          Confidence__c: 'Suspected',
          Signal_Category__c: 'Other',
          Signal_Detail__c: 'The sponsor has left.',
          Date_Observed__c: '2026-11-21',
          Expires_On__c: '2027-02-19',
        },
      },
    ]);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('sends an emptied field as nothing', () => {
    const { element, find } = show({ kind: 'raise' });
    const heard = listen(element, 'save');
    change(find('[data-field="Expires_On__c"]'), '');
    find('[data-act="save"]').click();
    expect(heard[0].fields.Expires_On__c).toBeNull();
  });

  it('sends nothing while an input is not valid, and lets all of them say so', () => {
    const { element, find, all } = show({ kind: 'raise' });
    const heard = listen(element, 'save');
    const reports = all('[data-field]').map((input) => {
      input.reportValidity = jest.fn(() => input.dataset.field !== 'Signal_Detail__c');
      return input.reportValidity;
    });
    find('[data-act="save"]').click();
    expect(heard).toEqual([]);
    for (const report of reports) expect(report).toHaveBeenCalledTimes(1);
    // From then on an input says at once whether it is valid now.
    const input = find('[data-field="Signal_Detail__c"]');
    change(input, 'The sponsor has left.');
    expect(input.reportValidity).toHaveBeenCalledTimes(2);
  });

  it('resolves a signal as of today', async () => {
    const { element, find } = show({ kind: 'resolve' });
    const heard = listen(element, 'save');
    change(find('[data-field="Resolved_As__c"]'), 'False alarm');
    find('[data-act="save"]').click();
    expect(heard).toEqual([
      { fields: { Status__c: 'Resolved', Resolved_As__c: 'False alarm', Resolved_On__c: '2026-11-21' } },
    ]);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('shows what the org refused', async () => {
    const error = {
      kind: 'error',
      id: 'refused',
      title: 'Not saved',
      text: 'Say what was seen.',
      actions: [],
    };
    const { find, element } = show({ kind: 'raise', error });
    expect(find('c-health-notice').notice).toEqual(error);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('takes who saves to the first field that is not right', () => {
    const { find, all } = show({ kind: 'raise' });
    for (const input of all('[data-field]')) {
      input.reportValidity = () => !/Detail|Expires/.test(input.dataset.field);
      input.focus = jest.fn();
    }
    find('[data-act="save"]').click();
    expect(find('[data-field="Signal_Detail__c"]').focus).toHaveBeenCalledTimes(1);
    expect(find('[data-field="Expires_On__c"]').focus).not.toHaveBeenCalled();
  });

  it('closes on Escape, knows no day after today, and says what each severity does', () => {
    const { element, find } = show({ kind: 'raise' });
    const heard = listen(element, 'cancel');
    find('section').dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    expect(heard).toHaveLength(0);
    find('section').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(heard).toHaveLength(1);
    expect(find('[data-field="Date_Observed__c"]').max).toBe('2026-11-21');
    for (const { description } of find('[data-field="Severity__c"]').options)
      expect(description).toMatch(/the score/);
  });

  it('can be left, and saves once at a time', () => {
    const { element, find } = show({ kind: 'raise', busy: true });
    const heard = listen(element, 'cancel');
    find('[data-act="cancel"]').click();
    expect(heard).toHaveLength(1);
    expect(find('[data-act="save"]').disabled).toBe(true);
  });

  it.each([
    [SEVERITIES, 'Churn_Signal_Severity'],
    [CONFIDENCES, 'Churn_Signal_Confidence'],
    [CATEGORIES, 'Churn_Signal_Category'],
    [OUTCOMES, 'Churn_Signal_Resolution'],
  ])('offers %j, as the value set %s has', (list, set) => {
    const file = join(cwd(), `force-app/main/default/globalValueSets/${set}.globalValueSet-meta.xml`);
    const found = [...readFileSync(file, 'utf8').matchAll(/<fullName>(.+?)<\/fullName>/g)].map(
      ([, name]) => name,
    );
    expect([...list].sort()).toEqual(found.sort());
  });
});
