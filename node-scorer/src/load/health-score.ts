import type { OutputLine } from '../scoring/index.ts';
import type { Details } from './details.ts';

export const HEALTH_SCORE = 'Health_Score__c';
export const SCORE_KEY = 'Score_Key__c';

export type Value = string | number | boolean | null;
/** A record's fields by API name. */
export type Fields = Readonly<Record<string, Value>>;

/** What a stored score needs beside the scorecard to explain itself. */
export interface ScoreContext {
  /** All of Details__c but what the line itself says. */
  readonly details: Omit<Details, 'format' | 'segment' | 'cap' | 'reasons'>;
  /** True when every reading of a complete window was read. */
  readonly final: boolean;
  /** Id of the run's record. */
  readonly runId: string | null;
  readonly scoredAt: string;
  readonly arr: number | null;
  /** Of the account's amounts; undefined in an org with a single currency, which has no such field. */
  readonly currency?: string | undefined;
  readonly previousTier: string | null;
  readonly mainReason: string | null;
  /** Day of the next renewal; null when none is known. */
  readonly renewalOn: string | null;
  /** Urgent facts as of the window's last day, most urgent first. */
  readonly headlineCodes: readonly string[];
  readonly nextStep: string | null;
  readonly lowestDimension: string | null;
  /** Readings__c: all that the score was made from, small enough for simulation over many accounts. */
  readonly compact: string;
}

/**
 * Written together with another difference, and no difference by themselves: when and by which run; below which account
 * it hangs, which the key says, and a merge of accounts changes.
 */
const NO_DIFFERENCE = new Set(['Scored_At__c', 'Run__c', 'Account__c']);

/**
 * A scorecard as a Health_Score__c record. Every field is named, null included: an upsert that omits a field
 * would keep last month's value.
 *
 * @example toFields(line, context)['Score_Key__c'] // => '001000000000001AAA:2026-10'
 */
export function toFields(line: OutputLine, context: ScoreContext): Fields {
  const { change, asOf } = context.details;
  const bars = 'code' in change ? null : change.bars;
  const dimension = (id: string) => line.dimensions[id]?.score ?? null;
  return {
    [SCORE_KEY]: `${line.accountId}:${line.period}`,
    Account__c: line.accountId,
    Health_Score__c: line.healthScore,
    Quantitative_Score__c: line.quantitativeScore,
    Churn_Risk_Score__c: line.churnRiskScore,
    Platform_Value_Score__c: line.platformValueScore,
    Support_Score__c: dimension('support'),
    Financial_Score__c: dimension('financial'),
    Adoption_Score__c: dimension('adoption'),
    Relationship_Score__c: dimension('relationship'),
    Tier__c: line.tier,
    Previous_Tier__c: context.previousTier,
    Provisional__c: line.provisional,
    Coverage__c: line.coverage,
    Band_Low__c: line.band?.low ?? null,
    Band_High__c: line.band?.high ?? null,
    Change__c: 'code' in change ? null : change.shown,
    Change_Behaviour__c: bars?.behaviour ?? null,
    Change_Data__c: bars?.data ?? null,
    Change_Rules__c: bars?.rules ?? null,
    Change_Calendar__c: bars?.calendar ?? null,
    Change_Signals__c: bars?.signals ?? null,
    Main_Reason__c: context.mainReason,
    Renewal_On__c: context.renewalOn,
    // Between semicolons, so that a list view finds a whole code.
    Headline_Codes__c: context.headlineCodes.length === 0 ? null : `;${context.headlineCodes.join(';')};`,
    Next_Step__c: context.nextStep,
    Lowest_Dimension__c: context.lowestDimension,
    Cap__c: line.cap === null ? null : `${line.cap.name} (${line.cap.at})`,
    Segment__c: line.segment,
    ARR__c: context.arr,
    ...(context.currency === undefined ? {} : { CurrencyIsoCode: context.currency }),
    Period__c: line.period,
    Window_End__c: asOf,
    Final__c: context.final,
    Scored_At__c: context.scoredAt,
    Model_Version__c: line.modelVersion,
    Run__c: context.runId,
    Readings__c: context.compact,
    Details__c: JSON.stringify(details(line, context)),
  };
}

function details(line: OutputLine, context: ScoreContext): Details {
  const { asOf, window, readings, signals, hold, change, path, facts, advice } = context.details;
  return {
    format: 1,
    segment: line.segment,
    asOf,
    window,
    readings,
    signals,
    hold,
    cap: line.cap,
    reasons: line.reasons,
    change,
    path,
    facts,
    advice,
  };
}

/**
 * Does a record differ from what is stored? Times of the run and of the reads alone are no difference.
 *
 * @param stored the record as the org returned it; undefined when there is none
 */
export function differs(wanted: Fields, stored: Readonly<Record<string, unknown>> | undefined): boolean {
  if (stored === undefined) return true;
  return Object.entries(wanted).some(([field, value]) => {
    // A field that was not read is hidden from us: what cannot be compared is no difference.
    if (NO_DIFFERENCE.has(field) || !(field in stored)) return false;
    const old = stored[field] ?? null;
    return field === 'Details__c' ? withoutTimes(value) !== withoutTimes(old) : normal(value) !== normal(old);
  });
}

/** The org gives a checkbox as boolean and a number as number; an 18-character id is the same id. */
const normal = (value: unknown): unknown => (value === '' ? null : value);

/**
 * Not parsed: both are texts of ours, of which only these parts may differ. What somebody has set in another way, or
 * cut short by hand, differs.
 */
const withoutTimes = (text: unknown): unknown =>
  typeof text === 'string' ? text.replaceAll(OBSERVED_AT, '') : null;

/** Within a text of a value the quotes have backslashes: it is not met there. */
const OBSERVED_AT = /"observedAt":(?:"[^"\\]*"|null),?/g;
