import { DAY, dayOf, shiftDay, shiftMonth } from './calendar.ts';
import type { Customer, PlannedOpportunity } from './customer.ts';
import { missing, value, valueOr, type Expected, type Span } from './truth-values.ts';

const IDS = [
  'days_to_renewal',
  'payment_health',
  'contract_changes',
  'arr_trajectory_pct',
  'tier_alignment',
  'qbr_attendance',
  'champion_stability',
  'expansion_signals',
];

const LIMITS: Readonly<Record<string, number>> = { Standard: 200_000, Premium: 1_000_000 };

/** What the contract and the relationship were like at the end of a month that is over. */
export function contractTruth(customer: Customer, span: Span): Record<string, Expected> {
  // Before the account was made the org knows nothing of it.
  if (customer.customerSince >= span.end) {
    return Object.fromEntries(IDS.map((id) => [id, missing('no_history')]));
  }
  const lastDay = shiftDay(dayOf(span.end), -1);
  const firstDay = `${shiftMonth(span.month, -11)}-01`;
  const inYear = (day: string): boolean => day >= firstDay && day <= lastDay;
  const open = (types: readonly PlannedOpportunity['type'][]) =>
    customer.opportunities.flatMap(({ type, states }) => {
      const then = states.filter(({ at }) => at < span.end).at(-1);
      const closed = then === undefined || then.stage === 'Closed Won' || then.stage === 'Closed Lost';
      return types.includes(type) && !closed ? [then.closeDate] : [];
    });
  const renewals = open(['Renewal']).sort();
  const next = renewals[0];

  const takenBack = customer.opportunities.filter(({ type, amount, states }) => {
    const last = states.at(-1);
    const lowers = type === 'Downgrade' || (type === 'Amendment' && amount < 0);
    return lowers && last?.stage === 'Closed Won' && inYear(last.closeDate);
  });
  const held = customer.reviews.filter(({ type, day }) => type === 'QBR' && inYear(day));
  const attended = held.filter((review) => review.attended);
  return {
    days_to_renewal:
      next === undefined ? missing('no_history') : value((Date.parse(next) - Date.parse(lastDay)) / DAY),
    payment_health: value(
      customer.cases.filter(({ type, createdAt }) => type === 'Billing' && inYear(dayOf(createdAt))).length,
    ),
    contract_changes: value(takenBack.length),
    ...revenueTruth(customer, span, firstDay),
    qbr_attendance: valueOr(held.length === 0 ? null : (100 * attended.length) / held.length, 'no_activity'),
    champion_stability: championTruth(customer, lastDay),
    expansion_signals: value(open(['Expansion', 'Upsell']).length),
  };
}

function revenueTruth(
  { arr, historyTracked, customerSince, successTier }: Customer,
  span: Span,
  firstDay: string,
): Record<string, Expected> {
  const both = (reading: Expected) => ({ arr_trajectory_pct: reading, tier_alignment: reading });
  if (!historyTracked || customerSince >= span.end) return both(missing('no_history'));
  const at = (moment: number): number | null => arr.filter(({ from }) => from < moment).at(-1)?.value ?? null;
  const then = at(span.end);
  if (then === null) return both(missing('no_activity'));
  // Just after the year began, or after the account was made: the plan's own first step is inside its creation.
  const from = Math.max(Date.parse(firstDay), customerSince);
  const oldest = at(from + 1);
  const limit = successTier === null ? undefined : (LIMITS[successTier] ?? Number.POSITIVE_INFINITY);
  return {
    arr_trajectory_pct:
      oldest === null || oldest === 0 ? missing('no_history') : value((100 * (then - oldest)) / oldest),
    tier_alignment: limit === undefined ? missing('no_activity') : value(then > limit ? 1 : 0),
  };
}

function championTruth({ champions }: Customer, lastDay: string): Expected {
  const begun = champions.filter(({ since }) => since <= lastDay);
  if (begun.length === 0) return missing('no_activity');
  if (!begun.some(({ until }) => until === null || until > lastDay)) return value(0);
  const changes = begun
    .flatMap(({ since, until }) => (until === null ? [since] : [since, until]))
    .filter((day) => day <= lastDay)
    .sort();
  return value((Date.parse(lastDay) - Date.parse(changes.at(-1) ?? lastDay)) / DAY);
}
