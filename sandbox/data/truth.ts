/**
 * The readings that the scorer must come to, worked out from what happened (the plan) and never from what a
 * stand-in answers or from the scorer's code. Definitions: docs/decisions/0002-what-readings-mean-in-detail.md.
 */
import { monthEnd, monthStart, shiftMonth } from './calendar.ts';
import type { Base, Customer } from './customer.ts';
import { contractTruth } from './truth-contract.ts';
import { supportTruth } from './truth-support.ts';
import type { Expected, Span } from './truth-values.ts';
import { bugTruth, sharedIssues, type SharedIssues } from './truth-bugs.ts';
import { usageTruth } from './truth-usage.ts';

export type { Expected } from './truth-values.ts';

/** Readings of one account by metric id. */
export type ExpectedReadings = Readonly<Record<string, Expected>>;

/**
 * Expected readings of every customer that had not left before the month.
 *
 * @param period a complete month of the base
 * @throws Error for a month that the base does not hold whole, with the three before it
 */
export function expectedReadings(base: Base, period: string): Map<string, ExpectedReadings> {
  const at = base.months.indexOf(period);
  if (at < 3 || at === base.months.length - 1) {
    throw new Error(
      `found ${period}, expected a complete month from ${base.months[3] ?? '?'} to ${base.months.at(-2) ?? '?'}`,
    );
  }
  const span: Span = {
    month: period,
    start: monthStart(period),
    end: monthEnd(period),
    earlier: [1, 2, 3].map((back) => shiftMonth(period, -back)),
  };
  const present = base.customers.filter(
    ({ churnedOn }) => churnedOn === null || Date.parse(churnedOn) >= span.start,
  );
  const byIndex = new Map(present.map((customer) => [customer.index, customer]));
  const shared = sharedIssues(base);
  return new Map(
    present.map((customer) => [customer.accountId, readingsOf(customer, shared, byIndex, span)]),
  );
}

function readingsOf(
  customer: Customer,
  shared: SharedIssues,
  present: ReadonlyMap<number, Customer>,
  span: Span,
): ExpectedReadings {
  return {
    ...supportTruth(customer, present, span),
    ...bugTruth(customer, shared, span),
    ...usageTruth(customer, span),
    ...contractTruth(customer, span),
  };
}
