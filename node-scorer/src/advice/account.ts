import { changeOf, type Change, type NoChange } from '../scoring/change.ts';
import { finiteValue } from '../scoring/dimension.ts';
import { advance } from '../metrics/for-scoring.ts';
import type { Model } from '../scoring/model.ts';
import { scoreOn } from '../scoring/normalise.ts';
import { planOf, type Plan, type PlannedMetric } from '../scoring/plan.ts';
import { nineDecimals } from '../scoring/round.ts';
import { metricsOf, scoreAccount, type AccountInput, type Scorecard } from '../scoring/scorecard.ts';
import type { Signal } from '../scoring/signal.ts';

/** k of n events. */
export type Count = readonly [k: number, n: number];

/** What is known behind the readings of an account and window; everything may be unknown. */
export interface AccountFacts {
  /** By metric id; absent when there were no events. */
  readonly counts?: Readonly<Record<string, Count | null | undefined>> | null;
  readonly renewal?: { readonly date: string; readonly amount?: number | null } | null;
  readonly arr?: number | null;
  /** The newest champion's term: `until` null while held; null: unknown. */
  readonly champion?: { readonly since: string | null; readonly until: string | null } | null;
  /** Days of the counted records. */
  readonly paymentProblems?: readonly string[] | null;
  readonly downgrades?: readonly string[] | null;
  readonly reviews?: readonly (readonly [day: string, attended: boolean])[] | null;
  /** Up to three months before, those known. */
  readonly conversationsBefore?: readonly number[] | null;
  readonly usersBefore?: readonly number[] | null;
  /** Newest month or day with users. */
  readonly lastUsed?: string | null;
}

/** A task that was advised with an earlier score. */
export interface StoredTask {
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly share: number;
  readonly of: number | null;
  readonly basis: Basis;
  /** Of how many events the target is a share, where it is one. */
  readonly n?: number;
  /** Stood with the score before already. */
  readonly kept?: boolean;
}

/** Whose history a share comes from. */
export type Basis = 'segment' | 'both' | 'none';

/** A signal with what it is about. */
export type NamedSignal = Signal;

/** What advice is given on: an account's score with the facts behind it. */
export interface AdviceInput extends Omit<AccountInput, 'signals'> {
  readonly signals: readonly NamedSignal[];
  readonly facts: AccountFacts;
  readonly plan: readonly StoredTask[];
  readonly churnedOn: string | null;
}

/** The newest earlier input, with the model that it was scored by. */
export interface Earlier {
  readonly input: AdviceInput;
  readonly model: Model;
}

/** An account made ready to be advised on. */
export interface Account {
  readonly input: AdviceInput;
  readonly model: Model;
  readonly plan: Plan;
  readonly card: Scorecard;
  /** The newest scored card of an earlier period. */
  readonly earlier: { readonly input: AdviceInput; readonly card: Scorecard } | null;
  readonly change: Change | NoChange;
  /** The same without any signals: what moved under a cap. */
  readonly changeWithoutSignals: Change | NoChange;
  /** Position of the final tier, 0 the highest; after the lowest without a score. */
  readonly tier: number;
  /** Metrics and facts that are switched off. */
  readonly off: ReadonlySet<string>;
  readonly today: string;
  /** Value of a present reading, NaN for a missing one. */
  readonly value: (metric: string) => number;
  readonly metric: (id: string) => PlannedMetric | undefined;
  /** Score of a value of a metric, 0 to 100; NaN for one that the model does not weigh. */
  readonly score: (metric: string, value: number) => number;
  /** Effective weight, 0 for a missing metric. */
  readonly weight: (metric: string) => number;
}

/** A vacant seat stays vacant, however many days go by. */
const advanceUnlessVacant: typeof advance = (metric, value, days) =>
  metric === 'champion_stability' && value === 0 ? value : advance(metric, value, days);

/**
 * Scores an account and makes ready what every part of the advice asks for.
 *
 * @param previous null: there is none
 * @param today the reader's day
 */
export function accountOf(
  model: Model,
  input: AdviceInput,
  previous: Earlier | null,
  today: string,
  off: ReadonlySet<string>,
): Account {
  const plan = planOf(model, input.segment);
  const card = scoreAccount(model, input);
  const earlierCard = previous && scoreAccount(previous.model, previous.input);
  const earlier =
    previous !== null && earlierCard?.status === 'scored'
      ? { input: previous.input, card: earlierCard }
      : null;
  const plain = ({ model: by, input: one }: Earlier): Scorecard => scoreAccount(by, { ...one, signals: [] });
  const weights = new Map(metricsOf(card).map(({ id, effectiveWeight }) => [id, effectiveWeight]));
  const metrics = new Map(plan.metrics.map((metric) => [metric.id, metric]));
  return {
    input,
    model,
    plan,
    card,
    earlier,
    change: changeOf(earlier?.card ?? null, card, advanceUnlessVacant),
    changeWithoutSignals: changeOf(
      earlier && previous && plain(previous),
      plain({ model, input }),
      advanceUnlessVacant,
    ),
    tier: card.tier === null ? model.tiers.length : model.tiers.findIndex(({ name }) => name === card.tier),
    off,
    today,
    value: (metric) => finiteValue(input.readings[metric]) ?? NaN,
    metric: (id) => metrics.get(id),
    score: (metric, value) => {
      const planned = metrics.get(metric);
      return planned === undefined ? NaN : nineDecimals(scoreOn(planned.scale, value));
    },
    weight: (metric) => weights.get(metric) ?? 0,
  };
}

/** Position of the second-highest tier: from there up, some advice is left out and some begins. */
export const SECOND_TIER = 1;

/**
 * Whether a metric's reading is there and of this window.
 *
 * @example isRead(account, 'messaging') // => true
 */
export const isRead = ({ input, value }: Account, metric: string): boolean =>
  !Number.isNaN(value(metric)) && input.carried?.[metric] === undefined;

/**
 * A share in percent as it is stored: six decimals.
 *
 * @example percentOf([1, 3]) // => 33.333333
 */
export const percentOf = ([k, n]: Count): number => Math.round(((100 * k) / n) * 1e6) / 1e6;

/**
 * Events that count against the account: those counted, or the others where more is better.
 *
 * @example badOf('csat_score', [1, 3]) // => 2
 */
export const badOf = (metric: string, [k, n]: Count): number => (metric === 'csat_score' ? n - k : k);
