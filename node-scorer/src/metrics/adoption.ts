import type { FeatureUsage, Given, SessionUsage, UsageFacts } from '../facts/index.ts';
import type { Reading } from '../scoring/index.ts';
import { defineMetric } from './define-metric.ts';
import { mean, measured, missing, unlessLost } from './measured.ts';

/**
 * A customer who is absent from an answered usage query has stopped using the product: a measured zero.
 * Reading it as missing instead would share its weight out, and silence would look like health.
 */
const fromSessions =
  (read: (sessions: SessionUsage) => Given<number | null>) =>
  ({ sessions }: UsageFacts): Reading => {
    if ('missing' in sessions) return missing(sessions.missing);
    const value = read(sessions.known);
    if (typeof value === 'string') return missing(value);
    if (sessions.known.silent) return measured(0);
    return value === null ? missing('no_activity') : measured(value);
  };

function stickiness({ sessions }: UsageFacts): Reading {
  if ('missing' in sessions) return missing(sessions.missing);
  const { silent, dau, mau } = sessions.known;
  // Without one of the two there is nothing to divide, whatever the other one was.
  if (silent || dau === null || mau === null || mau === 0) return missing('no_activity');
  if (typeof dau === 'string') return missing(dau);
  return typeof mau === 'string' ? missing(mau) : measured((100 * dau) / mau);
}

function mauTrend({ sessions }: UsageFacts): Reading {
  if ('missing' in sessions) return missing(sessions.missing);
  const { silent, earlierMau } = sessions.known;
  if (typeof sessions.known.mau === 'string') return missing(sessions.known.mau);
  const mau = silent ? 0 : sessions.known.mau;
  if (mau === null) return missing('no_activity');
  // A month that is lost may have been the busiest: then the trend is worse than it looks.
  return unlessLost(earlierMau, Number.MAX_SAFE_INTEGER, (earlier) => {
    const before = mean(earlier);
    return before === null || before === 0
      ? missing('no_history')
      : measured((100 * (mau - before)) / before);
  });
}

function breadth({ silent, used, licensed }: FeatureUsage): Reading {
  const lost = [used, licensed].find((cell) => typeof cell === 'string');
  if (silent) return lost === undefined ? measured(0) : missing(lost);
  if (used === null || licensed === null || licensed === 0) return missing('no_activity');
  if (typeof used === 'string') return missing(used);
  return typeof licensed === 'string' ? missing(licensed) : measured((100 * used) / licensed);
}

/** Metrics of product usage, from Looker. What they mean in detail: docs/decisions/0002. */
export const ADOPTION = [
  defineMetric({
    id: 'stickiness_pct',
    label: 'Stickiness',
    unit: 'percent',
    direction: 'higher',
    source: 'looker',
    description: 'Daily active users as a share of monthly active users.',
    fixableBy: 'csm',
    family: 'usage',
    read: stickiness,
  }),
  defineMetric({
    id: 'mau_trend_pct',
    label: 'Active users, trend',
    unit: 'percent',
    direction: 'higher',
    source: 'looker',
    description:
      'Monthly active users against the mean of those of the three months before that have a reading; a customer who fell silent has −100.',
    fixableBy: 'csm',
    read: mauTrend,
  }),
  defineMetric({
    id: 'feature_breadth',
    label: 'Feature breadth',
    unit: 'percent',
    direction: 'higher',
    source: 'looker',
    description: 'Features used as a share of the features licensed.',
    fixableBy: 'csm',
    family: 'usage',
    read: ({ features }: UsageFacts) =>
      'missing' in features ? missing(features.missing) : breadth(features.known),
  }),
  defineMetric({
    id: 'login_frequency',
    label: 'Logins per user and week',
    unit: 'per week',
    direction: 'higher',
    source: 'looker',
    description: 'Mean logins of an active user in a week.',
    fixableBy: 'customer',
    family: 'usage',
    read: fromSessions(({ loginFrequency }) => loginFrequency),
  }),
  defineMetric({
    id: 'dau',
    label: 'Daily active users',
    unit: 'count',
    direction: 'higher',
    source: 'looker',
    description: 'Mean number of active users over the days of the window.',
    fixableBy: 'customer',
    contextOnly: true,
    read: fromSessions(({ dau }) => dau),
  }),
  defineMetric({
    id: 'mau',
    label: 'Monthly active users',
    unit: 'count',
    direction: 'higher',
    source: 'looker',
    description: 'Users active at least once in the window.',
    fixableBy: 'customer',
    contextOnly: true,
    read: fromSessions(({ mau }) => mau),
  }),
] as const;
