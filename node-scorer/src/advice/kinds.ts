import { CATALOGUE, metricById } from '../metrics/catalogue.ts';
import type { Family } from '../metrics/define-metric.ts';
import { nineDecimals } from '../scoring/round.ts';

/** How a metric is advised on: most by tasks; `context` and `result` never. */
export type Kind = 'task' | 'context' | 'fact' | 'waiting' | 'result' | 'tier' | 'review';

export interface FamilyRules {
  readonly measure: 'gain' | 'level';
  /** Gain, in score points, that half as many reach as one of nothing; what one in four manages without history. */
  readonly rise: number;
  /** Share of what was reached that is still there later, 0 to 1. */
  readonly lasts: number;
}

export const FAMILIES: Readonly<Record<Family, FamilyRules>> = {
  pillar: { measure: 'gain', rise: 6, lasts: 0.9 },
  usage: { measure: 'gain', rise: 10, lasts: 0.9 },
  time: { measure: 'gain', rise: 20, lasts: 0.7 },
  stock: { measure: 'gain', rise: 20, lasts: 0.7 },
  deal: { measure: 'gain', rise: 40, lasts: 0.5 },
  ratio: { measure: 'level', rise: 40, lasts: 0.3 },
  flow: { measure: 'level', rise: 40, lasts: 0.2 },
};

/** Metrics whose reading is a share of counted events: no target between two events. */
export const COUNTED: readonly string[] = ['p1_p2_pct', 'escalation_pct', 'csat_score', 'feature_breadth'];
export const WAITING = ['payment_health', 'contract_changes'] as const;

/**
 * The family of a metric; undefined for one without tasks.
 *
 * @example familyOf('messaging') // => 'pillar'
 */
export const familyOf = (metric: string): Family | undefined => metricById(metric)?.family;

/**
 * Points times how long what was reached lasts: what tasks are ordered by.
 *
 * @example worthOf('messaging', 1.4) // => 1.26
 */
export function worthOf(metric: string, points: number): number {
  const family = familyOf(metric);
  return family === undefined ? 0 : nineDecimals(points * FAMILIES[family].lasts);
}

const PLACES: ReadonlyMap<string, number> = new Map(CATALOGUE.map(({ id }, place) => [id, place]));

/**
 * Where a metric stands in the catalogue, which settles ties; after all others when it does not.
 *
 * @example placeOf('p1_p2_pct') // => 0
 */
export const placeOf = (metric: string): number => PLACES.get(metric) ?? PLACES.size;
