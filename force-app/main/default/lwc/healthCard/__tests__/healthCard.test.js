import { executeMutation, graphql } from 'lightning/graphql';
import HealthCard from 'c/healthCard';
import {
  ACCOUNT_ID,
  CRITICAL,
  dataOf,
  RUN_ID,
  signalRow,
  storedMonths,
  USUAL,
} from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, settled } from '../../healthStory/__tests__/page';

jest.mock('@salesforce/customPermission/Refresh_Health_Scores', () => ({ default: true }), { virtual: true });
jest.mock('lightning/graphql', () => ({
  ...jest.requireActual('lightning/graphql'),
  gql: (texts) => ({ text: texts.join('') }),
  executeMutation: jest.fn(),
}));

// A whole card takes axe a few seconds where many run at once.
jest.setTimeout(60_000);

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const NavigationMixin = (Base) =>
    class extends Base {
      [Navigate](page) {
        mockNavigate(page);
      }
    };
  return { NavigationMixin: Object.assign(NavigationMixin, { Navigate }) };
});
jest.mock('lightning/pageReferenceUtils', () => ({
  encodeDefaultFieldValues: (values) => JSON.stringify(values),
}));
const opened = () => mockNavigate.mock.calls[0][0];

const TOAST = 'lightning__showtoast';
const HIDDEN =
  "Validation error (FieldUndefined@[x]) : Field 'Health_Score__c' in type 'RecordQuery' is undefined";
const held = {
  rows: storedMonths([{ readings: USUAL }, { readings: USUAL, signals: [CRITICAL] }]),
  signals: [signalRow(CRITICAL)],
};
const nothing = Object.fromEntries(Object.keys(USUAL).map((id) => [id, 'not_mapped']));
const [stored] = storedMonths([{ readings: USUAL }]);

/** An open card that has asked: wires do so a turn after they are connected. */
async function place(properties = {}) {
  const page = open('c-health-card', HealthCard, {
    recordId: ACCOUNT_ID,
    ...properties,
  });
  await settled();
  return page;
}

const forCard = ({ variables }) => variables !== undefined && 'upTo' in variables;

/** What the card asks for just now: wires without variables ask for nothing. */
function asked() {
  const configs = [];
  graphql.emit(undefined, (config) => {
    if (config.variables !== undefined) configs.push(config);
    return false;
  });
  return configs;
}

async function show(given, refresh) {
  const page = await place();
  graphql.emit(dataOf(given), forCard, refresh);
  await settled();
  return page;
}

const tell = (element, name, detail) =>
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
const noticed = ({ all }) =>
  all('c-health-notice').flatMap(({ dataset: { notice } }) => (notice === 'proof' ? [] : notice));

const SIGNALS = '[data-id="signals"] c-health-facts';

describe('c-health-card', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  it('asks once, for its account and its newest month', async () => {
    await place();
    const [{ query, variables }, ...more] = asked();
    expect(more).toEqual([]);
    expect(query.text).toContain('query healthCard');
    expect(variables).toEqual({ accountId: ACCOUNT_ID, scope: ACCOUNT_ID, upTo: '9999-12' });
  });

  it('arranges every part of a score', async () => {
    const page = await show();
    const { find, all, text } = page;
    for (const part of ['headline', 'parts', 'scale', 'trend'])
      expect([part, find(`c-health-${part}`) !== null]).toEqual([part, true]);
    expect(all('c-health-facts').map(({ facts }) => facts.title)).toEqual([
      'Where points are lost',
      'What changed',
      'Inside what happened',
      'Signals',
    ]);
    expect(text('[data-id="window"]')).toBe('October 2026');
    expect(find('[data-id="loading"]')).toBeNull();
    expect(noticed(page)).toEqual([]);
  });

  it.each([
    ['a score that fell', {}],
    ['a score held by a signal', held],
    ['a score with gaps', { rows: storedMonths([{ readings: { ...USUAL, csat_score: 'no_activity' } }]) }],
    ['nothing known', { rows: storedMonths([{ readings: nothing }]) }],
    ['no score yet', { rows: [] }],
    ['an account that is not scored', { rows: [], account: { Health_Segment__c: null } }],
    ['an account that cannot be seen', { account: null, rows: [] }],
    ['a stale score', { ended: { Id: RUN_ID, Window_End__c: '2026-11-21' } }],
    ['a running refresh', { touched: { Id: RUN_ID, Status__c: 'Running' } }],
    [
      'a failed refresh',
      { touched: { Id: RUN_ID, Status__c: 'Failed', Finished_At__c: '2026-11-20T06:00:00Z' } },
    ],
    ['a score that was changed by hand', { rows: [{ ...stored, Health_Score__c: 99 }] }],
  ])('is accessible with %s', async (_state, given) => {
    const { element } = await show(given);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('is loading until the answer is there, and accessible meanwhile', async () => {
    const { text, element } = await place();
    await settled();
    expect(text('[data-id="loading"]')).toBe('Loading customer health');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('shows an account without a score a dash, why there is none and the refresh that brings it', async () => {
    const page = await show({ rows: [] });
    expect(page.find('c-health-headline').headline.tier).toBe('No score yet');
    expect(noticed(page)).toEqual(['waiting']);
    expect(page.find('[data-notice="proof"]')).toBeNull();
    tell(page.find('c-health-notice'), 'refresh');
    await settled();
    expect(page.find('lightning-flow').flowApiName).toBe('Refresh_Health');
  });

  it.each([
    ['may not see this account', () => show({ account: null, rows: [] })],
    [
      'may not see scores',
      async () => {
        const page = await place();
        graphql.emitErrors([{ message: HIDDEN }], forCard);
        await settled();
        return page;
      },
    ],
  ])('shows a reader who %s nothing but that', async (_what, arrive) => {
    const page = await arrive();
    expect(noticed(page)).toEqual(['noAccess']);
    expect(page.find('c-health-headline').headline).toBeNull();
    for (const part of [
      '[data-id="signals"]',
      'c-health-parts',
      '[data-notice="proof"]',
      '[data-act="refresh"]',
    ])
      expect([part, page.find(part)]).toEqual([part, null]);
    expect(await problemsOf(page.element)).toEqual([]);
  });

  it('shows an error, and keeps a score that was read before', async () => {
    const { find, element } = await show();
    graphql.emitErrors([{ message: 'The org is resting.' }], forCard);
    await settled();
    expect(find('[data-notice="error"]').notice.text).toBe('The org is resting.');
    expect(find('c-health-headline')).not.toBeNull();
    expect(await problemsOf(element)).toEqual([]);
  });

  it('asks again when somebody wants to try again', async () => {
    const { find } = await place();
    const refresh = jest.fn(() => Promise.resolve());
    graphql.emitErrors([{ message: 'The org is resting.' }], forCard, refresh);
    await settled();
    tell(find('c-health-notice'), 'reload');
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('shows an error alone when nothing was read before', async () => {
    const page = await place();
    graphql.emitErrors([{ message: 'The org is resting.' }], forCard);
    await settled();
    expect(noticed(page)).toEqual(['error']);
    expect(page.find('[data-id="loading"]')).toBeNull();
  });

  describe('a refresh', () => {
    it('runs the screen flow for this account while the old score stays, and asks again at its end', async () => {
      const refresh = jest.fn(() => Promise.resolve());
      const { find, element } = await show({}, refresh);
      find('[data-act="refresh"]').click();
      await settled();
      const flow = find('lightning-flow');
      expect(flow.flowApiName).toBe('Refresh_Health');
      expect(flow.flowInputVariables).toEqual([{ name: 'recordId', type: 'String', value: ACCOUNT_ID }]);
      expect(find('c-health-headline')).not.toBeNull();
      expect(find('[data-act="refresh"]')).toBeNull();
      expect(await problemsOf(element)).toEqual([]);
      tell(flow, 'statuschange', { status: 'STARTED' });
      expect(refresh).not.toHaveBeenCalled();
      tell(flow, 'statuschange', { status: 'FINISHED' });
      await settled();
      expect(refresh).toHaveBeenCalledTimes(1);
      expect(find('lightning-flow')).toBeNull();
    });

    it('can be put away while it goes on', async () => {
      const { find } = await show();
      find('[data-act="refresh"]').click();
      await settled();
      find('[data-act="close"]').click();
      await settled();
      expect(find('lightning-flow')).toBeNull();
      expect(find('[data-act="refresh"]')).not.toBeNull();
    });
  });

  describe('signals', () => {
    it('raises one for this account, says so, and asks again', async () => {
      executeMutation.mockResolvedValue({ data: {} });
      const refresh = jest.fn(() => Promise.resolve());
      const { find, element } = await show({}, refresh);
      const toasts = listen(element, TOAST);
      find('.raise').click();
      await settled();
      expect(await problemsOf(element)).toEqual([]);
      tell(find('c-health-signal-form'), 'save', { fields: { Severity__c: 'Critical' } });
      await settled();
      const [{ query, variables }] = executeMutation.mock.calls[0];
      expect(query.text).toContain('Churn_Signal__cCreate');
      expect(variables.input).toEqual({
        Churn_Signal__c: { Account__c: ACCOUNT_ID, Severity__c: 'Critical' },
      });
      expect(toasts).toHaveLength(1);
      expect(refresh).toHaveBeenCalledTimes(1);
      expect(find('c-health-signal-form')).toBeNull();
    });

    it('resolves the one that was asked for', async () => {
      executeMutation.mockResolvedValue({ data: {} });
      const { find } = await show(held);
      tell(find('[data-notice="cap"]'), 'resolve', { id: CRITICAL.id });
      await settled();
      tell(find('c-health-signal-form'), 'save', { fields: { Status__c: 'Resolved' } });
      await settled();
      const [{ query, variables }] = executeMutation.mock.calls[0];
      expect(query.text).toContain('Churn_Signal__cUpdate');
      expect(variables.input).toEqual({ Id: CRITICAL.id, Churn_Signal__c: { Status__c: 'Resolved' } });
    });

    it.each([
      [
        'an answer with errors',
        () => executeMutation.mockResolvedValue({ errors: [{ message: 'Say what was seen.' }] }),
      ],
      ['a failed call', () => executeMutation.mockRejectedValue(new Error('Say what was seen.'))],
    ])('keeps the form with what the org refused: %s', async (_how, refuse) => {
      refuse();
      const refresh = jest.fn();
      const { find, element } = await show({}, refresh);
      const toasts = listen(element, TOAST);
      find('.raise').click();
      await settled();
      tell(find('c-health-signal-form'), 'save', { fields: {} });
      await settled();
      expect(find('c-health-signal-form').request.error.text).toBe('Say what was seen.');
      expect(find('c-health-signal-form').request.busy).toBe(false);
      expect(toasts).toEqual([]);
      expect(refresh).not.toHaveBeenCalled();
      tell(find('c-health-signal-form'), 'cancel');
      await settled();
      expect(find('c-health-signal-form')).toBeNull();
    });

    it('may be neither raised nor resolved by who may not', async () => {
      const { find } = await show({ ...held, may: false });
      expect(find('.raise')).toBeNull();
      expect(find(SIGNALS).facts.rows.map(({ button }) => button)).toEqual(['']);
      expect(find('[data-notice="cap"]').notice.parts[0].actions.map(({ act }) => act)).toEqual(['open']);
    });
  });

  it.each([
    ['a signal', SIGNALS, 'Churn_Signal__c', CRITICAL.id],
    ['the refresh that failed', '[data-notice="failed"]', 'Health_Score_Run__c', RUN_ID],
  ])('opens the record of %s', async (_what, part, object, id) => {
    const touched = { Id: RUN_ID, Status__c: 'Failed', Finished_At__c: '2026-11-20T06:00:00Z' };
    const { find } = await show({ ...held, touched });
    tell(find(part), 'open', { object, id });
    expect(opened()).toEqual({
      type: 'standard__recordPage',
      attributes: { recordId: id, objectApiName: object, actionName: 'view' },
    });
  });

  describe('its foot', () => {
    const foot = async (given) => (await show(given)).find('[data-notice="proof"]').shadowRoot.textContent;

    it('says that the score was computed again and is the stored one, and what it was read from', async () => {
      const said = await foot();
      expect(said).toContain('Recalculated here: matches the stored score');
      expect(said).toContain('Read: Intercom, Jira, Salesforce, Looker Nov 1, 2026');
    });

    it('says that it is not', async () => {
      const rows = [{ ...stored, Health_Score__c: 99 }];
      expect(await foot({ rows })).toContain('Recalculated here: does not match the stored score');
    });

    it('says that it cannot tell where the explanation is hidden', async () => {
      const rows = [Object.fromEntries(Object.entries(stored).filter(([field]) => field !== 'Details__c'))];
      expect(await foot({ rows })).toContain('Not recalculated');
    });

    it('leads to the record of the score', async () => {
      const { find } = await show(held);
      find('[data-notice="proof"]').shadowRoot.querySelector('[data-act="open"]').click();
      expect(opened().attributes).toEqual({
        recordId: held.rows[0].Id,
        objectApiName: 'Health_Score__c',
        actionName: 'view',
      });
    });
  });

  it('opens a new task that is filled in, about this account', async () => {
    const { find } = await show();
    tell(find('c-health-facts'), 'task', { subject: 'First response: 2 h to 1 h', description: 'Why' });
    const pageReference = opened();
    expect(pageReference.attributes).toEqual({ objectApiName: 'Task', actionName: 'new' });
    expect(pageReference.state.defaultFieldValues).toContain(ACCOUNT_ID);
  });

  it('unfolds the part of a loss', async () => {
    const { find } = await show();
    tell(find('c-health-facts'), 'show', { id: 'messaging' });
    await settled();
    const parts = find('c-health-parts').shadowRoot;
    expect(parts.querySelector('[data-part="platform_value"] [data-metric]')).not.toBeNull();
  });
});
