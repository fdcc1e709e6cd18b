import { reasonsOf } from '../scoring/reasons.ts';
import type { MainReason } from '../scoring/main-reason.ts';
import type { Scorecard } from '../scoring/scorecard.ts';
import { movedSentence } from './moved-sentence.ts';
import { movedIn, type Told } from './sentences.ts';
import { metricSlots, say, valueName } from './speech.ts';
import { lowerFirst, upperFirst } from './words.ts';

/**
 * The main reason of a score in one line, for lists and reports.
 *
 * @example reasonSentence({ code: 'cap', cap: 'critical_signal', points: -15.6 }, card, told)
 * // => 'Capped at 59: executive sponsor left (−15.6)'
 */
export function reasonSentence(reason: MainReason, card: Scorecard, told: Told): string {
  const { speech } = told;
  const said = saidOf(reason, card, told);
  return say(speech, 'with_points', {
    said: upperFirst(said),
    points: speech.points(reason.code === 'loss' ? -reason.points : reason.points),
  });
}

function saidOf(reason: MainReason, card: Scorecard, told: Told): string {
  const { speech } = told;
  switch (reason.code) {
    case 'cap':
      return cappedSentence(card, told);
    case 'metric':
      return movedSentence(speech, movedIn(reason.metric, false, told));
    case 'loss': {
      const loss = reasonsOf(card).find(({ metric }) => metric === reason.metric);
      const unit = told.unit(reason.metric);
      return say(speech, 'loss', {
        ...metricSlots(speech, reason.metric),
        value: valueName(speech, loss?.value ?? NaN, unit),
        good: valueName(speech, loss?.threshold ?? NaN, unit),
      });
    }
    case 'data':
    case 'rules':
    case 'calendar':
    case 'signals':
      return say(speech, `bar_${reason.code}`);
    default:
      return reason satisfies never;
  }
}

/**
 * What caps a score.
 *
 * @example cappedSentence(card, told) // => 'Capped at 59: executive sponsor left'
 */
export function cappedSentence({ cap }: Scorecard, { speech }: Told): string {
  if (cap === null) return '';
  const at = speech.number(cap.at, 1);
  if (cap.sources.length > 0) {
    const sources = cap.sources
      .map(upperFirst)
      .reduce((first, second) => say(speech, 'listed', { first, second }));
    return say(speech, 'capped_by_outage', { at, sources });
  }
  const category = cap.signals[0]?.category ?? null;
  const by = category === null ? say(speech, 'a_signal') : lowerFirst(speech.name(category));
  return say(speech, 'capped', { at, by });
}
