import { graphql } from 'lightning/graphql';
import HealthCompact from 'c/healthCompact';
import {
  ACCOUNT_ID,
  CRITICAL,
  signalRow,
  storedMonths,
  USUAL,
  WORSE,
} from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, settled } from '../../healthStory/__tests__/page';
import { answerOf, beforeOf, scoreOf, withoutAccount } from './fixtures';

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

function show(objectApiName = 'Opportunity') {
  const page = open('c-health-compact', HealthCompact, { recordId: '006000000000001AAA', objectApiName });
  const headline = () => page.find('c-health-headline').shadowRoot.textContent.replace(/\s+/g, ' ');
  const notices = () => page.all('c-health-notice').map(({ notice: { id, kind } }) => `${id} ${kind}`);
  return { ...page, headline, notices };
}

/** Its two questions: the score, and what was read a score earlier. */
const ofScore = ({ query }) => query?.text.includes('healthOf') === true;
const ofBefore = ({ query }) => query?.text.includes('beforeScore') === true;

/** What the wires are asking now. */
function asked() {
  const configs = [];
  graphql.emit(undefined, (config) => {
    configs.push(config);
    return false;
  });
  return configs;
}

async function shown(answer, objectApiName) {
  const page = show(objectApiName);
  await settled();
  graphql.emit(answer, ofScore);
  await settled();
  return page;
}

describe('c-health-compact', () => {
  afterEach(clear);

  it.each([
    ['Opportunity', 'Case'],
    ['Case', 'Opportunity'],
  ])('asks for the account of its %s and for no %s', async (object, other) => {
    show(object);
    await settled();
    const { query, variables } = asked().find(ofScore);
    expect(asked().some(ofBefore)).toBe(false);
    expect(variables).toEqual({ recordId: '006000000000001AAA' });
    expect(query.text).toContain(`${object}(where:`);
    expect(query.text).not.toContain(other);
  });

  it('is loading until an answer has come', async () => {
    const { element, find } = show();
    await settled();
    expect(find('[data-id="loading"]')).not.toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it.each(['Opportunity', 'Case'])(
    'shows tier, score, change and month of the account of a %s',
    async (object) => {
      const score = scoreOf();
      const { element, find, headline, text, notices } = await shown(answerOf({ object, score }), object);
      expect(headline()).toContain(score.Tier__c);
      expect(headline()).toContain(score.Health_Score__c.toFixed(1));
      expect(headline()).toContain(`↓ Down ${Math.abs(score.Change__c).toFixed(1)}`);
      expect(text('[data-id="window"]')).toBe('October 2026, compared with September 2026');
      const { marks } = find('c-health-headline').headline.scale;
      expect(marks.at(-1)).toMatchObject({
        id: 'dot',
        place: expect.stringContaining(`${score.Health_Score__c}%`),
      });
      expect(notices()).toEqual([]);
      expect(await problemsOf(element)).toEqual([]);
    },
  );

  it('says from what to what a cause went, once the earlier readings are there', async () => {
    const [, before] = storedMonths([{ readings: USUAL }, { readings: WORSE }]);
    const { headline } = await shown(answerOf());
    expect(headline()).toContain('First response 2 h 25 min');
    expect(asked().find(ofBefore).variables).toEqual({ accountId: ACCOUNT_ID, period: '2026-10' });
    graphql.emit(beforeOf({ score: before }), ofBefore);
    await settled();
    expect(headline()).toContain('First response 1 h 20 min to 2 h 25 min');
  });

  it('asks for the earlier readings once, however often the score is read again', async () => {
    await shown(answerOf());
    const first = asked().find(ofBefore).variables;
    graphql.emit(answerOf(), ofScore);
    await settled();
    expect(asked().find(ofBefore).variables).toBe(first);
  });

  it('tells the score all the same when the earlier readings cannot be had', async () => {
    const { headline, find } = await shown(answerOf());
    graphql.emitErrors([{ message: 'The org is resting.' }], ofBefore);
    await settled();
    expect(headline()).toContain('First response 2 h 25 min');
    expect(find('c-health-notice')).toBeNull();
  });

  it('says what a signal does to the score, how grave and sure it is, and which one, once that is there', async () => {
    const score = scoreOf({ readings: USUAL, signals: [CRITICAL] });
    expect(score.Health_Score__c).toBe(59);
    const { element, find, headline } = await shown(answerOf({ score }));
    const held = () => find('[data-notice="cap"]').shadowRoot.textContent.replace(/\s+/g, ' ').trim();
    expect(headline()).toContain('59.0');
    expect(held()).toContain(`Capped at 59.0. Without it: ${score.Quantitative_Score__c.toFixed(1)}`);
    expect(held()).toContain('Signal (critical, confirmed)');
    expect(held()).not.toContain('has ended');
    graphql.emit(beforeOf({ signals: [signalRow(CRITICAL)] }), ofBefore);
    await settled();
    expect(held()).toContain('Executive sponsor left (critical, confirmed)');
    // Nothing is changed from here.
    expect(find('[data-notice="cap"]').notice.parts[0].actions.map(({ act }) => act)).toEqual(['open']);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('opens the signal that holds the score', async () => {
    const score = scoreOf({ readings: USUAL, signals: [CRITICAL] });
    const { find } = await shown(answerOf({ score }));
    const detail = { object: 'Churn_Signal__c', id: CRITICAL.id };
    find('[data-notice="cap"]').dispatchEvent(new CustomEvent('open', { detail, bubbles: true }));
    expect(mockNavigate).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { objectApiName: 'Churn_Signal__c', recordId: CRITICAL.id, actionName: 'view' },
    });
  });

  it('warns of a grave signal that came after the score', async () => {
    const { notices } = await shown(answerOf());
    expect(notices()).toEqual([]);
    const later = signalRow({ ...CRITICAL, observedOn: '2026-11-05', expiresOn: null });
    graphql.emit(beforeOf({ signals: [later] }), ofBefore);
    await settled();
    expect(notices()).toEqual(['newer warning']);
  });

  it('says which source a hold is for', async () => {
    const score = scoreOf({
      readings: { ...USUAL, open_bugs: 'source_down' },
      hold: { at: 61.2, sources: ['jira'] },
    });
    const { find } = await shown(answerOf({ score }));
    expect(find('[data-notice="cap"]').notice.text).toContain('Jira could not be read');
  });

  it('shows the range when something is not known', async () => {
    const score = scoreOf({ readings: { ...USUAL, csat_score: 'not_mapped' } });
    const { find, headline, notices } = await shown(answerOf({ score }));
    expect(find('c-health-headline').headline.scale.marks.map(({ id }) => id)).toContain('band');
    expect(headline()).toContain(
      `Could be ${score.Band_Low__c.toFixed(1)} to ${score.Band_High__c.toFixed(1)}`,
    );
    expect(notices()).toEqual([]);
  });

  it('warns when the stored score is not what its readings give', async () => {
    const { element, notices } = await shown(answerOf({ score: { ...scoreOf(), Health_Score__c: 91 } }));
    expect(notices()).toEqual(['differs error']);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('warns when a later refresh left the score out', async () => {
    const { notices } = await shown(answerOf({ ended: '2026-11-21' }));
    expect(notices()).toEqual(['stale warning']);
  });

  it('keeps the last score of a customer who left, and does not call it stale', async () => {
    const { notices, headline } = await shown(
      answerOf({ account: { Churned_On__c: '2026-11-02' }, ended: '2026-11-30' }),
    );
    expect(notices()).toEqual(['churned info']);
    expect(headline()).toContain(scoreOf().Tier__c);
  });

  it('shows a score without its explanation to who may see no more than that', async () => {
    const score = scoreOf();
    delete score.Details__c;
    delete score.Main_Reason__c;
    const { headline, notices } = await shown(answerOf({ score }));
    expect(headline()).toContain(score.Health_Score__c.toFixed(1));
    expect(notices()).toEqual([]);
  });

  it('says that nothing is known, with no number in its place', async () => {
    const nothing = Object.fromEntries(Object.keys(USUAL).map((id) => [id, 'not_mapped']));
    const score = scoreOf({ readings: nothing });
    expect(score.Health_Score__c).toBeNull();
    const { element, headline } = await shown(answerOf({ score }));
    expect(headline()).toContain('No score');
    expect(headline()).not.toMatch(/\d/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it.each([
    ['a customer without a score yet', { score: null }, 'waiting', 'waits for its first refresh'],
    [
      'an account that nobody scores',
      { score: null, account: { Health_Segment__c: null } },
      'waiting',
      'no health segment',
    ],
    [
      'an account that points at a score of one that was merged into it',
      { score: { ...scoreOf(), Own__c: false } },
      'waiting',
      'waits for its first refresh',
    ],
    ['a reader who may not see scores', { score: 'hidden' }, 'noAccess', 'not its health score'],
  ])('has words for %s, and leads to the account', async (_who, given, id, words) => {
    const { element, find } = await shown(answerOf(given));
    expect(find('c-health-notice').notice).toMatchObject({
      id,
      text: expect.stringContaining(words),
      actions: [],
    });
    expect(find('c-health-headline').shadowRoot.textContent).not.toMatch(/\d/);
    expect(find('[data-id="account"]')).not.toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('has words for a case without an account, and no link to one', async () => {
    const { element, find } = await shown(withoutAccount, 'Case');
    expect(find('[data-id="no-account"]')).not.toBeNull();
    expect(find('[data-id="account"]')).toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('takes an org that does not know our objects for a reader without access', async () => {
    const { find } = show();
    await settled();
    const message =
      "Validation error (FieldUndefined@[uiapi/query/Health_Score_Run__c]) : Field 'Health_Score_Run__c' in type 'RecordQuery' is undefined";
    graphql.emitErrors([{ message }], ofScore);
    await settled();
    expect(find('c-health-notice').notice.id).toBe('noAccess');
  });

  it('shows an error and asks again', async () => {
    const { element, find } = show();
    await settled();
    const refresh = jest.fn(() => Promise.resolve());
    graphql.emitErrors([{ message: 'The org is resting.' }], ofScore, refresh);
    await settled();
    expect(find('c-health-notice').notice.text).toBe('The org is resting.');
    expect(await problemsOf(element)).toEqual([]);
    find('c-health-notice').dispatchEvent(new CustomEvent('reload', { bubbles: true }));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('leads to the account', async () => {
    const { find } = await shown(answerOf());
    const link = find('[data-id="account"]');
    expect(link.getAttribute('href')).toBe(`/lightning/r/Account/${ACCOUNT_ID}/view`);
    link.click();
    expect(mockNavigate).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { objectApiName: 'Account', recordId: ACCOUNT_ID, actionName: 'view' },
    });
  });
});
