/*
 * Generated from node-scorer/src/metrics/catalogue.ts by npm run generate. Change the source, not this file:
 * npm run verify:generated fails when the two drift apart.
 */

import label_p1_p2_pct from '@salesforce/label/c.Health_Metric_p1_p2_pct';
import label_escalation_pct from '@salesforce/label/c.Health_Metric_escalation_pct';
import label_median_first_response_seconds from '@salesforce/label/c.Health_Metric_median_first_response_seconds';
import label_median_resolution_seconds from '@salesforce/label/c.Health_Metric_median_resolution_seconds';
import label_csat_score from '@salesforce/label/c.Health_Metric_csat_score';
import label_open_bugs from '@salesforce/label/c.Health_Metric_open_bugs';
import label_critical_bugs from '@salesforce/label/c.Health_Metric_critical_bugs';
import label_reopened_bugs from '@salesforce/label/c.Health_Metric_reopened_bugs';
import label_avg_resolution_days from '@salesforce/label/c.Health_Metric_avg_resolution_days';
import label_bug_trend from '@salesforce/label/c.Health_Metric_bug_trend';
import label_total_conversations from '@salesforce/label/c.Health_Metric_total_conversations';
import label_csat_response_rate from '@salesforce/label/c.Health_Metric_csat_response_rate';
import label_days_to_renewal from '@salesforce/label/c.Health_Metric_days_to_renewal';
import label_payment_health from '@salesforce/label/c.Health_Metric_payment_health';
import label_contract_changes from '@salesforce/label/c.Health_Metric_contract_changes';
import label_arr_trajectory_pct from '@salesforce/label/c.Health_Metric_arr_trajectory_pct';
import label_tier_alignment from '@salesforce/label/c.Health_Metric_tier_alignment';
import label_stickiness_pct from '@salesforce/label/c.Health_Metric_stickiness_pct';
import label_mau_trend_pct from '@salesforce/label/c.Health_Metric_mau_trend_pct';
import label_feature_breadth from '@salesforce/label/c.Health_Metric_feature_breadth';
import label_login_frequency from '@salesforce/label/c.Health_Metric_login_frequency';
import label_dau from '@salesforce/label/c.Health_Metric_dau';
import label_mau from '@salesforce/label/c.Health_Metric_mau';
import label_qbr_attendance from '@salesforce/label/c.Health_Metric_qbr_attendance';
import label_champion_stability from '@salesforce/label/c.Health_Metric_champion_stability';
import label_expansion_signals from '@salesforce/label/c.Health_Metric_expansion_signals';
import label_messaging from '@salesforce/label/c.Health_Metric_messaging';
import label_automations from '@salesforce/label/c.Health_Metric_automations';
import label_contactless from '@salesforce/label/c.Health_Metric_contactless';
import label_requests from '@salesforce/label/c.Health_Metric_requests';
import label_staff_adoption from '@salesforce/label/c.Health_Metric_staff_adoption';
import help_p1_p2_pct from '@salesforce/label/c.Health_Help_p1_p2_pct';
import help_escalation_pct from '@salesforce/label/c.Health_Help_escalation_pct';
import help_median_first_response_seconds from '@salesforce/label/c.Health_Help_median_first_response_seconds';
import help_median_resolution_seconds from '@salesforce/label/c.Health_Help_median_resolution_seconds';
import help_csat_score from '@salesforce/label/c.Health_Help_csat_score';
import help_open_bugs from '@salesforce/label/c.Health_Help_open_bugs';
import help_critical_bugs from '@salesforce/label/c.Health_Help_critical_bugs';
import help_reopened_bugs from '@salesforce/label/c.Health_Help_reopened_bugs';
import help_avg_resolution_days from '@salesforce/label/c.Health_Help_avg_resolution_days';
import help_bug_trend from '@salesforce/label/c.Health_Help_bug_trend';
import help_total_conversations from '@salesforce/label/c.Health_Help_total_conversations';
import help_csat_response_rate from '@salesforce/label/c.Health_Help_csat_response_rate';
import help_days_to_renewal from '@salesforce/label/c.Health_Help_days_to_renewal';
import help_payment_health from '@salesforce/label/c.Health_Help_payment_health';
import help_contract_changes from '@salesforce/label/c.Health_Help_contract_changes';
import help_arr_trajectory_pct from '@salesforce/label/c.Health_Help_arr_trajectory_pct';
import help_tier_alignment from '@salesforce/label/c.Health_Help_tier_alignment';
import help_stickiness_pct from '@salesforce/label/c.Health_Help_stickiness_pct';
import help_mau_trend_pct from '@salesforce/label/c.Health_Help_mau_trend_pct';
import help_feature_breadth from '@salesforce/label/c.Health_Help_feature_breadth';
import help_login_frequency from '@salesforce/label/c.Health_Help_login_frequency';
import help_dau from '@salesforce/label/c.Health_Help_dau';
import help_mau from '@salesforce/label/c.Health_Help_mau';
import help_qbr_attendance from '@salesforce/label/c.Health_Help_qbr_attendance';
import help_champion_stability from '@salesforce/label/c.Health_Help_champion_stability';
import help_expansion_signals from '@salesforce/label/c.Health_Help_expansion_signals';
import help_messaging from '@salesforce/label/c.Health_Help_messaging';
import help_automations from '@salesforce/label/c.Health_Help_automations';
import help_contactless from '@salesforce/label/c.Health_Help_contactless';
import help_requests from '@salesforce/label/c.Health_Help_requests';
import help_staff_adoption from '@salesforce/label/c.Health_Help_staff_adoption';

/** @typedef {{ label: string, source: string, description: string, fixableBy: 'csm' | 'support' | 'product' | 'customer' | 'nobody', family?: string, advance?: (value: number, days: number) => number }} Metric */

/**
 * What people read of each metric, by id, in catalogue order.
 *
 * @type {Record<string, Metric>}
 */
export const METRICS = {
  p1_p2_pct: {
    label: label_p1_p2_pct,
    description: help_p1_p2_pct,
    source: 'intercom',
    fixableBy: 'product',
    family: 'ratio',
  },
  escalation_pct: {
    label: label_escalation_pct,
    description: help_escalation_pct,
    source: 'intercom',
    fixableBy: 'support',
    family: 'ratio',
  },
  median_first_response_seconds: {
    label: label_median_first_response_seconds,
    description: help_median_first_response_seconds,
    source: 'intercom',
    fixableBy: 'support',
    family: 'time',
  },
  median_resolution_seconds: {
    label: label_median_resolution_seconds,
    description: help_median_resolution_seconds,
    source: 'intercom',
    fixableBy: 'support',
    family: 'time',
  },
  csat_score: {
    label: label_csat_score,
    description: help_csat_score,
    source: 'intercom',
    fixableBy: 'support',
    family: 'ratio',
  },
  open_bugs: {
    label: label_open_bugs,
    description: help_open_bugs,
    source: 'jira',
    fixableBy: 'product',
    family: 'stock',
  },
  critical_bugs: {
    label: label_critical_bugs,
    description: help_critical_bugs,
    source: 'jira',
    fixableBy: 'product',
    family: 'stock',
  },
  reopened_bugs: {
    label: label_reopened_bugs,
    description: help_reopened_bugs,
    source: 'jira',
    fixableBy: 'product',
    family: 'flow',
  },
  avg_resolution_days: {
    label: label_avg_resolution_days,
    description: help_avg_resolution_days,
    source: 'jira',
    fixableBy: 'product',
    family: 'time',
  },
  bug_trend: {
    label: label_bug_trend,
    description: help_bug_trend,
    source: 'jira',
    fixableBy: 'product',
    family: 'flow',
  },
  total_conversations: {
    label: label_total_conversations,
    description: help_total_conversations,
    source: 'intercom',
    fixableBy: 'customer',
  },
  csat_response_rate: {
    label: label_csat_response_rate,
    description: help_csat_response_rate,
    source: 'intercom',
    fixableBy: 'customer',
  },
  days_to_renewal: {
    label: label_days_to_renewal,
    description: help_days_to_renewal,
    source: 'salesforce',
    fixableBy: 'nobody',
    advance: (value, days) => value - days,
  },
  payment_health: {
    label: label_payment_health,
    description: help_payment_health,
    source: 'salesforce',
    fixableBy: 'customer',
  },
  contract_changes: {
    label: label_contract_changes,
    description: help_contract_changes,
    source: 'salesforce',
    fixableBy: 'csm',
  },
  arr_trajectory_pct: {
    label: label_arr_trajectory_pct,
    description: help_arr_trajectory_pct,
    source: 'salesforce',
    fixableBy: 'csm',
  },
  tier_alignment: {
    label: label_tier_alignment,
    description: help_tier_alignment,
    source: 'salesforce',
    fixableBy: 'csm',
  },
  stickiness_pct: {
    label: label_stickiness_pct,
    description: help_stickiness_pct,
    source: 'looker',
    fixableBy: 'csm',
    family: 'usage',
  },
  mau_trend_pct: {
    label: label_mau_trend_pct,
    description: help_mau_trend_pct,
    source: 'looker',
    fixableBy: 'csm',
  },
  feature_breadth: {
    label: label_feature_breadth,
    description: help_feature_breadth,
    source: 'looker',
    fixableBy: 'csm',
    family: 'usage',
  },
  login_frequency: {
    label: label_login_frequency,
    description: help_login_frequency,
    source: 'looker',
    fixableBy: 'customer',
    family: 'usage',
  },
  dau: { label: label_dau, description: help_dau, source: 'looker', fixableBy: 'customer' },
  mau: { label: label_mau, description: help_mau, source: 'looker', fixableBy: 'customer' },
  qbr_attendance: {
    label: label_qbr_attendance,
    description: help_qbr_attendance,
    source: 'salesforce',
    fixableBy: 'csm',
  },
  champion_stability: {
    label: label_champion_stability,
    description: help_champion_stability,
    source: 'salesforce',
    fixableBy: 'nobody',
    advance: (value, days) => (value === 0 ? 0 : value + days),
  },
  expansion_signals: {
    label: label_expansion_signals,
    description: help_expansion_signals,
    source: 'salesforce',
    fixableBy: 'csm',
    family: 'deal',
  },
  messaging: {
    label: label_messaging,
    description: help_messaging,
    source: 'looker',
    fixableBy: 'csm',
    family: 'pillar',
  },
  automations: {
    label: label_automations,
    description: help_automations,
    source: 'looker',
    fixableBy: 'csm',
    family: 'pillar',
  },
  contactless: {
    label: label_contactless,
    description: help_contactless,
    source: 'looker',
    fixableBy: 'csm',
    family: 'pillar',
  },
  requests: {
    label: label_requests,
    description: help_requests,
    source: 'looker',
    fixableBy: 'csm',
    family: 'pillar',
  },
  staff_adoption: {
    label: label_staff_adoption,
    description: help_staff_adoption,
    source: 'looker',
    fixableBy: 'csm',
    family: 'pillar',
  },
};

/** The same in order, as the scorer's own code asks for it. */
export const CATALOGUE = Object.entries(METRICS).map(([id, metric]) => ({ id, ...metric }));
export const SOURCES = ['intercom', 'jira', 'looker', 'salesforce'];

/** @param {string} id */
export const metricById = (id) => METRICS[id];

/** @param {string} id */
export const labelOf = (id) => METRICS[id]?.label ?? id;

/** @param {string} id @param {number} value @param {number} days */
export const advance = (id, value, days) => METRICS[id]?.advance?.(value, days) ?? value;
