import type { Advance, Fixing } from '../scoring/index.ts';
import { CATALOGUE, metricById } from './catalogue.ts';

/**
 * What the calendar alone makes of a value.
 *
 * @example advance('days_to_renewal', 90, 30) // => 60
 */
export const advance: Advance = (metric, value, days) => metricById(metric)?.advance?.(value, days) ?? value;

/** Who can move what, in catalogue order: what the path to the next tier needs to know. */
export const FIXINGS: Readonly<Record<string, Fixing>> = Object.fromEntries(
  CATALOGUE.map(({ id, fixableBy, rollingMonths }) => [
    id,
    { fixable: fixableBy !== 'nobody', rollingMonths },
  ]),
);

/**
 * What people call a metric.
 *
 * @example labelOf('open_bugs') // => 'Open bugs'
 */
export const labelOf = (id: string): string => metricById(id)?.label ?? id;
