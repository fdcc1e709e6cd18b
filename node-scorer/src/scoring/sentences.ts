import type { Cap } from './cap.ts';
import { LOSSES, type Loss } from './lost.ts';
import type { Change, NoChange } from './change.ts';
import { formatPoints, formatValue } from './format-value.ts';
import type { MainReason } from './main-reason.ts';
import { SWITCHES, type Switch } from './mixed-state.ts';
import type { NoPath, PathToTier } from './path.ts';
import { reasonsOf } from './reasons.ts';
import type { MissingReason } from './reading.ts';
import { shownScore } from './round.ts';
import { metricsOf, type Scorecard } from './scorecard.ts';

/** What people call a metric; from the catalogue. */
export type LabelOf = (metric: string) => string;

const BARS: Readonly<Record<Switch, string>> = {
  behaviour: 'What happened',
  data: 'Data',
  rules: 'Rules',
  calendar: 'Calendar',
  signals: 'Signals',
};

const MISSING: Readonly<Record<MissingReason, string>> = {
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

/**
 * The first thing to read: tier, score and change, and how sure they are.
 *
 * @example headline(scorecard, change) // => 'At Risk 68.2, down 6.1 from 74.3'
 */
export function headline({ tier, shown, provisional, doubts }: Scorecard, change: Change | NoChange): string {
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

/**
 * What holds the score down; null when no cap lowers it.
 *
 * @example heldBy(scorecard) // => 'Held at 59.0 by critical_signal. Without it: 74.3'
 */
export function heldBy({ cap, shown }: Scorecard): string | null {
  return cap === null || shown.quantitativeScore === null
    ? null
    : `Held at ${shownScore(cap.at).toFixed(1)} ${byWhat(cap)}. Without it: ${shown.quantitativeScore.toFixed(1)}`;
}

const byWhat = ({ name, sources, why = { source_down: sources } }: Cap): string => {
  if (sources.length === 0) return `by ${name}`;
  const causes = LOSSES.flatMap((loss) => {
    const of = why[loss] ?? [];
    return of.length === 0 ? [] : [`${of.join(' and ')} ${LOST[loss]}`];
  });
  return `because ${causes.join(', and ')}`;
};

const LOST: Readonly<Record<Loss, string>> = {
  source_down: 'could not be read',
  invalid: 'sent values that cannot be used',
  unknown_name: 'does not know a name in the settings',
};

/**
 * What moved: each bar that is not 0, the first with the metrics inside it, largest first.
 *
 * @example whatMoved(change, scorecard, earlier, labelOf)[0] // => 'What happened −4.5'
 */
export function whatMoved(
  change: Change | NoChange,
  present: Scorecard,
  earlier: Scorecard | null,
  labelOf: LabelOf,
): string[] {
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

function fromTo(id: string, earlier: Scorecard | null, present: Scorecard): string {
  const [old, now] = [earlier?.input.readings[id]?.value, present.input.readings[id]?.value];
  const unit = unitOf(present, id) ?? (earlier && unitOf(earlier, id)) ?? '';
  return old == null || now == null ? '' : `${formatValue(old, unit)} to ${formatValue(now, unit)}`;
}

/**
 * Where points are lost, largest first, at most four: each a fact with its value and what would be good.
 *
 * @example whereLost(scorecard, labelOf)[0] // => 'First response 2 h 25 min, good at 1 h (−1.6)'
 */
export const whereLost = (scorecard: Scorecard, labelOf: LabelOf): string[] =>
  reasonsOf(scorecard).map(({ metric, value, threshold, points }) => {
    const unit = unitOf(scorecard, metric) ?? '';
    const good = formatValue(threshold, unit);
    return `${labelOf(metric)} ${formatValue(value, unit)}, good at ${good} (${formatPoints(-points)})`;
  });

/**
 * What is not known, by reason; empty when everything that counts is known.
 *
 * @example whatIsMissing(scorecard, labelOf)[0] // => 'Not linked: Satisfaction; First response'
 */
export function whatIsMissing(scorecard: Scorecard, labelOf: LabelOf): string[] {
  const byReason = new Map<MissingReason, string[]>();
  for (const { id, missing, weight } of metricsOf(scorecard)) {
    if (missing === null || weight === 0) continue;
    byReason.set(missing, [...(byReason.get(missing) ?? []), labelOf(id)]);
  }
  return [...byReason].map(([reason, labels]) => `${capital(MISSING[reason])}: ${labels.join('; ')}`);
}

/**
 * What could not be read and is counted with the values of an earlier score; empty when everything was read.
 *
 * @example whatIsCarried(scorecard, labelOf)[0] // => 'Not read since 2026-09-30, with the values of then: Open bugs; Bug trend'
 */
export function whatIsCarried({ input }: Scorecard, labelOf: LabelOf): string[] {
  const byDay = new Map<string, string[]>();
  for (const [id, day] of Object.entries(input.carried ?? {})) {
    byDay.set(day, [...(byDay.get(day) ?? []), labelOf(id)]);
  }
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, labels]) => `Not read since ${day}, with the values of then: ${labels.join('; ')}`);
}

/**
 * The way to the next tier, in real units; always an answer.
 *
 * @example pathSentences(path, scorecard, labelOf) // => ['To Healthy: Messaging 80 to 100 (+4.0)', 'Scored again with these values: 76.0']
 */
export function pathSentences(path: PathToTier | NoPath, scorecard: Scorecard, labelOf: LabelOf): string[] {
  const capped = path.cappedBy;
  const under =
    capped === undefined ? [] : [`Held at ${shownScore(capped.at).toFixed(1)} at most, ${byWhat(capped)}`];
  if ('code' in path) {
    if (path.code === 'no_score') return ['No path: there is no score yet'];
    if (path.code === 'top_tier') return [`Already ${scorecard.tier ?? ''}`];
    return [...under, `${path.tier ?? ''} is not reachable by what can be fixed`];
  }
  const without = capped === undefined ? '' : ', without that cap';
  if (path.steps.length === 0)
    return [...under, `${path.tier} is reached${without}: ${path.reaches.toFixed(1)}`];
  return [
    ...under,
    `To ${path.tier}${without}:`,
    ...path.steps.map(({ metric, from, to, points, clearsBy }) => {
      const unit = unitOf(scorecard, metric) ?? '';
      const when = clearsBy === undefined ? '' : `, clears by itself by ${clearsBy}`;
      return `  ${labelOf(metric)} ${formatValue(from, unit)} to ${formatValue(to, unit)} (${formatPoints(points)})${when}`;
    }),
    `Scored again with these values: ${path.reaches.toFixed(1)}`,
  ];
}

/**
 * The main reason as a few words.
 *
 * @example mainReasonSentence({ code: 'metric', metric: 'csat_score', points: -1.3 }, scorecard, labelOf) // => 'Satisfaction now 76 % (−1.3)'
 */
export function mainReasonSentence(reason: MainReason, scorecard: Scorecard, labelOf: LabelOf): string {
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
      return reason satisfies never;
  }
}

const unitOf = (scorecard: Scorecard, metric: string): string | undefined =>
  scorecard.model.thresholds[metric]?.unit;

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
