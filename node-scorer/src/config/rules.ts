import { z } from 'zod';
import { OUTAGE_HOLD, SEGMENTS, SEVERITIES } from '../scoring/index.ts';
import { note, number, text, wholeNumber } from './schema-parts.ts';

const share = number(0, 1);
const score = number(0, 100);
const count = wholeNumber(0, 1e6);

/** Tiers: highest first, each bound below the one before, the last at 0 so that no score is without a tier. */
export const TIERS = z.array(z.strictObject({ name: text(), from: score })).superRefine((tiers, context) => {
  tiers.forEach(({ name, from }, i) => {
    const above = tiers[i - 1];
    if (above !== undefined && from >= above.from) {
      const found = `${name} from ${from} after ${above.name} from ${above.from}`;
      note(context, [i, 'from'], found, 'each bound below the one before', 'put the highest tier first');
    }
    if (tiers.findIndex((other) => other.name === name) < i) {
      note(context, [i, 'name'], `${name} twice`, 'each name once');
    }
  });
  const last = tiers.at(-1);
  if (last === undefined) note(context, [], 'no tier', 'at least one');
  else if (last.from !== 0) {
    const expected = 'the last tier from 0, so that every score has a tier';
    note(context, [tiers.length - 1, 'from'], `${last.name} from ${last.from}`, expected, 'set it to 0');
  }
});

/** A cap rule. One without a name gets it from what it counts: `confirmed_critical_signal_paid`. */
const cap = z
  .strictObject({
    name: text().optional(),
    severity: z.enum(SEVERITIES),
    at_least: wholeNumber(1, 1e6),
    cap: score,
    confirmed: z.boolean().default(false),
    segment: z.enum(SEGMENTS).optional(),
  })
  .transform(({ name, severity, at_least: atLeast, confirmed, segment, cap: at }) => {
    const counted = [...(confirmed ? ['confirmed'] : []), severity, 'signal', ...(segment ? [segment] : [])];
    return {
      name: name ?? counted.join('_'),
      severity,
      atLeast,
      confirmed,
      cap: at,
      segment: segment ?? null,
    };
  });

/** Cap rules; their names are told to people, so they differ. */
export const CAPS = z.array(cap).superRefine((caps, context) => {
  caps.forEach(({ name }, i) => {
    if (caps.findIndex((other) => other.name === name) < i) {
      note(context, [i], `${name} twice`, 'each name once', 'give each rule a name of its own');
    }
    if (name === OUTAGE_HOLD) {
      const fix = `${OUTAGE_HOLD} is what a source that is down is called`;
      note(context, [i, 'name'], name, 'another name', fix);
    }
  });
});

/** The guards of the model. Folders and records of before rules had a guard lack it: their models stay the same ones. */
export const GUARDS = z
  .strictObject({
    provisional_below_coverage: score,
    max_carry_forward_days: count,
    outage_share: share,
    tier_move_share: share,
    tier_move_min_accounts: count,
    rule_move_share: share.optional(),
  })
  .transform((guards) => ({
    provisionalBelowCoverage: guards.provisional_below_coverage,
    maxCarryForwardDays: guards.max_carry_forward_days,
    outageShare: guards.outage_share,
    tierMoveShare: guards.tier_move_share,
    tierMoveMinAccounts: guards.tier_move_min_accounts,
    ...(guards.rule_move_share !== undefined && { ruleMoveShare: guards.rule_move_share }),
  }));

/** Settings of an org that are no part of the model version. */
export const SETTINGS = z
  .strictObject({
    /** Every month has a 28th. */
    run_day: wholeNumber(1, 28),
    /** Points by which a tier bound must be crossed before an owner is told. */
    alert_margin: score,
    alert_cooldown_days: count,
    /** Folders of before the hour went still name it: it is checked, and decides nothing (decision 0017). */
    run_hour_local: wholeNumber(0, 23).optional(),
  })
  .transform((settings) => ({
    runDay: settings.run_day,
    alertMargin: settings.alert_margin,
    alertCooldownDays: settings.alert_cooldown_days,
  }));

export type Settings = z.output<typeof SETTINGS>;
