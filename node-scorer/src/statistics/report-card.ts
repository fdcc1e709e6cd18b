import { addDays, type Tier } from '../scoring/index.ts';
import { aucOf, type Auc } from './auc.ts';
import type { Decision } from './decisions.ts';
import { wilson, type Interval } from './wilson.ts';

/** A stored final score. */
export interface PastScore {
  readonly accountId: string;
  readonly asOf: string;
  /** As shown; null: unscored. */
  readonly score: number | null;
  readonly tier: string | null;
  /** Day on which it was computed. */
  readonly scoredAt: string | null;
  /** Yearly revenue on that record; null: unknown. */
  readonly arr: number | null;
}

/** What the scores said so many days before the decisions. */
export interface LeadReport {
  /** Decisions that had a score. */
  readonly n: number;
  readonly lost: number;
  readonly left: number;
  readonly kept: number;
  /** Stayed, paying less than 90 % of before. */
  readonly smaller: number;
  /** Stayed with a part of their renewals. */
  readonly partial: number;
  /** Decisions without a score at that time, in no other figure, and how many of them left. */
  readonly noScore: number;
  readonly noScoreBad: number;
  /** Scores computed after the decision, from history. */
  readonly late: number;
  /** Who left from the upper half of the tiers, highest score first. */
  readonly green: readonly { accountId: string; on: string; outcome: string; score: number; tier: string }[];
  readonly tiers: readonly { tier: string; n: number; bad: number; interval: Interval | null }[];
  /** Null with fewer than 10 who left or 10 who stayed. */
  readonly auc: Auc | null;
  readonly verdict: 'not_enough' | 'tells' | 'reversed' | 'unclear';
  /** The lowest tenth of the scores; null without AUC or with fewer than 50 decisions. */
  readonly worst: LowestTenth | null;
}

/** The `k` lowest scores: how many left among them, of all who left, and against chance. */
export interface LowestTenth {
  readonly k: number;
  /** Scores tied at the edge count in proportion, so that this need not be whole. */
  readonly bad: number;
  readonly capture: number;
  readonly lift: number;
  /** Of the capture, 95 %. */
  readonly interval: Interval;
}

/** A score counts for a decision when it is at most this much older than the lead asks. */
const WINDOW_DAYS = 62;
const SMALLER_BELOW = 0.9;
const FEWEST_OF_EACH = 10;
const FEWEST_FOR_TENTH = 50;

/**
 * How well scores foretold decisions, for each lead.
 *
 * @param decisions see {@link decisionsOf}
 * @param scores final ones, of any accounts, in any order
 * @param leads days before the decision
 * @param tiers highest first
 * @example reportCardOf(decisions, scores, [90, 60], model.tiers)['90']?.verdict // => 'tells'
 */
export function reportCardOf(
  decisions: readonly Decision[],
  scores: readonly PastScore[],
  leads: readonly number[],
  tiers: readonly Pick<Tier, 'name'>[],
): Record<string, LeadReport> {
  const byAccount = Map.groupBy(
    scores.filter(({ score }) => score !== null),
    ({ accountId }) => accountId,
  );
  return Object.fromEntries(leads.map((lead) => [lead, leadReport(decisions, byAccount, lead, tiers)]));
}

/** A decision and the score that stood before it. */
interface Judged {
  readonly decision: Decision;
  readonly outcome: Decision['outcome'] | 'smaller';
  readonly bad: boolean;
  readonly score: number;
  readonly tier: string;
  readonly late: boolean;
}

function leadReport(
  decisions: readonly Decision[],
  scores: ReadonlyMap<string, readonly PastScore[]>,
  lead: number,
  tiers: readonly Pick<Tier, 'name'>[],
): LeadReport {
  const found = decisions.map((decision) => ({
    decision,
    then: scoreThen(scores.get(decision.accountId) ?? [], decision.on, lead),
  }));
  const judged = found.flatMap(({ decision, then }) => (then === null ? [] : [judge(decision, then)]));
  const without = found.filter(({ then }) => then === null);
  const bad = judged.filter((row) => row.bad);
  const count = (outcome: Judged['outcome']): number =>
    judged.filter((row) => row.outcome === outcome).length;
  const enough = bad.length >= FEWEST_OF_EACH && judged.length - bad.length >= FEWEST_OF_EACH;
  const scoresOf = (rows: readonly Judged[]): number[] => rows.map(({ score }) => score);
  const auc = enough ? aucOf(scoresOf(bad), scoresOf(judged.filter((row) => !row.bad))) : null;
  return {
    n: judged.length,
    lost: count('lost'),
    left: count('left'),
    kept: count('kept'),
    smaller: count('smaller'),
    partial: count('partial'),
    noScore: without.length,
    noScoreBad: without.filter(({ decision }) => isBad(decision)).length,
    late: judged.filter(({ late }) => late).length,
    green: leftWhileGreen(bad, tiers),
    tiers: tiers.map(({ name }) => {
      const own = judged.filter(({ tier }) => tier === name);
      const lost = own.filter((row) => row.bad).length;
      return { tier: name, n: own.length, bad: lost, interval: wilson(lost, own.length) };
    }),
    auc,
    verdict: verdictOf(auc),
    worst: auc === null || judged.length < FEWEST_FOR_TENTH ? null : lowestTenth(judged, bad.length),
  };
}

const isBad = ({ outcome }: Decision): boolean => outcome === 'lost' || outcome === 'left';

/** The newest score that was known so many days before, and is not older than two months more. */
function scoreThen(scores: readonly PastScore[], on: string, lead: number): PastScore | null {
  const [from, to] = [addDays(on, -lead - WINDOW_DAYS), addDays(on, -lead)];
  return scores.reduce<PastScore | null>(
    (newest, score) =>
      score.asOf >= from && score.asOf <= to && (newest === null || score.asOf > newest.asOf)
        ? score
        : newest,
    null,
  );
}

function judge(decision: Decision, { score, tier, scoredAt, arr }: PastScore): Judged {
  const { outcome, amount } = decision;
  // Neither an unknown amount nor unknown revenue says that a customer pays less.
  const less = outcome === 'kept' && amount !== null && arr !== null && amount < SMALLER_BELOW * arr;
  return {
    decision,
    outcome: less ? 'smaller' : outcome,
    bad: isBad(decision),
    score: score as number,
    tier: tier ?? '',
    late: scoredAt !== null && scoredAt.slice(0, 10) > decision.on,
  };
}

function leftWhileGreen(bad: readonly Judged[], tiers: readonly Pick<Tier, 'name'>[]): LeadReport['green'] {
  const upper = tiers.slice(0, Math.floor(tiers.length / 2)).map(({ name }) => name);
  return bad
    .filter(({ tier }) => upper.includes(tier))
    .sort((a, b) => b.score - a.score || (a.decision.accountId < b.decision.accountId ? -1 : 1))
    .map(({ decision: { accountId, on, outcome }, score, tier }) => ({
      accountId,
      on,
      outcome,
      score,
      tier,
    }));
}

function verdictOf(auc: Auc | null): LeadReport['verdict'] {
  if (auc === null) return 'not_enough';
  if (auc.low > 0.5) return 'tells';
  return auc.high < 0.5 ? 'reversed' : 'unclear';
}

function lowestTenth(judged: readonly Judged[], bad: number): LowestTenth {
  const n = judged.length;
  const k = Math.ceil(n / 10);
  const edge = judged.map(({ score }) => score).sort((a, b) => a - b)[k - 1] as number;
  const under = judged.filter(({ score }) => score < edge);
  const tied = judged.filter(({ score }) => score === edge);
  const badOf = (rows: readonly Judged[]): number => rows.filter((row) => row.bad).length;
  const inside = badOf(under) + (badOf(tied) * (k - under.length)) / tied.length;
  return {
    k,
    bad: inside,
    capture: inside / bad,
    lift: inside / k / (bad / n),
    // At least ten left, so that there is always one.
    interval: wilson(inside, bad) as Interval,
  };
}
