import type { MonthOfUsage } from '../../sandbox/data/customer.ts';
import { baseOf, customer } from './customer.ts';

const month = (
  name: string,
  dau: number | null,
  mau: number | null,
  parts: Partial<MonthOfUsage> = {},
): MonthOfUsage => ({
  month: name,
  dau,
  mau,
  loginsPerUserWeek: 2.5,
  featuresUsed: 6,
  featuresLicensed: 10,
  pillars: { messaging: 80.5, automations: null, contactless: 60, requests: 70, staff_adoption: 50 },
  ...parts,
});

/** 101 uses the product from September on, 102 stopped after September, 103 never used it. */
export const LOOKER_BASE = baseOf(
  [
    customer(0, {
      lookerCustomerId: '101',
      usage: [
        month('2026-09', 30, 100),
        month('2026-10', 60, 1_200, { loginsPerUserWeek: 3.5, featuresUsed: 7 }),
        month('2026-11', 90, 110, { loginsPerUserWeek: null }),
        month('2026-12', 1, 1),
      ],
    }),
    customer(1, { lookerCustomerId: '102', usage: [month('2026-09', null, 50)] }),
    customer(2, { lookerCustomerId: '103', usage: [] }),
    customer(3, { lookerCustomerId: null, usage: [month('2026-10', 9, 9)] }),
  ],
  '2026-11-21T09:00:00Z',
);
