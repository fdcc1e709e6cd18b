import { formatPoints, formatValue, shownScore, whatIsMissing } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { labelOf, movement, oneDecimal, ownerOf, percentOf, reasonText, sourceName } from './words';

/** @typedef {import('./record').Row} Row */
/** @typedef {import('./record').Scorecard} Scorecard */
/** @typedef {import('./record').Details} Details */
/** @typedef {import('c/scoringCore').GroupScore} Group */

/** Fields of the stored score, by dimension; other dimensions have none. */
/** @type {Record<string, string>} */
const FIELDS = {
  retention: 'Churn_Risk_Score__c',
  support: 'Support_Score__c',
  financial: 'Financial_Score__c',
  adoption: 'Adoption_Score__c',
  relationship: 'Relationship_Score__c',
  platform_value: 'Platform_Value_Score__c',
};

/**
 * What makes the score: dimensions in the order of the model, platform value after them, each with its metrics.
 *
 * @param {{ scorecard: Scorecard, details: Details, history: readonly Row[], earlier: Row | null, dates: import('./dates').Dates }} known history newest first
 */
export function partsOf({ scorecard, details, history, earlier, dates }) {
  const { model, dimensions, platformValue, churnRiskScore, churnRiskCoverage } = scorecard;
  const shares = sharesOf(scorecard);
  const lowest = lowestOf([...dimensions, platformValue]);
  const lastBound = Math.min(...model.tiers.map(({ from }) => from).filter((from) => from > 0));
  const readings = new Map(details.readings.map((reading) => [reading.id, reading]));
  const view = (/** @type {Group} */ group, /** @type {string} */ weight) => ({
    id: group.id,
    label: group.label,
    weight,
    ...scoreView(group.score, group.coverage),
    lowest: group === lowest,
    // Red only where somebody must act: below the last tier bound.
    urgent: group === lowest && (group.score ?? 100) < lastBound,
    ...movesOf(group.id, group.score, earlier),
    line: lineOf(group.id, history),
    metrics: group.metrics.map((metric) => metricView(metric, scorecard, readings.get(metric.id), dates)),
  });
  const total = dimensions.reduce((sum, { weight }) => sum + weight, 0);
  return {
    retention: {
      label: LABELS.retention,
      weight: fill(LABELS.ofTheScore, percentOf(shares.churnRisk)),
      ...scoreView(churnRiskScore, churnRiskCoverage),
      ...movesOf('retention', churnRiskScore, earlier),
    },
    groups: [
      ...dimensions.map((group) =>
        view(group, fill(LABELS.ofRetention, percentOf(total > 0 ? group.weight / total : 0))),
      ),
      view(platformValue, fill(LABELS.ofTheScore, percentOf(shares.platformValue))),
    ],
    sum: sumOf(scorecard, shares),
    gaps: gapsOf(scorecard),
    context: contextOf(details, new Set(Object.keys(model.thresholds))),
  };
}

/** @param {Scorecard} scorecard */
function sharesOf({ model, input }) {
  const [churnRisk, platformValue] = [
    model.health.churnRisk[input.segment],
    model.health.platformValue[input.segment],
  ];
  const total = churnRisk + platformValue;
  return { churnRisk: churnRisk / total, platformValue: platformValue / total };
}

/**
 * The sum behind the score, with as many decimals as it takes for a reader to check it.
 *
 * @param {Scorecard} scorecard
 * @param {{ churnRisk: number, platformValue: number }} shares
 */
function sumOf({ churnRiskScore, platformValue, shown, cap }, shares) {
  if (churnRiskScore === null || platformValue.score === null) return '';
  const sum = fill(
    LABELS.sum,
    percentOf(shares.churnRisk),
    churnRiskScore.toFixed(2),
    percentOf(shares.platformValue),
    platformValue.score.toFixed(2),
    oneDecimal(shown.quantitativeScore),
  );
  return cap === null ? sum : `${sum}. ${fill(LABELS.sumHeld, oneDecimal(cap.at))}`;
}

/**
 * What is missing, in one line; empty when nothing is.
 *
 * @param {Scorecard} scorecard
 */
function gapsOf(scorecard) {
  const missing = whatIsMissing(scorecard, labelOf);
  return missing.length > 0
    ? `${fill(LABELS.missingTitle, oneDecimal(scorecard.shown.coverage))} ${missing.join('. ')}. ${LABELS.missingNote}`
    : '';
}

/**
 * @param {number | null} score
 * @param {number} coverage percent
 */
function scoreView(score, coverage) {
  return {
    score: oneDecimal(score),
    known: score !== null,
    bar: `inline-size: ${(score ?? 0).toFixed(1)}%`,
    coverage: coverage < 99.95 ? fill(LABELS.knownPart, oneDecimal(coverage)) : '',
  };
}

/** @param {Group[]} groups */
function lowestOf(groups) {
  const known = groups.flatMap((group) => group.score ?? []);
  return groups.find(({ score }) => score === Math.min(...known)) ?? null;
}

/**
 * @param {string} id
 * @param {number | null} score
 * @param {Row | null} earlier
 */
function movesOf(id, score, earlier) {
  const before = earlier?.[FIELDS[id] ?? ''];
  const moved =
    score === null || typeof before !== 'number' ? null : movement(Number(oneDecimal(score)) - before);
  return {
    moved,
  };
}

/**
 * Scores of the months, oldest first, for the small line beside a part.
 *
 * @param {string} id
 * @param {readonly Row[]} history newest first
 * @returns {(number | null)[]}
 */
function lineOf(id, history) {
  return [...history].reverse().map((row) => {
    const score = row[FIELDS[id] ?? ''];
    return typeof score === 'number' ? score : null;
  });
}

/**
 * One metric. The bar is drawn by the metric's score, so right is always better and the middle is the yellow limit.
 *
 * @param {import('c/scoringCore').MetricScore} metric
 * @param {Scorecard} scorecard
 * @param {import('./record').StoredReading | undefined} reading
 * @param {import('./dates').Dates} dates
 */
function metricView({ id, value, missing, score, effectiveWeight, pointsLost }, scorecard, reading, dates) {
  const scale = /** @type {import('c/scoringCore').MetricScale} */ (scorecard.model.thresholds[id]);
  const { green, yellow, red } = scale[scorecard.input.segment];
  const known = value !== null && score !== null;
  const better = scale.better === 'lower' ? LABELS.lowerIsBetter : LABELS.higherIsBetter;
  const text = known ? formatValue(value, scale.unit) : reasonText(missing);
  return {
    id,
    label: labelOf(id),
    description: METRICS[id]?.description ?? '',
    known,
    value: text,
    score: known ? fill(LABELS.scores, oneDecimal(score)) : '',
    points: known ? formatPoints(-shownScore(pointsLost)) : '',
    pointsLabel: known ? fill(LABELS.pointsOf, oneDecimal(effectiveWeight * 100)) : '',
    marker: `inset-inline-start: ${known ? score.toFixed(2) : 0}%`,
    good: known && score >= 50,
    red: formatValue(red, scale.unit),
    yellow: formatValue(yellow, scale.unit),
    green: formatValue(green, scale.unit),
    aria: known
      ? fill(
          LABELS.metricAria,
          text,
          better,
          formatValue(green, scale.unit),
          formatValue(yellow, scale.unit),
          formatValue(red, scale.unit),
        )
      : fill(LABELS.missingAria, text),
    read: readOf(id, reading, dates),
    better,
    owner: ownerOf(id),
    carried: reading?.carriedFrom ? fill(LABELS.carried, dates.day(reading.carriedFrom)) : '',
  };
}

/**
 * @param {string} id
 * @param {import('./record').StoredReading | undefined} reading
 * @param {import('./dates').Dates} dates
 */
function readOf(id, reading, dates) {
  const source = sourceName(reading?.source || METRICS[id]?.source || '');
  return reading?.observedAt ? fill(LABELS.readOn, source, dates.day(reading.observedAt)) : source;
}

/**
 * What is known beside and not scored: counts of conversations, users and the like.
 *
 * @param {Details} details
 * @param {Set<string>} scored
 */
function contextOf({ readings }, scored) {
  return readings
    .filter(({ id, value }) => !scored.has(id) && value !== null)
    .map(({ id, value, unit }) => `${labelOf(id)} ${formatValue(/** @type {number} */ (value), unit)}`)
    .join('; ');
}
