/**
 * A record of an answer by field; a field that the reader may not see is absent, an empty one null.
 * @typedef {Readonly<Record<string, string | number | boolean | null>>} Row
 */

/**
 * What one answer holds.
 * @typedef {object} Answer
 * @property {Row | null} account null when it cannot be seen
 * @property {Row | null} score the newest one, Run__r.* among its fields
 * @property {Row[]} history newest first
 * @property {Row[] | null} signals newest first; null while they are not known
 * @property {Row[]} tasks open ones of the account, the next one due first
 * @property {Row | null} ended newest refresh of all accounts that wrote scores
 * @property {Row | null} touched newest refresh that concerns this account
 * @property {boolean} mayRaise
 * @property {boolean} mayResolve
 */

/** @typedef {{ edges?: { node: Record<string, unknown> }[] } | null | undefined} Connection */

/**
 * The connections of an answer by name.
 *
 * @param {unknown} data
 * @returns {Record<string, Connection> | undefined} undefined while there is none
 * @example queryOf({ uiapi: { query: { Account: { edges: [] } } } }) // => { Account: { edges: [] } }
 */
export const queryOf = (data) =>
  /** @type {{ uiapi?: { query?: Record<string, Connection> } } | null | undefined} */ (data)?.uiapi?.query;

/**
 * The answer to CARD.
 *
 * @param {unknown} data
 * @returns {Answer | null} null while there is none
 */
export function readAnswer(data) {
  const uiapi =
    /** @type {{ uiapi?: { query?: Record<string, Connection>, objectInfos?: ({ ApiName: string, createable?: boolean, updateable?: boolean } | null)[] } } | null | undefined} */ (
      data
    )?.uiapi;
  if (!uiapi?.query) return null;
  const { query, objectInfos = [] } = uiapi;
  const [signal] = objectInfos;
  const history = rowsOf(query.history);
  const [newest] = rowsOf(query.newest);
  return {
    account: rowsOf(query.Account)[0] ?? null,
    // What history says of it already is not asked for twice.
    score: newest ? { ...history.find(({ Id }) => Id === newest.Id), ...newest } : null,
    history,
    signals: rowsOf(query.signals),
    tasks: rowsOf(query.tasks),
    ended: rowsOf(query.ended)[0] ?? null,
    touched: rowsOf(query.touched)[0] ?? null,
    mayRaise: signal?.createable === true,
    mayResolve: signal?.updateable === true,
  };
}

/** The answer of who may see nothing. */
export const NOTHING = /** @type {Answer} */ (readAnswer({ uiapi: { query: {} } }));

/**
 * Rows of a connection, fields of parents as `Run__r.Model__c`.
 *
 * @param {Connection} connection
 * @returns {Row[]}
 * @example rowsOf({ edges: [{ node: { Id: '001', Name: { value: 'Larkfield' } } }] }) // => [{ Id: '001', Name: 'Larkfield' }]
 */
export function rowsOf(connection) {
  return (connection?.edges ?? []).map(({ node }) => Object.fromEntries(fieldsOf(node, '')));
}

/**
 * @param {Record<string, unknown>} node
 * @param {string} prefix
 * @returns {[string, string | number | boolean | null][]}
 */
function fieldsOf(node, prefix) {
  return Object.entries(node).flatMap(([name, part]) => {
    if (part === null || typeof part !== 'object')
      return [[`${prefix}${name}`, /** @type {string | number | boolean | null} */ (part)]];
    if ('value' in part)
      return [[`${prefix}${name}`, /** @type {string | number | boolean | null} */ (part.value)]];
    return fieldsOf(/** @type {Record<string, unknown>} */ (part), `${prefix}${name}.`);
  });
}
