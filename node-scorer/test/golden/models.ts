import { buildModel } from '../../src/config/model.ts';
import type { Model, Signal } from '../../src/scoring/index.ts';

/** Scores that are their own raw values, so that a test can name dimension scores directly. */
const direct = { green: 100, yellow: 50, red: 0 };
const scale = { better: 'higher', unit: 'score', paid: direct, standard: direct };

const guards = {
  provisional_below_coverage: 50,
  max_carry_forward_days: 45,
  outage_share: 0.3,
  tier_move_share: 0.15,
  tier_move_min_accounts: 50,
};
const settings = { run_day: 3, alert_margin: 2, alert_cooldown_days: 30 };

/** Parts of `weights.yaml` and `thresholds.yaml` that a test changes. */
export interface Parts {
  readonly [part: string]: unknown;
}

/** One metric for each dimension and one pillar, each worth its raw value; shipped weights, tiers and caps. */
export const directWeights: Parts = {
  version: 1,
  health: { churn_risk: 0.6, platform_value: 0.4 },
  dimensions: {
    support: { label: 'Support Health', weight: 0.3, metrics: { support_score: 1 } },
    financial: { label: 'Financial & Contract', weight: 0.3, metrics: { financial_score: 1 } },
    adoption: { label: 'Adoption & Engagement', weight: 0.25, metrics: { adoption_score: 1 } },
    relationship: { label: 'Relationship & Expansion', weight: 0.15, metrics: { relationship_score: 1 } },
  },
  platform_value: { label: 'Platform Value', metrics: { platform_score: 1 } },
  tiers: [
    { name: 'Champion', from: 90 },
    { name: 'Healthy', from: 76 },
    { name: 'At Risk', from: 60 },
    { name: 'Critical', from: 0 },
  ],
  caps: [
    { name: 'critical_signal', severity: 'critical', at_least: 1, cap: 59 },
    { name: 'moderate_signal', severity: 'moderate', at_least: 1, cap: 75 },
  ],
  monitoring_reduction: 1,
  guards,
  settings,
};

/** A checked model with some parts of the direct one replaced; metrics without thresholds are worth their value. */
export function modelWith(weights: Parts = {}, thresholds: Parts = {}): Model {
  const all = { ...directWeights, ...weights };
  const groups = [...Object.values(all['dimensions'] as Parts), all['platform_value']] as {
    metrics: Parts;
  }[];
  const ids = groups.flatMap(({ metrics }) => Object.keys(metrics));
  const metrics = { ...Object.fromEntries(ids.map((id) => [id, scale])), ...thresholds };
  const built = buildModel({ weights: all, thresholds: { version: 1, metrics } });
  if (built.problems !== undefined) throw new Error(JSON.stringify(built.problems, null, 2));
  return built.model;
}

/** A confirmed critical signal that has counted since 3 October 2026. */
export const criticalSignal: Signal = {
  severity: 'critical',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-10-03',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: null,
};
