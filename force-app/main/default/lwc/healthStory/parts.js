import { formatPoints, formatValue, shownScore, whatIsMissing } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { smallLine } from './line';
import { inSentences, inUnit } from './phrases';
import { labelOf, movement, oneDecimal, ownerOf, percentOf, reasonText, titled } from './words';

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
  const lastBound = Math.min(...model.tiers.map(({ from }) => from).filter((from) => from > 0));
  const readings = new Map(details.readings.map((reading) => [reading.id, reading]));

  const rowOf = (
    /** @type {{ id: string, label: string, score: number | null, coverage: number }} */ part,
    /** @type {string} */ weight,
  ) => {
    const { id, label, score, coverage } = part;
    const before = earlier?.[scoreField(id)];
    const moved = movement(score === null || typeof before !== 'number' ? null : shownScore(score) - before);
    return {
      id,
      label,
      note: coverage < 99.95 ? `${weight}, ${fill(LABELS.knownPart, oneDecimal(coverage))}` : weight,
      score: oneDecimal(score),
      moved: `${moved.arrow} ${moved.text}`,
      said: `${moved.word} ${moved.text}`,
      movedStyle: `moved ${moved.style}`,
    };
  };
  return {
    title: LABELS.partsTitle,
    note: LABELS.partsNote,
    retention: rowOf(
      { id: 'churn_risk', label: LABELS.retention, score: churnRiskScore, coverage: churnRiskCoverage },
      fill(LABELS.ofTheScore, shares.retention),
    ),
    groups: groups.map((group) => {
      const { id, score, weight, metrics } = group;
      const isLowest = group === groups.find((one) => one.score === lowest);
      return {
        ...rowOf(
          group,
          group === platformValue
            ? fill(LABELS.ofTheScore, shares.value)
            : fill(LABELS.ofRetention, percentOf(total > 0 ? weight / total : 0)),
        ),
        lowest: isLowest ? LABELS.lowest : '',
        slot: score === null ? 'track hatched' : 'track',
        bar: `inline-size: ${(score ?? 0).toFixed(1)}%`,
        // Red only where somebody must act: below the last tier bound.
        barStyle: isLowest && lowest < lastBound ? 'bar tone_bad' : 'bar',
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
    churnRiskScore.toFixed(2),
    value,
    platformValue.score.toFixed(2),
    oneDecimal(shown.quantitativeScore),
  );
  return cap === null ? sum : inSentences(sum, fill(LABELS.sumHeld, oneDecimal(cap.at)));
}

/**
 * What is missing, in one line; empty when nothing is.
 *
 * @param {Scorecard} scorecard
 */
function gapsOf(scorecard) {
  const missing = whatIsMissing(scorecard, labelOf);
  return missing.length > 0
    ? `${fill(LABELS.missingTitle, oneDecimal(scorecard.shown.coverage))} ${inSentences(...missing, LABELS.missingNote)}`
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
    .map(({ id, value, unit }) => `${labelOf(id)} ${formatValue(Number(value), unit)}`);
  return known.length > 0 ? `${LABELS.alsoKnown} ${known.join('; ')}` : '';
}

/**
 * One metric. The bar is drawn by the metric's score, so right is always better and the middle is the yellow limit.
 *
 * @param {import('c/scoringCore').MetricScore} metric
 * @param {Scorecard} scorecard
 * @param {import('./record').StoredReading | undefined} reading
 * @param {import('./dates').Dates} dates
 */
function metricView({ id, value, missing, score, pointsLost }, scorecard, reading, dates) {
  const scale = /** @type {import('c/scoringCore').MetricScale} */ (scorecard.model.thresholds[id]);
  const limits = scale[scorecard.input.segment];
  const written = inUnit(scorecard, id);
  const [green, yellow, red] = [written(limits.green), written(limits.yellow), written(limits.red)];
  const better = scale.better === 'lower' ? LABELS.lowerIsBetter : LABELS.higherIsBetter;
  const source = titled(reading?.source || METRICS[id]?.source || '');
  const read = reading?.observedAt ? fill(LABELS.readOn, source, dates.day(reading.observedAt)) : source;
  const about = {
    id,
    label: labelOf(id),
    description: METRICS[id]?.description,
    carried: reading?.carriedFrom ? fill(LABELS.carried, dates.day(reading.carriedFrom)) : '',
  };
  if (value === null || score === null) {
    const reason = reasonText(missing);
    const aria = fill(LABELS.missingAria, reason);
    return { ...about, known: false, value: reason, aria, foot: inSentences(read, ownerOf(id)) };
  }
  return {
    ...about,
    known: true,
    value: written(value),
    aria: fill(LABELS.metricAria, written(value), better, green, yellow, red),
    green,
    yellow,
    red,
    marker: `inset-inline-start: ${score.toFixed(2)}%`,
    // Shape and not colour alone: a diamond below the limit, a dot from there on.
    markerStyle: score < 50 ? 'dot below tone_bad' : 'dot',
    foot: inSentences(read, better, ownerOf(id)),
    points: `${formatPoints(-shownScore(pointsLost))} ${LABELS.points}`,
  };
}
