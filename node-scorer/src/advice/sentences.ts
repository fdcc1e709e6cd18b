import { formatPoints } from '../scoring/format-value.ts';
import type { Count } from './account.ts';
import type { Headline, Piece } from './headline.ts';
import { factSentence, itemSentence } from './item-sentences.ts';
import { outlookSentences, waitingSentences } from './outlook-sentences.ts';
import type { Advised } from './advice.ts';
import type { AdviceTexts } from './texts.ts';
import { movedSentence, type Moved } from './words.ts';

/** What sentences need beside codes: the readings that they speak of. */
export interface Told {
  readonly today: string;
  readonly period: string;
  readonly texts: AdviceTexts;
  /** Values and counts of a metric, now and in the earlier score. */
  readonly now: (metric: string) => { readonly value: number; readonly count: Count | null };
  readonly before: (metric: string) => { readonly value: number; readonly count: Count | null };
  readonly unit: (metric: string) => string;
  /** Quarterly reviews at the horizon if nothing is done. */
  readonly reviewsLeft: Count | null;
  /** Position of the final tier, 0 the highest. */
  readonly tier: number;
}

/** Everything that is said, in English. */
export interface Sentences {
  readonly headline: string;
  readonly items: readonly string[];
  readonly outlook: readonly string[];
  readonly waiting: readonly string[];
}

const BARS = {
  data: 'readings came or went',
  rules: 'the scoring rules changed',
  calendar: 'the calendar moved on',
  signals: 'signals changed',
} as const;

/**
 * Says codes in English. Sentences are templates with slots: other languages say the same from the same codes.
 *
 * @example sentencesOf(advised, told).headline // => 'Healthy 77.9, up 2.6: 1 of 1 ratings were good (was 2 of 3) (+2.0).'
 */
export function sentencesOf({ advice, headline }: Advised, told: Told): Sentences {
  const without = advice.code === 'advice' ? advice.now.underlying : null;
  return {
    headline:
      headline === null ? 'No score: nothing is known yet.' : headlineSentence(headline, advice, told),
    items: advice.items.map((item) => itemSentence(item, without, told)),
    outlook: advice.code === 'advice' ? outlookSentences(advice, told) : [],
    waiting: advice.code === 'advice' ? waitingSentences(advice.waiting, told) : [],
  };
}

function headlineSentence(headline: Headline, { items }: Advised['advice'], told: Told): string {
  const { tier, score, moved, cap, cause } = headline;
  const said = causeSentence(cause, told);
  const because = said === '' ? '' : `: ${said}`;
  const first = `${tier} ${score.toFixed(1)}, ${movedName(moved)}`;
  const parts = [cap === null ? `${first}${because}` : `${first}. ${heldSentence(cap, moved)}${because}`];
  const named = items.find((item) => item.kind === 'fact' && item.code === headline.fact);
  if (named?.kind === 'fact') parts.push(factSentence(named, told));
  return `${parts.join('. ')}.`;
}

/** The change in words; null is a first score. */
const movedName = (moved: number | null): string =>
  moved === null
    ? 'first score'
    : moved === 0
      ? 'unchanged'
      : `${moved < 0 ? 'down' : 'up'} ${Math.abs(moved).toFixed(1)}`;

function heldSentence(cap: NonNullable<Headline['cap']>, moved: number | null): string {
  const { code, at, category, without, withoutMoved } = cap;
  if (code === 'released') {
    const lifted = formatPoints(Math.round(10 * ((moved ?? 0) - (withoutMoved ?? 0))) / 10);
    return `A signal no longer holds it (${lifted}); apart from that ${movedName(withoutMoved)}`;
  }
  const by = category === null ? 'a signal' : `"${category}"`;
  const change = withoutMoved === null ? '' : `, ${movedName(withoutMoved)}`;
  return `${code === 'held' ? 'Held' : 'Still held'} at ${at.toFixed(1)} by ${by}; without it ${without.toFixed(1)}${change}`;
}

function causeSentence({ code, parts }: Headline['cause'], told: Told): string {
  const [first = '', second] = parts.map(
    (piece) => `${pieceSentence(piece, told)} (${formatPoints(piece.points)})`,
  );
  switch (code) {
    case 'first_score':
      return '';
    case 'steady':
      return 'little has changed';
    case 'fell':
      return second === undefined ? first : `${first}, partly made up for: ${second}`;
    case 'rose':
      return second === undefined ? first : `${first}, although ${second}`;
    case 'balanced':
      return `${first}, made up for: ${second ?? ''}`;
    default:
      return code satisfies never;
  }
}

const pieceSentence = (piece: Piece, told: Told): string =>
  'bar' in piece ? BARS[piece.bar] : movedSentence(movedIn(piece.metric, piece.points > 0, told));

/** A metric then and now, as far as it is known. */
function movedIn(metric: string, better: boolean, { before, now, unit }: Told): Moved {
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
