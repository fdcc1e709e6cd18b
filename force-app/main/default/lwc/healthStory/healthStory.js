import { NOTHING } from 'c/healthData';
import { changesOf, insideOf } from './changes';
import { makeDates } from './dates';
import { changeOf, headlineOf, windowOf } from './headline';
import { lossesOf } from './losses';
import { moreNoticesOf, noticesOf } from './notices';
import { partsOf } from './parts';
import { proofOf } from './proof';
import { parsed, recompute } from './record';
import { signalsOf } from './signals';
import { adviceOf } from './steps';
import { trendOf } from './trend';

/** @typedef {import('./record').Row} Row */
/**
 * All that is known of an account; each part of the story takes of it what it needs.
 * @typedef {object} Known
 * @property {'hidden' | 'none' | 'unscored' | 'scored'} kind whether there is a score, and whether it may be seen
 * @property {Row | null} account
 * @property {string} accountName
 * @property {Row | null} score
 * @property {Row} row the score, empty without one
 * @property {import('./record').Scorecard | null} scorecard
 * @property {import('./record').Details | null} details
 * @property {string[]} differences of what is stored from what it gives
 * @property {string[]} hidden fields without which nothing can be scored again
 * @property {readonly { name: string, from: number }[]} tiers highest first
 * @property {import('./record').StoredChange | null} change
 * @property {Row | null} earlier the score that it is a change from
 * @property {readonly Row[]} history newest first
 * @property {ReadonlyMap<string, Record<string, number | string>>} readings of the months of history
 * @property {readonly Row[]} signals newest first
 * @property {boolean} signalsKnown
 * @property {readonly Row[]} tasks open ones
 * @property {Row | null} ended newest refresh of all accounts that wrote scores
 * @property {Row | null} touched newest refresh that concerns this account
 * @property {string} now names the window of the score
 * @property {string} today
 * @property {boolean} mayRefresh
 * @property {boolean} mayResolve
 * @property {boolean} past whether this is the page of the score itself
 * @property {import('./dates').Dates} dates
 */

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
 * Raw values of earlier months, for "from … to …"; a month whose values are no JSON has none.
 *
 * @param {readonly Row[]} history
 */
const readingsByPeriod = (history) =>
  new Map(
    history.map(({ Period__c, Readings__c }) => [
      String(Period__c),
      /** @type {Record<string, number | string>} */ (parsed(Readings__c) ?? {}),
    ]),
  );

/**
 * Everything the card says, worked out from one answer. Components only place it.
 *
 * @param {import('c/healthData').Answer} given
 * @param {{ today: string, locale: string, timeZone?: string, mayRefresh?: boolean, past?: boolean }} reader day `YYYY-MM-DD`, for countdowns only: the score knows its own day; `past` on a score's own page
 * @returns what each part of the card shows, null for what it leaves out; `kind` says whether there is a score at all
 * @example storyOf(answer, { today: '2026-11-21', locale: 'en-GB' }).headline.score // => '68.2'
 */
export function storyOf(given, { today, locale, timeZone, mayRefresh = false, past = false }) {
  const kind = kindOf(given);
  const answer = kind === 'hidden' ? NOTHING : past ? asOfScore(given) : given;
  const { account, score, history, mayRaise } = answer;
  const row = score ?? {};
  const recomputed = recompute(row);
  const { scorecard, details } = recomputed;
  const dates = makeDates(locale, timeZone);
  const change = changeOf(details);
  /** @type {Known} */
  const known = {
    ...answer,
    ...recomputed,
    kind,
    row,
    signals: answer.signals ?? [],
    signalsKnown: answer.signals !== null,
    accountName: String(account?.Name ?? ''),
    tiers: scorecard?.model.tiers ?? [],
    change,
    readings: readingsByPeriod(history),
    earlier: history.find(({ Period__c }) => Period__c === change?.since.period) ?? null,
    now: score ? windowOf(row, details, dates) : '',
    dates,
    today,
    mayRefresh,
    past,
  };
  const explained = scorecard && details && { ...known, scorecard, details };
  const scored = kind === 'scored' ? explained : null;
  const advised = explained && adviceOf(known);

  return {
    kind,
    headline: kind === 'hidden' ? null : headlineOf(known, advised),
    notices: noticesOf(known),
    more: moreNoticesOf(known),
    steps: advised?.steps ?? null,
    outlook: advised?.outlook ?? null,
    parts: explained && partsOf(explained),
    losses: scored && lossesOf(scored.scorecard),
    changes: kind === 'scored' && details ? changesOf(known) : null,
    inside: kind === 'scored' && details ? insideOf(known) : null,
    trend: trendOf(known),
    mayRaise,
    signals: kind === 'hidden' ? null : signalsOf(known),
    proof: score && proofOf(known),
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
