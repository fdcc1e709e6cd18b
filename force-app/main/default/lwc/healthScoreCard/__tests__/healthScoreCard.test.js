import { graphql } from 'lightning/graphql';
import HealthScoreCard from 'c/healthScoreCard';
import {
  ACCOUNT_ID,
  CRITICAL,
  dataOf,
  RUN_ID,
  SCORE_ID,
  signalRow,
  storedMonths,
  WORSE,
} from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, settled } from '../../healthStory/__tests__/page';

jest.mock('@salesforce/customPermission/Refresh_Health_Scores', () => ({ default: true }), { virtual: true });

const ofPlace = ({ variables }) => variables !== undefined && 'recordId' in variables;
const ofCard = ({ variables }) => variables !== undefined && 'upTo' in variables;
const placed = (edges) => ({ uiapi: { query: { Health_Score__c: { edges } } } });
const september = { node: { Account__c: { value: ACCOUNT_ID }, Period__c: { value: '2026-09' } } };

async function show() {
  const page = open('c-health-score-card', HealthScoreCard, { recordId: SCORE_ID });
  await settled();
  const inCard = (selector) => page.find('c-health-card').shadowRoot.querySelector(selector);
  return { ...page, inCard };
}

/** What is asked for just now: wires without variables ask for nothing. */
function asked() {
  const found = [];
  graphql.emit(undefined, ({ variables }) => {
    if (variables !== undefined) found.push(variables);
    return false;
  });
  return found;
}

describe('c-health-score-card', () => {
  afterEach(clear);

  it('first asks whose score it is and of which month, loading meanwhile, then for no later one', async () => {
    const { inCard } = await show();
    expect(asked()).toEqual([{ recordId: SCORE_ID }]);
    expect(inCard('[data-id="loading"]')).not.toBeNull();
    expect(inCard('[data-act="refresh"]')).toBeNull();
    graphql.emit(placed([september]), ofPlace);
    await settled();
    expect(asked()).toContainEqual({ accountId: ACCOUNT_ID, scope: ACCOUNT_ID, upTo: '2026-09' });
  });

  it('shows the score of its month, changes nothing, and tells no news of later', async () => {
    const { element, inCard } = await show();
    graphql.emit(placed([september]), ofPlace);
    await settled();
    graphql.emit(
      dataOf({
        rows: storedMonths([{ readings: WORSE }], '2026-09'),
        signals: [signalRow(CRITICAL)],
        touched: { Id: RUN_ID, Status__c: 'Failed', Finished_At__c: '2026-11-20T06:00:00Z' },
      }),
      ofCard,
    );
    await settled();
    expect(inCard('c-health-headline').headline.score).toMatch(/^\d+\.\d$/);
    for (const absent of ['failed', 'newer', 'error'])
      expect([absent, inCard(`[data-notice="${absent}"]`)]).toEqual([absent, null]);
    for (const button of ['.raise', '[data-act="refresh"]'])
      expect([button, inCard(button)]).toEqual([button, null]);
    expect(inCard('[data-id="signals"] c-health-facts').facts.rows).toEqual([]);
    expect(inCard('[data-notice="proof"]').notice.actions).toEqual([]);
    expect(await problemsOf(element)).toEqual([]);
  });

  it.each([
    ['is gone', () => graphql.emit(placed([]), ofPlace), 'no longer there, or you may not see it'],
    [
      'may not be seen',
      () =>
        graphql.emitErrors(
          [{ message: "Field 'Health_Score__c' in type 'RecordQuery' is undefined" }],
          ofPlace,
        ),
      'not its health score',
    ],
    [
      'cannot be read',
      () => graphql.emitErrors([{ message: 'The org is resting.' }], ofPlace),
      'The org is resting.',
    ],
  ])('says that a score %s', async (_what, answer, words) => {
    const { element, find } = await show();
    answer();
    await settled();
    expect(find('c-health-notice').notice.text).toContain(words);
    expect(find('c-health-card')).toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });
});
