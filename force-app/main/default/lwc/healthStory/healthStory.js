import { NOTHING } from 'c/healthData';
import { changesOf, insideOf } from './changes';
import { makeDates } from './dates';
import { changeOf, headlineOf, unscoredHeadline, windowOf } from './headline';
import { lossesOf } from './losses';
import { noticesOf } from './notices';
import { partsOf } from './parts';
import { pathOf } from './path';
import { proofOf } from './proof';
import { recompute } from './record';
import { signalsOf } from './signals';
import { trendOf } from './trend';

/**
 * What a score's own page tells: how refreshes go today, and signals that came later, say nothing of its month; and what
 * is past is not changed from there.
 *
 * @param {import('c/healthData').Answer} answer
 * @returns {import('c/healthData').Answer}
 */
const asOfScore = (answer) => ({
  ...answer,
  signals: (answer.signals ?? []).filter(
    ({ Date_Observed__c: seen }) => String(seen ?? '') <= String(answer.score?.Window_End__c ?? ''),
  ),
  ended: null,
  touched: null,
  mayRaise: false,
  mayResolve: false,
});

/**
 * Everything the card says, worked out from one answer. Components only place it.
 *
 * @param {import('c/healthData').Answer} given
 * @param {{ today: string, locale: string, mayRefresh?: boolean, past?: boolean }} reader day `YYYY-MM-DD`, for countdowns only: the score knows its own day; `past` on a score's own page
 * @returns what each part of the card shows, null for what it leaves out; `kind` says whether there is a score at all
 * @example storyOf(answer, { today: '2026-11-21', locale: 'en-GB' }).headline.score // => '68.2'
 */
export function storyOf(given, { today, locale, mayRefresh = false, past = false }) {
  const kind = kindOf(given);
  const answer = kind === 'hidden' ? NOTHING : past ? asOfScore(given) : given;
  const dates = makeDates(locale);
  const { account, score, history, mayRaise, mayResolve } = answer;
  const signals = answer.signals ?? [];
  const recomputed = score && recompute(score);
  const scorecard = recomputed?.scorecard ?? null;
  const details = recomputed?.details ?? null;
  const scored = kind === 'scored';
  const readings = readingsByPeriod(history);
  const change = changeOf(details);
  const earlier = history.find((row) => row.Period__c === change?.since.period) ?? null;
  const explained = scorecard !== null && details !== null ? { scorecard, details } : null;

  return {
    kind,
    headline: score
      ? headlineOf({ row: score, scorecard, details, readings, signals, dates })
      : kind === 'none'
        ? unscoredHeadline()
        : null,
    notices: noticesOf({ kind, answer, recomputed, today, mayRefresh, dates }),
    parts: explained && partsOf({ ...explained, history, earlier, dates }),
    losses: scored && scorecard ? lossesOf(scorecard) : null,
    changes:
      scored && score && details
        ? changesOf({ details, scorecard, dates, now: windowOf(score, details, dates) })
        : null,
    inside: scored && details ? insideOf({ details, scorecard, readings }) : null,
    path:
      scored && explained ? pathOf({ ...explained, accountName: String(account?.Name ?? ''), dates }) : null,
    trend: trendOf({ history, signals, tiers: scorecard?.model.tiers ?? [], dates }),
    mayRaise,
    mayResolve,
    signals:
      kind === 'hidden'
        ? null
        : signalsOf({
            rows: signals,
            today,
            // One that was seen after the score's day is known to it, and waits for the next score.
            counted: new Set(
              details?.signals
                .filter(({ observedOn }) => observedOn <= details.asOf)
                .flatMap(({ id }) => id ?? []),
            ),
            capping: new Set(scorecard?.cap?.signals.flatMap(({ id }) => id ?? [])),
            dates,
          }),
    proof: score && recomputed ? proofOf({ row: score, recomputed, linked: !past, dates }) : null,
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
