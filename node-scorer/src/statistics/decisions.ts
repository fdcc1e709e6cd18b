import { daysBetween, isDay } from '../scoring/index.ts';

/** A renewal opportunity. */
export interface Renewal {
  readonly id: string;
  readonly closeDate: string;
  readonly stage: 'won' | 'lost' | 'open';
  readonly amount: number | null;
}

/** What is known of an account's renewals and of its leaving. */
export interface AccountRenewals {
  readonly id: string;
  readonly churnedOn: string | null;
  readonly renewals: readonly Renewal[];
}

/** One decision of a customer to stay or to leave. */
export interface Decision {
  readonly accountId: string;
  /** The day by which it was taken: nothing later may be known to what foretells it. */
  readonly on: string;
  /** `partial`: some of the renewals that closed together were lost. `left`: churned without a lost renewal. */
  readonly outcome: 'kept' | 'partial' | 'lost' | 'left';
  /** Sum of what was won; null where the amount of a won renewal is unknown: a sum without it would be too low. */
  readonly amount: number | null;
  /** Renewals that it was made of. */
  readonly renewals: number;
}

export interface Decisions {
  /** By day, then by account id. */
  readonly decisions: readonly Decision[];
  /** Renewals past due and still open, of accounts that are still here. */
  readonly overdue: number;
}

/** Renewals that close within so many days of the first are one decision. */
const TOGETHER_DAYS = 45;
/** A lost renewal within so many days of the day on which the customer left is the same decision. */
const SAME_LEAVING_DAYS = 90;

/**
 * The decisions that customers have taken up to a day.
 *
 * @param today later renewals and churn dates are not looked at
 * @throws RangeError for a day that does not exist
 * @example decisionsOf('2026-11-21', accounts)
 * // => { decisions: [{ accountId: '001000', on: '2025-09-02', outcome: 'lost', amount: 0, renewals: 2 }], overdue: 1 }
 */
export function decisionsOf(today: string, accounts: readonly AccountRenewals[]): Decisions {
  if (!isDay(today)) throw new RangeError(`found ${String(today)}, expected a day such as 2026-10-31`);
  let overdue = 0;
  const decisions = accounts.flatMap((account) => {
    const { churnedOn } = account;
    const gone = churnedOn != null && daysBetween(churnedOn, today) >= 0;
    const renewals = account.renewals.filter(({ closeDate }) => daysBetween(closeDate, today) >= 0);
    if (!gone) {
      overdue += renewals.filter(({ stage, closeDate }) => stage === 'open' && closeDate < today).length;
    }
    const taken = grouped(account.id, renewals);
    return gone ? withLeaving(account.id, taken, churnedOn) : taken;
  });
  decisions.sort((a, b) => compare(a.on, b.on) || compare(a.accountId, b.accountId));
  return { decisions, overdue };
}

function grouped(accountId: string, renewals: readonly Renewal[]): Decision[] {
  const closed = renewals
    .filter(({ stage }) => stage === 'won' || stage === 'lost')
    .sort((a, b) => compare(a.closeDate, b.closeDate) || compare(a.id, b.id));
  const groups: Renewal[][] = [];
  for (const renewal of closed) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (first !== undefined && daysBetween(first.closeDate, renewal.closeDate) <= TOGETHER_DAYS) {
      group?.push(renewal);
    } else {
      groups.push([renewal]);
    }
  }
  return groups.map((group) => {
    const won = group.filter(({ stage }) => stage === 'won');
    const outcome = won.length === 0 ? 'lost' : won.length === group.length ? 'kept' : 'partial';
    const amount = won.reduce<number | null>((sum, one) => addKnown(sum, one.amount), 0);
    return { accountId, on: (group[0] as Renewal).closeDate, outcome, amount, renewals: group.length };
  });
}

const addKnown = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b;

/** The nearest lost decision takes the day of leaving; without one, leaving is a decision of its own. */
function withLeaving(accountId: string, decisions: readonly Decision[], churnedOn: string): Decision[] {
  const distance = ({ on }: Decision): number => Math.abs(daysBetween(on, churnedOn));
  const nearest = decisions
    .filter((decision) => decision.outcome === 'lost' && distance(decision) <= SAME_LEAVING_DAYS)
    .reduce<Decision | null>(
      (best, decision) => (best === null || distance(decision) < distance(best) ? decision : best),
      null,
    );
  const on = nearest === null || churnedOn < nearest.on ? churnedOn : nearest.on;
  const before = decisions.filter((decision) => decision !== nearest && decision.on <= on);
  const leaving: Decision =
    nearest === null ? { accountId, on, outcome: 'left', amount: 0, renewals: 0 } : { ...nearest, on };
  return [...before, leaving];
}

/** By character codes: the order must not depend on a locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
