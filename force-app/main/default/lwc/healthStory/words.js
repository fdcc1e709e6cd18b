import { metricsOf } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { oneDecimal } from './speech';

/**
 * @param {string} id of a metric
 * @returns {string} the id itself for one that an admin added
 */
export const labelOf = (id) => METRICS[id]?.label ?? id;

const OWNERS = {
  csm: LABELS.ownerCsm,
  support: LABELS.ownerSupport,
  product: LABELS.ownerProduct,
  customer: LABELS.ownerCustomer,
  nobody: LABELS.ownerNobody,
  finance: LABELS.ownerFinance,
  admin: LABELS.ownerAdmin,
};

/**
 * Who takes a step on.
 *
 * @param {string} owner
 * @returns {string}
 */
export const ownerName = (owner) => OWNERS[/** @type {keyof typeof OWNERS} */ (owner)] ?? owner;

/**
 * Who can change a metric.
 *
 * @param {string} id
 * @returns {string}
 */
export const ownerOf = (id) => {
  const metric = METRICS[id];
  return metric === undefined ? '' : OWNERS[metric.fixableBy];
};

/** @type {Record<import('c/scoringCore').MissingReason, string>} */
const MISSING = {
  not_configured: LABELS.missingNotConfigured,
  not_mapped: LABELS.missingNotMapped,
  no_activity: LABELS.missingNoActivity,
  no_field: LABELS.missingNoField,
  no_permission: LABELS.missingNoPermission,
  no_history: LABELS.missingNoHistory,
  source_down: LABELS.missingSourceDown,
  invalid: LABELS.missingInvalid,
  unknown_name: LABELS.missingUnknownName,
};

/**
 * Why a reading is missing, in words.
 *
 * @param {string | null | undefined} reason
 * @returns {string}
 */
export const reasonText = (reason) =>
  MISSING[/** @type {import('c/scoringCore').MissingReason} */ (reason ?? 'not_configured')] ??
  String(reason);

/**
 * What is not known, by reason; nothing when everything that counts is known.
 *
 * @param {import('c/scoringCore').Scorecard} scorecard
 * @returns {string[]}
 */
export function missingLines(scorecard) {
  /** @type {Record<string, string[]>} */
  const byReason = {};
  for (const { id, missing, weight } of metricsOf(scorecard))
    if (missing !== null && weight > 0) (byReason[reasonText(missing)] ??= []).push(labelOf(id));
  return Object.entries(byReason).map(([reason, names]) =>
    fill(LABELS.missingList, reason, names.join('; ')),
  );
}

/**
 * What could not be read and is counted with the values of an earlier score.
 *
 * @param {import('c/scoringCore').Scorecard} scorecard
 * @param {import('./dates').Dates} dates
 * @returns {string[]}
 */
export function carriedLines({ input }, dates) {
  /** @type {Record<string, string[]>} */
  const byDay = {};
  for (const [id, day] of Object.entries(input.carried ?? {})) (byDay[day] ??= []).push(labelOf(id));
  return Object.entries(byDay)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, names]) => fill(LABELS.carriedSince, dates.day(day), names.join('; ')));
}

/**
 * An id as people write it, and as fields of the org are named by it.
 *
 * @param {string} id
 * @returns {string}
 * @example titled('jira') // => 'Jira'
 * @example titled('platform_value') // => 'Platform_Value'
 */
export const titled = (id) => id.replace(/(^|_)./g, (start) => start.toUpperCase());

/**
 * Which way a number went: an arrow and a word for those who do not see colours, and the class of its colour. All empty
 * where nothing is known.
 *
 * @param {number | null} points
 * @example movement(-4.2) // => { text: '4.2', arrow: '↓', word: 'Down', style: 'toned tone_bad' }
 */
export function movement(points) {
  if (points === null) return { text: '', arrow: '', word: '', style: '' };
  const tenths = Math.round(points * 10);
  const text = oneDecimal(Math.abs(tenths) / 10);
  if (tenths === 0) return { text, arrow: '', word: LABELS.unchanged, style: '' };
  return tenths < 0
    ? { text, arrow: '↓', word: LABELS.down, style: 'toned tone_bad' }
    : { text, arrow: '↑', word: LABELS.up, style: 'toned tone_good' };
}
