import type { Model } from '../scoring/model.ts';
import { accountOf, type AdviceInput } from './account.ts';
import { COUNTED } from './kinds.ts';
import type { Told } from './sentences.ts';
import type { Speech } from './speech.ts';
import { horizonOf, laterState, stateOf } from './state.ts';
import type { AdviceTexts } from './texts.ts';

/**
 * What sentences about an account speak of.
 *
 * @example sentencesOf(advised, toldOf(model, input, previous, '2026-11-21', texts, ENGLISH_SPEECH))
 */
export function toldOf(
  model: Model,
  input: AdviceInput,
  previous: AdviceInput | null,
  today: string,
  texts: AdviceTexts,
  speech: Speech,
): Told {
  const account = accountOf(model, input, null, today, new Set());
  const of =
    (one: AdviceInput | null): Told['now'] =>
    (metric) => ({
      value: one?.readings[metric]?.value ?? NaN,
      count:
        COUNTED.includes(metric) || metric === 'qbr_attendance'
          ? (one?.facts.counts?.[metric] ?? null)
          : null,
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
