import { CATALOGUE } from '../metrics/catalogue.ts';

/** A metric that is computed, as a model must describe it. */
export interface KnownMetric {
  readonly id: string;
  readonly unit: string;
  readonly direction: 'higher' | 'lower';
}

/** What a model that scores real accounts may name: more would be computed by nobody, or find no place in the org. */
export interface KnownNames {
  readonly metrics: readonly KnownMetric[];
  readonly dimensions: readonly string[];
  /** Values of the picklist that holds a tier. */
  readonly tiers: readonly string[];
}

/** As shipped: the catalogue, the score fields of Health_Score__c and the values of its Tier__c. */
export const SHIPPED_NAMES: KnownNames = {
  metrics: CATALOGUE,
  dimensions: ['support', 'financial', 'adoption', 'relationship'],
  tiers: ['Champion', 'Healthy', 'At Risk', 'Critical'],
};
