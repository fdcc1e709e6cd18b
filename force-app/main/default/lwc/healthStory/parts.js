import { shownScore, tierOf } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { inWords, nameOf, number, oneDecimal, percentOf } from './speech';
import { lookOf } from './headline';
import { smallLine } from './line';
import { metricView } from './metric';
import { inSentences } from './phrases';
import { labelOf, missingLines, movement, titled } from './words';

/** @typedef {import('./record').Row} Row */
/** @typedef {import('./record').Scorecard} Scorecard */
/** @typedef {import('./record').Details} Details */
/** @typedef {import('c/scoringCore').GroupScore} Group */

/**
 * The field of a part in the org; a dimension that an admin added has none.
 *
 * @param {string} id
 * @returns {string}
 * @example scoreField('platform_value') // => 'Platform_Value_Score__c'
 */
const scoreField = (id) => `${titled(id)}_Score__c`;

/**
 * What makes the score: dimensions in the order of the model, platform value after them, each with its metrics.
 *
 * @param {{ scorecard: Scorecard, details: Details, history: readonly Row[], earlier: Row | null, dates: import('./dates').Dates }} known history newest first
 */
export function partsOf({ scorecard, details, history, earlier, dates }) {
  const { model, input, dimensions, platformValue, churnRiskScore, churnRiskCoverage } = scorecard;
  const { churnRisk, platformValue: value } = model.health;
  const share = churnRisk[input.segment] / (churnRisk[input.segment] + value[input.segment]);
  const shares = { retention: percentOf(share), value: percentOf(1 - share) };
  const total = dimensions.reduce((sum, { weight }) => sum + weight, 0);
  const groups = [...dimensions, platformValue];
  const lowest = Math.min(...groups.flatMap(({ score }) => score ?? []));
  const readings = new Map(details.readings.map((reading) => [reading.id, reading]));

  return {
    title: LABELS.partsTitle,
    note: LABELS.partsNote,
    retention: rowOf(
      { id: 'churn_risk', label: LABELS.retention, score: churnRiskScore, coverage: churnRiskCoverage },
      fill(LABELS.ofTheScore, shares.retention),
      earlier,
    ),
    groups: groups.map((group) => {
      const { id, score, weight, metrics } = group;
      const isLowest = group === groups.find((one) => one.score === lowest);
      return {
        ...rowOf(
          { ...group, label: nameOf(group.label) },
          group === platformValue
            ? fill(LABELS.ofTheScore, shares.value)
            : fill(LABELS.ofRetention, percentOf(total > 0 ? weight / total : 0)),
          earlier,
        ),
        lowest: isLowest ? LABELS.lowest : '',
        slot: score === null ? 'track hatched' : 'track',
        bar: `inline-size: ${(score ?? 0).toFixed(1)}%`,
        barStyle: `bar ${toneOf(score, model.tiers)}`,
        scoreStyle: `points toned ${toneOf(score, model.tiers)}`,
        line: smallLine(
          history.map((row) => /** @type {number | null} */ (row[scoreField(id)] ?? null)).reverse(),
        ),
        metrics: metrics.map((metric) => metricView(metric, scorecard, readings.get(metric.id), dates)),
      };
    }),
    sum: sumOf(scorecard, shares),
    gaps: gapsOf(scorecard),
    context: contextOf(details, model),
  };
}

/**
 * The colour of a part's standing: that of the tier which the whole score would have there.
 *
 * @param {number | null} score
 * @param {import('c/scoringCore').Model['tiers']} tiers
 */
function toneOf(score, tiers) {
  return score === null ? '' : lookOf(tierOf(score, tiers).name, tiers).tone;
}

/**
 * What the retention score and each of its parts show: how much it weighs and is known, its score, how it moved.
 *
 * @param {{ id: string, label: string, score: number | null, coverage: number }} part
 * @param {string} weight in words
 * @param {Row | null} earlier
 */
function rowOf({ id, label, score, coverage }, weight, earlier) {
  const before = earlier?.[scoreField(id)];
  const moved = movement(score === null || typeof before !== 'number' ? null : shownScore(score) - before);
  return {
    id,
    label,
    note:
      coverage < 99.95
        ? `${weight}, ${fill(LABELS.knownPart, percentOf(Math.round(coverage * 10) / 1000))}`
        : weight,
    score: oneDecimal(score),
    moved: `${moved.arrow} ${moved.text}`,
    said: `${moved.word} ${moved.text}`,
    movedStyle: `moved ${moved.style}`,
  };
}

/**
 * The sum behind the score, with as many decimals as it takes for a reader to check it.
 *
 * @param {Scorecard} scorecard
 * @param {{ retention: string, value: string }} shares
 */
function sumOf({ churnRiskScore, platformValue, shown, cap }, { retention, value }) {
  if (churnRiskScore === null || platformValue.score === null) return '';
  const sum = fill(
    LABELS.sum,
    retention,
    number(churnRiskScore, 2),
    value,
    number(platformValue.score, 2),
    oneDecimal(shown.quantitativeScore),
  );
  return cap === null ? sum : inSentences(sum, fill(LABELS.sumCapped, oneDecimal(cap.at)));
}

/**
 * What is missing, in one line; empty when nothing is.
 *
 * @param {Scorecard} scorecard
 */
function gapsOf(scorecard) {
  const missing = missingLines(scorecard);
  return missing.length > 0
    ? `${fill(LABELS.missingTitle, percentOf(scorecard.shown.coverage / 100))} ${inSentences(...missing, LABELS.missingNote)}`
    : '';
}

/**
 * What is known beside and not scored: counts of conversations, users and the like.
 *
 * @param {Details} details
 * @param {import('c/scoringCore').Model} model
 */
function contextOf({ readings }, { thresholds }) {
  const known = readings
    .filter(({ id, value }) => !(id in thresholds) && value !== null)
    .map(({ id, value, unit }) => `${labelOf(id)} ${inWords(Number(value), unit)}`);
  return known.length > 0 ? `${LABELS.alsoKnown} ${known.join('; ')}` : '';
}
