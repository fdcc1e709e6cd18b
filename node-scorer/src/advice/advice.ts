import type { Basis, Count, StoredTask } from './account.ts';
import type { Fact, FactCode } from './facts.ts';
import type { Headline } from './headline.ts';
import type { Later, Reach } from './reach.ts';
import type { ShareLabel } from './share.ts';

/** A line of the next steps as it is stored: codes and parameters. Points in tenths; null where there are none. */
export type AdviceItem =
  | {
      readonly kind: 'link';
      readonly points: null;
      readonly source: string;
      readonly reason: string;
      readonly coverage: number;
    }
  | ({ readonly kind: 'fact'; readonly points: number | null; readonly code: FactCode } & Readonly<
      Record<string, unknown>
    >)
  | {
      readonly kind: 'task';
      readonly points: number;
      readonly metric: string;
      readonly from: number;
      readonly to: number;
      readonly count: Count | null;
      readonly share: number;
      readonly label: ShareLabel;
      readonly basis: Basis;
      readonly of: number | null;
      readonly by: string;
      readonly kept: boolean;
    }
  | {
      readonly kind: 'tier' | 'review';
      readonly points: number;
      readonly metric: string;
      readonly to: number;
      readonly count: Count | null;
    }
  | { readonly kind: 'cover'; readonly points: null; readonly metric: string };

/** Scores as shown, after caps and before them. */
export interface Scores {
  readonly final: number;
  readonly underlying: number;
}

/** A count that only waiting lowers: what it costs, and when events drop out. */
export interface Waiting {
  readonly metric: string;
  readonly count: number;
  readonly lost: number;
  /** Null where the days are not known. */
  readonly next: string | null;
  readonly last: string;
}

/** What to do next about an account, and what it brings. */
export type Advice =
  | { readonly code: 'churned'; readonly items: readonly [] }
  | {
      readonly code: 'no_score' | 'held';
      readonly horizon: string;
      readonly items: readonly AdviceItem[];
      readonly more: number;
    }
  | {
      readonly code: 'advice';
      readonly horizon: string;
      readonly items: readonly AdviceItem[];
      readonly more: number;
      readonly now: Scores;
      readonly byItself: Scores & {
        readonly tier: string;
        readonly parts: Readonly<Record<string, number>>;
        readonly ends: readonly { readonly category: string | null; readonly on: string }[];
      };
      readonly ifDone: Scores & { readonly tier: string };
      readonly waiting: readonly Waiting[];
      readonly reach: Reach;
    };

/**
 * What is stored of an advice beside its items, so that it can be said anew on another day without the evidence: see
 * `retell.ts`.
 */
export type Stored = Advised & {
  /** The best tasks beside those among the items: the next ones when facts lapse. */
  readonly tasks: readonly StoredTask[];
  readonly drop: Extract<Fact, { code: 'sharp_drop' }> | null;
  /** Beyond the horizon; null where no numbers are told. */
  readonly later: Later | null;
  /** Metrics and facts that are switched off. */
  readonly off: readonly string[];
};

export interface Advised {
  readonly advice: Advice;
  readonly headline: Headline | null;
}
