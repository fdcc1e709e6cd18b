import { createElement } from 'lwc';
import axe from 'axe-core';
import { graphql } from 'lightning/graphql';
import { RefreshEvent } from 'lightning/refresh';
import RunProgress from 'c/runProgress';

const ASKED = '2026-11-21 09:00:00Z';
const MINUTE = 60_000;
const REFRESH = new RefreshEvent().type;

const row = (status, more = {}) => ({
  uiapi: {
    query: {
      Health_Score_Run__c: {
        edges: [
          {
            node: {
              Id: 'a01000000000001AAA',
              LastModifiedDate: { value: '2026-11-21T09:00:02.000Z' },
              Status__c: { value: status },
              ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, { value }])),
            },
          },
        ],
      },
    },
  },
});
const nothing = { uiapi: { query: { Health_Score_Run__c: { edges: [] } } } };
const settled = () => jest.advanceTimersByTimeAsync(0);

function open() {
  const element = createElement('c-run-progress', { is: RunProgress });
  Object.assign(element, { scope: 'all', period: '2026-11', runWindow: 'running', askedAt: ASKED });
  document.body.appendChild(element);
  const text = () => element.shadowRoot.textContent;
  const icon = () => element.shadowRoot.querySelector('lightning-icon');
  const spinner = () => element.shadowRoot.querySelector('lightning-spinner');
  return { element, text, icon, spinner };
}

function hide(hidden) {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new CustomEvent('visibilitychange'));
}

function emit({ data, errors, refresh }) {
  if (errors) graphql.emitErrors(errors, undefined, refresh);
  else graphql.emit(data, undefined, refresh);
}

/** What the wire would give, with a refresh that gives the next answer. */
function answers(...list) {
  const refresh = jest.fn(() => {
    if (list.length > 0) emit({ ...list.shift(), refresh });
    return Promise.resolve();
  });
  return refresh;
}

describe('c-run-progress', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    while (document.body.firstChild) document.body.removeChild(document.body.firstChild);
    jest.clearAllTimers();
  });

  it('asks for the newest run of its scope, month and window', async () => {
    open();
    await settled();
    expect(graphql.getLastConfig().variables).toEqual({
      scope: 'all',
      period: '2026-11',
      runWindow: 'running',
    });
  });

  it('survives the row not being there yet', async () => {
    const { text, spinner } = open();
    const refresh = answers(
      { data: row('Running') },
      { data: row('Running', { Accounts__c: 60, Scored__c: 20, Unchanged__c: 3, Failed__c: 1 }) },
    );
    emit({ data: nothing, refresh });
    await settled();
    expect(text()).toContain('about to begin');
    expect(spinner()).not.toBeNull();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(text()).toContain('under way');
    await jest.advanceTimersByTimeAsync(7_500);
    expect(text()).toContain('24 of 60 customers done');
  });

  it.each([
    ['Finished', 'Refreshed', 'success'],
    ['Degraded', 'a source was down', 'warning'],
    ['Held', 'Held for an admin', 'warning'],
    ['Failed', 'The refresh failed', 'error'],
  ])('says what %s means, tells the page, and looks no more', async (status, words, variant) => {
    const { element, text, icon } = open();
    const told = jest.fn();
    element.addEventListener(REFRESH, told);
    const refresh = answers({ data: row(status) });
    emit({ data: row('Running'), refresh });
    await settled();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(text()).toContain(words);
    expect(icon().variant).toBe(variant);
    expect(icon().alternativeText).not.toBe('');
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('shows what the run itself says of its failure', async () => {
    const { text } = open();
    emit({ data: row('Failed', { Error__c: 'Give the scorer a token of Intercom.' }) });
    await settled();
    expect(text()).toContain('Give the scorer a token of Intercom.');
  });

  it('takes no run of earlier for this one', async () => {
    const { text } = open();
    emit({ data: row('Finished', { LastModifiedDate: '2026-11-21T08:59:59.000Z' }) });
    await settled();
    expect(text()).toContain('about to begin');
  });

  it('goes on looking when the row cannot be read for a while', async () => {
    const { text } = open();
    const refresh = answers({ errors: [{ message: 'no' }] }, { data: row('Finished') });
    emit({ data: nothing, refresh });
    await settled();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(text()).toContain('cannot be read just now');
    await jest.advanceTimersByTimeAsync(7_500);
    expect(text()).toContain('Refreshed');
  });

  it('goes on when a look itself fails', async () => {
    const { text } = open();
    const refresh = jest.fn().mockRejectedValueOnce(new Error('offline'));
    emit({ data: row('Running'), refresh });
    await settled();
    await jest.advanceTimersByTimeAsync(5_000);
    refresh.mockImplementation(answers({ data: row('Finished') }));
    await jest.advanceTimersByTimeAsync(7_500);
    expect(text()).toContain('Refreshed');
  });

  it('gives up after ten minutes, and says where to look', async () => {
    const { text } = open();
    const refresh = jest.fn(() => Promise.resolve());
    emit({ data: row('Running'), refresh });
    await settled();
    await jest.advanceTimersByTimeAsync(10 * MINUTE - 1);
    expect(text()).toContain('under way');
    const looks = refresh.mock.calls.length;
    await jest.advanceTimersByTimeAsync(1);
    expect(text()).toContain('Ten minutes have passed');
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect(refresh).toHaveBeenCalledTimes(looks);
  });

  it('looks more and more seldom, and no more than 24 times in ten minutes', async () => {
    open();
    const at = [];
    const refresh = jest.fn(() => {
      at.push(Date.now());
      return Promise.resolve();
    });
    const from = Date.now();
    emit({ data: row('Running'), refresh });
    await settled();
    await jest.advanceTimersByTimeAsync(20 * MINUTE);
    const pauses = at.map((time, i) => time - (at[i - 1] ?? from));
    expect(pauses[0]).toBe(5_000);
    expect(pauses.every((pause, i) => i === 0 || pause >= pauses[i - 1])).toBe(true);
    expect(Math.max(...pauses)).toBe(30_000);
    expect(at.length).toBeGreaterThan(15);
    expect(at.length).toBeLessThanOrEqual(24);
  });

  it('does not look while the page is out of view, and looks at once when it is seen again', async () => {
    const { text } = open();
    const refresh = answers({ data: row('Running') }, { data: row('Finished') });
    emit({ data: row('Running'), refresh });
    await settled();
    hide(true);
    await jest.advanceTimersByTimeAsync(30 * MINUTE);
    expect(refresh).not.toHaveBeenCalled();
    hide(false);
    await settled();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(text()).toContain('under way');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(text()).toContain('Refreshed');
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('goes on once, not twice, when the page is seen again while a look is under way', async () => {
    open();
    let answer = () => undefined;
    const refresh = jest.fn(() => new Promise((resolve) => (answer = resolve)));
    emit({ data: row('Running'), refresh });
    await settled();
    await jest.advanceTimersByTimeAsync(5_000);
    const first = answer;
    for (const hidden of [true, false, true, false]) hide(hidden);
    await settled();
    expect(refresh).toHaveBeenCalledTimes(3);
    first();
    answer();
    await settled();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(refresh).toHaveBeenCalledTimes(4);
  });

  it('looks no more once it is taken from the page', async () => {
    const { element } = open();
    const refresh = jest.fn(() => Promise.resolve());
    emit({ data: row('Running'), refresh });
    await settled();
    document.body.removeChild(element);
    await jest.advanceTimersByTimeAsync(MINUTE);
    hide(true);
    hide(false);
    await settled();
    expect(refresh).not.toHaveBeenCalled();
  });

  it('says so when the status is hidden from the user', async () => {
    const { text } = open();
    const data = row('Finished');
    delete data.uiapi.query.Health_Score_Run__c.edges[0].node.Status__c;
    emit({ data });
    await settled();
    expect(text()).toContain('You may not see how');
  });

  it.each(['Running', 'Finished', 'Degraded', 'Held', 'Failed'])('is accessible while %s', async (status) => {
    const { element } = open();
    emit({ data: row(status) });
    await settled();
    jest.useRealTimers();
    const { violations } = await axe.run(element.shadowRoot.querySelector('div'), {
      // Colours need a real browser.
      rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
    });
    expect(violations).toEqual([]);
  });
});
