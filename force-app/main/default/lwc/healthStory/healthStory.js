import { makeDates } from './dates';
import { changesOf } from './changes';
import { changeOf, headlineOf, windowOf } from './headline';
import { lossesOf } from './losses';
import { noticesOf } from './notices';
import { partsOf } from './parts';
import { pathOf } from './path';
import { proofOf } from './proof';
import { recompute } from './record';
import { scaleOf } from './scale';
import { capOf, signalsOf } from './signals';
import { trendOf } from './trend';

export { recompute } from './record';
export { headlineOf, lookOf } from './headline';
export { pathThrough, SIZE as TREND_SIZE } from './trend';
export { makeDates } from './dates';

/**
 * Everything the card says, worked out from one answer. Components only place it.
 *
 * @param {import('c/healthData').Answer} answer
 * @param {{ today: string, locale: string }} reader day `YYYY-MM-DD`, for countdowns only: the score knows its own day
 * @returns what each part of the card shows; `kind` says whether there is a score at all
 * @example storyOf(answer, { today: '2026-11-21', locale: 'en-GB' }).headline.score // => '68.2'
 */
export function storyOf(answer, { today, locale }) {
  const dates = makeDates(locale);
  const { account, score, history, signals } = answer;
  const recomputed = score && recompute(score);
  const scorecard = recomputed?.scorecard ?? null;
  const details = recomputed?.details ?? null;
  const scored = typeof score?.Health_Score__c === 'number';
  const readings = readingsByPeriod(history);
  const change = changeOf(details);
  const earlier = history.find((row) => row.Period__c === change?.since.period) ?? null;
  const explained = scorecard !== null && details !== null ? { scorecard, details } : null;

  return {
    kind: kindOf(answer),
    accountName: String(account?.Name ?? ''),
    addedOn: account?.CreatedDate ? dates.day(String(account.CreatedDate)) : '',
    inPopulation: account?.Health_Segment__c !== null,
    headline: score && headlineOf({ row: score, scorecard, details, readings, signals, dates }),
    scale:
      score &&
      scaleOf({ row: score, scorecard, change, month: change ? dates.month(change.since.period) : '' }),
    cap: scored ? capOf({ scorecard, rows: signals, today, dates }) : null,
    notices: noticesOf({ answer, recomputed, today, dates }),
    parts: explained && partsOf({ ...explained, history, earlier, dates }),
    losses: scored && scorecard ? lossesOf(scorecard) : null,
    changes:
      scored && score && details
        ? changesOf({ details, scorecard, readings, dates, now: windowOf(score, details, dates) })
        : null,
    path:
      scored && explained ? pathOf({ ...explained, accountName: String(account?.Name ?? ''), dates }) : null,
    trend: trendOf({ history, signals, tiers: scorecard?.model.tiers ?? [], dates }),
    signals: signalsOf({
      rows: signals,
      today,
      // One that was seen after the score's day is known to it, and waits for the next score.
      counted: new Set(
        details?.signals.filter(({ observedOn }) => observedOn <= details.asOf).flatMap(({ id }) => id ?? []),
      ),
      capping: new Set(scorecard?.cap?.signals.flatMap(({ id }) => id ?? [])),
      dates,
    }),
    proof: score && recomputed ? proofOf({ row: score, recomputed, dates }) : null,
  };
}

/**
 * @param {import('c/healthData').Answer} answer
 * @returns {'hidden' | 'none' | 'unscored' | 'scored'}
 */
function kindOf({ account, score }) {
  if (account === null) return 'hidden';
  if (score === null) return 'none';
  // The number itself is hidden from this reader: that is no missing score.
  if (!('Health_Score__c' in score)) return 'hidden';
  return score.Health_Score__c === null ? 'unscored' : 'scored';
}

/**
 * Raw values of earlier months, for "from … to …".
 *
 * @param {readonly import('./record').Row[]} history
 * @returns {Map<string, Record<string, number | string>>}
 */
function readingsByPeriod(history) {
  /** @type {Map<string, Record<string, number | string>>} */
  const found = new Map();
  for (const row of history) {
    try {
      const values = JSON.parse(String(row.Readings__c ?? 'null'));
      if (values !== null && typeof values === 'object') found.set(String(row.Period__c), values);
    } catch {
      // Not ours: then the card leaves "from … to …" out of that month.
    }
  }
  return found;
}
