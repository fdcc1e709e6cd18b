import { OUTAGE_HOLD, SEGMENTS, SEVERITIES, type CapRule, type Guards, type Tier } from '../scoring/index.ts';
import type { Checks, Fields, NumberRange, Path } from './checks.ts';

/** Settings of an org that are no part of the model version. */
export interface Settings {
  /** 1 to 28. */
  readonly runDay: number;
  /** Points by which a tier bound must be crossed before an owner is told. */
  readonly alertMargin: number;
  readonly alertCooldownDays: number;
}

const SHARE: NumberRange = { from: 0, to: 1 };
const SCORE: NumberRange = { from: 0, to: 100 };
const COUNT: NumberRange = { from: 0, to: 1e6, whole: true };

/**
 * Tiers: highest first, each bound below the one before, the last at 0 so that no score is without a tier.
 *
 * @example readTiers([{ name: 'Good', from: 60 }, { name: 'Bad', from: 0 }], checks, ['tiers'])
 */
export function readTiers(value: unknown, checks: Checks, path: Path): readonly Tier[] | null {
  const items = checks.list(value, path);
  if (items === null) return null;
  if (items.length === 0) return checks.add(path, 'no tier', 'at least one');
  const tiers = items.map((item, i) => {
    const fields = checks.fields(item, [...path, i], ['name', 'from']);
    const name = at(fields, 'name', (found) => checks.text(found, [...path, i, 'name']));
    const from = at(fields, 'from', (found) => checks.number(found, [...path, i, 'from'], SCORE));
    return name === null || from === null ? null : { name, from };
  });
  const right = tiers.filter((tier) => tier !== null);
  if (right.length < tiers.length) return null;
  right.forEach(({ name, from }, i) => {
    const above = right[i - 1];
    if (above !== undefined && from >= above.from) {
      const found = `${name} from ${from} after ${above.name} from ${above.from}`;
      checks.add(
        [...path, i, 'from'],
        found,
        'each bound below the one before',
        'put the highest tier first',
      );
    }
    if (right.findIndex((other) => other.name === name) < i) {
      checks.add([...path, i, 'name'], `${name} twice`, 'each name once');
    }
  });
  const last = right.at(-1);
  if (last !== undefined && last.from !== 0) {
    const expected = 'the last tier from 0, so that every score has a tier';
    checks.add(
      [...path, right.length - 1, 'from'],
      `${last.name} from ${last.from}`,
      expected,
      'set it to 0',
    );
  }
  return right;
}

/**
 * Cap rules. One without a name gets it from what it counts; names are told to people, so they differ.
 *
 * @example readCaps([{ severity: 'critical', at_least: 1, confirmed: true, cap: 50 }], checks, ['caps'])
 * // => [{ name: 'confirmed_critical_signal', … }]
 */
export function readCaps(value: unknown, checks: Checks, path: Path): readonly CapRule[] | null {
  const items = checks.list(value, path);
  if (items === null) return null;
  const caps = items.map((item, i) => readCap(item, checks, [...path, i]));
  const right = caps.filter((cap) => cap !== null);
  if (right.length < caps.length) return null;
  right.forEach(({ name }, i) => {
    if (right.findIndex((other) => other.name === name) < i) {
      checks.add([...path, i], `${name} twice`, 'each name once', 'give each rule a name of its own');
    }
    if (name === OUTAGE_HOLD) {
      checks.add(
        [...path, i, 'name'],
        name,
        'another name',
        `${OUTAGE_HOLD} is what a source that is down is called`,
      );
    }
  });
  return right;
}

function readCap(value: unknown, checks: Checks, path: Path): CapRule | null {
  const fields = checks.fields(
    value,
    path,
    ['severity', 'at_least', 'cap'],
    ['name', 'confirmed', 'segment'],
  );
  const read = <T>(key: string, check: (found: unknown, here: Path) => T | null): T | null =>
    at(fields, key, (found) => check(found, [...path, key]));
  const severity = read('severity', (found, here) => checks.oneOf(found, here, SEVERITIES));
  const atLeast = read('at_least', (found, here) => checks.number(found, here, { ...COUNT, from: 1 }));
  const cap = read('cap', (found, here) => checks.number(found, here, SCORE));
  const confirmed = has(fields, 'confirmed') ? read('confirmed', checks.flag) : false;
  const segment = has(fields, 'segment')
    ? read('segment', (found, here) => checks.oneOf(found, here, SEGMENTS))
    : null;
  const name = has(fields, 'name')
    ? read('name', checks.text)
    : [
        ...(confirmed === true ? ['confirmed'] : []),
        severity,
        'signal',
        ...(segment === null ? [] : [segment]),
      ].join('_');
  return severity === null || atLeast === null || cap === null || confirmed === null || name === null
    ? null
    : { name, severity, atLeast, confirmed, cap, segment };
}

/**
 * The guards of the model.
 *
 * @example readGuards({ provisional_below_coverage: 50, … }, checks, ['guards'])
 */
export function readGuards(value: unknown, checks: Checks, path: Path): Guards | null {
  const known = {
    provisional_below_coverage: SCORE,
    max_carry_forward_days: COUNT,
    outage_share: SHARE,
    tier_move_share: SHARE,
    tier_move_min_accounts: COUNT,
  };
  // Folders and records of before rules had a guard do not have it: their models stay the same ones.
  const says = typeof value === 'object' && value !== null && 'rule_move_share' in value;
  const read: (Record<keyof typeof known, number> & { readonly rule_move_share?: number }) | null = says
    ? numbers(value, checks, path, { ...known, rule_move_share: SHARE })
    : numbers(value, checks, path, known);
  return (
    read && {
      provisionalBelowCoverage: read.provisional_below_coverage,
      maxCarryForwardDays: read.max_carry_forward_days,
      outageShare: read.outage_share,
      tierMoveShare: read.tier_move_share,
      tierMoveMinAccounts: read.tier_move_min_accounts,
      ...(read.rule_move_share !== undefined && { ruleMoveShare: read.rule_move_share }),
    }
  );
}

/**
 * The settings beside the model.
 *
 * @example readSettings({ run_day: 3, alert_margin: 2, alert_cooldown_days: 30 }, checks, ['settings'])
 */
export function readSettings(value: unknown, checks: Checks, path: Path): Settings | null {
  const known = {
    // Every month has a 28th.
    run_day: { from: 1, to: 28, whole: true },
    alert_margin: SCORE,
    alert_cooldown_days: COUNT,
  };
  // Folders of before the hour went still name it: it is checked, and decides nothing (decision 0017).
  const names = typeof value === 'object' && value !== null && 'run_hour_local' in value;
  const read = names
    ? numbers(value, checks, path, { ...known, run_hour_local: { from: 0, to: 23, whole: true } })
    : numbers(value, checks, path, known);
  return (
    read && {
      runDay: read.run_day,
      alertMargin: read.alert_margin,
      alertCooldownDays: read.alert_cooldown_days,
    }
  );
}

/** A map of numbers, each in its range. */
function numbers<K extends string>(
  value: unknown,
  checks: Checks,
  path: Path,
  ranges: Readonly<Record<K, NumberRange>>,
): Record<K, number> | null {
  const entries = Object.entries<NumberRange>(ranges);
  const fields = checks.fields(
    value,
    path,
    entries.map(([key]) => key),
  );
  const read = entries.map(([key, range]): [string, number | null] => [
    key,
    at(fields, key, (found) => checks.number(found, [...path, key], range)),
  ]);
  return read.every(([, found]) => found !== null) ? (Object.fromEntries(read) as Record<K, number>) : null;
}

const has = (fields: Fields | null, key: string): boolean => fields !== null && Object.hasOwn(fields, key);

/** Reads a key that is there; an absent one has been reported with the keys of its map. */
const at = <T>(fields: Fields | null, key: string, read: (found: unknown) => T | null): T | null =>
  fields !== null && Object.hasOwn(fields, key) ? read(fields[key]) : null;
