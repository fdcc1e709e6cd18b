import type { MonthOfUsage } from '../data/customer.ts';

/** How the months of a range become one number of a customer, and customers become one number of all. */
export interface Measure {
  readonly kind: 'measure';
  readonly name: string;
  readonly label: string;
  readonly viewLabel: string;
  readonly of: (month: MonthOfUsage) => number | null;
  /** `days`: mean, weighted by the days of each month in the range; `latest`: of the last month in it. */
  readonly overMonths: 'days' | 'max' | 'mean' | 'latest';
  readonly overCustomers: 'sum' | 'mean';
  readonly digits: 0 | 1;
}

export interface Dimension {
  readonly kind: 'dimension';
  readonly name: string;
  readonly label: string;
  readonly viewLabel: string;
  readonly is: 'id' | 'month';
}

export type Field = Dimension | Measure;

export interface Explore {
  readonly name: string;
  readonly label: string;
  readonly id: Dimension;
  readonly month: Dimension;
  readonly fields: readonly Field[];
}

export const MODEL = 'alliants';

type Shape = Omit<Measure, 'kind' | 'name' | 'label' | 'viewLabel'>;

const users = (of: Measure['of'], overMonths: Measure['overMonths'], digits: 0 | 1): Shape => ({
  of,
  overMonths,
  overCustomers: 'sum',
  digits,
});
const score = (pillar: keyof MonthOfUsage['pillars']): Shape => ({
  of: ({ pillars }) => pillars[pillar],
  overMonths: 'latest',
  overCustomers: 'mean',
  digits: 1,
});

const labelOf = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

function explore(name: string, measures: Readonly<Record<string, Shape>>): Explore {
  const dimension = (field: string, is: Dimension['is']): Dimension => ({
    kind: 'dimension',
    name: `${name}.${field}`,
    label: `${labelOf(name)} ${labelOf(field)}`,
    viewLabel: labelOf(name),
    is,
  });
  const id = dimension('customer_id', 'id');
  const month = dimension('activity_month', 'month');
  const own = Object.entries(measures).map(([field, shape]): Measure => ({
    kind: 'measure',
    name: `${name}.${field}`,
    label: `${labelOf(name)} ${labelOf(field)}`,
    viewLabel: labelOf(name),
    ...shape,
  }));
  return { name, label: labelOf(name), id, month, fields: [id, month, ...own] };
}

/** The explores of the model. Their data are monthly; each row is a customer's month. */
export const EXPLORES: readonly Explore[] = [
  explore('user_sessions', {
    avg_daily_active_users: users(({ dau }) => dau, 'days', 1),
    monthly_active_users: users(({ mau }) => mau, 'max', 0),
    logins_per_user_week: {
      of: ({ loginsPerUserWeek }) => loginsPerUserWeek,
      overMonths: 'mean',
      overCustomers: 'mean',
      digits: 1,
    },
  }),
  explore('feature_usage', {
    features_used: users(({ featuresUsed }) => featuresUsed, 'latest', 0),
    features_licensed: users(({ featuresLicensed }) => featuresLicensed, 'latest', 0),
  }),
  explore('platform_metrics', {
    messaging_score: score('messaging'),
    automations_score: score('automations'),
    contactless_score: score('contactless'),
    requests_score: score('requests'),
    staff_adoption_score: score('staff_adoption'),
  }),
];
