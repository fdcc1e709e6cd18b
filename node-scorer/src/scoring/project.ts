import { finiteValue, type Readings } from './dimension.ts';
import type { Advance } from './mixed-state.ts';
import type { Model } from './model.ts';
import { daysBetween, isDay } from './period.ts';
import { scoreAccount, type Scorecard } from './scorecard.ts';
import type { Segment } from './segment.ts';
import type { Signal } from './signal.ts';

/** What a projection starts from: an account's newest final scorecard. */
export interface ProjectionStart {
  readonly segment: Segment;
  /** Last day of the scorecard's complete window. */
  readonly asOf: string;
  readonly readings: Readings;
  readonly signals: readonly Signal[];
  /** By metric id of a rolling count: for each counted event the first day on which it no longer counts. */
  readonly leavesOn?: Readonly<Record<string, readonly string[] | null | undefined>> | undefined;
  /** The day on which the projection is made; in history `asOf`, else a resolution that nobody knew leaks in. */
  readonly knownOn?: string | undefined;
}

/** A score on a later day; `score` is after caps and before rounding. */
export interface ProjectedScore {
  readonly score: number;
  readonly shown: number;
  readonly tier: string;
}

/** What the score will be on a later day if nothing but the calendar moves. */
export interface Projection {
  readonly asOf: string;
  readonly days: number;
  /** Height of the lowest cap that applies on that day. */
  readonly cap: number | null;
  /** With the renewal as it stands; null when nothing is known. */
  readonly open: ProjectedScore | null;
  /** With a renewal that falls due in time signed for another year; null when none falls due. */
  readonly renewed: ProjectedScore | null;
}

/** The reading that a signed renewal moves, and by how many days: it is signed for a year. */
const RENEWAL = 'days_to_renewal';
const RENEWED_BY = 365;
/** Renewals overdue by this many days or more count as abandoned: nobody is about to sign them. */
const ABANDONED_AT = -31;

/**
 * Projects an account's score to a later day: "if nothing else changes" (readings move with the calendar alone,
 * counted events of a known day drop out, signals and their expiry are judged on the later day).
 *
 * @param start of a final scorecard: never of a running window, a hold or carried readings
 * @param until last day to project to, not before `start.asOf`; on that day itself the score is the present one
 * @param advance what the calendar alone makes of a value; from the catalogue
 * @throws RangeError for a malformed day, segment or signal
 * @example project(model, october, '2026-11-30', advance).open // => { score: 74.13, shown: 74.1, tier: 'At Risk' }
 */
export function project(model: Model, start: ProjectionStart, until: string, advance: Advance): Projection {
  const { segment, asOf, readings, knownOn = asOf } = start;
  const days = daysBetween(asOf, until);
  const signals = signalsKnownOn(start.signals, knownOn);
  const later = readingsOn(readings, asOf, until, advance, start.leavesOn ?? {});
  const score = (moved: Readings): Scorecard =>
    scoreAccount(model, {
      accountId: '',
      name: '',
      segment,
      period: until.slice(0, 7),
      asOf: until,
      readings: moved,
      signals,
    });
  const open = score(later);
  const [dueNow, dueThen] = [finiteValue(readings[RENEWAL]), finiteValue(later[RENEWAL])];
  const fallsDue = dueNow !== null && dueNow > ABANDONED_AT && dueThen !== null && dueThen <= 0;
  const renewed = fallsDue ? score({ ...later, [RENEWAL]: { value: dueThen + RENEWED_BY } }) : null;
  return {
    asOf: until,
    days,
    cap: open.ceiling?.at ?? null,
    open: projectedScore(open),
    renewed: renewed && projectedScore(renewed),
  };
}

/**
 * Readings on a later day if nothing but the calendar moves: present ones advance, unclamped, and rolling counts
 * lose the events whose last day is known. Missing ones stay missing.
 *
 * @param leavesOn used only where it is exactly as long as the count: else it tells of other events
 * @example readingsOn({ days_to_renewal: { value: 40 } }, '2026-10-31', '2026-11-30', advance, {})
 * // => { days_to_renewal: { value: 10 } }
 */
export function readingsOn(
  readings: Readings,
  asOf: string,
  until: string,
  advance: Advance,
  leavesOn: NonNullable<ProjectionStart['leavesOn']>,
): Readings {
  const days = daysBetween(asOf, until);
  return Object.fromEntries(
    Object.entries(readings).map(([id, reading]) => {
      const value = finiteValue(reading);
      if (value === null) return [id, reading];
      const events = leavesOn[id] ?? null;
      const gone = events?.length === value ? events.filter((day) => leftBy(day, asOf, until)).length : 0;
      const advanced = days === 0 ? value : advance(id, value, days);
      return [id, { value: (Number.isFinite(advanced) ? advanced : value) - gone }];
    }),
  );
}

/** Does an event stop counting after the one day and up to the other? */
function leftBy(day: string, asOf: string, until: string): boolean {
  if (!isDay(day))
    throw new RangeError(`found ${String(day)} in leavesOn, expected a day such as 2026-10-31`);
  return asOf < day && day <= until;
}

/**
 * Signals as they were known on a day: later ones are left out, a resolution or monitoring that comes later is
 * not known yet, and the status follows the dates. An expiry is known from the beginning.
 *
 * @example signalsKnownOn([{ ...signal, status: 'resolved', resolvedOn: '2026-11-05' }], '2026-10-31')[0]?.status
 * // => 'active'
 */
export function signalsKnownOn(signals: readonly Signal[], knownOn: string): Signal[] {
  const known = (day: string | null | undefined): string | null =>
    day == null || day > knownOn ? null : day;
  return signals
    .filter(({ observedOn }) => observedOn <= knownOn)
    .map((signal) => {
      const resolvedOn = known(signal.resolvedOn);
      const monitoringFrom = known(signal.monitoringFrom);
      const status = resolvedOn !== null ? 'resolved' : monitoringFrom !== null ? 'monitoring' : 'active';
      return { ...signal, expiresOn: signal.expiresOn ?? null, resolvedOn, monitoringFrom, status };
    });
}

function projectedScore({ healthScore, shown, tier }: Scorecard): ProjectedScore | null {
  if (healthScore === null) return null;
  return { score: healthScore, shown: shown.healthScore as number, tier: tier as string };
}
