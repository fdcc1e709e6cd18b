import { scoreAccount } from 'c/scoringCore';

/** @typedef {import('c/scoringCore').Scorecard} Scorecard */
/** @typedef {import('c/scoringCore').Model} Model */
/** @typedef {Readonly<Record<string, string | number | boolean | null>>} Row */
/** @typedef {{ id: string, value: number | null, missing?: import('c/scoringCore').MissingReason, unit: string, source: string, observedAt: string | null, carriedFrom?: string }} StoredReading */
/**
 * What Details__c holds, as the scorer writes it.
 * @typedef {object} Details
 * @property {import('c/scoringCore').Segment} segment
 * @property {string} asOf
 * @property {{ start: string, end: string, complete: boolean }} window
 * @property {StoredReading[]} readings
 * @property {import('c/scoringCore').Signal[]} signals
 * @property {import('c/scoringCore').Hold | null} hold
 * @property {StoredChange | { code: string }} change
 * @property {import('c/healthAdvice').AccountFacts} [facts] absent on scores of before they were kept
 * @property {import('c/healthAdvice').Stored & { words?: Record<string, { owner: string, action: string }> }} [advice] likewise
 */
/**
 * @typedef {object} StoredChange
 * @property {number} from
 * @property {number} to
 * @property {number} shown
 * @property {Record<'behaviour' | 'data' | 'rules' | 'calendar' | 'signals', number>} bars
 * @property {Record<string, number>} metrics
 * @property {{ period: string, asOf: string, modelVersion: string }} since
 */
/**
 * A stored score, scored again from nothing but what is stored with it.
 * @typedef {object} Recomputed
 * @property {Scorecard | null} scorecard null when what is stored cannot be read
 * @property {Details | null} details
 * @property {string[]} differences fields whose stored value is not the recomputed one
 * @property {string[]} hidden fields that the reader may not see, without which nothing can be computed again
 */

const NEEDED = ['Details__c', 'Run__r.Model__c'];

/**
 * Scores a stored record again: its own readings and signals, the model of its run (docs/glossary.md). The same code that
 * the scorer ran, so that every stored score gives itself.
 *
 * @param {Row} row a Health_Score__c record with the model of its run
 * @returns {Recomputed}
 * @example recompute(row).differences // => []
 */
export function recompute(row) {
  const hidden = NEEDED.filter((field) => !(field in row));
  const details = /** @type {Details | null} */ (parsed(row.Details__c));
  const model = /** @type {Model} */ (parsed(row['Run__r.Model__c']));
  const unread = { scorecard: null, details: null, differences: [], hidden };
  if (!details || !Array.isArray(details.readings) || !Array.isArray(details.signals)) return unread;
  try {
    const scorecard = scoreAccount(model, inputOf(row, details));
    return { scorecard, details, differences: differencesOf(row, scorecard), hidden };
  } catch (error) {
    // No model, or a segment or signal that makes no sense: hidden, or changed by hand.
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    return { ...unread, details };
  }
}

/**
 * @param {Row} row
 * @param {Details} details
 * @returns {import('c/scoringCore').AccountInput}
 */
function inputOf(row, { segment, asOf, readings, signals, hold }) {
  return {
    // Whose score it is changes no number.
    accountId: '',
    name: '',
    segment,
    period: String(row.Period__c),
    asOf,
    readings: Object.fromEntries(readings.map((reading) => [reading.id, readingOf(reading)])),
    signals,
    hold,
    carried: Object.fromEntries(
      readings.flatMap(({ id, carriedFrom }) => (carriedFrom === undefined ? [] : [[id, carriedFrom]])),
    ),
  };
}

/**
 * @param {StoredReading} reading
 * @returns {import('c/scoringCore').Reading}
 */
function readingOf({ value, missing = 'invalid' }) {
  return value === null ? { value, missing } : { value };
}

/**
 * @param {Row} row
 * @param {Scorecard} scorecard
 * @returns {string[]}
 */
function differencesOf(row, { shown, tier, provisional, model }) {
  const expected = {
    Health_Score__c: shown.healthScore,
    Quantitative_Score__c: shown.quantitativeScore,
    Churn_Risk_Score__c: shown.churnRiskScore,
    Platform_Value_Score__c: shown.platformValueScore,
    Tier__c: tier,
    Coverage__c: shown.coverage,
    Band_Low__c: shown.band?.low ?? null,
    Band_High__c: shown.band?.high ?? null,
    Provisional__c: provisional,
    Model_Version__c: model.version,
  };
  // A field that is hidden from the reader cannot be compared.
  return Object.entries(expected)
    .filter(([field, value]) => field in row && (row[field] ?? null) !== value)
    .map(([field]) => field);
}

/**
 * What a field holds as JSON; null for what is hidden, empty or no JSON.
 *
 * @param {unknown} text
 * @returns {unknown}
 * @example parsed('{"csat_score":80}') // => { csat_score: 80 }
 */
export function parsed(text) {
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
