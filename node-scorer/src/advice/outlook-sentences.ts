import { SECOND_TIER } from './account.ts';
import type { Advice, Waiting } from './advice.ts';
import type { Phrase } from './phrases.ts';
import type { Reach } from './reach.ts';
import type { Told } from './sentences.ts';
import { metricSlots, say } from './speech.ts';

type Full = Extract<Advice, { code: 'advice' }>;

/**
 * Where the score goes by itself, with all of it done, and when the next tier can be had.
 *
 * @example outlookSentences(advice, told)[1] // => 'With all of this done 78.8, Healthy'
 */
export function outlookSentences({ byItself, ifDone, items, reach, horizon }: Full, told: Told): string[] {
  const { speech } = told;
  const day = (on: string): string => speech.day(on, told.today);
  const reasons = Object.entries(byItself.parts).map(([metric, points]) => {
    const phrase = `alone_${metric}`;
    return say(speech, phrase in speech.phrases ? (phrase as Phrase) : 'alone', {
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

/**
 * When the next tier can be had, and how many similar accounts rose so far.
 *
 * @example reachSentences(reach, '2027-01-31', told)[0] // => 'Healthy (76) is within reach by Jan 31, 2027'
 */
export function reachSentences(
  reach: Reach,
  horizon: string,
  { speech, today, tier: place }: Told,
): string[] {
  const day = (on: string): string => speech.day(on, today);
  if (reach.code === 'top') {
    if (reach.keeps) return [];
    return [say(speech, reach.ifDone ? 'top_kept' : 'top_lost', { day: day(horizon) })];
  }
  const { tier, needs, similar = null, code, on = horizon } = reach;
  // From the second-highest tier up it is no news that the highest is far.
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

function shareName(share: number, { speech }: Pick<Told, 'speech'>): string {
  const percent = say(speech, 'percent', { n: speech.number(share < 0.01 ? 1 : 100 * share, 0) });
  return share < 0.01 ? say(speech, 'under_percent', { percent }) : percent;
}

/**
 * What only waiting lowers.
 *
 * @example waitingSentences(waiting, told)[0] // => 'Payment problems (1, −2.3): drops off Sep 23, 2027'
 */
export const waitingSentences = (waiting: readonly Waiting[], { speech, today }: Told): string[] =>
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
