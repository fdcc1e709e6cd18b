import { TEXTS } from './texts';

/**
 * A run's row, as far as it is shown.
 * @typedef {{ status: string, touched: string, error: string, accounts: number | null, done: number }} Row
 */
/**
 * What is shown: a kind that decides the icon, a headline, more about it, and whether there is nothing more to wait for.
 * @typedef {{ kind: 'busy' | 'good' | 'warning' | 'bad', title: string, detail: string, over: boolean }} View
 */

/**
 * The newest run in an answer; fields that a user may not see are absent.
 * @param {unknown} data
 * @returns {Row | undefined}
 */
export function rowOf(data) {
  const answer =
    /** @type {{ uiapi?: { query?: { Health_Score_Run__c?: { edges?: { node: Record<string, { value?: unknown } | undefined> }[] } } } } | undefined} */ (
      data
    );
  const node = answer?.uiapi?.query?.Health_Score_Run__c?.edges?.[0]?.node;
  if (!node) return undefined;
  const text = (/** @type {string} */ name) => String(node[name]?.value ?? '');
  const number = (/** @type {string} */ name) => {
    const value = node[name]?.value;
    return typeof value === 'number' ? value : null;
  };
  return {
    status: text('Status__c'),
    touched: text('LastModifiedDate'),
    error: text('Error__c'),
    accounts: number('Accounts__c'),
    done: (number('Scored__c') ?? 0) + (number('Unchanged__c') ?? 0) + (number('Failed__c') ?? 0),
  };
}

/**
 * Whether the row is the run that was asked for: one that is going, or that somebody has touched since.
 * @param {Row} row
 * @param {string | undefined} askedAt in UTC, as formulas write it: 2026-11-21 09:00:00Z
 * @returns {boolean}
 */
export function isOurs(row, askedAt) {
  if (row.status === 'Running') return true;
  const asked = Date.parse((askedAt ?? '').replace(' ', 'T'));
  return Number.isNaN(asked) || Date.parse(row.touched) >= asked;
}

/**
 * @param {Row | undefined} row
 * @param {{ unreadable: boolean, waited: number, patience: number }} state milliseconds
 * @returns {View}
 */
export function describeRun(row, { unreadable, waited, patience }) {
  if (row && row.status !== 'Running') return ended(row);
  if (waited >= patience)
    return {
      kind: 'warning',
      title: TEXTS.gaveUp,
      detail: TEXTS.gaveUpText,
      over: true,
    };
  if (unreadable)
    return {
      kind: 'busy',
      title: TEXTS.busy,
      detail: TEXTS.busyUnreadable,
      over: false,
    };
  if (!row)
    return {
      kind: 'busy',
      title: TEXTS.begins,
      detail: TEXTS.beginsText,
      over: false,
    };
  return {
    kind: 'busy',
    title: TEXTS.busy,
    detail: row.accounts === null ? TEXTS.busyReading : filled(TEXTS.busyCount, row.done, row.accounts),
    over: false,
  };
}

/**
 * @param {Row} row
 * @returns {View}
 */
function ended(row) {
  switch (row.status) {
    case 'Finished':
      return { kind: 'good', title: TEXTS.finished, detail: TEXTS.finishedText, over: true };
    case 'Degraded':
      return {
        kind: 'warning',
        title: TEXTS.degraded,
        detail: TEXTS.degradedText,
        over: true,
      };
    case 'Held':
      return {
        kind: 'warning',
        title: TEXTS.held,
        detail: TEXTS.heldText,
        over: true,
      };
    case 'Failed':
      return {
        kind: 'bad',
        title: TEXTS.failed,
        detail: row.error || TEXTS.failedText,
        over: true,
      };
    default:
      return {
        kind: 'warning',
        title: TEXTS.ended,
        detail: TEXTS.endedText,
        over: true,
      };
  }
}

/**
 * A text with its gaps filled.
 * @param {string} text with {0} and {1}
 * @param {number[]} values
 * @returns {string}
 */
function filled(text, ...values) {
  return text.replace(/\{(\d)\}/g, (_, n) => String(values[Number(n)]));
}
