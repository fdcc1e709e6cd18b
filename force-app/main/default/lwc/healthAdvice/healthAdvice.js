/*
 * Generated from node-scorer/src/advice/for-card.ts by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */
// node-scorer/src/advice/retell.ts
import { nineDecimals as nineDecimals7 } from 'c/scoringCore';

// node-scorer/src/advice/account.ts
import { changeOf } from 'c/scoringCore';
import { finiteValue } from 'c/scoringCore';
import { advance } from 'c/metricCatalogue';
import { scoreOn } from 'c/scoringCore';
import { planOf } from 'c/scoringCore';
import { nineDecimals } from 'c/scoringCore';
import { metricsOf, scoreAccount } from 'c/scoringCore';
var advanceUnlessVacant = (metric, value, days) =>
  metric === 'champion_stability' && value === 0 ? value : advance(metric, value, days);
function accountOf(model, input, previous, today, off) {
  const plan = planOf(model, input.segment);
  const card = scoreAccount(model, input);
  const earlierCard = previous && scoreAccount(previous.model, previous.input);
  const earlier =
    previous !== null && earlierCard?.status === 'scored'
      ? { input: previous.input, card: earlierCard }
      : null;
  const plain = ({ model: by, input: one }) => scoreAccount(by, { ...one, signals: [] });
  const weights = new Map(metricsOf(card).map(({ id, effectiveWeight }) => [id, effectiveWeight]));
  const metrics = new Map(plan.metrics.map((metric) => [metric.id, metric]));
  return {
    input,
    model,
    plan,
    card,
    earlier,
    change: changeOf(earlier?.card ?? null, card, advanceUnlessVacant),
    changeWithoutSignals: changeOf(
      earlier && previous && plain(previous),
      plain({ model, input }),
      advanceUnlessVacant,
    ),
    tier: card.tier === null ? model.tiers.length : model.tiers.findIndex(({ name }) => name === card.tier),
    off,
    today,
    value: (metric) => finiteValue(input.readings[metric]) ?? NaN,
    metric: (id) => metrics.get(id),
    score: (metric, value) => {
      const planned = metrics.get(metric);
      return planned === void 0 ? NaN : nineDecimals(scoreOn(planned.scale, value));
    },
    weight: (metric) => weights.get(metric) ?? 0,
  };
}
var SECOND_TIER = 1;
var isRead = ({ input, value }, metric) => !Number.isNaN(value(metric)) && input.carried?.[metric] === void 0;
var percentOf = ([k, n]) => Math.round(((100 * k) / n) * 1e6) / 1e6;

// node-scorer/src/advice/advise.ts
import { tenthsOf } from 'c/scoringCore';
import { rankOn as rankOn2 } from 'c/scoringCore';

// node-scorer/src/advice/facts.ts
import { daysBetween } from 'c/scoringCore';
import { nineDecimals as nineDecimals3 } from 'c/scoringCore';
import { rankOn } from 'c/scoringCore';

// node-scorer/src/advice/kinds.ts
import { CATALOGUE, metricById } from 'c/metricCatalogue';
import { nineDecimals as nineDecimals2 } from 'c/scoringCore';
var FAMILIES = {
  pillar: { measure: 'gain', rise: 6, lasts: 0.9 },
  usage: { measure: 'gain', rise: 10, lasts: 0.9 },
  time: { measure: 'gain', rise: 20, lasts: 0.7 },
  stock: { measure: 'gain', rise: 20, lasts: 0.7 },
  deal: { measure: 'gain', rise: 40, lasts: 0.5 },
  ratio: { measure: 'level', rise: 40, lasts: 0.3 },
  flow: { measure: 'level', rise: 40, lasts: 0.2 },
};
var COUNTED = ['p1_p2_pct', 'escalation_pct', 'csat_score', 'feature_breadth'];
var WAITING = ['payment_health', 'contract_changes'];
var familyOf = (metric) => metricById(metric)?.family;
function worthOf(metric, points) {
  const family = familyOf(metric);
  return family === void 0 ? 0 : nineDecimals2(points * FAMILIES[family].lasts);
}
var PLACES = new Map(CATALOGUE.map(({ id }, place) => [id, place]));
var placeOf = (metric) => PLACES.get(metric) ?? PLACES.size;

// node-scorer/src/advice/renewal.ts
import { finiteValue as finiteValue2 } from 'c/scoringCore';
import { addDays } from 'c/scoringCore';
function renewalDay({ renewal }, { input }) {
  const days = finiteValue2(input.readings['days_to_renewal']);
  return renewal?.date ?? (days === null ? null : addDays(input.asOf, Math.round(days)));
}

// node-scorer/src/advice/facts.ts
var SOON_DAYS = 30;
var NEAR_DAYS = 90;
var NEW_PROBLEM_DAYS = 60;
var FEWEST_CONVERSATIONS = 2;
var FALLING_PCT = -25;
var FEWEST_USERS_LOST = 3;
var REMEMBERED_MONTHS = 12;
function factsOf(account, state, drop) {
  const renewal = renewalFact(account);
  const found = [
    renewal?.code === 'renewal_near' ? null : renewal,
    ...signalFacts(account, 3, 'signal_critical'),
    silentUsers(account),
    renewal?.code === 'renewal_near' ? renewal : null,
    championVacant(account, state),
    paymentProblem(account),
    ...signalFacts(account, 2, 'signal_moderate'),
    silentConversations(account),
    usersFalling(account),
    drop,
  ];
  return found.filter((fact) => fact !== null).filter(({ code }) => !account.off.has(code));
}
function renewalFact(account) {
  const date = renewalDay(account.input.facts, account);
  if (date === null) return null;
  const days = daysBetween(account.today, date);
  const code =
    days < 0
      ? 'renewal_overdue'
      : days <= SOON_DAYS
        ? 'renewal_soon'
        : days <= NEAR_DAYS && account.card.tier !== null && account.tier > SECOND_TIER
          ? 'renewal_near'
          : null;
  return code && { code, date, days, amount: account.input.facts.arr ?? null };
}
function signalFacts({ input, today, model, card }, rank, code) {
  return input.signals
    .filter((signal) => rankOn(signal, today, model.monitoringReduction) === rank)
    .sort((a, b) => (a.observedOn < b.observedOn ? -1 : a.observedOn > b.observedOn ? 1 : 0))
    .map((signal) => ({
      code,
      observedOn: signal.observedOn,
      expiresOn: signal.expiresOn ?? null,
      category: signal.category ?? null,
      caps: card.cap?.signals.includes(signal) ?? false,
      signal,
    }));
}
function isSilent({ input, value }) {
  const { lastUsed = null, usersBefore } = input.facts;
  const used = (usersBefore ?? []).some((users) => users > 0) || lastUsed !== null;
  if (value('mau') === 0) return used;
  if (input.readings.mau?.missing !== 'not_mapped' || lastUsed === null) return false;
  const months = monthNumber(input.asOf) - monthNumber(lastUsed);
  return months >= 1 && months <= REMEMBERED_MONTHS;
}
var monthNumber = (day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));
var silentUsers = (account) =>
  isSilent(account) ? { code: 'silent_users', lastUsed: account.input.facts.lastUsed ?? null } : null;
var championVacant = ({ input }, state) =>
  state.vacant ? { code: 'champion_vacant', since: input.facts.champion?.until ?? null } : null;
function paymentProblem({ input, today }) {
  const lately = (input.facts.paymentProblems ?? [])
    .filter((day) => {
      const days = daysBetween(day, today);
      return days >= 0 && days <= NEW_PROBLEM_DAYS;
    })
    .sort();
  const date = lately.at(-1);
  return date === void 0 ? null : { code: 'payment_problem', date, times: lately.length };
}
function silentConversations({ input, value }) {
  const before = meanOf(input.facts.conversationsBefore ?? []);
  return value('total_conversations') === 0 && before >= FEWEST_CONVERSATIONS
    ? { code: 'silent_conversations', before }
    : null;
}
function usersFalling({ input, value }) {
  const [pct, to, from] = [value('mau_trend_pct'), value('mau'), meanOf(input.facts.usersBefore ?? [])];
  return nineDecimals3(pct) <= FALLING_PCT && to > 0 && nineDecimals3(from - to) >= FEWEST_USERS_LOST
    ? { code: 'users_falling', from, to, pct }
    : null;
}
var meanOf = (values) =>
  values.length === 0 ? NaN : nineDecimals3(values.reduce((sum, value) => sum + value, 0) / values.length);

// node-scorer/src/advice/headline.ts
var NAMED = ['renewal_overdue', 'renewal_soon', 'signal_critical', 'silent_users', 'renewal_near'];
function withFact({ tier, score, moved, cap, cause }, items) {
  const named = items.find(
    (item) =>
      item.kind === 'fact' &&
      NAMED.includes(item.fact.code) &&
      !('caps' in item.fact && item.fact.caps && cap !== null),
  );
  const fact = named?.kind === 'fact' ? named.fact.code : null;
  return { tier, score, moved, cap, fact, cause };
}

// node-scorer/src/advice/share.ts
var LABELS = [
  { below: 0.29, label: 'one_in_four' },
  { below: 0.42, label: 'one_in_three' },
  { below: 0.6, label: 'half' },
];
var labelOfShare = (share) => LABELS.find(({ below }) => share < below)?.label ?? 'most';

// node-scorer/src/advice/tasks.ts
var EASY_SHARE = 0.5;
var isEasy = ({ share }) => share >= EASY_SHARE;
var byWorth = (a, b) => b.worth - a.worth || placeOf(a.metric) - placeOf(b.metric);

// node-scorer/src/advice/steps.ts
import { nineDecimals as nineDecimals4, shownScore } from 'c/scoringCore';
import { metricById as metricById2, SOURCES } from 'c/metricCatalogue';
var LEAST_POINTS = 0.3;
var LASTS = { tier: 1, review: 0.8 };
var LINK_REASONS = ['not_mapped', 'not_configured', 'no_permission', 'no_field'];
var COVERED = ['champion_stability', 'qbr_attendance'];
function plainSteps(account, byItself) {
  const steps = [];
  const add = (kind, metric, to, count) => {
    const now = byItself.values[metric];
    if (now === void 0 || account.off.has(metric) || !isRead(account, metric)) return;
    const score = account.score(metric, to);
    const points = nineDecimals4(account.weight(metric) * (score - account.score(metric, now)));
    if (!(points >= LEAST_POINTS)) return;
    steps.push({ kind, metric, to, count, score, points, worth: nineDecimals4(points * LASTS[kind]) });
  };
  const alignment = account.metric('tier_alignment');
  if (alignment !== void 0) add('tier', 'tier_alignment', alignment.green, null);
  const held = byItself.counts.qbr_attendance;
  if (held !== void 0) {
    const next = [held[0] + 1, held[1] + 1];
    add('review', 'qbr_attendance', percentOf(next), next);
  }
  return steps;
}
var coversOf = ({ input, metric, off }) =>
  COVERED.filter(
    (id) => input.readings[id]?.missing === 'no_activity' && (metric(id)?.nominal ?? 0) > 0 && !off.has(id),
  ).map((id) => ({ kind: 'cover', metric: id }));
function linkOf({ card, plan, input, off }) {
  if ((card.status === 'scored' && !card.provisional) || off.has('link')) return null;
  const missing = plan.metrics.flatMap(({ id, nominal }) => {
    const reason2 = LINK_REASONS.find((one) => one === (input.readings[id]?.missing ?? 'not_configured'));
    const known = typeof input.readings[id]?.value === 'number';
    return known || reason2 === void 0 || nominal <= 0
      ? []
      : [{ nominal, reason: reason2, source: metricById2(id)?.source }];
  });
  const weightOf = (list) => nineDecimals4(list.reduce((sum, { nominal }) => sum + nominal, 0));
  const heaviest = (keys, listOf2) =>
    keys.reduce((best, key) => {
      const weight = weightOf(listOf2(key));
      return weight > 0 && (best === null || weight > weightOf(listOf2(best))) ? key : best;
    }, null);
  const source = heaviest(SOURCES, (one) => missing.filter((metric) => metric.source === one));
  if (source === null) return null;
  const own = missing.filter((metric) => metric.source === source);
  const reason = heaviest(LINK_REASONS, (one) => own.filter((metric) => metric.reason === one));
  return reason && { kind: 'link', source, reason, coverage: shownScore(100 * weightOf(own)) };
}

// node-scorer/src/advice/list.ts
var MOST_ITEMS = 3;
function listOf(account, judged, state, byItself, keepsTop) {
  const facts = factsOf(account, state, judged.drop);
  const link = linkOf(account);
  const queue = [
    ...(link === null ? [] : [link]),
    ...facts.map((fact) => ({ kind: 'fact', fact })),
    ...(byItself === null ? [] : stepsOf(account, judged, byItself, keepsTop)),
  ];
  const items = queue.slice(0, MOST_ITEMS);
  const shown = items.filter(({ kind }) => kind === 'fact').length;
  return { items, rest: facts.slice(shown) };
}
function stepsOf(account, { kept, fresh }, byItself, keepsTop) {
  const taskItem = (task) => ({ kind: 'task', task });
  const keptItems = kept.map(taskItem);
  if (keepsTop) return keptItems;
  const ranked = [
    ...plainSteps(account, byItself).map((step) => ({ worth: step.worth, metric: step.metric, item: step })),
    ...fresh
      .filter((task) => !isEasy(task))
      .map((task) => ({ worth: task.worth, metric: task.metric, item: taskItem(task) })),
  ];
  return [
    ...keptItems,
    ...ranked.sort(byWorth).map(({ item }) => item),
    ...fresh.filter(isEasy).map(taskItem),
    ...coversOf(account),
  ];
}

// node-scorer/src/advice/numbers.ts
import { shareOut } from 'c/scoringCore';
import { addMonths } from 'c/scoringCore';
import { nineDecimals as nineDecimals6, shownScore as shownScore2 } from 'c/scoringCore';

// node-scorer/src/advice/outcome.ts
import { daysBetween as daysBetween2 } from 'c/scoringCore';
import { nineDecimals as nineDecimals5 } from 'c/scoringCore';
var RENEWED_BY = 365;
var NAMED_IN = 30;
function moveOf(account, byItself, item) {
  const target = targetOf(account, byItself, item);
  const now = target === null ? void 0 : byItself.values[target.metric];
  if (target === null || now === void 0) return null;
  const gained = account.score(target.metric, target.to) - account.score(target.metric, now);
  const points = nineDecimals5(account.weight(target.metric) * gained);
  return Number.isNaN(points) ? null : { ...target, points };
}
function targetOf(account, byItself, item) {
  switch (item.kind) {
    case 'task':
      return { metric: item.task.metric, to: item.task.target.to };
    case 'tier':
    case 'review':
      return { metric: item.metric, to: item.to };
    case 'fact':
      return factTarget(account, byItself, item.fact.code);
    case 'link':
    case 'cover':
      return null;
    default:
      return item;
  }
}
function factTarget({ today }, byItself, code) {
  if (code === 'champion_vacant') {
    const days2 = daysBetween2(today, byItself.asOf) - NAMED_IN;
    return { metric: 'champion_stability', to: Math.max(0, days2) };
  }
  if (!code.startsWith('renewal_')) return null;
  const days = byItself.values.days_to_renewal;
  return days === void 0 ? null : { metric: 'days_to_renewal', to: days + RENEWED_BY };
}
function doneState(account, byItself, items) {
  const values = { ...byItself.values };
  const counts = { ...byItself.counts };
  let { vacant, reviews } = byItself;
  for (const item of items) {
    const move = moveOf(account, byItself, item);
    if (move === null) continue;
    values[move.metric] = move.to;
    const count = item.kind === 'task' ? item.task.target.count : item.kind === 'review' ? item.count : null;
    if (count !== null) counts[move.metric] = count;
    if (item.kind === 'fact') vacant &&= item.fact.code !== 'champion_vacant';
    if (item.kind === 'review' && reviews !== null) reviews = [...reviews, [byItself.asOf, true]];
  }
  return { ...byItself, values, counts, vacant, reviews };
}
function signalsLeft(signals, items) {
  const listed = new Set(
    items.flatMap((item) => (item.kind === 'fact' && 'signal' in item.fact ? [item.fact.signal] : [])),
  );
  return signals.filter((signal) => !listed.has(signal));
}

// node-scorer/src/advice/numbers.ts
var LEAST_WAITING = 0.05;
var EVENT_MONTHS = 12;
function shownOrder(account, byItself, items) {
  const part = ({ kind }) => (kind === 'link' || kind === 'fact' ? 0 : kind === 'cover' ? 2 : 1);
  const points = (item) => moveOf(account, byItself, item)?.points ?? 0;
  const place = (item) =>
    placeOf(item.kind === 'task' ? item.task.metric : 'metric' in item ? item.metric : '');
  return [...items].sort((a, b) =>
    part(a) !== part(b)
      ? part(a) - part(b)
      : part(a) === 1
        ? points(b) - points(a) || place(a) - place(b)
        : 0,
  );
}
function pointsOf(account, byItself, items, total) {
  const moves = items.map((item) => moveOf(account, byItself, item));
  const shared = shareOut(
    total,
    moves.flatMap((move) => (move === null ? [] : [move.points])),
  );
  let next = 0;
  return moves.map((move) => (move === null ? null : shared[next++] / 10));
}
function partsOf(account, now, later, total) {
  const moved = Object.keys(later.values)
    .map((metric) => {
      const [from, to] = [now.values[metric], later.values[metric]];
      const points = account.weight(metric) * (account.score(metric, to) - account.score(metric, from));
      return { metric, points: from === to || Number.isNaN(points) ? 0 : nineDecimals6(points) };
    })
    .filter(({ points }) => points !== 0)
    .sort((a, b) => placeOf(a.metric) - placeOf(b.metric));
  const tenths = shareOut(
    total,
    moved.map(({ points }) => points),
  );
  return Object.fromEntries(
    moved.map(({ metric }, i) => [metric, tenths[i] / 10]).filter(([, points]) => points !== 0),
  );
}
function waitingOf(account, state) {
  return WAITING.flatMap((metric) => {
    const count = state.values[metric];
    if (count === void 0 || account.off.has(metric)) return [];
    const lost = nineDecimals6(account.weight(metric) * (100 - account.score(metric, count)));
    if (!(lost >= LEAST_WAITING)) return [];
    const drops = (state.events[metric] ?? []).map((day) => addMonths(day, EVENT_MONTHS)).sort();
    const last = drops.at(-1) ?? addMonths(state.asOf, EVENT_MONTHS);
    return [{ metric, count, lost: shownScore2(lost), next: drops[0] ?? null, last }];
  });
}
function itemOf(item, points) {
  switch (item.kind) {
    case 'link':
      return {
        kind: 'link',
        points: null,
        source: item.source,
        reason: item.reason,
        coverage: item.coverage,
      };
    case 'fact': {
      const { code } = item.fact;
      const rest = Object.entries(item.fact).filter(([key]) => key !== 'code' && key !== 'signal');
      return { kind: 'fact', points, code, ...Object.fromEntries(rest) };
    }
    case 'task': {
      const { metric, from, target, share, basis, of, by, kept } = item.task;
      const label = labelOfShare(share);
      const { to, count } = target;
      return {
        kind: 'task',
        points: points ?? 0,
        metric,
        from,
        to,
        count,
        share,
        label,
        basis,
        of,
        by,
        kept,
      };
    }
    case 'tier':
    case 'review':
      return { kind: item.kind, points: points ?? 0, metric: item.metric, to: item.to, count: item.count };
    case 'cover':
      return { kind: 'cover', points: null, metric: item.metric };
    default:
      return item;
  }
}

// node-scorer/src/advice/state.ts
import { addMonths as addMonths2, daysBetween as daysBetween3, lastDayOf, nextPeriod } from 'c/scoringCore';
import { scoreAccount as scoreAccount2 } from 'c/scoringCore';
var LOOK_BACK = 12;
var MONTHS_AHEAD = 3;
function horizonOf(asOf) {
  const month = asOf.slice(0, 7);
  if (asOf !== lastDayOf(month)) return addMonths2(asOf, MONTHS_AHEAD);
  let later = month;
  for (let i = 0; i < MONTHS_AHEAD; i++) later = nextPeriod(later);
  return lastDayOf(later);
}
function stateOf({ input, value }) {
  const { asOf, facts } = input;
  const values = {};
  for (const id of Object.keys(input.readings)) {
    const present = value(id);
    if (!Number.isNaN(present)) values[id] = present;
  }
  const counts = {};
  for (const [id, count] of Object.entries(facts.counts ?? {})) if (count && count[1] > 0) counts[id] = count;
  const events = {};
  const known = { payment_health: facts.paymentProblems, contract_changes: facts.downgrades };
  for (const [id, days] of Object.entries(known)) {
    if (days && days.length === values[id]) events[id] = days;
  }
  const until = facts.champion?.until ?? null;
  const vacant = facts.champion ? until !== null && until <= asOf : values.champion_stability === 0;
  return { asOf, values, counts, events, reviews: facts.reviews ?? null, vacant };
}
function laterState(state, until) {
  const days = daysBetween3(state.asOf, until);
  const values = { ...state.values };
  if (values.days_to_renewal !== void 0) values.days_to_renewal -= days;
  if (values.champion_stability !== void 0 && !state.vacant) values.champion_stability += days;
  const drops = (day) => {
    const on = addMonths2(day, LOOK_BACK);
    return state.asOf < on && on <= until;
  };
  const events = {};
  for (const [id, all] of Object.entries(state.events)) {
    const left = all.filter((day) => !drops(day));
    events[id] = left;
    values[id] = (values[id] ?? 0) - (all.length - left.length);
  }
  const counts = { ...state.counts };
  let { reviews } = state;
  if (reviews !== null && values.qbr_attendance !== void 0) {
    const left = reviews.filter(([day]) => !drops(day));
    if (left.length > 0 && left.length < reviews.length) {
      reviews = left;
      counts.qbr_attendance = [left.filter(([, attended]) => attended).length, left.length];
      values.qbr_attendance = percentOf(counts.qbr_attendance);
    }
  }
  return { ...state, asOf: until, values, events, counts, reviews };
}
function scoreState({ model, input }, { values, asOf }, signals) {
  const readings = { ...input.readings };
  for (const [id, value] of Object.entries(values)) readings[id] = { value };
  return scoreAccount2(model, { ...input, readings, signals, asOf, hold: null });
}

// node-scorer/src/advice/reach.ts
function reachOf(account, later, byItself, ifDone, done, signals) {
  const { model } = account;
  const above = model.tiers[account.tier - 1];
  if (above === void 0) {
    const top = model.tiers[0]?.name;
    return { code: 'top', keeps: byItself.tier === top, ifDone: ifDone.tier === top };
  }
  const { name: tier, from: needs } = above;
  const reaches = reaching(needs);
  if (reaches(byItself)) return { tier, needs, code: 'by_itself' };
  if (reaches(ifDone)) return { tier, needs, code: 'in_reach', on: done.asOf };
  return { tier, needs, ...later(done, signals) };
}
var reaching =
  (needs) =>
  ({ shown }) =>
    (shown.healthScore ?? 0) >= needs;

// node-scorer/src/advice/advise.ts
function adviceOf(account, by) {
  const { input, card } = account;
  if (input.churnedOn !== null) {
    return { advice: { code: 'churned', items: [] }, items: [], rest: [], judged: null, done: null };
  }
  const horizon = horizonOf(input.asOf);
  const state = stateOf(account);
  const scored = card.status === 'scored';
  if (!scored || (input.hold ?? null) !== null) {
    const judged = by.judge(state, null);
    const { items, rest } = listOf(account, judged, state, null, false);
    const shown = items.map((item) => itemOf(item, null));
    const advice = { code: scored ? 'held' : 'no_score', horizon, items: shown, more: rest.length };
    return { advice, items, rest, judged, done: null };
  }
  return chosen(account, by, state, horizon);
}
function chosen(account, by, state, horizon) {
  const { input, card, model } = account;
  const later = laterState(state, horizon);
  const judged = by.judge(state, later);
  const byItself = scoreState(account, later, input.signals);
  const keepsTop = account.tier === 0 && byItself.tier === model.tiers[0]?.name;
  const list = listOf(account, judged, state, later, keepsTop);
  const items = shownOrder(account, later, list.items);
  const signals = signalsLeft(input.signals, items);
  const done = doneState(account, later, items);
  const ifDone = scoreState(account, done, signals);
  const points = pointsOf(account, later, items, between(byItself, ifDone));
  const advice = {
    code: 'advice',
    horizon,
    items: items.map((item, i) => itemOf(item, points[i] ?? null)),
    more: list.rest.length,
    now: scoresOf(card),
    byItself: {
      ...scoresOf(byItself),
      tier: byItself.tier,
      parts: partsOf(account, state, later, between(card, byItself)),
      ends: input.signals
        .filter(
          (signal) =>
            rankOn2(signal, input.asOf, model.monitoringReduction) >= 2 &&
            signal.expiresOn !== null &&
            signal.expiresOn <= horizon,
        )
        .map(({ category, expiresOn }) => ({ category: category ?? null, on: expiresOn })),
    },
    ifDone: { ...scoresOf(ifDone), tier: ifDone.tier },
    waiting: waitingOf(account, state),
    reach: reachOf(account, by.later, byItself, ifDone, done, signals),
  };
  return { advice, items, rest: list.rest, judged, done: { state: done, signals } };
}
var scoresOf = ({ shown }) => ({
  final: shown.healthScore,
  underlying: shown.quantitativeScore,
});
var between = (from, to) => tenthsOf(to.quantitativeScore) - tenthsOf(from.quantitativeScore);

// node-scorer/src/advice/retell.ts
function retell(model, input, stored, today) {
  const account = accountOf(model, input, null, today, new Set(stored.off));
  const { advice, items, rest } = adviceOf(account, asStored(account, stored));
  return {
    advice,
    headline: stored.headline && withFact(stored.headline, items),
    rest: rest.map((fact) => itemOf({ kind: 'fact', fact }, null)),
  };
}
function asStored(account, { tasks, drop, later }) {
  const all = tasks.flatMap((task) => taskOf(account, task));
  return {
    judge: () => ({
      drop,
      kept: all.filter(({ kept }) => kept),
      fresh: all.filter(({ kept }) => !kept),
    }),
    // Without numbers there was nothing to look past.
    later: () => later ?? { code: 'beyond_a_year' },
  };
}
function taskOf(account, { n, kept = false, ...stored }) {
  const { metric, to } = stored;
  const now = account.value(metric);
  const k = n === void 0 ? 0 : Math.round((to * n) / 100);
  const target =
    n === void 0
      ? { to, count: null, score: account.score(metric, to) }
      : { to, count: [k, n], score: account.score(metric, percentOf([k, n])) };
  const points = nineDecimals7(account.weight(metric) * (target.score - account.score(metric, now)));
  if (Number.isNaN(points)) return [];
  return [{ ...stored, target, kept, points, worth: worthOf(metric, points) }];
}

// node-scorer/src/advice/phrases.ts
var fillSlots = (template, slots) =>
  template.replace(/\{(\w+)\}/g, (blank, name) => String(slots[name] ?? blank));

// node-scorer/src/advice/words.ts
var upperFirst = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
var lowerFirst = (text) =>
  /^[A-Z]{2}/.test(text) ? text : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

// node-scorer/src/advice/speech.ts
var say = ({ phrases }, phrase, slots = {}) => fillSlots(phrases[phrase], slots);
var metricSlots = ({ metric }, id) => ({
  metric: lowerFirst(metric(id)),
  Metric: metric(id),
});
var countName = (speech, [k, n]) => say(speech, 'count', { k: speech.number(k, 0), n: speech.number(n, 0) });
function valueName(speech, value, unit) {
  if (unit === 'seconds') return durationName(speech, value);
  const n = speech.number(value, unit === 'ratio' ? 2 : 1);
  switch (unit) {
    case 'percent':
      return say(speech, 'percent', { n });
    case 'days':
      return say(speech, Math.round(value * 10) === 10 ? 'day_one' : 'days', { n });
    case 'per week':
      return say(speech, 'per_week', { n });
    case 'count':
    case 'score':
    case 'ratio':
      return n;
    default:
      return `${n} ${unit}`;
  }
}
var MINUTE = 60;
function durationName(speech, seconds) {
  if (Math.abs(seconds) < MINUTE) return say(speech, 'seconds', { n: speech.number(seconds, 1) });
  const all = Math.round(Math.abs(seconds) / MINUTE);
  const [h, min] = [Math.sign(seconds) * Math.floor(all / MINUTE), all % MINUTE];
  const slots = { h: speech.number(h, 0), min: speech.number(h === 0 ? Math.sign(seconds) * min : min, 0) };
  return say(speech, h === 0 ? 'minutes' : min === 0 ? 'hours' : 'hours_minutes', slots);
}
function daysAway(speech, days) {
  if (days === 0) return say(speech, 'today');
  if (Math.abs(days) === 1) return say(speech, days > 0 ? 'tomorrow' : 'yesterday');
  return say(speech, days > 0 ? 'in_days' : 'days_ago', { n: speech.number(Math.abs(days), 0) });
}

// node-scorer/src/advice/moved-sentence.ts
function movedSentence(speech, { metric, from, to, countFrom, countTo, unit, better }) {
  const counted = countFrom !== null && countTo !== null;
  const [then, now] = counted
    ? [countName(speech, countFrom), countName(speech, countTo)]
    : [valueName(speech, from, unit), valueName(speech, to, unit)];
  if (metric === 'csat_score' && counted) {
    return say(speech, better ? 'good_ratings' : 'few_good_ratings', { now, then });
  }
  const up = to > from;
  const verb = familyOf(metric) === 'time' ? (up ? 'slowed' : 'quickened') : up ? 'rose' : 'fell';
  return say(speech, verb, { now, then, ...metricSlots(speech, metric) });
}

// node-scorer/src/advice/item-sentences.ts
function itemWords(item, without, told) {
  const { speech, texts } = told;
  const pointed = (said) =>
    item.points === null ? said : say(speech, 'with_points', { said, points: speech.points(item.points) });
  const words = (what, action, more = '', likely = '') => ({
    what,
    more,
    action,
    likely,
  });
  const actionOf = (metric) => texts.metrics[metric]?.action ?? '';
  switch (item.kind) {
    case 'link': {
      const percent = valueName(speech, item.coverage, 'percent');
      const reason = `link_${item.reason}`;
      return words(
        say(speech, 'link', { source: upperFirst(item.source), percent }),
        reason in speech.phrases ? say(speech, reason) : '',
      );
    }
    case 'fact': {
      const fact = item;
      const apart =
        'caps' in fact && fact.caps && without !== null
          ? say(speech, 'without_it', { score: speech.score(without) })
          : '';
      const own = fact.code === 'sharp_drop' ? actionOf(fact.metric) : (texts.facts[fact.code]?.action ?? '');
      return words(pointed(factSentence(item, told)), own, apart);
    }
    case 'task': {
      const { metric, to, count, by, label, basis } = item;
      const { value, count: present } = told.now(metric);
      const unit = told.unit(metric);
      const [from, target] =
        count !== null && present !== null
          ? [countName(speech, present), countName(speech, count)]
          : [valueName(speech, value, unit), valueName(speech, to, unit)];
      const day = speech.day(by, told.today);
      return words(
        pointed(say(speech, 'task', { ...metricSlots(speech, metric), from, to: target, day })),
        actionOf(metric),
        '',
        say(speech, basis === 'none' ? 'no_history' : label),
      );
    }
    case 'tier':
      return words(pointed(say(speech, 'tier')), actionOf(item.metric));
    case 'review': {
      const { count: present } = told.now(item.metric);
      const now = present === null ? '' : countName(speech, present);
      return words(
        say(speech, 'reviews', { now }),
        actionOf(item.metric),
        pointed(nextReview(item.count, present, told)),
      );
    }
    case 'cover':
      return words(
        say(speech, item.metric === 'qbr_attendance' ? 'cover_reviews' : 'cover_champion'),
        actionOf(item.metric),
      );
    default:
      return item;
  }
}
function nextReview(count, present, { speech, reviewsLeft }) {
  const next = count === null ? '' : countName(speech, count);
  const left = reviewsLeft === null ? '' : countName(speech, reviewsLeft);
  const same = reviewsLeft === null || present === null || String(reviewsLeft) === String(present);
  return same ? say(speech, 'next_review', { next }) : say(speech, 'next_review_or_not', { next, left });
}
function factSentence(item, told) {
  const { speech, today } = told;
  const fact = item;
  const day = (on) => speech.day(on, today);
  switch (fact.code) {
    case 'renewal_overdue':
    case 'renewal_soon':
    case 'renewal_near': {
      const said = say(speech, fact.code === 'renewal_overdue' ? 'renewal_due' : 'renews', {
        date: day(fact.date),
        when: daysAway(speech, fact.days),
      });
      return fact.amount === null ? said : say(speech, 'worth', { said, amount: speech.money(fact.amount) });
    }
    case 'signal_critical':
    case 'signal_moderate':
      return signalSentence(fact, speech, day);
    case 'silent_users': {
      const { lastUsed } = fact;
      if (lastUsed === null) return say(speech, 'silent_lately');
      return lastUsed.length > 7
        ? say(speech, 'silent_since_day', { day: day(lastUsed) })
        : say(speech, 'silent_since_month', { month: speech.month(lastUsed, today) });
    }
    case 'champion_vacant':
      return fact.since === null
        ? say(speech, 'no_champion')
        : say(speech, 'no_champion_since', { day: day(fact.since) });
    case 'payment_problem':
      return say(speech, fact.times === 1 ? 'payment_problem' : 'payment_problems', {
        n: speech.number(fact.times, 0),
        day: day(fact.date),
      });
    case 'silent_conversations':
      return say(speech, 'no_conversations', {
        month: speech.month(told.period, today),
        n: speech.number(fact.before, 1),
      });
    case 'users_falling':
      return say(speech, 'users_fell', {
        to: speech.number(fact.to, 0),
        from: speech.number(fact.from, 0),
        percent: say(speech, 'percent', { n: speech.number(fact.pct, 0) }),
      });
    case 'sharp_drop':
      return upperFirst(movedSentence(speech, { ...fact, unit: told.unit(fact.metric), better: false }));
    default:
      return fact;
  }
}
function signalSentence({ code, observedOn, expiresOn, category }, speech, day) {
  const since = say(speech, code, { day: day(observedOn) });
  const said =
    category === null ? since : say(speech, 'signal_named', { said: since, name: speech.name(category) });
  const ends = expiresOn === null ? null : say(speech, 'stops_counting', { day: day(expiresOn) });
  return ends === null ? said : say(speech, 'next', { first: said, second: ends });
}

// node-scorer/src/advice/outlook-sentences.ts
function outlookSentences({ byItself, ifDone, items, reach, horizon }, told) {
  const { speech } = told;
  const day = (on) => speech.day(on, told.today);
  const reasons = Object.entries(byItself.parts).map(([metric, points]) => {
    const phrase = `alone_${metric}`;
    return say(speech, phrase in speech.phrases ? phrase : 'alone', {
      points: speech.points(points),
      ...metricSlots(speech, metric),
    });
  });
  const alone = say(speech, 'by_itself', { score: speech.score(byItself.final), day: day(horizon) });
  const said =
    reasons.length === 0
      ? alone
      : say(speech, 'with_reasons', {
          said: alone,
          reasons: reasons.reduce((first, second) => say(speech, 'listed', { first, second })),
        });
  const withEnds = byItself.ends.reduce((before, { category, on }) => {
    const end =
      category === null
        ? say(speech, 'end_unnamed', { day: day(on) })
        : say(speech, 'end_named', { name: speech.name(category), day: day(on) });
    return say(speech, 'with_end', { said: before, end });
  }, said);
  const brings = items.some(({ points }) => points !== null) || ifDone.final !== byItself.final;
  return [
    withEnds,
    ...(brings
      ? [say(speech, 'all_done', { score: speech.score(ifDone.final), tier: speech.name(ifDone.tier) })]
      : []),
    ...reachSentences(reach, horizon, told),
  ];
}
function reachSentences(reach, horizon, { speech, today, tier: place }) {
  const day = (on2) => speech.day(on2, today);
  if (reach.code === 'top') {
    if (reach.keeps) return [];
    return [say(speech, reach.ifDone ? 'top_kept' : 'top_lost', { day: day(horizon) })];
  }
  const { tier, needs, similar = null, code, on = horizon } = reach;
  const isTold = code !== 'beyond_a_year' || place > SECOND_TIER;
  const said = say(speech, `reach_${code}`, {
    tier: speech.name(tier),
    needs: speech.number(needs, 1),
    day: day(on),
  });
  return [
    ...(isTold ? [said] : []),
    ...(similar === null
      ? []
      : [
          say(speech, 'similar', {
            percent: shareName(similar.share, { speech }),
            of: speech.number(similar.of, 0),
            points: speech.score(similar.points),
          }),
        ]),
  ];
}
function shareName(share, { speech }) {
  const percent = say(speech, 'percent', { n: speech.number(share < 0.01 ? 1 : 100 * share, 0) });
  return share < 0.01 ? say(speech, 'under_percent', { percent }) : percent;
}
var waitingSentences = (waiting, { speech, today }) =>
  waiting.map(({ metric, count, lost, next, last }) => {
    const phrase = count === 1 ? 'drops_off' : next === null ? 'last_drops_off' : 'first_and_last_drop_off';
    return say(speech, phrase, {
      ...metricSlots(speech, metric),
      count: speech.number(count, 0),
      points: speech.points(-lost),
      first: speech.day(next ?? last, today),
      day: speech.day(last, today),
    });
  });

// node-scorer/src/advice/sentences.ts
function whySentence({ moved, cap, cause }, told) {
  return upperFirst(
    cap === null ? causeSentence(cause, told) : because(heldSentence(cap, moved, told.speech), cause, told),
  );
}
function because(said, cause, told) {
  const why = causeSentence(cause, told);
  return why === '' ? said : say(told.speech, 'because', { said, cause: why });
}
var movedName = (moved, speech) =>
  moved === null
    ? say(speech, 'first_score')
    : say(speech, moved === 0 ? 'unchanged' : moved < 0 ? 'down' : 'up', {
        points: speech.score(Math.abs(moved)),
      });
function heldSentence(cap, moved, speech) {
  const { code, at, category, without, withoutMoved } = cap;
  if (code === 'released') {
    const lifted = Math.round(10 * ((moved ?? 0) - (withoutMoved ?? 0))) / 10;
    return say(speech, 'released', {
      points: speech.points(lifted),
      moved: movedName(withoutMoved, speech),
    });
  }
  const said = say(speech, code, {
    at: speech.score(at),
    by: category === null ? say(speech, 'a_signal') : say(speech, 'quoted', { name: speech.name(category) }),
    without: speech.score(without),
  });
  return withoutMoved === null
    ? said
    : say(speech, 'and_moved', { said, moved: movedName(withoutMoved, speech) });
}
function causeSentence({ code, parts }, told) {
  const { speech } = told;
  const [first = '', second] = parts.map((piece) =>
    say(speech, 'with_points', { said: pieceSentence(piece, told), points: speech.points(piece.points) }),
  );
  switch (code) {
    case 'first_score':
      return '';
    case 'steady':
      return say(speech, 'steady');
    case 'fell':
      return second === void 0 ? first : say(speech, 'made_up_in_part', { first, second });
    case 'rose':
      return second === void 0 ? first : say(speech, 'although', { first, second });
    case 'balanced':
      return say(speech, 'made_up', { first, second: second ?? '' });
    default:
      return code;
  }
}
var pieceSentence = (piece, told) =>
  'bar' in piece
    ? say(told.speech, `bar_${piece.bar}`)
    : movedSentence(told.speech, movedIn(piece.metric, piece.points > 0, told));
function movedIn(metric, better, { before, now, unit }) {
  const [then, present] = [before(metric), now(metric)];
  return {
    metric,
    from: then.value,
    to: present.value,
    countFrom: then.count,
    countTo: present.count,
    unit: unit(metric),
    better,
  };
}

// node-scorer/src/advice/told.ts
function toldOf(model, input, previous, today, texts, speech) {
  const account = accountOf(model, input, null, today, /* @__PURE__ */ new Set());
  const of = (one) => (metric) => ({
    value: one?.readings[metric]?.value ?? NaN,
    count:
      COUNTED.includes(metric) || metric === 'qbr_attendance' ? (one?.facts.counts?.[metric] ?? null) : null,
  });
  return {
    speech,
    today,
    period: input.period,
    texts,
    now: of(input),
    before: of(previous),
    unit: (metric) => model.thresholds[metric]?.unit ?? '',
    reviewsLeft: laterState(stateOf(account), horizonOf(input.asOf)).counts.qbr_attendance ?? null,
    tier: account.tier,
  };
}
export {
  daysAway,
  itemWords,
  metricSlots,
  outlookSentences,
  renewalDay,
  retell,
  say,
  toldOf,
  valueName,
  waitingSentences,
  whySentence,
};
