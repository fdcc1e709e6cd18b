import type { Count } from './account.ts';
import type { Headline, Piece } from './headline.ts';
import { factSentence, itemSentence } from './item-sentences.ts';
import { outlookSentences, waitingSentences } from './outlook-sentences.ts';
import type { Advised } from './advice.ts';
import type { AdviceTexts } from './texts.ts';
import { upperFirst } from './words.ts';
import { movedSentence, type Moved } from './moved-sentence.ts';
import { say, sentences, type Speech } from './speech.ts';

/** What sentences need beside codes: the readings that they speak of. */
export interface Told {
  readonly speech: Speech;
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

/** Everything that is said. */
export interface Sentences {
  readonly headline: string;
  readonly items: readonly string[];
  readonly outlook: readonly string[];
  readonly waiting: readonly string[];
}

/**
 * Says codes in words. Sentences are templates with slots: every language says the same from the same codes.
 *
 * @example sentencesOf(advised, told).headline // => 'Healthy 77.9, up 2.6: 1 of 1 ratings were good (was 2 of 3) (+2.0).'
 */
export function sentencesOf({ advice, headline }: Advised, told: Told): Sentences {
  const without = advice.code === 'advice' ? advice.now.underlying : null;
  return {
    headline: headline === null ? say(told.speech, 'no_score') : headlineSentence(headline, advice, told),
    items: advice.items.map((item) => itemSentence(item, without, told)),
    outlook: advice.code === 'advice' ? outlookSentences(advice, told) : [],
    waiting: advice.code === 'advice' ? waitingSentences(advice.waiting, told) : [],
  };
}

function headlineSentence(headline: Headline, { items }: Advised['advice'], told: Told): string {
  const { speech } = told;
  const { tier, score, moved, cap, cause } = headline;
  const first = say(speech, 'headline', {
    tier: speech.name(tier),
    score: speech.score(score),
    moved: movedName(moved, speech),
  });
  const named = items.find((item) => item.kind === 'fact' && item.code === headline.fact);
  return sentences(speech, [
    ...(cap === null
      ? [because(first, cause, told)]
      : [first, because(heldSentence(cap, moved, speech), cause, told)]),
    named?.kind === 'fact' ? factSentence(named, told) : '',
  ]);
}

/**
 * What the score came from, and what holds it: the headline without its first words.
 *
 * @returns empty where nothing has changed to speak of, and nothing holds the score
 * @example whySentence(headline, told) // => 'First response slowed to 2 h 25 min (was 50 min) (−1.3)'
 */
export function whySentence({ moved, cap, cause }: Headline, told: Told): string {
  return upperFirst(
    cap === null ? causeSentence(cause, told) : because(heldSentence(cap, moved, told.speech), cause, told),
  );
}

function because(said: string, cause: Headline['cause'], told: Told): string {
  const why = causeSentence(cause, told);
  return why === '' ? said : say(told.speech, 'because', { said, cause: why });
}

/** The change in words; null is a first score. */
const movedName = (moved: number | null, speech: Speech): string =>
  moved === null
    ? say(speech, 'first_score')
    : say(speech, moved === 0 ? 'unchanged' : moved < 0 ? 'down' : 'up', {
        points: speech.score(Math.abs(moved)),
      });

function heldSentence(cap: NonNullable<Headline['cap']>, moved: number | null, speech: Speech): string {
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

function causeSentence({ code, parts }: Headline['cause'], told: Told): string {
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
      return second === undefined ? first : say(speech, 'made_up_in_part', { first, second });
    case 'rose':
      return second === undefined ? first : say(speech, 'although', { first, second });
    case 'balanced':
      return say(speech, 'made_up', { first, second: second ?? '' });
    default:
      return code satisfies never;
  }
}

const pieceSentence = (piece: Piece, told: Told): string =>
  'bar' in piece
    ? say(told.speech, `bar_${piece.bar}`)
    : movedSentence(told.speech, movedIn(piece.metric, piece.points > 0, told));

/** A metric then and now, as far as it is known. */
export function movedIn(metric: string, better: boolean, { before, now, unit }: Told): Moved {
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
