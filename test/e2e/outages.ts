import type { Fault } from 'local-org/http';
import { modelFromJson } from '../../node-scorer/src/config/model-json.ts';
import { parseDetails, type Details } from '../../node-scorer/src/load/details.ts';
import { inputOf } from '../../node-scorer/src/run/stored-card.ts';
import {
  lostMetrics,
  metricIdsOf,
  planOf,
  scoreAccount,
  tierOf,
  type Model,
} from '../../node-scorer/src/scoring/index.ts';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import type { Row, World } from './harness.ts';

export type Vendor = 'intercom' | 'jira' | 'looker' | 'org';

/** Something that stops answering, and whose readings go with it. */
export interface Outage {
  readonly vendor: Vendor;
  /** As the scorer names it. */
  readonly source: 'intercom' | 'jira' | 'looker' | 'salesforce';
  readonly fault: Partial<Fault>;
}

/** Salesforce objects that contracts and relationships are read from. */
const CONTRACTS = 'Opportunity|OpportunityHistory|Case|Event|AccountContactRelation|AccountHistory';

const object = (name: string): Outage => ({
  vendor: 'org',
  source: 'salesforce',
  fault: { match: /query/, content: new RegExp(`FROM\\+(${name})\\b`) },
});
const vendor = (name: 'intercom' | 'jira' | 'looker', fault: Partial<Fault> = {}): Outage => ({
  vendor: name,
  source: name,
  fault,
});

/** Each of the four sources, whole and in part. */
export const OUTAGES: Readonly<Record<string, Outage>> = {
  'Intercom as a whole': vendor('intercom'),
  "Intercom's search for conversations": vendor('intercom', { match: /conversations\/search/ }),
  'the second page of conversations': vendor('intercom', { match: /conversations\/search/, after: 1 }),
  "Intercom's contacts": vendor('intercom', { match: /contacts/ }),
  'Jira as a whole': vendor('jira'),
  "Jira's search": vendor('jira', { match: /search\/jql/ }),
  "Jira's changelog": vendor('jira', { match: /changelog/ }),
  "Jira's projects": vendor('jira', { match: /project\/search/ }),
  'Looker as a whole': vendor('looker'),
  'sessions in Looker': vendor('looker', { content: /user_sessions/ }),
  'features in Looker': vendor('looker', { content: /feature_usage/ }),
  'platform value in Looker': vendor('looker', { content: /platform_metrics/ }),
  // Not an error of its own: the query runs, and nobody is in it.
  'sessions in Looker, which answers with nobody': vendor('looker', {
    content: /user_sessions/,
    status: 200,
    body: [],
  }),
  'all contracts in Salesforce': object(CONTRACTS),
  'opportunities in Salesforce': object('Opportunity'),
  'cases in Salesforce': object('Case'),
  'events in Salesforce': object('Event'),
  'champions in Salesforce': object('AccountContactRelation'),
  'field history in Salesforce': object('AccountHistory'),
};

/** Lets something fail from now on. Retries are told not to wait, so that many outages make a quick test. */
export function begin(world: World, { vendor: name, fault }: Outage): void {
  const { faults } = world.sandbox[name];
  faults.add({ kind: 'status', status: 503, headers: { 'Retry-After': '0' }, ...fault });
}

/** Everything answers again. */
export function end(world: World): void {
  for (const name of ['intercom', 'jira', 'looker', 'org'] as const) world.sandbox[name].faults.clear();
}

export const detailsOf = (row: Row): Details => parseDetails(row['Details__c'], String(row['Score_Key__c']));

/** The model of the run that a score points at. */
export function modelOf(world: World, row: Row): Model {
  const run = world.runs().find(({ Id }) => Id === row['Run__c']);
  return modelFromJson(String(run?.['Model__c']));
}

/** Weighted metrics that a failed read lost, whether an earlier score lent them or not. */
export function lostOf(row: Row, model: Model): string[] {
  const weighted = new Set(metricIdsOf(model));
  return detailsOf(row)
    .readings.filter(({ id }) => weighted.has(id))
    .filter(({ missing, carriedFrom }) => missing === 'source_down' || carriedFrom !== undefined)
    .map(({ id }) => id);
}

/**
 * Stored readings that are neither what the plan of the base says, nor the value of an earlier score under its own
 * date and at most 45 days old, nor plainly `source_down`. None, if no outage has filled in a number.
 */
export function filledIn(world: World, period: string, earlier: readonly string[]): string[] {
  const truth = expectedReadings(world.sandbox.base, period);
  const lenders = earlier.flatMap((month) => world.scores(month));
  return world.scores(period).flatMap((row) => {
    const { readings, asOf } = detailsOf(row);
    return readings.flatMap(({ id, value, missing, carriedFrom }) => {
      const name = `${String(row['Score_Key__c'])} ${id}: ${JSON.stringify({ value, missing, carriedFrom })}`;
      if (missing === 'source_down') return value === null ? [] : [name];
      // Lent by an earlier run of the very same window: what was read then is what there is to read.
      if (carriedFrom === undefined || carriedFrom === asOf) {
        const expected = truth.get(String(row['Account__c']))?.[id];
        const found = value === null ? { value, missing } : { value };
        return JSON.stringify(found) === JSON.stringify(expected) ? [] : [name];
      }
      const lender = lenders.find(
        (each) => each['Account__c'] === row['Account__c'] && each['Window_End__c'] === carriedFrom,
      );
      const lent = lender && detailsOf(lender).readings.find((each) => each.id === id);
      const days = (Date.parse(asOf) - Date.parse(carriedFrom)) / 86_400_000;
      return lent?.value === value &&
        (lent.carriedFrom ?? carriedFrom) === carriedFrom &&
        days > 0 &&
        days <= 45
        ? []
        : [name];
    });
  });
}

/**
 * Scores above the higher of the score before and the true one, and tiers above that of the score before which what
 * was really read does not prove. None, however readings were lost.
 *
 * @param before shown scores by account
 */
export function risen(world: World, period: string, before: ReadonlyMap<unknown, unknown>): string[] {
  const truth = expectedReadings(world.sandbox.base, period);
  return world.scores(period).flatMap((row) => {
    const model = modelOf(world, row);
    const input = { ...inputOf(row), hold: null };
    const earlier = before.get(row['Account__c']);
    const score = row['Health_Score__c'];
    const lost = lostMetrics(planOf(model, input.segment), input);
    if (lost.length === 0 || typeof earlier !== 'number' || typeof score !== 'number') return [];
    const name = `${String(row['Score_Key__c'])}: ${score}`;
    const readings = truth.get(String(row['Account__c'])) ?? {};
    const really = scoreAccount(model, { ...input, readings, carried: {} }).shown.healthScore ?? 0;
    const most = Math.max(earlier, really);
    // Each lost reading at its red threshold is worth nothing, and so proves nothing.
    const nothing = lost.map(({ id }) => [id, { value: model.thresholds[id]?.[input.segment].red ?? 0 }]);
    const proved = scoreAccount(model, {
      ...input,
      readings: { ...input.readings, ...(Object.fromEntries(nothing) as typeof readings) },
    }).healthScore;
    const from = (shown: number): number => tierOf(shown, model.tiers).from;
    return [
      ...(score <= most ? [] : [`${name}, expected at most ${most}`]),
      ...(from(score) <= Math.max(from(earlier), from(proved ?? 0)) ? [] : [`${name}, a tier not proved`]),
    ];
  });
}

export const shownScores = (world: World, period: string): Map<unknown, unknown> =>
  new Map(world.scores(period).map((row) => [row['Account__c'], row['Health_Score__c']]));
