/** How an account, its evidence and what is switched off are laid out on a line of `next-steps`. */
import type {
  AccountFacts,
  AdviceInput,
  EvidenceTable,
  NamedSignal,
  StoredTask,
} from '../../node-scorer/src/advice/index.ts';
import {
  lastDayOf,
  type AccountInput,
  type MissingReason,
  type Reading,
  type Segment,
} from '../../node-scorer/src/scoring/index.ts';

export interface NextStepsLine {
  readonly today: string;
  readonly evidence?: Partial<EvidenceTable> | null;
  readonly input: AdviceLine;
  readonly previous?: AdviceLine | null;
  readonly off?: readonly string[] | Readonly<Record<string, boolean>> | null;
}

export interface AdviceLine {
  readonly accountId?: string;
  readonly name?: string;
  readonly segment: Segment;
  readonly period: string;
  readonly asOf?: string | null;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly missing?: Readonly<Record<string, MissingReason>> | null;
  readonly signals?: readonly Partial<NamedSignal>[] | null;
  readonly facts?: AccountFacts | null;
  readonly plan?: readonly StoredTask[] | null;
  readonly carried?: Readonly<Record<string, string>> | readonly string[] | null;
  readonly hold?: AccountInput['hold'];
  readonly churnedOn?: string | null;
}

/**
 * An account as it can be advised on.
 *
 * @example adviceInput(JSON.parse(line).input).asOf // => '2026-10-31'
 */
export function adviceInput(line: AdviceLine): AdviceInput {
  const readings: Record<string, Reading> = {};
  for (const [id, value] of Object.entries(line.metrics)) {
    readings[id] = typeof value === 'number' ? { value } : { value: null, missing: 'not_configured' };
  }
  for (const [id, missing] of Object.entries(line.missing ?? {})) readings[id] = { value: null, missing };
  const asOf = line.asOf ?? lastDayOf(line.period);
  const { carried } = line;
  return {
    accountId: line.accountId ?? '',
    name: line.name ?? '',
    segment: line.segment,
    period: line.period,
    asOf,
    readings,
    signals: (line.signals ?? []).map(
      (signal) => ({ monitoringFrom: null, resolvedOn: null, expiresOn: null, ...signal }) as NamedSignal,
    ),
    facts: line.facts ?? {},
    plan: line.plan ?? [],
    // Which readings were carried, with the day of their window where it is told.
    carried: isList(carried) ? Object.fromEntries(carried.map((id) => [id, asOf])) : (carried ?? undefined),
    hold: line.hold ?? null,
    churnedOn: line.churnedOn ?? null,
  };
}

/**
 * Evidence, none where there is none.
 *
 * @example tableIn(null) // => { metrics: {}, score: {} }
 */
export const tableIn = (evidence: NextStepsLine['evidence']): EvidenceTable => ({
  metrics: evidence?.metrics ?? {},
  score: evidence?.score ?? {},
});

/**
 * Metrics and facts that are switched off: a list, or a map from each to true.
 *
 * @example offIn({ messaging: true }) // => ['messaging']
 */
export const offIn = (off: NextStepsLine['off']): string[] =>
  isList(off) ? [...off] : Object.entries(off ?? {}).flatMap(([id, isOff]) => (isOff ? [id] : []));

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
