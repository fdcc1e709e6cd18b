import type { Known } from '../facts/index.ts';
import { daysBetween, type Reading } from '../scoring/index.ts';
import { defineMetric } from './define-metric.ts';
import { measured, missing } from './measured.ts';

/** Passes a missing fact on; otherwise reads it. */
export function fromKnown<T>(fact: Known<T>, read: (value: T) => Reading): Reading {
  return 'missing' in fact ? missing(fact.missing) : read(fact.known);
}

/**
 * Percent by which `now` lies above `then`.
 *
 * @example percentChange(120, 100) // => 20
 */
const percentChange = (now: number, then: number): number => (100 * (now - then)) / then;

const counted = (all: readonly unknown[]): Reading => measured(all.length);

/** The earliest of some days `YYYY-MM-DD`; null for none. */
const earliest = (days: readonly string[]): string | null =>
  days.reduce<string | null>((best, day) => (best === null || day < best ? day : best), null);

/** Metrics of the contract, from Salesforce. What they mean in detail: docs/decisions/0002. */
export const FINANCIAL = [
  defineMetric({
    id: 'days_to_renewal',
    label: 'Days to renewal',
    unit: 'days',
    direction: 'higher',
    source: 'salesforce',
    description:
      'Days from the last day of the window to the next open renewal, or to the end of the contract where there is none; negative when overdue.',
    fixableBy: 'nobody',
    advance: (value, days) => value - days,
    read: (facts, window) =>
      fromKnown(facts.renewals, (days) => {
        const next = earliest(days);
        return next === null ? missing('no_activity') : measured(daysBetween(window.asOf, next));
      }),
  }),
  defineMetric({
    id: 'payment_health',
    label: 'Payment problems',
    unit: 'count',
    direction: 'lower',
    source: 'salesforce',
    description: 'Payment problems opened in the twelve months to the end of the window.',
    fixableBy: 'customer',
    rollingMonths: 12,
    read: (facts) => fromKnown(facts.paymentProblems, counted),
  }),
  defineMetric({
    id: 'contract_changes',
    label: 'Downgrades',
    unit: 'count',
    direction: 'lower',
    source: 'salesforce',
    description:
      'Downgrades won, and amendments that lower the value, in the twelve months to the end of the window.',
    fixableBy: 'csm',
    rollingMonths: 12,
    read: (facts) => fromKnown(facts.contractChanges, counted),
  }),
  defineMetric({
    id: 'arr_trajectory_pct',
    label: 'ARR trajectory',
    unit: 'percent',
    direction: 'higher',
    source: 'salesforce',
    description:
      'Yearly revenue at the end of the window against the oldest snapshot of the twelve months before.',
    fixableBy: 'csm',
    read: (facts) =>
      fromKnown(facts.arr, (now) =>
        fromKnown(facts.oldestArr, (then) =>
          then === 0 ? missing('no_history') : measured(percentChange(now, then)),
        ),
      ),
  }),
  defineMetric({
    id: 'tier_alignment',
    label: 'Revenue above the success tier',
    unit: 'count',
    direction: 'lower',
    source: 'salesforce',
    description: '1 when yearly revenue exceeds the limit of the success tier, else 0.',
    fixableBy: 'csm',
    read: (facts) =>
      fromKnown(facts.arr, (arr) =>
        fromKnown(facts.tierLimit, (limit) => measured(limit !== null && arr > limit ? 1 : 0)),
      ),
  }),
] as const;
