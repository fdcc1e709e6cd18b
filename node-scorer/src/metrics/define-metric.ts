import type { Known, Window } from '../facts/index.ts';
import type { Reading } from '../scoring/index.ts';

export type Unit = 'percent' | 'seconds' | 'count' | 'days' | 'ratio' | 'per week' | 'score';

/**
 * What each source tells about one account, by its name: each declares its own beside its definition
 * (`extract/<vendor>/source.ts`).
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by those declarations.
export interface FactsOfSource {}
export type SourceName = keyof FactsOfSource;

/** Everything read about one account, by source; a source that failed or is not set up says why. */
export type Facts = { readonly [S in SourceName]: Known<FactsOfSource[S]> };

/** Metrics that move alike, for what to do next: how later readings are measured, how fast they rise, what lasts. */
export type Family = 'pillar' | 'usage' | 'time' | 'stock' | 'deal' | 'ratio' | 'flow';

/** One metric: what it is, and the pure function that turns facts into a reading. */
export interface MetricDefinition<S extends SourceName> {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly direction: 'higher' | 'lower';
  readonly source: S;
  readonly description: string;
  /** Who can change it; `nobody` for what only the calendar moves. */
  readonly fixableBy: 'csm' | 'support' | 'product' | 'customer' | 'nobody';
  /** How it moves when somebody works on it; one without is never a task. */
  readonly family?: Family;
  /** True for metrics that are shown beside others and never scored by the shipped model. */
  readonly contextOnly?: boolean;
  /** Months after which an event leaves a count that looks back; only waiting clears it. */
  readonly rollingMonths?: number;
  /** To be raised when `read` comes to mean something else: readings of final months are then made again. Default 1. */
  readonly revision?: number;
  /** What the value would be `days` later if nothing but the calendar moved. */
  readonly advance?: (value: number, days: number) => number;
  readonly read: (facts: FactsOfSource[S], window: Window) => Reading;
}

/** A metric of any source: its `read` takes the facts of all of them and passes a missing source on. */
export interface Metric extends Omit<MetricDefinition<SourceName>, 'read'> {
  readonly read: (facts: Facts, window: Window) => Reading;
}

export function defineMetric<S extends SourceName>(definition: MetricDefinition<S>): Metric {
  return {
    ...definition,
    read: (facts, window) => {
      const source: Known<unknown> = facts[definition.source];
      return 'missing' in source
        ? { value: null, missing: source.missing }
        : definition.read(source.known as FactsOfSource[S], window);
    },
  };
}
