import {
  adviseToStore,
  ENGLISH_SPEECH,
  reasonSentence,
  stepSentence,
  toldOf,
  type AccountFacts as AdviceFacts,
  type AdviceInput,
  type Earlier,
  type StoredTask,
} from '../advice/index.ts';
import type { Details, DetailsAdvice } from '../load/details.ts';
import {
  mainReasonOf,
  type AccountInput,
  type Change,
  type Model,
  type NoChange,
  type Scorecard,
} from '../scoring/index.ts';
import type { AdviceSettings } from './org-advice.ts';

/** What is stored of an account's advice beside its codes: for lists and reports, which cannot read those. */
export interface AccountAdvice {
  readonly stored: DetailsAdvice;
  readonly mainReason: string | null;
  readonly headlineCodes: readonly string[];
  readonly nextStep: string | null;
}

/** An earlier score: its card, made again from what is stored, and its details. */
export interface EarlierScore {
  readonly card: Scorecard;
  readonly details: Details;
}

/**
 * What to do next about an account, as of the last day of its window: a later run of the same data says the same. The
 * day of the reader is the card's matter.
 *
 * @param earlier the newest earlier score, or null
 * @example adviseAccount(card, change, facts, earlier, settings).headlineCodes // => ['renewal_soon']
 */
export function adviseAccount(
  card: Scorecard,
  change: Change | NoChange,
  facts: AdviceFacts,
  earlier: EarlierScore | null,
  { texts, off, changed, evidence }: AdviceSettings,
): AccountAdvice {
  const { model, input } = card;
  const { asOf } = input;
  const now = inputFor(input, facts, planOf(earlier?.details.advice));
  const before: Earlier | null =
    earlier === null ? null : earlierInput(earlier.card.model, earlier.card.input, earlier.details.facts);
  const advice = adviseToStore(model, evidence, now, before, asOf, off);
  const told = toldOf(model, now, before?.input ?? null, asOf, texts, ENGLISH_SPEECH);
  const reason = mainReasonOf(card, change);
  const [first] = advice.advice.items;
  return {
    stored: Object.keys(changed).length === 0 ? advice : { ...advice, words: changed },
    mainReason: reason && shortened(reasonSentence(reason, card, told)),
    headlineCodes: advice.advice.items.flatMap((item) => (item.kind === 'fact' ? [item.code] : [])),
    nextStep: first === undefined ? null : shortened(stepSentence(first, told)),
  };
}

/** Length of the fields. */
const LONGEST = 255;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const earlierInput = (model: Model, input: AccountInput, facts: AdviceFacts = {}): Earlier => ({
  model,
  input: inputFor(input, facts, []),
});

const inputFor = (input: AccountInput, facts: AdviceFacts, plan: readonly StoredTask[]): AdviceInput => ({
  ...input,
  facts,
  plan,
  churnedOn: null,
});

/** The tasks that were advised with a score. */
const planOf = (stored: DetailsAdvice | undefined): StoredTask[] =>
  (stored?.advice.items ?? []).flatMap((item) =>
    item.kind === 'task'
      ? [
          {
            metric: item.metric,
            from: item.from,
            to: item.to,
            by: item.by,
            share: item.share,
            of: item.of,
            basis: item.basis,
          },
        ]
      : [],
  );
