import { createElement } from 'lwc';
import axe from 'axe-core';
import { gql, graphql } from 'lightning/graphql';
import HealthCompact from 'c/healthCompact';
import { ACCOUNT_ID, answerOf, CRITICAL, scoreRow, withoutAccount } from './fixtures';

// The stand-in parses nothing: what is asked is told apart by its text.
jest.mock(
  'lightning/graphql',
  () => ({ ...jest.requireActual('lightning/graphql'), gql: (texts) => ({ text: texts.join('') }) }),
  { virtual: true },
);

// The stand-in navigates nowhere and cannot be watched; this one tells where it was sent.
const mockNavigate = jest.fn();
jest.mock(
  'lightning/navigation',
  () => {
    const [Navigate, GenerateUrl] = [Symbol('Navigate'), Symbol('GenerateUrl')];
    const NavigationMixin = (Base) =>
      class extends Base {
        [Navigate](page) {
          mockNavigate(page);
        }
        [GenerateUrl](page) {
          return Promise.resolve(
            `/lightning/r/${page.attributes.objectApiName}/${page.attributes.recordId}/view`,
          );
        }
      };
    return { NavigationMixin: Object.assign(NavigationMixin, { Navigate, GenerateUrl }) };
  },
  { virtual: true },
);

/** Rendering and the making of a link take a few turns. */
const settled = () => [1, 2, 3, 4, 5].reduce((turns) => turns.then(() => undefined), Promise.resolve());

function open(objectApiName = 'Opportunity') {
  const element = createElement('c-health-compact', { is: HealthCompact });
  Object.assign(element, { recordId: '006000000000001AAA', objectApiName });
  document.body.appendChild(element);
  const find = (selector) => element.shadowRoot.querySelector(selector);
  const textOf = (selector) => find(selector)?.shadowRoot.textContent.replace(/\s+/g, ' ').trim();
  return { element, find, textOf };
}

async function opened(answer, objectApiName) {
  const page = open(objectApiName);
  graphql.emit(answer);
  await settled();
  return page;
}

// Colours and the page around it are judged in a browser.
const problemsOf = async (element) =>
  (await axe.run(element, { rules: { region: { enabled: false }, 'color-contrast': { enabled: false } } }))
    .violations;

describe('c-health-compact', () => {
  afterEach(() => {
    while (document.body.firstChild) document.body.removeChild(document.body.firstChild);
  });

  it.each(['Opportunity', 'Case'])(
    'asks for the account of its %s and for nothing of the other object',
    async (object) => {
      open(object);
      await settled();
      const { query, variables } = graphql.getLastConfig();
      expect(variables).toEqual({ recordId: '006000000000001AAA' });
      expect(query.text).toContain(`${object}(where:`);
      expect(query.text).not.toContain(object === 'Case' ? 'Opportunity' : 'Case');
      expect(gql``).toEqual({ text: '' });
    },
  );

  it('is loading until an answer has come', async () => {
    const { element, find } = open();
    await settled();
    expect(find('c-health-states').kind).toBe('loading');
    expect(await problemsOf(element)).toEqual([]);
  });

  it.each(['Opportunity', 'Case'])('shows tier, score and reason of the account of a %s', async (object) => {
    const { element, find, textOf } = await opened(answerOf({ object }), object);
    expect(textOf('c-health-headline')).toContain('At Risk');
    expect(textOf('c-health-headline')).toContain(String(scoreRow().Health_Score__c));
    expect(textOf('c-health-headline')).toContain('Support now 61 (−1.3)');
    expect(find('c-health-scale').scale.dot).toContain(`${scoreRow().Health_Score__c}%`);
    expect(find('c-health-notice')).toBeNull();
    expect(find('[data-id="held"]')).toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('says what holds the score down', async () => {
    const score = scoreRow({ signals: [CRITICAL] });
    expect(score.Health_Score__c).toBe(59);
    const { element, find, textOf } = await opened(answerOf({ score }));
    expect(textOf('c-health-headline')).toContain('59.0');
    expect(find('[data-id="held"]')).not.toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('shows the range when something is not known', async () => {
    const score = scoreRow({ readings: { support_score: null } });
    const { find, textOf } = await opened(answerOf({ score }));
    expect(score.Coverage__c).toBeLessThan(100);
    expect(find('c-health-scale').scale.band).not.toBe('');
    expect(textOf('c-health-headline')).toContain(score.Provisional__c ? 'Provisional' : 'At Risk');
  });

  it('warns when the stored score is not what its readings give', async () => {
    const { element, find } = await opened(answerOf({ score: { ...scoreRow(), Health_Score__c: 91 } }));
    expect(find('c-health-notice').kind).toBe('error');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('warns when a later refresh left the score out', async () => {
    const { find } = await opened(answerOf({ ended: '2026-11-21' }));
    expect(find('c-health-notice').kind).toBe('warning');
  });

  it('keeps the last score of a customer who left, and calls it neither wrong nor stale', async () => {
    const { find } = await opened(
      answerOf({ account: { Churned_On__c: '2026-11-02' }, ended: '2026-11-30' }),
    );
    expect(find('c-health-notice').kind).toBe('info');
    expect(find('c-health-headline')).not.toBeNull();
  });

  it('shows a score without explanation to who may see no more than that', async () => {
    const score = scoreRow();
    delete score.Details__c;
    delete score.Main_Reason__c;
    const { textOf, find } = await opened(answerOf({ score }));
    expect(textOf('c-health-headline')).toContain(String(score.Health_Score__c));
    expect(find('c-health-notice')).toBeNull();
  });

  it('says that nothing is known, with no number in its place', async () => {
    const nothing = Object.fromEntries(
      ['support', 'financial', 'adoption', 'relationship', 'platform'].map((id) => [`${id}_score`, null]),
    );
    const score = scoreRow({ readings: nothing });
    expect(score.Health_Score__c).toBeNull();
    const { element, textOf } = await opened(answerOf({ score }));
    expect(textOf('c-health-headline')).not.toMatch(/\d\.\d/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it.each([
    ['a customer without a score yet', answerOf({ score: null }), 'none', true],
    [
      'an account that nobody scores',
      answerOf({ score: null, account: { Health_Segment__c: null } }),
      'none',
      false,
    ],
    ['a reader who may not see scores', answerOf({ score: 'hidden' }), 'hidden', true],
  ])('has words for %s', async (_who, answer, kind, inPopulation) => {
    const { element, find } = await opened(answer);
    expect(find('c-health-states')).toMatchObject({ kind, inPopulation });
    expect(find('c-health-headline')).toBeNull();
    expect(find('[data-id="account"]')).not.toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('has words for a case without an account, and no link to one', async () => {
    const { element, find } = await opened(withoutAccount, 'Case');
    expect(find('[data-id="no-account"]')).not.toBeNull();
    expect(find('[data-id="account"]')).toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('takes an org that does not know our objects for a reader without access', async () => {
    const { find } = open();
    graphql.emitErrors([
      {
        message:
          "Validation error (FieldUndefined@[uiapi/query/Health_Score_Run__c]) : Field 'Health_Score_Run__c' in type 'RecordQuery' is undefined",
      },
    ]);
    await settled();
    expect(find('c-health-states').kind).toBe('hidden');
  });

  it('shows an error and asks again', async () => {
    const { element, find } = open();
    const refresh = jest.fn(() => Promise.resolve());
    graphql.emitErrors([{ message: 'The org is resting.' }], undefined, refresh);
    await settled();
    expect(find('c-health-notice').error).toEqual([{ message: 'The org is resting.' }]);
    expect(await problemsOf(element)).toEqual([]);
    find('c-health-notice').dispatchEvent(new CustomEvent('act'));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('leads to the account', async () => {
    const { find } = await opened(answerOf());
    const link = find('[data-id="account"]');
    expect(link.getAttribute('href')).toBe(`/lightning/r/Account/${ACCOUNT_ID}/view`);
    link.click();
    expect(mockNavigate).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { objectApiName: 'Account', recordId: ACCOUNT_ID, actionName: 'view' },
    });
  });
});
