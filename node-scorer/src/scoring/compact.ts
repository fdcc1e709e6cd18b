import { outageCap } from './hold.ts';
import { isDay } from './period.ts';
import { MISSING_REASONS, type Reading } from './reading.ts';
import { scoreAccount, type AccountInput, type Scorecard } from './scorecard.ts';
import { SEGMENTS, type Segment } from './segment.ts';
import { CONFIDENCES, rankOn, SEVERITIES, type Signal } from './signal.ts';
import type { Model } from './model.ts';

/** Under this key stands what is not a reading: no metric is called so. */
const REST = '$';
/** Under this key stand counts. */
const COUNTS = '#';

/** What a score was made from beside its readings. */
interface Rest {
  readonly segment: Segment;
  readonly asOf: string;
  /** Signals that count as of that day: initials of severity and confidence, `m` when monitored → how many. */
  readonly signals?: Readonly<Record<string, number>>;
  /** Positions of the carried readings among those of this text; the other lost ones say so by their reason. */
  readonly carried?: readonly number[];
  /** The earlier score as shown that the outage cap was made from. */
  readonly earlier?: number;
}

/**
 * All that a score was made from, as small as it goes: Readings__c. Readings stand in model order, value or reason;
 * signals, carried marks and the outage cap's earlier score after them, so that the score replays from it alone.
 *
 * @param metricIds of the model, in its order
 * @param counts events behind readings that are shares of them, `[k, n]` by metric id
 * @returns JSON of at most 2 kB
 * @example compactText(input, ['open_bugs'])
 * // => '{"open_bugs":3,"$":{"segment":"paid","asOf":"2026-10-31","signals":{"cc":1}}}'
 */
export function compactText(input: AccountInput, metricIds: readonly string[], counts: Counts = {}): string {
  const { segment, asOf, signals, hold, carried = {} } = input;
  const marks = metricIds.flatMap((id, i) => (carried[id] === undefined ? [] : [i]));
  const signalCounts: Record<string, number> = {};
  for (const signal of signals) {
    // Without any reduction: another model may reduce by less.
    if (rankOn(signal, asOf, 0) <= 0) continue;
    const code = codeOf(signal, asOf);
    signalCounts[code] = (signalCounts[code] ?? 0) + 1;
  }
  const codes = Object.keys(signalCounts).sort();
  const rest: Rest = {
    segment,
    asOf,
    ...(codes.length > 0 && {
      signals: Object.fromEntries(codes.map((code) => [code, signalCounts[code] as number])),
    }),
    ...(marks.length > 0 && { carried: marks }),
    // Of caps of before the earlier score was kept, the cap itself is the nearest to it.
    ...(hold != null && { earlier: hold.earlier ?? hold.at }),
  };
  const readings = metricIds.map((id) => {
    const reading = input.readings[id];
    return [id, reading?.value ?? reading?.missing ?? 'not_configured'] as const;
  });
  return JSON.stringify({
    ...Object.fromEntries(readings),
    ...(Object.keys(counts).length > 0 && { [COUNTS]: counts }),
    [REST]: rest,
  });
}

const codeOf = ({ severity, confidence, monitoringFrom }: Signal, asOf: string): string =>
  `${severity.slice(0, 1)}${confidence.slice(0, 1)}${monitoringFrom !== null && asOf >= monitoringFrom ? 'm' : ''}`;

/** What a stored score was made from, read again. */
export interface Compact {
  /** Without an outage cap; signals stand for those that counted, without their dates. */
  readonly input: Omit<AccountInput, 'hold'>;
  /** The earlier score as shown that the outage cap was made from; null without one. */
  readonly earlier: number | null;
  readonly counts: Counts;
}

/** Events behind readings that are shares of them, by metric id. */
type Counts = Readonly<Record<string, readonly [k: number, n: number]>>;

/**
 * Reads Readings__c.
 *
 * @param text Readings__c of a score
 * @returns null for a text that does not hold all of it: one of before it did, or one that somebody changed
 * @example readCompact('{"open_bugs":3,"$":{"segment":"paid","asOf":"2026-10-31"}}')?.input.readings
 * // => { open_bugs: { value: 3 } }
 */
export function readCompact(text: string): Compact | null {
  try {
    const {
      [REST]: rest,
      [COUNTS]: counts = {},
      ...found
    } = JSON.parse(text) as Record<string, unknown> & {
      $?: Rest;
      '#'?: Counts;
    };
    if (rest === undefined || !SEGMENTS.includes(rest.segment) || !isDay(rest.asOf)) return null;
    const { segment, asOf, earlier = null, carried = [] } = rest;
    const ids = Object.keys(found);
    const readings = Object.entries(found).map(([id, value]): [string, Reading] => [id, readingOf(value)]);
    const signals = Object.entries(rest.signals ?? {}).flatMap(([code, count]) =>
      Array.from({ length: count }, () => signalOf(code, asOf)),
    );
    return {
      input: {
        accountId: '',
        name: '',
        segment,
        period: asOf.slice(0, 7),
        asOf,
        readings: Object.fromEntries(readings),
        signals,
        // On which day they were read is not needed to score them.
        carried: Object.fromEntries(carried.map((i) => [ids[i] as string, asOf])),
      },
      earlier,
      counts,
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)
      return null;
    throw error;
  }
}

function readingOf(value: unknown): Reading {
  if (typeof value === 'number') return { value };
  const missing = MISSING_REASONS.find((reason) => reason === value);
  if (missing === undefined)
    throw new RangeError(`found ${JSON.stringify(value)}, expected a value or a reason`);
  return { value: null, missing };
}

function signalOf(code: string, asOf: string): Signal {
  const severity = SEVERITIES.find((each) => each.startsWith(code.slice(0, 1)));
  const confidence = CONFIDENCES.find((each) => each.startsWith(code.slice(1, 2)));
  if (severity === undefined || confidence === undefined) throw new RangeError(`found signal ${code}`);
  const monitored = code.endsWith('m');
  return {
    severity,
    confidence,
    status: monitored ? 'monitoring' : 'active',
    observedOn: asOf,
    monitoringFrom: monitored ? asOf : null,
    resolvedOn: null,
    expiresOn: null,
  };
}

/**
 * Scores what a stored score was made from again: with the model of its run it gives the stored score, with another
 * one the score that this model would have given, its outage cap included.
 *
 * @param sourceOf the source of a metric, for the words of the cap; from the catalogue
 * @example replay(model, readCompact(row.Readings__c)).shown.healthScore // => row.Health_Score__c
 */
export function replay(
  model: Model,
  { input, earlier }: Compact,
  sourceOf: (metric: string) => string = (metric) => metric,
): Scorecard {
  const free = scoreAccount(model, { ...input, hold: null });
  const hold = outageCap(free, earlier, sourceOf);
  return hold === null ? free : scoreAccount(model, { ...input, hold });
}
