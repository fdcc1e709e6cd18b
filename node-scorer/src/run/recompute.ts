import { modelFromJson } from '../config/model-json.ts';
import { ScorerError } from '../errors.ts';
import { HEALTH_SCORE } from '../load/health-score.ts';
import {
  scoreAccount,
  type AccountInput,
  type Reading,
  type Segment,
  type Signal,
} from '../scoring/index.ts';

type Row = Readonly<Record<string, unknown>>;

/** What Details__c holds of a score's input. */
interface StoredInput {
  readonly segment: Segment;
  readonly asOf: string;
  readonly readings: readonly {
    readonly id: string;
    readonly value: number | null;
    readonly missing?: string;
  }[];
  readonly signals: readonly Signal[];
}

export interface Recomputed {
  readonly score: number | null;
  readonly tier: string | null;
  readonly coverage: number;
  /** Fields whose stored value is not the recomputed one; empty when the record explains itself. */
  readonly differences: readonly string[];
}

/**
 * Scores a stored record again from nothing but what is stored: its own readings and signals, and the model of
 * its run. Every stored score must give itself (DESIGN §1.4).
 *
 * @param row a Health_Score__c record
 * @param modelJson Model__c of its run
 * @throws ScorerError CONFIG_INVALID when the stored input cannot be read
 * @example recompute(row, run.Model__c).differences // => []
 */
export function recompute(row: Row, modelJson: string): Recomputed {
  const model = modelFromJson(modelJson);
  const card = scoreAccount(model, toInput(row));
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

function toInput(row: Row): AccountInput {
  const key = String(row['Score_Key__c']);
  const stored = parse(row['Details__c'], key);
  const readings = stored.readings.map(({ id, value, missing }): [string, Reading] => [
    id,
    (value === null ? { value, missing } : { value }) as Reading,
  ]);
  return {
    accountId: key.split(':')[0] ?? key,
    name: key,
    segment: stored.segment,
    period: String(row['Period__c']),
    asOf: stored.asOf,
    readings: Object.fromEntries(readings),
    signals: stored.signals,
  };
}

function parse(details: unknown, key: string): StoredInput {
  try {
    const value = JSON.parse(String(details)) as StoredInput;
    if (Array.isArray(value.readings) && Array.isArray(value.signals)) return value;
  } catch {
    // Said below: what is no JSON and what is another JSON is the same to the reader.
  }
  throw new ScorerError(
    'CONFIG_INVALID',
    `${HEALTH_SCORE} ${key} Details__c: found no readings and signals, expected both; score the period again`,
  );
}
