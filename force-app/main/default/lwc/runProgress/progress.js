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
      title: 'Still not finished',
      detail:
        'Ten minutes have passed, so this window stops looking. The refresh goes on; see how it ends in the tab Health Refreshes.',
      over: true,
    };
  if (unreadable)
    return {
      kind: 'busy',
      title: 'The refresh is under way',
      detail: 'Its progress cannot be read just now. You can close this window, the refresh goes on.',
      over: false,
    };
  if (!row)
    return {
      kind: 'busy',
      title: 'The refresh is about to begin',
      detail: 'Usually it shows within a few seconds.',
      over: false,
    };
  return {
    kind: 'busy',
    title: 'The refresh is under way',
    detail: row.accounts === null ? 'Reading the sources.' : `${row.done} of ${row.accounts} customers done.`,
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
      return { kind: 'good', title: 'Refreshed', detail: 'The new score is there.', over: true };
    case 'Degraded':
      return {
        kind: 'warning',
        title: 'Refreshed, but a source was down',
        detail: 'Nothing looks better for it: scores are held or provisional until the source answers again.',
        over: true,
      };
    case 'Held':
      return {
        kind: 'warning',
        title: 'Held for an admin',
        detail: 'More customers than usual would change their tier, so nothing was written yet.',
        over: true,
      };
    case 'Failed':
      return {
        kind: 'bad',
        title: 'The refresh failed',
        detail: row.error || 'The earlier scores stand. The tab Health Refreshes says why.',
        over: true,
      };
    default:
      return {
        kind: 'warning',
        title: 'The refresh ended',
        detail: 'You may not see how: ask your Salesforce admin for the permission set Health Viewer.',
        over: true,
      };
  }
}
