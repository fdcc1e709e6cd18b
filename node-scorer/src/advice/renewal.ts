import { finiteValue, type Readings } from '../scoring/dimension.ts';
import { addDays } from '../scoring/period.ts';
import type { AccountFacts } from './account.ts';

/**
 * The day of the next renewal: that of its record, else as many days on as the reading says.
 *
 * @returns null when it is not known
 * @example renewalDay({ renewal: { date: '2026-12-04' } }, card) // => '2026-12-04'
 */
export function renewalDay(
  { renewal }: AccountFacts,
  { input }: { readonly input: { readonly asOf: string; readonly readings: Readings } },
): string | null {
  const days = finiteValue(input.readings['days_to_renewal']);
  return renewal?.date ?? (days === null ? null : addDays(input.asOf, Math.round(days)));
}
