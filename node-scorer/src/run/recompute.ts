import { modelFromJson } from '../config/model-json.ts';
import { scoreAccount } from '../scoring/index.ts';
import { inputOf } from './stored-card.ts';
import type { Row } from './stored.ts';

export interface Recomputed {
  readonly score: number | null;
  readonly tier: string | null;
  readonly coverage: number;
  /** Fields whose stored value is not the recomputed one; empty when the record explains itself. */
  readonly differences: readonly string[];
}

/**
 * Scores a stored record again from nothing but what is stored: its own readings and signals, and the model of
 * its run. Every stored score must give itself (docs/glossary.md).
 *
 * @param row a Health_Score__c record
 * @param modelJson Model__c of its run
 * @throws ScorerError CONFIG_INVALID when the stored input cannot be read
 * @example recompute(row, run.Model__c).differences // => []
 */
export function recompute(row: Row, modelJson: string): Recomputed {
  const model = modelFromJson(modelJson);
  const card = scoreAccount(model, inputOf(row));
  const { shown, tier, status } = card;
  const expected: Row = {
    Health_Score__c: shown.healthScore,
    Quantitative_Score__c: shown.quantitativeScore,
    Churn_Risk_Score__c: shown.churnRiskScore,
    Platform_Value_Score__c: shown.platformValueScore,
    Tier__c: tier,
    Coverage__c: shown.coverage,
    Band_Low__c: shown.band?.low ?? null,
    Band_High__c: shown.band?.high ?? null,
    Provisional__c: card.provisional,
    Model_Version__c: model.version,
  };
  const differences = Object.entries(expected).flatMap(([field, value]) =>
    (row[field] ?? null) === value
      ? []
      : [`${field}: stored ${JSON.stringify(row[field])}, recomputed ${JSON.stringify(value)}`],
  );
  return {
    score: status === 'scored' ? shown.healthScore : null,
    tier,
    coverage: shown.coverage,
    differences,
  };
}
