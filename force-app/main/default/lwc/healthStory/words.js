import { formatNumber, shownScore } from 'c/scoringCore';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';

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
};

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
 * An id as people write it, and as fields of the org are named by it.
 *
 * @param {string} id
 * @returns {string}
 * @example titled('jira') // => 'Jira'
 * @example titled('platform_value') // => 'Platform_Value'
 */
export const titled = (id) => id.replace(/(^|_)./g, (start) => start.toUpperCase());

/**
 * A score with one decimal, rounded as the stored ones are; a dash without one.
 *
 * @param {unknown} score
 * @returns {string}
 * @example oneDecimal(65.35) // => '65.4'
 */
export const oneDecimal = (score) => (typeof score === 'number' ? shownScore(score).toFixed(1) : '–');

/**
 * A share in percent, whole where it is.
 *
 * @param {number} share 0 to 1
 * @returns {string}
 * @example percentOf(0.6) // => '60 %'
 */
export const percentOf = (share) => `${formatNumber(share * 100, 1)} %`;

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
  const text = (Math.abs(tenths) / 10).toFixed(1);
  if (tenths === 0) return { text, arrow: '', word: LABELS.unchanged, style: '' };
  return tenths < 0
    ? { text, arrow: '↓', word: LABELS.down, style: 'toned tone_bad' }
    : { text, arrow: '↑', word: LABELS.up, style: 'toned tone_good' };
}
