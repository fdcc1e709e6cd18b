/*
 * Generated from node-scorer/src/scoring/index.ts by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */
// node-scorer/src/scoring/reading.ts
var MISSING_REASONS = [
  'not_configured',
  'not_mapped',
  'no_activity',
  'no_field',
  'no_permission',
  'no_history',
  'source_down',
  'invalid',
  'unknown_name',
];

// node-scorer/src/scoring/segment.ts
var SEGMENTS = ['paid', 'standard'];

// node-scorer/src/scoring/model.ts
var metricIdsOf = (model) =>
  [...model.dimensions.flatMap(({ metrics }) => metrics), ...model.platformValue.metrics].map(({ id }) => id);

// node-scorer/src/scoring/period.ts
var PERIOD = /^((?:19|20|21)\d{2})-(0[1-9]|1[0-2])$/;
var DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
var DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
var isPeriod = (text) => typeof text === 'string' && PERIOD.test(text);
function isDay(text) {
  if (typeof text !== 'string') return false;
  const match = DAY.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}
function lastDayOf(period) {
  const { year, month } = parsePeriod(period);
  return `${period}-${String(daysInMonth(year, month)).padStart(2, '0')}`;
}
var nextPeriod = (period) => movePeriod(period, 1);
var previousPeriod = (period) => movePeriod(period, -1);
var daysBetween = (from, to) => dayNumber(to) - dayNumber(from);
function addDays(day, days) {
  const z = dayNumber(day) + days;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
  if (!isDay(text)) throw new RangeError(`${day} and ${days} days: no day between 0000 and 9999`);
  return text;
}
function addMonths(day, months) {
  if (!isDay(day)) throw new RangeError(`found ${String(day)}, expected a day such as 2026-10-31`);
  const last = lastDayOf(movePeriod(day.slice(0, 7), months));
  const sameDay = `${last.slice(0, 7)}${day.slice(7)}`;
  return sameDay < last ? sameDay : last;
}
function movePeriod(period, months) {
  const { year, month } = parsePeriod(period);
  const count = year * 12 + month - 1 + months;
  const moved = `${pad(Math.floor(count / 12), 4)}-${pad((count % 12) + 1, 2)}`;
  if (!isPeriod(moved))
    throw new RangeError(`${period} and ${months} months: no month that four digits can name`);
  return moved;
}
function parsePeriod(period) {
  const match = PERIOD.exec(period);
  if (match === null) throw new RangeError(`found ${period}, expected a month such as 2026-10`);
  return { year: Number(match[1]), month: Number(match[2]) };
}
function daysInMonth(year, month) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : DAYS_IN_MONTH[month - 1];
}
function dayNumber(text) {
  if (!isDay(text)) throw new RangeError(`found ${String(text)}, expected a day such as 2026-10-31`);
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const y = month <= 2 ? year - 1 : year;
  const shifted = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * shifted + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear;
}
var pad = (value, width) => String(value).padStart(width, '0');

// node-scorer/src/scoring/round.ts
var tenthsOf = (score) => Math.floor((billionthsOf(score) + 5e7) / 1e8);
var shownScore = (score) => tenthsOf(score) / 10;
var nineDecimals = (value) => Math.round(value * 1e9) / 1e9;
var billionthsOf = (score) => Math.round(score * 1e9);
var leastShownAs = (bound) => Math.ceil(nineDecimals(bound * 10)) * 1e8 - 5e7;

// node-scorer/src/scoring/normalise.ts
function scaleOf(metric, segment) {
  const sign = metric.better === 'higher' ? 1 : -1;
  const { green, yellow, red } = metric[segment];
  const [g, y, r] = [sign * green, sign * yellow, sign * red];
  return {
    sign,
    green: g,
    yellow: y,
    red: r,
    upper: g > y ? 50 / (g - y) : 0,
    lower: y > r ? 50 / (y - r) : 0,
  };
}
function scoreOn(scale, value) {
  const v = scale.sign * value;
  if (v >= scale.green) return 100;
  if (v <= scale.red) return 0;
  return v >= scale.yellow
    ? Math.min(100, 50 + (v - scale.yellow) * scale.upper)
    : Math.max(0, 50 - (scale.yellow - v) * scale.lower);
}
var normalise = (value, threshold, better2) =>
  scoreOn(scaleOf({ better: better2, unit: '', paid: threshold, standard: threshold }, 'paid'), value);

// node-scorer/src/scoring/largest-remainder.ts
function shareOut(total, parts) {
  const units = parts.map((part) => Math.round(part * 1e9));
  const tenths = units.map((unit) => Math.floor(unit / 1e8) + 0);
  const remainders = units.map((unit, i) => unit - tenths[i] * 1e8);
  const order = parts
    .map((_, i) => i)
    .filter((i) => parts[i] !== 0)
    .sort((a, b) => remainders[b] - remainders[a] || a - b);
  let left = total - tenths.reduce((sum2, tenth) => sum2 + tenth, 0);
  for (let i = 0; left > 0 && order.length > 0; i++, left--) bump(tenths, order[i % order.length], 1);
  for (let i = 0; left < 0 && order.length > 0; i++, left++) {
    bump(tenths, order[order.length - 1 - (i % order.length)], -1);
  }
  return tenths;
}
function bump(tenths, i, by) {
  tenths[i] = tenths[i] + by;
}

// node-scorer/src/scoring/signal.ts
var SEVERITIES = ['watch', 'moderate', 'critical'];
var SIGNAL_STATUSES = ['active', 'monitoring', 'resolved'];
var CONFIDENCES = ['suspected', 'confirmed'];
function checkSignal(signal) {
  const problems = [];
  const oneOf = (field, allowed) => {
    const value = signal[field];
    if (typeof value !== 'string' || !allowed.includes(value)) {
      problems.push(`${field}: found ${show(value)}, expected ${allowed.join(', ')}`);
    }
  };
  oneOf('severity', SEVERITIES);
  oneOf('status', SIGNAL_STATUSES);
  oneOf('confidence', CONFIDENCES);
  if (!isDay(signal.observedOn)) {
    problems.push(`observedOn: found ${show(signal.observedOn)}, expected a day such as 2026-10-31`);
  }
  for (const field of ['monitoringFrom', 'resolvedOn', 'expiresOn']) {
    const value = signal[field] ?? null;
    if (value !== null && !isDay(value)) {
      problems.push(`${field}: found ${show(value)}, expected a day such as 2026-10-31, or null`);
    }
  }
  const { status, monitoringFrom = null, resolvedOn = null } = signal;
  if (status === 'monitoring' && monitoringFrom === null) problems.push(needs('monitoringFrom', status));
  if (status === 'resolved' && resolvedOn === null) problems.push(needs('resolvedOn', status));
  if (status === 'active' && monitoringFrom !== null)
    problems.push(forbids('monitoringFrom', monitoringFrom));
  if (status === 'active' && resolvedOn !== null) problems.push(forbids('resolvedOn', resolvedOn));
  return problems;
}
function rankOn(signal, asOf, monitoringReduction) {
  const { observedOn, expiresOn, resolvedOn, monitoringFrom } = signal;
  if (observedOn > asOf) return 0;
  if (expiresOn !== null && asOf >= expiresOn) return 0;
  if (resolvedOn !== null && asOf >= resolvedOn) return 0;
  const monitored = monitoringFrom !== null && asOf >= monitoringFrom;
  return rankOf(signal.severity) - (monitored ? monitoringReduction : 0);
}
var rankOf = (severity) => SEVERITIES.indexOf(severity) + 1;
var needs = (field, status) => `${field}: found nothing, expected a day, because the status is ${status}`;
var forbids = (field, found) =>
  `${field}: found ${show(found)}, expected nothing, because the status is active`;
var show = (value) =>
  value === void 0 || value === null ? 'nothing' : (JSON.stringify(value) ?? typeof value);

// node-scorer/src/scoring/cap.ts
var OUTAGE_HOLD = 'outage_hold';
var NOTHING = [];
function lowestCap(rules, signals, asOf, monitoringReduction, hold) {
  if (signals.length === 0 && hold === null) return null;
  let lowest = null;
  const ranks = signals.map((signal) => rankOn(signal, asOf, monitoringReduction));
  const counted = (rule) =>
    signals.filter(
      (signal, i) => ranks[i] === rankOf(rule.severity) && (!rule.confirmed || isConfirmed(signal)),
    );
  for (const rule of rules) {
    if (lowest !== null && lowest.cap <= rule.cap) continue;
    if (counted(rule).length >= rule.atLeast) lowest = rule;
  }
  if (hold !== null && (lowest === null || hold.at < lowest.cap)) {
    const { at, sources, why } = hold;
    return { name: OUTAGE_HOLD, at, signals: NOTHING, sources, ...(why && { why }) };
  }
  return lowest && { name: lowest.name, at: lowest.cap, signals: counted(lowest), sources: NOTHING };
}
var underCap = (score, cap) => (cap === null ? score : Math.min(score, cap.at));
var lowers = (cap, score) => cap !== null && nineDecimals(score) > cap.at;
var isConfirmed = (signal) => signal.confidence === 'confirmed';

// node-scorer/src/scoring/tier.ts
function tierOf(score, tiers) {
  const shown = shownScore(score);
  for (const tier of tiers) if (shown >= tier.from) return tier;
  throw new RangeError(`found a score of ${score}, expected 0 to 100`);
}

// node-scorer/src/scoring/plan.ts
var PLATFORM_VALUE = 'platform_value';
var plans = /* @__PURE__ */ new WeakMap();
function planOf(model, segment) {
  let both = plans.get(model);
  if (both === void 0) {
    both = { paid: makePlan(model, 'paid'), standard: makePlan(model, 'standard') };
    plans.set(model, both);
  }
  if (segment !== 'paid' && segment !== 'standard') {
    throw new RangeError(`found segment ${String(segment)}, expected paid or standard`);
  }
  return both[segment];
}
function makePlan(model, segment) {
  const health = model.health.churnRisk[segment] + model.health.platformValue[segment];
  const churnRiskShare = model.health.churnRisk[segment] / health;
  const platformValueShare = model.health.platformValue[segment] / health;
  const dimensionSum = sum(model.dimensions.map(({ weight }) => weight[segment]));
  const parts = [
    ...model.dimensions.map(({ id, label, weight, metrics: metrics2 }) => {
      const share = dimensionSum > 0 ? weight[segment] / dimensionSum : 0;
      return { id, label, weight: weight[segment], share, ofHealth: churnRiskShare * share, list: metrics2 };
    }),
    {
      id: PLATFORM_VALUE,
      label: model.platformValue.label,
      weight: 1,
      share: 1,
      ofHealth: platformValueShare,
      list: model.platformValue.metrics,
    },
  ];
  const metrics = [];
  const groups = parts.map(({ id, label, weight, share, ofHealth, list }) => {
    const start = metrics.length;
    metrics.push(...planMetrics(model, segment, list, ofHealth));
    return { id, label, weight, share, start, end: metrics.length };
  });
  const { tiers, guards } = model;
  const caps = model.caps.filter((cap) => cap.segment === null || cap.segment === segment);
  return {
    model,
    segment,
    metrics,
    groups,
    shares: metrics.map(({ share }) => share),
    nominal: metrics.map(({ nominal }) => nominal),
    groupShares: groups.map(({ share }) => share),
    churnRiskShare,
    platformValueShare,
    caps,
    tiers,
    guards,
  };
}
function planMetrics(model, segment, list, ofHealth) {
  const total = sum(list.map(({ weight }) => weight[segment]));
  return list.map(({ id, weight }) => {
    const metric = model.thresholds[id];
    if (metric === void 0) throw new RangeError(`${id} has a weight and no threshold`);
    const share = total > 0 ? weight[segment] / total : 0;
    return {
      id,
      weight: weight[segment],
      share,
      nominal: ofHealth * share,
      scale: scaleOf(metric, segment),
      green: metric[segment].green,
    };
  });
}
var sum = (values) => values.reduce((total, value) => total + value, 0);

// node-scorer/src/scoring/dimension.ts
function groupScores(plan, readings, scores, quantities) {
  const perShare = weightPerShare(plan, quantities);
  return plan.groups.map((group, g) => {
    const { score, present } = quantities.groups[g];
    return {
      id: group.id,
      label: group.label,
      score,
      coverage: 100 * present,
      weight: group.weight,
      metrics: metricsOfGroup(plan, group, readings, scores, perShare[g]),
    };
  });
}
function metricsOfGroup(plan, group, readings, scores, perShare) {
  const metrics = [];
  for (let i = group.start; i < group.end; i++) {
    const { id, weight, share } = plan.metrics[i];
    const score = scores[i];
    if (score !== null) {
      const effectiveWeight = share * perShare;
      const pointsLost = effectiveWeight * (100 - score);
      metrics.push({
        id,
        value: finiteValue(readings[id]),
        missing: null,
        score,
        weight,
        effectiveWeight,
        pointsLost,
      });
    } else {
      const missing = missingOf(readings[id]);
      metrics.push({ id, value: null, missing, score: null, weight, effectiveWeight: 0, pointsLost: 0 });
    }
  }
  return metrics;
}
function effectiveWeights(plan, scores, quantities) {
  const perShare = weightPerShare(plan, quantities);
  const weights = [];
  plan.groups.forEach(({ start, end }, g) => {
    for (let i = start; i < end; i++) {
      weights.push(scores[i] === null ? 0 : plan.shares[i] * perShare[g]);
    }
  });
  return weights;
}
function weightPerShare(plan, { groups, churnRisk }) {
  const last = plan.groups.length - 1;
  const platformValue = groups[last];
  const churnShare = churnRisk.score === null ? 0 : plan.churnRiskShare;
  const platformShare = platformValue.score === null ? 0 : plan.platformValueShare;
  const total = churnShare + platformShare;
  const shares = [];
  for (let g = 0; g < last; g++) {
    const { score, present } = groups[g];
    const known2 = score !== null && total > 0 && churnRisk.present > 0;
    const ofChurnRisk = known2 ? plan.groupShares[g] / churnRisk.present : 0;
    shares.push(known2 ? ((churnShare / total) * ofChurnRisk) / present : 0);
  }
  const known = platformValue.score !== null && total > 0;
  shares.push(known ? platformShare / total / platformValue.present : 0);
  return shares;
}
function finiteValue(reading) {
  const value = reading?.value;
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : null;
}
function missingOf(reading) {
  if (typeof reading?.value === 'number') return 'invalid';
  return reading?.missing ?? 'not_configured';
}

// node-scorer/src/scoring/lost.ts
var LOSSES = ['source_down', 'invalid', 'unknown_name'];
function lossOf(reading, carried) {
  if (carried !== void 0) return 'source_down';
  if (typeof reading?.value === 'number') return Number.isFinite(reading.value) ? null : 'invalid';
  return LOSSES.find((loss) => loss === reading?.missing) ?? null;
}
function lostMetrics(plan, { readings, carried }) {
  const lost = [];
  for (const { id, nominal } of plan.metrics) {
    const loss = nominal > 0 ? lossOf(readings[id], carried?.[id]) : null;
    if (loss !== null) lost.push({ id, loss });
  }
  return lost;
}

// node-scorer/src/scoring/band.ts
var SURE = [];
function doubtsOf(plan, shownBand, shownCoverage, account, held) {
  const apart =
    shownBand !== null && tierOf(shownBand.low, plan.tiers) !== tierOf(shownBand.high, plan.tiers);
  const thin = shownCoverage < plan.guards.provisionalBelowCoverage;
  const lost = held ? SURE : lostMetrics(plan, account);
  if (!apart && !thin && lost.length === 0) return SURE;
  const doubts = [];
  if (apart) doubts.push('band');
  if (thin) doubts.push('coverage');
  if (lost.some(({ loss }) => loss === 'source_down')) doubts.push('source_down');
  if (lost.some(({ loss }) => loss !== 'source_down')) doubts.push('unusable');
  return doubts;
}

// node-scorer/src/scoring/weighted-mean.ts
function meanOf(scores, weights, start = 0, end = scores.length) {
  let sum2 = 0;
  let present = 0;
  for (let i = start; i < end; i++) {
    const score = scores[i];
    if (score === null) continue;
    const weight = weights[i];
    sum2 += weight * score;
    present += weight;
  }
  return { score: present > 0 ? Math.min(100, sum2 / present) : null, present };
}

// node-scorer/src/scoring/health.ts
function quantify(plan, scores) {
  const { shares, nominal, groupShares, churnRiskShare, platformValueShare } = plan;
  const groups = plan.groups.map(({ start, end }) => meanOf(scores, shares, start, end));
  const last = groups.length - 1;
  const platformValue = groups[last];
  const groupScores2 = groups.map(({ score }) => score);
  const churnRisk = meanOf(groupScores2, groupShares, 0, last);
  let churnRiskPresent = 0;
  for (let g = 0; g < last; g++) churnRiskPresent += groupShares[g] * groups[g].present;
  const halves = [churnRisk.score, platformValue.score];
  const health = meanOf(halves, [churnRiskShare, platformValueShare]).score;
  return {
    groups,
    churnRisk,
    churnRiskPresent,
    health,
    present: churnRiskShare * churnRiskPresent + platformValueShare * platformValue.present,
    band: health === null ? null : bandOf(health, scores, nominal),
  };
}
function bandOf(health, scores, nominal) {
  let low = 0;
  let missing = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i];
    if (score === null) missing += nominal[i];
    else low += nominal[i] * score;
  }
  if (missing === 0) return { low: health, high: health };
  return { low: Math.min(low, health), high: Math.min(100, Math.max(low + 100 * missing, health)) };
}

// node-scorer/src/scoring/scorecard.ts
function scoreAccount(model, input) {
  const plan = planOf(model, input.segment);
  const { readings, signals, asOf, hold = null } = input;
  if (signals.length > 0) refuseMalformed(signals);
  const scores = metricScores(plan, readings);
  const quantities = quantify(plan, scores);
  const groups = groupScores(plan, readings, scores, quantities);
  const { health: quantitative, band: before } = quantities;
  const churnRiskScore = quantities.churnRisk.score;
  const platformValue = groups[groups.length - 1];
  const ceiling = lowestCap(plan.caps, signals, asOf, model.monitoringReduction, hold);
  const health = quantitative === null ? null : underCap(quantitative, ceiling);
  const band = before && { low: underCap(before.low, ceiling), high: underCap(before.high, ceiling) };
  const coverage = 100 * quantities.present;
  const shown = {
    healthScore: shownOrNull(health),
    quantitativeScore: shownOrNull(quantitative),
    churnRiskScore: shownOrNull(churnRiskScore),
    platformValueScore: shownOrNull(platformValue.score),
    coverage: shownScore(coverage),
    band: band && { low: shownScore(band.low), high: shownScore(band.high) },
  };
  const doubts = doubtsOf(plan, shown.band, shown.coverage, input, hold !== null);
  return {
    model,
    input,
    status: quantitative === null ? 'unscored' : 'scored',
    dimensions: groups.slice(0, -1),
    platformValue,
    churnRiskScore,
    churnRiskCoverage: 100 * quantities.churnRiskPresent,
    quantitativeScore: quantitative,
    healthScore: health,
    coverage,
    band,
    bandBeforeCaps: before,
    cap: quantitative !== null && lowers(ceiling, quantitative) ? ceiling : null,
    ceiling,
    tier: health === null ? null : tierOf(health, plan.tiers).name,
    provisional: doubts.length > 0,
    doubts,
    shown,
  };
}
var metricsOf = (scorecard) => [
  ...scorecard.dimensions.flatMap(({ metrics }) => metrics),
  ...scorecard.platformValue.metrics,
];
function metricScores(plan, readings) {
  return plan.metrics.map(({ id, scale }) => {
    const value = finiteValue(readings[id]);
    return value === null ? null : scoreOn(scale, value);
  });
}
function refuseMalformed(signals) {
  for (const signal of signals) {
    const problems = checkSignal(signal);
    if (problems.length > 0) throw new RangeError(`a signal is malformed: ${problems.join('; ')}`);
  }
}
var shownOrNull = (value) => (value === null ? null : shownScore(value));

// node-scorer/src/scoring/reasons.ts
var MOST = 4;
function reasonsOf(scorecard) {
  if (scorecard.status === 'unscored') return [];
  const plan = planOf(scorecard.model, scorecard.input.segment);
  const metrics = metricsOf(scorecard);
  const lost = metrics.map(({ pointsLost }) => nineDecimals(pointsLost));
  const largest = [...lost.keys()]
    .filter((i) => lost[i] > 0)
    .sort((a, b) => lost[b] - lost[a])
    .slice(0, MOST);
  const reasons = largest.map((i) => {
    const { id, pointsLost, value } = metrics[i];
    const threshold = plan.metrics[i]?.green;
    return { metric: id, points: shownScore(pointsLost), value, threshold };
  });
  return reasons.filter(({ points }, place) => place === 0 || points > 0);
}

// node-scorer/src/scoring/hold.ts
function outageCap({ model, input, quantitativeScore }, earlier, sourceOf) {
  if (quantitativeScore === null || earlier === null) return null;
  const plan = planOf(model, input.segment);
  const lost = lostMetrics(plan, input);
  if (lost.length === 0) return null;
  const ids = new Set(lost.map(({ id }) => id));
  const read = metricScores(plan, input.readings);
  const worst = quantify(
    plan,
    plan.metrics.map(({ id }, i) => (ids.has(id) ? 0 : read[i])),
  );
  const sources = (wanted) => [
    ...new Set(lost.filter(({ loss }) => wanted(loss)).map(({ id }) => sourceOf(id))),
  ];
  const why = LOSSES.map((loss) => [loss, sources((each) => each === loss)]);
  return {
    at: Math.max(earlier, worst.health),
    earlier,
    sources: sources(() => true),
    why: Object.fromEntries(why.filter(([, of]) => of.length > 0)),
  };
}

// node-scorer/src/scoring/compact.ts
var REST = '$';
var COUNTS = '#';
function compactText(input, metricIds, counts = {}) {
  const { segment, asOf, signals, hold, carried = {} } = input;
  const marks = metricIds.flatMap((id, i) => (carried[id] === void 0 ? [] : [i]));
  const signalCounts = {};
  for (const signal of signals) {
    if (rankOn(signal, asOf, 0) <= 0) continue;
    const code = codeOf(signal, asOf);
    signalCounts[code] = (signalCounts[code] ?? 0) + 1;
  }
  const codes = Object.keys(signalCounts).sort();
  const rest = {
    segment,
    asOf,
    ...(codes.length > 0 && {
      signals: Object.fromEntries(codes.map((code) => [code, signalCounts[code]])),
    }),
    ...(marks.length > 0 && { carried: marks }),
    // Of caps of before the earlier score was kept, the cap itself is the nearest to it.
    ...(hold != null && { earlier: hold.earlier ?? hold.at }),
  };
  const readings = metricIds.map((id) => {
    const reading = input.readings[id];
    return [id, reading?.value ?? reading?.missing ?? 'not_configured'];
  });
  return JSON.stringify({
    ...Object.fromEntries(readings),
    ...(Object.keys(counts).length > 0 && { [COUNTS]: counts }),
    [REST]: rest,
  });
}
var codeOf = ({ severity, confidence, monitoringFrom }, asOf) =>
  `${severity.slice(0, 1)}${confidence.slice(0, 1)}${monitoringFrom !== null && asOf >= monitoringFrom ? 'm' : ''}`;
function readCompact(text) {
  try {
    const { [REST]: rest, [COUNTS]: counts = {}, ...found } = JSON.parse(text);
    if (rest === void 0 || !SEGMENTS.includes(rest.segment) || !isDay(rest.asOf)) return null;
    const { segment, asOf, earlier = null, carried = [] } = rest;
    const ids = Object.keys(found);
    const readings = Object.entries(found).map(([id, value]) => [id, readingOf(value)]);
    const signals = Object.entries(rest.signals ?? {}).flatMap(([code, count]) =>
      Array.from({ length: count }, () => signalOf(code, asOf)),
    );
    return {
      input: {
        accountId: '',
        name: '',
        segment,
        period: asOf.slice(0, 7),
        asOf,
        readings: Object.fromEntries(readings),
        signals,
        // On which day they were read is not needed to score them.
        carried: Object.fromEntries(carried.map((i) => [ids[i], asOf])),
      },
      earlier,
      counts,
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)
      return null;
    throw error;
  }
}
function readingOf(value) {
  if (typeof value === 'number') return { value };
  const missing = MISSING_REASONS.find((reason) => reason === value);
  if (missing === void 0)
    throw new RangeError(`found ${JSON.stringify(value)}, expected a value or a reason`);
  return { value: null, missing };
}
function signalOf(code, asOf) {
  const severity = SEVERITIES.find((each) => each.startsWith(code.slice(0, 1)));
  const confidence = CONFIDENCES.find((each) => each.startsWith(code.slice(1, 2)));
  if (severity === void 0 || confidence === void 0) throw new RangeError(`found signal ${code}`);
  const monitored = code.endsWith('m');
  return {
    severity,
    confidence,
    status: monitored ? 'monitoring' : 'active',
    observedOn: asOf,
    monitoringFrom: monitored ? asOf : null,
    resolvedOn: null,
    expiresOn: null,
  };
}
function replay(model, { input, earlier }, sourceOf = (metric) => metric) {
  const free = scoreAccount(model, { ...input, hold: null });
  const hold = outageCap(free, earlier, sourceOf);
  return hold === null ? free : scoreAccount(model, { ...input, hold });
}

// node-scorer/src/scoring/mixed-state.ts
var SWITCHES = ['behaviour', 'data', 'rules', 'calendar', 'signals'];
var BIT = {
  behaviour: 1,
  data: 2,
  rules: 4,
  calendar: 8,
  signals: 16,
};
function mixer(earlier, present, advance) {
  const [before, after] = [earlier.input, present.input];
  const plans2 = { old: planOf(earlier.model, before.segment), new: planOf(present.model, after.segment) };
  const metricIds = idsOf(plans2.new, plans2.old);
  const values = valuesOf(metricIds, before, after, advance);
  const places = {
    old: plans2.old.metrics.map(({ id }) => metricIds.indexOf(id)),
    new: plans2.new.metrics.map((_, i) => i),
  };
  const makeState = (now) => {
    const side = (now & BIT.rules) !== 0 ? 'new' : 'old';
    const plan = plans2[side];
    const scores = plan.metrics.map(({ scale }, i) => {
      const value = mixedValue(values[places[side][i]], now);
      return value === null ? null : scoreOn(scale, value);
    });
    const { signals, asOf } = (now & BIT.signals) !== 0 ? after : before;
    const hold = ((now & BIT.data) !== 0 ? after : before).hold ?? null;
    const ceiling = lowestCap(plan.caps, signals, asOf, plan.model.monitoringReduction, hold);
    const quantities = quantify(plan, scores);
    const weights = () => effectiveWeights(plan, scores, quantities);
    const cap = ceiling?.at ?? Infinity;
    return { scores, cap, quantitative: quantities.health, weights, places: places[side] };
  };
  const states = /* @__PURE__ */ new Map();
  const walks = /* @__PURE__ */ new Map();
  const stateOf = (now) => onceFor(states, now, () => makeState(now));
  const walkOf = (now) =>
    onceFor(walks, now, () => walkShares(stateOf(now), stateOf(now | BIT.behaviour), metricIds.length));
  return {
    metricIds,
    live: SWITCHES.reduce(
      (bits, name) => (LIVE[name](before, after, plans2, values) ? bits | BIT[name] : bits),
      0,
    ),
    score: (now) => {
      const { quantitative, cap } = stateOf(now);
      return quantitative === null ? earlier.healthScore : Math.min(quantitative, cap);
    },
    walk: walkOf,
  };
}
function onceFor(made2, key, make) {
  const value = made2.get(key) ?? make();
  made2.set(key, value);
  return value;
}
function idsOf(plan, other) {
  const ids = plan.metrics.map(({ id }) => id);
  return plan === other ? ids : [.../* @__PURE__ */ new Set([...ids, ...other.metrics.map(({ id }) => id)])];
}
var LIVE = {
  behaviour: (_before, _after, _plans, values) =>
    values.some((value) => onBothSides(value) && value.advanced !== value.new),
  data: (before, after, _plans, values) =>
    (before.hold ?? null) !== null ||
    (after.hold ?? null) !== null ||
    values.some(({ old, new: now }) => (old === null) !== (now === null)),
  rules: (_before, _after, plans2) => plans2.old !== plans2.new,
  calendar: (_before, _after, _plans, values) =>
    values.some((value) => onBothSides(value) && value.old !== value.advanced),
  // The day counts only for signals.
  signals: (before, after) => before.signals.length > 0 || after.signals.length > 0,
};
function walkShares(from, to, count) {
  const shares = Array(count).fill(0);
  if (from.quantitative === null || to.quantitative === null) return shares;
  const below = partBelow(from.quantitative, to.quantitative, from.cap);
  const weights = from.weights();
  for (let i = 0; i < from.scores.length; i++) {
    const [start, end] = [from.scores[i], to.scores[i]];
    if (start === null || end === null) continue;
    shares[from.places[i]] = weights[i] * (end - start) * below;
  }
  return shares;
}
function partBelow(a, b, cap) {
  if (a <= cap && b <= cap) return 1;
  if (a >= cap && b >= cap) return 0;
  return (cap - Math.min(a, b)) / Math.abs(b - a);
}
var onBothSides = (values) => values.old !== null && values.new !== null;
function mixedValue(value, on) {
  if (!onBothSides(value)) return (on & BIT.data) !== 0 ? value.new : value.old;
  const { old, advanced, new: now } = value;
  const calendar = (on & BIT.calendar) !== 0;
  if ((on & BIT.behaviour) === 0) return calendar ? advanced : old;
  return calendar || advanced === old ? now : old + (now - advanced);
}
function valuesOf(ids, before, after, advance) {
  const between = daysBetween(before.asOf, after.asOf);
  return ids.map((id) => {
    const [old, now] = [finiteValue(before.readings[id]), finiteValue(after.readings[id])];
    const since = before.carried?.[id];
    const carried = after.carried?.[id] !== void 0;
    const days = carried ? 0 : since === void 0 ? between : daysBetween(since, after.asOf);
    const advanced = old !== null && days !== 0 ? advance(id, old, days) : old;
    return { old, advanced: Number.isFinite(advanced) ? advanced : old, new: now };
  });
}

// node-scorer/src/scoring/change.ts
function changeOf(earlier, present, advance = (_, value) => value) {
  if (present.healthScore === null) return { code: 'no_score' };
  if (earlier === null || earlier.healthScore === null) return { code: 'first_score' };
  const { metricIds, live, score, walk } = mixer(earlier, present, advance);
  const bars = { behaviour: 0, data: 0, rules: 0, calendar: 0, signals: 0 };
  const shares = metricIds.map(() => 0);
  for (const player of SWITCHES) {
    if ((live & BIT[player]) === 0) continue;
    for (let turned = 0; turned < 2 ** SWITCHES.length; turned++) {
      if ((turned & BIT[player]) !== 0) continue;
      const weight = shapleyWeight(bitCount(turned), SWITCHES.length);
      const before = turned & live;
      bars[player] += weight * (score(before | BIT[player]) - score(before));
      if (player !== 'behaviour') continue;
      const walked = walk(before);
      for (let i = 0; i < shares.length; i++) shares[i] = shares[i] + weight * walked[i];
    }
  }
  const from = tenthsOf(earlier.healthScore);
  const to = tenthsOf(present.healthScore);
  const change = present.healthScore - earlier.healthScore;
  return rounded(from, to, { change, bars, metrics: named(metricIds, shares) });
}
function rounded(from, to, exact) {
  const tenths = shareOut(
    to - from,
    SWITCHES.map((name) => exact.bars[name]),
  );
  const ids = Object.keys(exact.metrics);
  const inside = shareOut(tenths[SWITCHES.indexOf('behaviour')], Object.values(exact.metrics));
  return {
    from: from / 10,
    to: to / 10,
    shown: (to - from) / 10,
    bars: Object.fromEntries(SWITCHES.map((name, i) => [name, tenths[i] / 10])),
    metrics: Object.fromEntries(ids.map((id, i) => [id, inside[i] / 10])),
    exact,
  };
}
var named = (ids, shares) =>
  Object.fromEntries(ids.map((id, i) => [id, shares[i]]).filter(([, share]) => share !== 0));
var shapleyWeight = (before, n) => (factorial(before) * factorial(n - before - 1)) / factorial(n);
var factorial = (n) => (n <= 1 ? 1 : n * factorial(n - 1));
var bitCount = (bits) => (bits === 0 ? 0 : (bits & 1) + bitCount(bits >> 1));

// node-scorer/src/scoring/path-choice.ts
var MOST_SETS = 5e3;
var SAME = 1e-9;
function cheapest(candidates2, need, reaches) {
  const sorted = [...candidates2].sort((a, b) => b.gain - a.gain || a.order - b.order);
  let count = 1;
  while (count <= sorted.length && !reaches(fully(sorted.slice(0, count)))) count += 1;
  if (count > sorted.length) return null;
  let best = lastAsNeeded(sorted.slice(0, count), need, reaches);
  const heaviest = sorted.map((_, i) => Math.max(...sorted.slice(i).map(({ weight }) => weight)));
  const gains = sorted.reduce((sums, { gain }, i) => [...sums, sums[i] + gain], [0]);
  let looked = 0;
  const search = (set, from, gained, spent) => {
    const left = count - set.length;
    for (let i = from; i + left <= sorted.length && looked < MOST_SETS; i++) {
      if (gained + gains[i + left] - gains[i] < need - SAME) return;
      const atLeast = spent + (need - gained) / heaviest[i];
      if (atLeast > best.cost + SAME) return;
      const candidate = sorted[i];
      if (left > 1) {
        const points = candidate.scoreAt(candidate.furthest) - candidate.score;
        search([...set, candidate], i + 1, gained + candidate.gain, spent + points);
        continue;
      }
      looked += 1;
      const picked = [...set, candidate];
      if (reaches(fully(picked))) best = better(best, lastAsNeeded(picked, need, reaches));
    }
  };
  search([], 0, 0, 0);
  return best.moves;
}
var fully = (set) => set.map((candidate) => ({ candidate, target: candidate.furthest }));
function lastAsNeeded(set, need, reaches) {
  const others = fully(set.slice(0, -1));
  const last = set[set.length - 1];
  const gained = others.reduce((sum2, { candidate }) => sum2 + candidate.gain, 0);
  const ok = (target2) => reaches([...others, { candidate: last, target: target2 }]);
  const wanted = Math.min(100, last.score + Math.max(0, need - gained) / last.weight);
  let target = Math.min(last.furthest, last.targetFor(wanted));
  while (target < last.furthest && !ok(target)) target += 1;
  const moves = [...others, { candidate: last, target }];
  const cost = moves.reduce(
    (sum2, { candidate, target: to }) => sum2 + candidate.scoreAt(to) - candidate.score,
    0,
  );
  return { moves, cost };
}
function better(a, b) {
  if (b.cost < a.cost - SAME) return b;
  return b.cost <= a.cost + SAME && isBefore(b, a) ? b : a;
}
function isBefore(a, b) {
  const orders = ({ moves }) => moves.map(({ candidate }) => candidate.order).sort((x, y) => x - y);
  const [left, right] = [orders(a), orders(b)];
  const i = left.findIndex((order, n) => order !== right[n]);
  return i >= 0 && left[i] < right[i];
}

// node-scorer/src/scoring/precision.ts
var BY_UNIT = {
  count: { step: 1, scale: 1 },
  percent: { step: 1, scale: 1 },
  score: { step: 1, scale: 1 },
  days: { step: 1, scale: 1 },
  // People think of response times in minutes.
  seconds: { step: 60, scale: 1 },
  ratio: { step: 1, scale: 10 },
  'per week': { step: 1, scale: 10 },
};
var FINEST = 1e3;
function precisionOf(unit, thresholds) {
  const usual = BY_UNIT[unit] ?? { step: 1, scale: 10 };
  if (unit === 'count') return usual;
  const fits = (precision) => thresholds.every((value) => Number.isInteger(multiplesOf(value, precision)));
  if (fits(usual)) return usual;
  let finer = { step: 1, scale: usual.step > 1 ? 1 : usual.scale * 10 };
  while (!fits(finer) && finer.scale < FINEST) finer = { step: 1, scale: finer.scale * 10 };
  return finer;
}
var multiplesOf = (value, { step, scale }) => nineDecimals((value * scale) / step);
var valueOf = (multiples, { step, scale }) => (multiples * step) / scale + 0;
function worstReaching(scale, score, precision) {
  const { green, yellow, red, upper, lower } = scale;
  const up = (value) => Math.ceil(multiplesOf(value, precision));
  if (score > 50) return up(upper > 0 ? Math.min(green, yellow + (score - 50) / upper) : green);
  return lower > 0 ? up(yellow - (50 - score) / lower) : Math.floor(multiplesOf(red, precision)) + 1;
}

// node-scorer/src/scoring/path.ts
function pathOf(scorecard, options = {}) {
  const { model, input, tier, ceiling, quantitativeScore } = scorecard;
  if (quantitativeScore === null) return { code: 'no_score' };
  const above = model.tiers[model.tiers.findIndex(({ name }) => name === tier) - 1];
  if (above === void 0) return { code: 'top_tier' };
  const goal = Math.ceil(multiplesOf(above.from, { step: 1, scale: 10 }));
  const held = ceiling !== null && tenthsOf(ceiling.at) < goal ? { cappedBy: ceiling } : {};
  const plan = planOf(model, input.segment);
  const scores = metricScores(plan, input.readings);
  const scoreWith = scorer(plan, scores);
  const chosen =
    tenthsOf(quantitativeScore) >= goal
      ? []
      : cheapest(
          candidates(plan, scorecard, scores, options),
          // Half a tenth less than the bound is shown as the bound.
          (goal - 0.5) / 10 - quantitativeScore,
          (moves) => tenthsOf(scoreWith(moves)) >= goal,
        );
  if (chosen === null) return { code: 'not_reachable', tier: above.name, ...held };
  return {
    tier: above.name,
    steps: chosen.map(({ candidate, target }) => toStep(candidate, target, scorecard, options)),
    reaches: shownScore(held.cappedBy ? scoreWith(chosen) : underCap(scoreWith(chosen), ceiling)),
    ...held,
  };
}
function scorer(plan, scores) {
  return (moves) => {
    const moved = [...scores];
    for (const { candidate, target } of moves) moved[candidate.index] = candidate.scoreAt(target);
    return quantify(plan, moved).health;
  };
}
function candidates(plan, { input, model }, scores, { catalogue = {}, limits = {} }) {
  const weights = effectiveWeights(plan, scores, quantify(plan, scores));
  const order = Object.keys(catalogue);
  return plan.metrics.flatMap(({ id, scale }, index) => {
    const score = scores[index];
    const weight = weights[index];
    if (score === null || weight <= 0 || catalogue[id]?.fixable === false) return [];
    const { unit, [input.segment]: threshold } = model.thresholds[id];
    const precision = precisionOf(unit, [threshold.green, threshold.yellow, threshold.red]);
    const limit = limits[id];
    const best = limit === void 0 ? scale.green : Math.min(scale.green, scale.sign * limit);
    const scoreAt = (target) => scoreOn(scale, valueOf(target, precision) * scale.sign);
    const furthest = Math.floor(multiplesOf(best, precision));
    const gain = weight * (scoreAt(furthest) - score);
    if (!(gain > 1e-9)) return [];
    const known = order.indexOf(id);
    return [
      {
        index,
        id,
        from: input.readings[id]?.value,
        scale,
        precision,
        score,
        weight,
        gain,
        furthest,
        order: known < 0 ? order.length + index : known,
        scoreAt,
        targetFor: (wanted) => worstReaching(scale, wanted, precision),
      },
    ];
  });
}
function toStep({ id, from, scale, precision, weight, score, scoreAt }, target, { input }, { catalogue }) {
  const months = catalogue?.[id]?.rollingMonths;
  return {
    metric: id,
    from,
    to: valueOf(target, precision) * scale.sign + 0,
    points: shownScore(weight * (scoreAt(target) - score)),
    ...(months !== void 0 && { clearsBy: addMonths(input.asOf, months) }),
  };
}

// node-scorer/src/scoring/output-line.ts
function toOutputLine(scorecard) {
  const { input, model, shown, cap } = scorecard;
  return {
    accountId: input.accountId,
    name: input.name,
    segment: input.segment,
    period: input.period,
    modelVersion: model.version,
    status: scorecard.status,
    healthScore: shown.healthScore,
    quantitativeScore: shown.quantitativeScore,
    churnRiskScore: shown.churnRiskScore,
    platformValueScore: shown.platformValueScore,
    tier: scorecard.tier,
    provisional: scorecard.provisional,
    band: shown.band,
    coverage: shown.coverage,
    dimensions: Object.fromEntries(scorecard.dimensions.map((group) => [group.id, toGroup(group)])),
    platformValue: toGroup(scorecard.platformValue),
    cap: cap && {
      name: cap.name,
      at: shownScore(cap.at),
      signals: cap.signals,
      ...(cap.sources.length > 0 && { sources: cap.sources }),
    },
    reasons: reasonsOf(scorecard),
  };
}
var toGroup = ({ score, coverage, metrics }) => ({
  score: score === null ? null : shownScore(score),
  coverage: shownScore(coverage),
  metrics: Object.fromEntries(
    metrics.map((metric) => [
      metric.id,
      {
        value: metric.value,
        score: metric.score === null ? null : shownScore(metric.score),
        weight: metric.weight,
        effectiveWeight: Math.round(metric.effectiveWeight * 1e12) / 1e12,
        missing: metric.missing,
      },
    ]),
  ),
});

// node-scorer/src/scoring/limits.ts
function bestTenths(model, accounts) {
  const limitsOf = (segment) => {
    const own = accounts.filter((account) => account.segment === segment);
    const limits = {};
    for (const [id, { better: better2 }] of Object.entries(model.thresholds)) {
      const values = own.map(({ readings }) => finiteValue(readings[id])).filter((value) => value !== null);
      values.sort((a, b) => a - b);
      const rank = Math.ceil(values.length / 10);
      if (rank > 0) limits[id] = values[better2 === 'lower' ? rank - 1 : values.length - rank];
    }
    return limits;
  };
  return Object.fromEntries(SEGMENTS.map((segment) => [segment, limitsOf(segment)]));
}

// node-scorer/src/scoring/tier-move.ts
var READ = BIT.behaviour | BIT.data | BIT.calendar;
function tierMoved(earlier, present, advance) {
  if (earlier.healthScore === null || present.healthScore === null) return false;
  const score = mixer(earlier, present, advance).score(READ);
  return tierOf(score, planOf(earlier.model, earlier.input.segment).tiers).name !== earlier.tier;
}

// node-scorer/src/scoring/main-reason.ts
var A_FALL = -1;
function mainReasonOf(scorecard, change) {
  const { cap, shown } = scorecard;
  if (cap !== null && shown.healthScore !== null && shown.quantitativeScore !== null) {
    const points = (Math.round(shown.healthScore * 10) - Math.round(shown.quantitativeScore * 10)) / 10;
    return { code: 'cap', cap: cap.name, points };
  }
  if (!('code' in change) && change.shown <= A_FALL) return fallingPiece(change);
  const [loss] = reasonsOf(scorecard);
  return loss === void 0 ? null : { code: 'loss', metric: loss.metric, points: loss.points };
}
function fallingPiece({ bars, metrics }) {
  const pieces = [
    ...Object.entries(metrics).map(([metric, points]) => ({ code: 'metric', metric, points })),
    ...SWITCHES.filter((code) => code !== 'behaviour').map((code) => ({ code, points: bars[code] })),
  ];
  return pieces.reduce((least, piece) => (piece.points < least.points ? piece : least));
}

// node-scorer/src/scoring/format-value.ts
function formatValue(value, unit) {
  if (unit === 'seconds') return formatDuration(value);
  const text = formatNumber(value, unit === 'ratio' ? 2 : 1);
  switch (unit) {
    case 'percent':
      return `${text} %`;
    case 'days':
      return `${text} ${text === '1' ? 'day' : 'days'}`;
    case 'per week':
      return `${text} a week`;
    case 'count':
    case 'score':
    case 'ratio':
      return text;
    default:
      return `${text} ${unit}`;
  }
}
function formatNumber(value, decimals) {
  const factor = 10 ** decimals;
  const scaled = value * factor;
  const rounded2 = Number.isFinite(scaled) ? Math.round(scaled) / factor + 0 : value;
  return String(rounded2).replace('-', '−');
}
var formatPoints = (points) => `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points).toFixed(1)}`;
function formatDuration(seconds) {
  const sign = seconds < 0 ? '−' : '';
  const size = Math.abs(seconds);
  if (size < 60) return `${sign}${formatNumber(size, 1)} s`;
  const minutes = Math.round(size / 60);
  const parts = [Math.floor(minutes / 60), minutes % 60];
  const text = [parts[0] ? `${parts[0]} h` : '', parts[1] ? `${parts[1]} min` : ''].filter(Boolean).join(' ');
  return `${sign}${text}`;
}

// node-scorer/src/scoring/sentences.ts
var BARS = {
  behaviour: 'What happened',
  data: 'Data',
  rules: 'Rules',
  calendar: 'Calendar',
  signals: 'Signals',
};
var MISSING = {
  not_configured: 'not configured',
  not_mapped: 'not linked',
  no_activity: 'no activity',
  no_field: 'no such field',
  no_permission: 'no permission',
  no_history: 'no history',
  source_down: 'source down',
  invalid: 'invalid value',
  unknown_name: 'name not known to the source',
};
function headline({ tier, shown, provisional, doubts }, change) {
  if (tier === null || shown.healthScore === null || shown.band === null)
    return 'No score: nothing is known yet';
  const moved =
    'code' in change
      ? 'first score'
      : change.shown === 0
        ? `unchanged from ${change.from.toFixed(1)}`
        : `${change.shown < 0 ? 'down' : 'up'} ${Math.abs(change.shown).toFixed(1)} from ${change.from.toFixed(1)}`;
  const text = `${tier} ${shown.healthScore.toFixed(1)}, ${moved}`;
  if (!provisional) return text;
  const { low, high } = shown.band;
  const why = [
    ...(doubts.includes('band') ? [`could be ${low.toFixed(1)} to ${high.toFixed(1)}`] : []),
    ...(doubts.includes('coverage') ? [`only ${shown.coverage.toFixed(1)} % of what counts is known`] : []),
    ...(doubts.includes('source_down') ? ['a source could not be read'] : []),
    ...(doubts.includes('unusable') ? ['some of what was read cannot be used'] : []),
  ];
  return `${text}. Provisional: ${why.join(', ')}`;
}
function heldBy({ cap, shown }) {
  return cap === null || shown.quantitativeScore === null
    ? null
    : `Held at ${shownScore(cap.at).toFixed(1)} ${byWhat(cap)}. Without it: ${shown.quantitativeScore.toFixed(1)}`;
}
var byWhat = ({ name, sources, why = { source_down: sources } }) => {
  if (sources.length === 0) return `by ${name}`;
  const causes = LOSSES.flatMap((loss) => {
    const of = why[loss] ?? [];
    return of.length === 0 ? [] : [`${of.join(' and ')} ${LOST[loss]}`];
  });
  return `because ${causes.join(', and ')}`;
};
var LOST = {
  source_down: 'could not be read',
  invalid: 'sent values that cannot be used',
  unknown_name: 'does not know a name in the settings',
};
function whatMoved(change, present, earlier, labelOf) {
  if ('code' in change) return [];
  const inside = Object.entries(change.metrics)
    .filter(([, points]) => points !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .map(([id, points]) => `  ${labelOf(id)} ${fromTo(id, earlier, present)} (${formatPoints(points)})`);
  return SWITCHES.filter(
    (name) => change.bars[name] !== 0 || (name === 'behaviour' && inside.length > 0),
  ).flatMap((name) => [
    `${BARS[name]} ${formatPoints(change.bars[name])}`,
    ...(name === 'behaviour' ? inside : []),
  ]);
}
function fromTo(id, earlier, present) {
  const [old, now] = [earlier?.input.readings[id]?.value, present.input.readings[id]?.value];
  const unit = unitOf(present, id) ?? (earlier && unitOf(earlier, id)) ?? '';
  return old == null || now == null ? '' : `${formatValue(old, unit)} to ${formatValue(now, unit)}`;
}
var whereLost = (scorecard, labelOf) =>
  reasonsOf(scorecard).map(({ metric, value, threshold, points }) => {
    const unit = unitOf(scorecard, metric) ?? '';
    const good = formatValue(threshold, unit);
    return `${labelOf(metric)} ${formatValue(value, unit)}, good at ${good} (${formatPoints(-points)})`;
  });
function whatIsMissing(scorecard, labelOf) {
  const byReason = /* @__PURE__ */ new Map();
  for (const { id, missing, weight } of metricsOf(scorecard)) {
    if (missing === null || weight === 0) continue;
    byReason.set(missing, [...(byReason.get(missing) ?? []), labelOf(id)]);
  }
  return [...byReason].map(([reason, labels]) => `${capital(MISSING[reason])}: ${labels.join('; ')}`);
}
function whatIsCarried({ input }, labelOf) {
  const byDay = /* @__PURE__ */ new Map();
  for (const [id, day] of Object.entries(input.carried ?? {})) {
    byDay.set(day, [...(byDay.get(day) ?? []), labelOf(id)]);
  }
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, labels]) => `Not read since ${day}, with the values of then: ${labels.join('; ')}`);
}
function pathSentences(path, scorecard, labelOf) {
  const capped = path.cappedBy;
  const under =
    capped === void 0 ? [] : [`Held at ${shownScore(capped.at).toFixed(1)} at most, ${byWhat(capped)}`];
  if ('code' in path) {
    if (path.code === 'no_score') return ['No path: there is no score yet'];
    if (path.code === 'top_tier') return [`Already ${scorecard.tier ?? ''}`];
    return [...under, `${path.tier ?? ''} is not reachable by what can be fixed`];
  }
  const without = capped === void 0 ? '' : ', without that cap';
  if (path.steps.length === 0)
    return [...under, `${path.tier} is reached${without}: ${path.reaches.toFixed(1)}`];
  return [
    ...under,
    `To ${path.tier}${without}:`,
    ...path.steps.map(({ metric, from, to, points, clearsBy }) => {
      const unit = unitOf(scorecard, metric) ?? '';
      const when = clearsBy === void 0 ? '' : `, clears by itself by ${clearsBy}`;
      return `  ${labelOf(metric)} ${formatValue(from, unit)} to ${formatValue(to, unit)} (${formatPoints(points)})${when}`;
    }),
    `Scored again with these values: ${path.reaches.toFixed(1)}`,
  ];
}
function mainReasonSentence(reason, scorecard, labelOf) {
  switch (reason.code) {
    case 'metric': {
      const value = scorecard.input.readings[reason.metric]?.value;
      const now = value == null ? '' : ` now ${formatValue(value, unitOf(scorecard, reason.metric) ?? '')}`;
      return `${labelOf(reason.metric)}${now} (${formatPoints(reason.points)})`;
    }
    case 'loss':
      return whereLost(scorecard, labelOf)[0] ?? '';
    case 'cap':
      return `${heldBy(scorecard) ?? ''} (${formatPoints(reason.points)})`;
    case 'data':
    case 'rules':
    case 'calendar':
    case 'signals':
      return `${BARS[reason.code]} (${formatPoints(reason.points)})`;
    default:
      return reason;
  }
}
var unitOf = (scorecard, metric) => scorecard.model.thresholds[metric]?.unit;
var capital = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

// node-scorer/src/scoring/batch.ts
var NO_TIER = 255;
function toPortfolio(model, accounts) {
  const metrics = metricIdsOf(model);
  const width = metrics.length;
  const portfolio = {
    metrics,
    segments: Uint8Array.from(accounts, ({ segment }) => SEGMENTS.indexOf(segment)),
    values: new Float64Array(accounts.length * width),
    lost: new Uint8Array(accounts.length * width),
    ceilings: new Float64Array(accounts.length),
  };
  accounts.forEach(({ readings, carried, segment, signals, asOf, hold = null }, row) => {
    const cap = lowestCap(planOf(model, segment).caps, signals, asOf, model.monitoringReduction, hold);
    portfolio.ceilings[row] = cap?.at ?? Infinity;
    metrics.forEach((id, column) => {
      portfolio.values[row * width + column] = finiteValue(readings[id]) ?? NaN;
      if (hold === null && lossOf(readings[id], carried?.[id]) !== null)
        portfolio.lost[row * width + column] = 1;
    });
  });
  return portfolio;
}
var makeBatchScores = (count) => ({
  health: new Float64Array(count),
  quantitative: new Float64Array(count),
  churnRisk: new Float64Array(count),
  platformValue: new Float64Array(count),
  coverage: new Float64Array(count),
  low: new Float64Array(count),
  high: new Float64Array(count),
  tier: new Uint8Array(count),
  provisional: new Uint8Array(count),
});
function scoreBatch(model, portfolio, out = makeBatchScores(portfolio.segments.length)) {
  const lanes = SEGMENTS.map((segment) => makeLane(model, segment, portfolio.metrics));
  const bounds = Float64Array.from(model.tiers, ({ from }) => leastShownAs(from));
  const guard = leastShownAs(model.guards.provisionalBelowCoverage);
  for (let row = 0; row < portfolio.segments.length; row++) {
    scoreRow(lanes[portfolio.segments[row]], portfolio, row, bounds, guard, out);
  }
  return out;
}
function makeLane(model, segment, metrics) {
  const plan = planOf(model, segment);
  const columns = Int32Array.from(plan.metrics, ({ id }) => {
    const column = metrics.indexOf(id);
    if (column < 0)
      throw new RangeError(`found no column for ${id}, expected one for every metric of the model`);
    return column;
  });
  const part = (key) => Float64Array.from(plan.metrics, ({ scale }) => scale[key]);
  const lines = plan.metrics.flatMap(({ scale }) => REGIONS.map((region) => lineIn(region, scale)));
  return {
    plan,
    sign: part('sign'),
    green: part('green'),
    yellow: part('yellow'),
    red: part('red'),
    bases: Float64Array.from(lines, ([base]) => base),
    slopes: Float64Array.from(lines, ([, slope]) => slope),
    columns,
    scores: new Float64Array(columns.length),
    shares: Float64Array.from(plan.shares),
    nominal: Float64Array.from(plan.nominal),
    groupShares: Float64Array.from(plan.groupShares),
    totals: { health: NaN, churnRisk: NaN, platformValue: NaN, present: 0, low: NaN, high: NaN },
  };
}
var REGIONS = [0, 1, 2, 3, 4, 5, 6, 7];
function lineIn(region, { upper, lower }) {
  if (region >= 4) return [100, 0];
  if (region >= 2) return [0, 0];
  return [50, region === 1 ? upper : lower];
}
function scoreRow(lane, { metrics, values, lost, ceilings }, row, bounds, guard, out) {
  const { sign, green, yellow, red, bases, slopes, columns, scores, nominal, totals } = lane;
  const start = row * metrics.length;
  let doubtful = false;
  for (let i = 0; i < columns.length; i++) {
    const cell = start + columns[i];
    const value = values[cell];
    const present = value === value;
    if (present) {
      const v = sign[i] * value;
      const y = yellow[i];
      const region = 4 * Number(v >= green[i]) + 2 * Number(v <= red[i]) + Number(v >= y);
      const line = i * 8 + region;
      scores[i] = Math.min(100, Math.max(0, bases[line] + (v - y) * slopes[line]));
    } else {
      scores[i] = NaN;
    }
    if (lost[cell] === 1 && nominal[i] > 0) doubtful = true;
  }
  addUp(lane);
  const quantitative = totals.health;
  const ceiling = ceilings[row];
  const coverage = 100 * totals.present;
  out.quantitative[row] = quantitative;
  out.churnRisk[row] = totals.churnRisk;
  out.platformValue[row] = totals.platformValue;
  out.coverage[row] = coverage;
  if (billionthsOf(coverage) < guard) doubtful = true;
  if (quantitative === quantitative) {
    const health = Math.min(quantitative, ceiling);
    const low = Math.min(totals.low, ceiling);
    const high = Math.min(totals.high, ceiling);
    out.health[row] = health;
    out.low[row] = low;
    out.high[row] = high;
    out.tier[row] = tierAt(health, bounds);
    if (tierAt(low, bounds) !== tierAt(high, bounds)) doubtful = true;
  } else {
    out.health[row] = out.low[row] = out.high[row] = NaN;
    out.tier[row] = NO_TIER;
  }
  out.provisional[row] = doubtful ? 1 : 0;
}
function addUp({ plan, scores, shares, nominal, groupShares, totals }) {
  const { groups, churnRiskShare, platformValueShare } = plan;
  const last = groups.length - 1;
  let low = 0;
  let missing = 0;
  let riskSum = 0;
  let riskWeight = 0;
  let riskPresent = 0;
  let valueScore = NaN;
  let valuePresent = 0;
  for (let g = 0; g <= last; g++) {
    const { start, end } = groups[g];
    let sum3 = 0;
    let present = 0;
    for (let i = start; i < end; i++) {
      const score2 = scores[i];
      if (score2 === score2) {
        const share2 = shares[i];
        sum3 += share2 * score2;
        present += share2;
        low += nominal[i] * score2;
      } else {
        missing += nominal[i];
      }
    }
    const score = mean(sum3, present);
    if (g === last) {
      valueScore = score;
      valuePresent = present;
      continue;
    }
    const share = groupShares[g];
    riskPresent += share * present;
    if (score !== score) continue;
    riskSum += share * score;
    riskWeight += share;
  }
  const churnRisk = mean(riskSum, riskWeight);
  const riskShare = churnRisk === churnRisk ? churnRiskShare : 0;
  const valueShare = valueScore === valueScore ? platformValueShare : 0;
  const sum2 = (riskShare > 0 ? riskShare * churnRisk : 0) + (valueShare > 0 ? valueShare * valueScore : 0);
  const health = mean(sum2, riskShare + valueShare);
  totals.health = health;
  totals.churnRisk = churnRisk;
  totals.platformValue = valueScore;
  totals.present = churnRiskShare * riskPresent + platformValueShare * valuePresent;
  totals.low = missing === 0 ? health : Math.min(low, health);
  totals.high = missing === 0 ? health : Math.min(100, Math.max(low + 100 * missing, health));
}
var mean = (sum2, present) => (present > 0 ? Math.min(100, sum2 / present) : NaN);
function tierAt(score, bounds) {
  const billionths = billionthsOf(score);
  let tier = 0;
  while (tier < bounds.length - 1 && billionths < bounds[tier]) tier++;
  return tier;
}

// node-scorer/src/scoring/project.ts
var RENEWAL = 'days_to_renewal';
var RENEWED_BY = 365;
var ABANDONED_AT = -31;
function project(model, start, until, advance) {
  const { segment, asOf, readings, knownOn = asOf } = start;
  const days = daysBetween(asOf, until);
  const signals = signalsKnownOn(start.signals, knownOn);
  const later = readingsOn(readings, asOf, until, advance, start.leavesOn ?? {});
  const score = (moved) =>
    scoreAccount(model, {
      accountId: '',
      name: '',
      segment,
      period: until.slice(0, 7),
      asOf: until,
      readings: moved,
      signals,
    });
  const open = score(later);
  const [dueNow, dueThen] = [finiteValue(readings[RENEWAL]), finiteValue(later[RENEWAL])];
  const fallsDue = dueNow !== null && dueNow > ABANDONED_AT && dueThen !== null && dueThen <= 0;
  const renewed = fallsDue ? score({ ...later, [RENEWAL]: { value: dueThen + RENEWED_BY } }) : null;
  return {
    asOf: until,
    days,
    cap: open.ceiling?.at ?? null,
    open: projectedScore(open),
    renewed: renewed && projectedScore(renewed),
  };
}
function readingsOn(readings, asOf, until, advance, leavesOn) {
  const days = daysBetween(asOf, until);
  return Object.fromEntries(
    Object.entries(readings).map(([id, reading]) => {
      const value = finiteValue(reading);
      if (value === null) return [id, reading];
      const events = leavesOn[id] ?? null;
      const gone = events?.length === value ? events.filter((day) => leftBy(day, asOf, until)).length : 0;
      const advanced = days === 0 ? value : advance(id, value, days);
      return [id, { value: (Number.isFinite(advanced) ? advanced : value) - gone }];
    }),
  );
}
function leftBy(day, asOf, until) {
  if (!isDay(day))
    throw new RangeError(`found ${String(day)} in leavesOn, expected a day such as 2026-10-31`);
  return asOf < day && day <= until;
}
function signalsKnownOn(signals, knownOn) {
  const known = (day) => (day == null || day > knownOn ? null : day);
  return signals
    .filter(({ observedOn }) => observedOn <= knownOn)
    .map((signal) => {
      const resolvedOn = known(signal.resolvedOn);
      const monitoringFrom = known(signal.monitoringFrom);
      const status = resolvedOn !== null ? 'resolved' : monitoringFrom !== null ? 'monitoring' : 'active';
      return { ...signal, expiresOn: signal.expiresOn ?? null, resolvedOn, monitoringFrom, status };
    });
}
function projectedScore({ healthScore, shown, tier }) {
  if (healthScore === null) return null;
  return { score: healthScore, shown: shown.healthScore, tier };
}

// node-scorer/src/scoring/weight-draws.ts
var DRAWS = 200;
var SEED = 20261121;
var SPREAD = 0.2;
var made = /* @__PURE__ */ new WeakMap();
function factorsOf(model) {
  let factors = made.get(model);
  if (factors === void 0) {
    factors = drawFactors(model, SEED, DRAWS);
    made.set(model, factors);
  }
  return factors;
}
function drawFactors(model, seed, count) {
  const next = uniformFrom(seed);
  const { groups, metrics } = planOf(model, SEGMENTS[0]);
  const draw = (length) => {
    const factors = new Float64Array(length);
    for (let i = 0; i < length; i++) factors[i] = 1 - SPREAD + 2 * SPREAD * next();
    return factors;
  };
  const all = [];
  for (let i = 0; i < count; i++) {
    all.push({ halves: draw(2), dimensions: draw(groups.length - 1), metrics: draw(metrics.length) });
  }
  return all;
}
function uniformFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 1831565813) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// node-scorer/src/scoring/fragility.ts
var SOLID = 10;
var LEANING = 40;
var fragilityLabel = (flips) => (flips <= SOLID ? 'solid' : flips <= LEANING ? 'leaning' : 'fragile');
function fragilityOf(model, segment, readings, cap) {
  const trial = trialOf(model, segment);
  const scores = metricScores(trial.plan, readings);
  const quantitative = quantify(trial.plan, scores).health;
  if (quantitative === null) return null;
  const ceiling = cap ?? Infinity;
  const own = tierAt2(Math.min(quantitative, ceiling), trial.bounds);
  countTiers(
    trial,
    Float64Array.from(scores, (score) => score ?? NaN),
    ceiling,
  );
  const names = trial.plan.tiers.map(({ name }) => name);
  const to = {};
  let flips = 0;
  trial.counts.forEach((count, tier) => {
    if (tier === own || count === 0) return;
    to[names[tier]] = count;
    flips += count;
  });
  return { tier: names[own], flips, to };
}
var trials = /* @__PURE__ */ new WeakMap();
function trialOf(model, segment) {
  const plan = planOf(model, segment);
  let trial = trials.get(plan);
  if (trial === void 0) {
    trial = makeTrial(plan);
    trials.set(plan, trial);
  }
  return trial;
}
function makeTrial(plan) {
  const factors = factorsOf(plan.model);
  const last = plan.groups.length - 1;
  const times = (weights, by) => Array.from(by, (factor, i) => weights[i] * factor);
  return {
    plan,
    bounds: Float64Array.from(plan.tiers, ({ from }) => leastShownAs(from)),
    starts: Int32Array.from([...plan.groups.map(({ start }) => start), plan.metrics.length]),
    metrics: Float64Array.from(factors.flatMap(({ metrics }) => times(plan.shares, metrics))),
    groups: Float64Array.from(
      factors.flatMap(({ dimensions }) => times(plan.groupShares.slice(0, last), dimensions)),
    ),
    halves: Float64Array.from(
      factors.flatMap(({ halves }) => times([plan.churnRiskShare, plan.platformValueShare], halves)),
    ),
    draws: factors.length,
    counts: new Uint32Array(plan.tiers.length),
  };
}
function countTiers(trial, scores, ceiling) {
  const { starts, metrics, groups, halves, draws, counts, bounds } = trial;
  const width = scores.length;
  const last = starts.length - 2;
  counts.fill(0);
  for (let draw = 0; draw < draws; draw++) {
    const offset = draw * width;
    let riskSum = 0;
    let riskWeight = 0;
    let valueScore = NaN;
    for (let g = 0; g <= last; g++) {
      let sum3 = 0;
      let weight2 = 0;
      const end = starts[g + 1];
      for (let i = starts[g]; i < end; i++) {
        const score2 = scores[i];
        if (score2 !== score2) continue;
        const share = metrics[offset + i];
        sum3 += share * score2;
        weight2 += share;
      }
      if (weight2 === 0) continue;
      const score = Math.min(100, sum3 / weight2);
      if (g === last) valueScore = score;
      else {
        const share = groups[draw * last + g];
        riskSum += share * score;
        riskWeight += share;
      }
    }
    let sum2 = 0;
    let weight = 0;
    if (riskWeight > 0) {
      weight = halves[2 * draw];
      sum2 = weight * (riskSum / riskWeight);
    }
    if (valueScore === valueScore) {
      sum2 += halves[2 * draw + 1] * valueScore;
      weight += halves[2 * draw + 1];
    }
    const tier = tierAt2(Math.min(100, sum2 / weight, ceiling), bounds);
    counts[tier] = counts[tier] + 1;
  }
}
function tierAt2(score, bounds) {
  const billionths = billionthsOf(score);
  let tier = 0;
  while (tier < bounds.length - 1 && billionths < bounds[tier]) tier++;
  return tier;
}

// node-scorer/src/scoring/effective-shares.ts
var FEWEST_ACCOUNTS = 10;
var LEAST_VARIANCE = 1e-12;
function effectiveSharesOf(model, segment, accounts) {
  const plan = planOf(model, segment);
  const scored = [];
  for (const readings of accounts) {
    const scores = metricScores(plan, readings);
    const quantities = quantify(plan, scores);
    const total = quantities.health;
    if (total !== null) scored.push({ scores, weights: effectiveWeights(plan, scores, quantities), total });
  }
  const n = scored.length;
  if (n < FEWEST_ACCOUNTS) return { n, status: 'too_few' };
  const mean2 = scored.reduce((sum2, { total }) => sum2 + total, 0) / n;
  const off = scored.map(({ total }) => total - mean2);
  const variance = off.reduce((sum2, d) => sum2 + d * d, 0) / n;
  if (variance < LEAST_VARIANCE) return { n, status: 'no_spread' };
  let missing = 0;
  const shares = plan.metrics.map(({ id }, j) => {
    const usual = meanScore(scored, j);
    let own = 0;
    scored.forEach(({ scores, weights }, i) => {
      const score = scores[j];
      if (score === null) return;
      own += weights[j] * (score - usual) * off[i];
      missing += weights[j] * usual * off[i];
    });
    return [id, own / n / variance];
  });
  return { n, status: 'ok', shares: Object.fromEntries(shares), missing: missing / n / variance };
}
function meanScore(accounts, metric) {
  let sum2 = 0;
  let count = 0;
  for (const { scores } of accounts) {
    const score = scores[metric];
    if (score === null) continue;
    sum2 += score;
    count++;
  }
  return count === 0 ? 0 : sum2 / count;
}
export {
  CONFIDENCES,
  DRAWS,
  MISSING_REASONS,
  NO_TIER,
  OUTAGE_HOLD,
  SEGMENTS,
  SEVERITIES,
  SIGNAL_STATUSES,
  SWITCHES,
  addDays,
  addMonths,
  bestTenths,
  changeOf,
  checkSignal,
  compactText,
  daysBetween,
  drawFactors,
  effectiveSharesOf,
  factorsOf,
  finiteValue,
  formatNumber,
  formatPoints,
  formatValue,
  fragilityLabel,
  fragilityOf,
  headline,
  heldBy,
  isDay,
  isPeriod,
  lastDayOf,
  lostMetrics,
  mainReasonOf,
  mainReasonSentence,
  makeBatchScores,
  metricIdsOf,
  metricsOf,
  nextPeriod,
  nineDecimals,
  normalise,
  outageCap,
  pathOf,
  pathSentences,
  planOf,
  previousPeriod,
  project,
  rankOn,
  readCompact,
  readingsOn,
  reasonsOf,
  replay,
  scoreAccount,
  scoreBatch,
  scoreOn,
  shareOut,
  shownScore,
  signalsKnownOn,
  tenthsOf,
  tierMoved,
  tierOf,
  toOutputLine,
  toPortfolio,
  uniformFrom,
  whatIsCarried,
  whatIsMissing,
  whatMoved,
  whereLost,
};
