import type { Customer } from './customer.ts';
import { missing, value, valueOr, type Expected, type Span } from './truth-values.ts';

const PILLARS = ['messaging', 'automations', 'contactless', 'requests', 'staff_adoption'] as const;
const USAGE = ['dau', 'mau', 'stickiness_pct', 'mau_trend_pct', 'feature_breadth', 'login_frequency'];

/** What a month with the product was like for one customer. */
export function usageTruth({ usage, lookerCustomerId }: Customer, span: Span): Record<string, Expected> {
  // Whom any month knows is silent, however long ago it was.
  const seen = usage.some(({ month }) => month <= span.month);
  if (lookerCustomerId === null || !seen) {
    return Object.fromEntries([...USAGE, ...PILLARS].map((id) => [id, missing('not_mapped')]));
  }
  const users = span.earlier.flatMap((month) => {
    const mau = usage.find((row) => row.month === month)?.mau;
    return mau == null ? [] : [mau];
  });
  const usual = users.length === 0 ? null : users.reduce((sum, each) => sum + each, 0) / users.length;
  const trend = (mau: number | null): Expected => {
    if (mau === null) return missing('no_activity');
    return usual === null || usual === 0 ? missing('no_history') : value((100 * (mau - usual)) / usual);
  };

  const row = usage.find(({ month }) => month === span.month);
  if (row === undefined) {
    return {
      dau: value(0),
      mau: value(0),
      stickiness_pct: missing('no_activity'),
      mau_trend_pct: trend(0),
      feature_breadth: value(0),
      login_frequency: value(0),
      // What they had, they have no longer: a measured zero.
      ...Object.fromEntries(
        PILLARS.map((id) => {
          const had = usage.some(({ month, pillars }) => month < span.month && pillars[id] !== null);
          return [id, had ? value(0) : missing('no_activity')];
        }),
      ),
    };
  }
  const { dau, mau, loginsPerUserWeek, featuresUsed, featuresLicensed, pillars } = row;
  return {
    dau: valueOr(dau, 'no_activity'),
    mau: valueOr(mau, 'no_activity'),
    stickiness_pct: valueOr(
      dau === null || mau === null || mau === 0 ? null : (100 * dau) / mau,
      'no_activity',
    ),
    mau_trend_pct: trend(mau),
    feature_breadth: valueOr(
      featuresUsed === null || !featuresLicensed ? null : (100 * featuresUsed) / featuresLicensed,
      'no_activity',
    ),
    login_frequency: valueOr(loginsPerUserWeek, 'no_activity'),
    ...Object.fromEntries(PILLARS.map((id) => [id, valueOr(pillars[id], 'no_activity')])),
  };
}
