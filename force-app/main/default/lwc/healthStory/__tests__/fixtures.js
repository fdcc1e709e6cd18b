import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cwd } from 'node:process';
// By its file: jest in a browser's stead would take the build for browsers, which is no CommonJS.
import { parse } from '../../../../../../node_modules/yaml/dist/index.js';
import { addDays, changeOf, lastDayOf, mainReasonOf, previousPeriod, scoreAccount } from 'c/scoringCore';
import { METRICS } from 'c/metricCatalogue';
import { readAnswer } from 'c/healthData';

/*
 * Answers of the org, made by the real core from readings: what the scorer would have stored, under the shipped model.
 */
const config = (name) => parse(readFileSync(join(cwd(), 'config', name), 'utf8'));
const both = (weight) => (typeof weight === 'number' ? { paid: weight, standard: weight } : weight);

function shippedModel() {
  const {
    health,
    dimensions,
    platform_value: platform,
    tiers,
    caps,
    monitoring_reduction,
    guards,
  } = config('weights.yaml');
  const list = (metrics) => Object.entries(metrics).map(([id, weight]) => ({ id, weight: both(weight) }));
  return {
    version: 'shipped00001',
    health: { churnRisk: both(health.churn_risk), platformValue: both(health.platform_value) },
    dimensions: Object.entries(dimensions).map(([id, { label, weight, metrics }]) => ({
      id,
      label,
      weight: both(weight),
      metrics: list(metrics),
    })),
    platformValue: { label: platform.label, metrics: list(platform.metrics) },
    thresholds: Object.fromEntries(
      Object.entries(config('thresholds.yaml').metrics).map(([id, figures]) => [
        id,
        { ...scaleOf(id), ...figures },
      ]),
    ),
    tiers,
    caps: caps.map(({ name, severity, at_least: atLeast, cap }) => ({
      name,
      severity,
      atLeast,
      confirmed: false,
      cap,
      segment: null,
    })),
    monitoringReduction: monitoring_reduction,
    guards: {
      provisionalBelowCoverage: guards.provisional_below_coverage,
      maxCarryForwardDays: guards.max_carry_forward_days,
      outageShare: guards.outage_share,
      tierMoveShare: guards.tier_move_share,
      tierMoveMinAccounts: guards.tier_move_min_accounts,
    },
  };
}

export const MODEL = shippedModel();
export const ACCOUNT_ID = '001000000000001AAA';
export const SCORE_ID = 'a01000000000010AAA';
export const RUN_ID = 'a03000000000001AAA';
export const TODAY = '2026-11-21';

/** Direction and unit of a metric as an org holds them, in its record of the shipped model. */
function scaleOf(id) {
  const file = join(cwd(), `force-app-defaults/main/default/customMetadata/Health_Metric.${id}.md-meta.xml`);
  const record = readFileSync(file, 'utf8');
  const field = (name) => new RegExp(`<field>${name}</field>\\s*<value[^>]*>([^<]+)<`).exec(record)[1];
  return { better: field('Direction__c'), unit: field('Unit__c') };
}

/** Larkfield Hotels, a fictional customer, in its usual months. */
export const USUAL = {
  p1_p2_pct: 9.1,
  escalation_pct: 6.4,
  median_first_response_seconds: 4800,
  median_resolution_seconds: 39600,
  csat_score: 80,
  open_bugs: 4,
  critical_bugs: 1,
  reopened_bugs: 0,
  avg_resolution_days: 9,
  bug_trend: 0.9,
  days_to_renewal: 117,
  payment_health: 0,
  contract_changes: 0,
  arr_trajectory_pct: 2,
  tier_alignment: 0,
  stickiness_pct: 22,
  mau_trend_pct: -3,
  feature_breadth: 52,
  login_frequency: 3.1,
  qbr_attendance: 70,
  champion_stability: 130,
  expansion_signals: 1,
  messaging: 80,
  automations: 70,
  contactless: 82,
  requests: 75,
  staff_adoption: 79,
  total_conversations: 113,
};
/** And in its last one: slower answers, fewer users, a renewal that comes nearer. */
export const WORSE = {
  ...USUAL,
  p1_p2_pct: 11.5,
  escalation_pct: 8,
  median_first_response_seconds: 8700,
  median_resolution_seconds: 52200,
  csat_score: 76,
  reopened_bugs: 2,
  bug_trend: 1.2,
  days_to_renewal: 86,
  champion_stability: 161,
  mau_trend_pct: -7,
};

export const CRITICAL = {
  id: 'a02000000000001AAA',
  severity: 'critical',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-10-03',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: '2026-12-14',
};

/** A Churn_Signal__c row as the org gives it. */
export const signalRow = (signal, more = {}) => ({
  Id: signal.id,
  Severity__c: signal.severity[0].toUpperCase() + signal.severity.slice(1),
  Status__c: signal.status[0].toUpperCase() + signal.status.slice(1),
  Confidence__c: signal.confidence[0].toUpperCase() + signal.confidence.slice(1),
  Signal_Category__c: 'Executive sponsor left',
  Signal_Detail__c: 'The head of guest services has gone to another house.',
  Date_Observed__c: signal.observedOn,
  Monitoring_From__c: signal.monitoringFrom,
  Resolved_On__c: signal.resolvedOn,
  Expires_On__c: signal.expiresOn,
  'CreatedBy.Name': 'Account owner',
  ...more,
});

/** What the calendar alone moves. */
function advance(id, value, days) {
  if (id === 'days_to_renewal') return value - days;
  return id === 'champion_stability' ? value + days : value;
}

const labelOf = (id) => METRICS[id]?.label ?? id;
function readingOf(given) {
  return typeof given === 'string' ? { value: null, missing: given } : { value: given };
}

/**
 * Health_Score__c rows of an account, newest first. Each month: readings (a text is a reason why one is missing),
 * signals, hold, carried, model, complete.
 */
export function storedMonths(months, last = '2026-10') {
  const rows = [];
  let earlier = null;
  const periods = months.map((_, i) => {
    let period = last;
    for (let back = months.length - 1 - i; back > 0; back -= 1) period = previousPeriod(period);
    return period;
  });
  months.forEach(
    (
      {
        readings,
        signals = [],
        hold = null,
        carried = {},
        model = MODEL,
        complete = true,
        asOf,
        facts = {},
        advice,
        segment = 'paid',
      },
      i,
    ) => {
      const period = periods[i];
      const day = asOf ?? lastDayOf(period);
      const card = scoreAccount(model, {
        accountId: ACCOUNT_ID,
        name: 'Larkfield Hotels',
        segment,
        period,
        asOf: day,
        readings: Object.fromEntries(Object.entries(readings).map(([id, given]) => [id, readingOf(given)])),
        signals,
        hold,
        carried,
      });
      const before = earlier;
      const change = changeOf(before, card, advance);
      const reason = mainReasonOf(card, change);
      const { shown } = card;
      const details = {
        format: 1,
        segment,
        asOf: day,
        window: { start: `${period}-01T00:00:00Z`, end: `${addDays(day, 1)}T00:00:00Z`, complete },
        readings: Object.entries(readings).map(([id, given]) => ({
          id,
          ...readingOf(given),
          unit: MODEL.thresholds[id]?.unit ?? 'count',
          source: METRICS[id]?.source ?? '',
          observedAt: typeof given === 'string' ? null : `${addDays(day, 1)}T06:00:00.000Z`,
          ...(carried[id] && { carriedFrom: carried[id] }),
        })),
        signals,
        hold,
        change:
          'code' in change
            ? change
            : {
                ...change,
                since: {
                  period: before.input.period,
                  asOf: before.input.asOf,
                  modelVersion: before.model.version,
                },
              },
        facts,
        ...(advice && { advice }),
      };
      const dimension = (id) => {
        const group = card.dimensions.find((one) => one.id === id);
        return group.score === null ? null : Number(group.score.toFixed(1));
      };
      const bars = 'code' in change ? {} : change.bars;
      rows.unshift({
        Id: `a010000000000${10 + months.length - 1 - i}AAA`,
        Score_Key__c: `${ACCOUNT_ID}:${period}`,
        Period__c: period,
        Window_End__c: day,
        Final__c: complete,
        Scored_At__c: `${addDays(day, 1)}T06:10:00.000Z`,
        Health_Score__c: shown.healthScore,
        Quantitative_Score__c: shown.quantitativeScore,
        Churn_Risk_Score__c: shown.churnRiskScore,
        Platform_Value_Score__c: shown.platformValueScore,
        Support_Score__c: dimension('support'),
        Financial_Score__c: dimension('financial'),
        Adoption_Score__c: dimension('adoption'),
        Relationship_Score__c: dimension('relationship'),
        Tier__c: card.tier,
        Provisional__c: card.provisional,
        Coverage__c: shown.coverage,
        Band_Low__c: shown.band?.low ?? null,
        Band_High__c: shown.band?.high ?? null,
        Change__c: 'code' in change ? null : change.shown,
        Change_Behaviour__c: bars.behaviour ?? null,
        Change_Data__c: bars.data ?? null,
        Change_Rules__c: bars.rules ?? null,
        Change_Calendar__c: bars.calendar ?? null,
        Change_Signals__c: bars.signals ?? null,
        Main_Reason__c: reason && labelOf(reason.metric ?? reason.code),
        Segment__c: 'paid',
        Model_Version__c: model.version,
        Cap__c: card.cap === null ? null : `${card.cap.name} (${card.cap.at})`,
        Readings__c: JSON.stringify(readings),
        Details__c: JSON.stringify(details),
        'Run__r.Id': RUN_ID,
        'Run__r.Run_Key__c': 'run-1',
        'Run__r.Model__c': JSON.stringify(model),
      });
      earlier = card.healthScore === null ? earlier : card;
    },
  );
  return rows;
}

/** A row as GraphQL gives it: values inside, parents one level down. */
function nodeOf(row) {
  const node = {};
  for (const [field, value] of Object.entries(row)) {
    const [parent, name] = field.includes('.') ? field.split('.') : [null, field];
    const place = parent === null ? node : (node[parent] ??= {});
    place[name] = name === 'Id' ? value : { value };
  }
  return node;
}
const connection = (rows) => ({ edges: rows.map((row) => ({ node: nodeOf(row) })) });

/** What the org answers to CARD. */
export function dataOf({
  account = {},
  rows = storedMonths([{ readings: USUAL }, { readings: WORSE }]),
  signals = [],
  tasks = [],
  ended = { Id: RUN_ID, Window_End__c: '2026-10-31', Finished_At__c: '2026-11-01T06:30:00.000Z' },
  touched = { Id: RUN_ID, Status__c: 'Finished', Finished_At__c: '2026-11-01T06:30:00.000Z' },
  may = true,
} = {}) {
  return {
    uiapi: {
      objectInfos: [{ ApiName: 'Churn_Signal__c', createable: may, updateable: may }],
      query: {
        Account:
          account === null
            ? connection([])
            : connection([
                {
                  Id: ACCOUNT_ID,
                  Name: 'Larkfield Hotels',
                  CreatedDate: '2024-11-12T09:00:00.000Z',
                  Health_Segment__c: 'paid',
                  Churned_On__c: null,
                  ...account,
                },
              ]),
        newest: connection(rows.slice(0, 1)),
        history: connection(rows.slice(0, 13)),
        signals: connection(signals),
        tasks: connection(tasks),
        ended: connection(ended ? [ended] : []),
        touched: connection(touched ? [touched] : []),
      },
    },
  };
}

export const answerOf = (given) => readAnswer(dataOf(given));
export const READER = { today: TODAY, locale: 'en-GB' };
