import type { Readings } from './dimension.ts';
import type { Plan } from './plan.ts';
import type { MissingReason, Reading } from './reading.ts';

/** How a reading was lost: a failed read took it, what came is no value, or a configured name means nothing there. */
export const LOSSES = ['source_down', 'invalid', 'unknown_name'] as const satisfies readonly MissingReason[];
export type Loss = (typeof LOSSES)[number];

/** What decides which readings were lost. */
export interface Losable {
  readonly readings: Readings;
  readonly carried?: Readonly<Record<string, string>> | undefined;
}

/**
 * How a reading was lost; null when it was not. A carried one stands in the place of one that a failed read took, so
 * it is lost as well, though it has a value (docs/glossary.md, "lost reading").
 *
 * @param carried last day of the window that a carried reading was read in; undefined when it was not carried
 * @example lossOf({ value: 3 }, '2026-09-30') // => 'source_down'
 * @example lossOf({ value: null, missing: 'no_activity' }, undefined) // => null
 */
export function lossOf(reading: Reading | undefined, carried: string | undefined): Loss | null {
  if (carried !== undefined) return 'source_down';
  if (typeof reading?.value === 'number') return Number.isFinite(reading.value) ? null : 'invalid';
  return LOSSES.find((loss) => loss === reading?.missing) ?? null;
}

/**
 * The weighted metrics whose readings were lost, in model order. One that weighs nothing is no loss.
 *
 * @example lostMetrics(plan, { readings: { open_bugs: { value: null, missing: 'invalid' } } })
 * // => [{ id: 'open_bugs', loss: 'invalid' }]
 */
export function lostMetrics(
  plan: Plan,
  { readings, carried }: Losable,
): { readonly id: string; readonly loss: Loss }[] {
  const lost: { id: string; loss: Loss }[] = [];
  for (const { id, nominal } of plan.metrics) {
    const loss = nominal > 0 ? lossOf(readings[id], carried?.[id]) : null;
    if (loss !== null) lost.push({ id, loss });
  }
  return lost;
}
