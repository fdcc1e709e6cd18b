import type { MonthOfUsage } from './customer.ts';
import type { Random } from './random.ts';

export interface UsageRequest {
  readonly months: readonly string[];
  readonly level: (month: string) => number;
  readonly firstMonth: string;
  /** No row from this month on; null: rows to the end. */
  readonly silentFrom: string | null;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const percent = (value: number): number => tenth(Math.min(100, Math.max(0, value)));

/** How much the product was used, month by month; a month without use has no row at all. */
export function planUsage(request: UsageRequest, random: Random): MonthOfUsage[] {
  const { months, level, firstMonth, silentFrom } = request;
  const size = random.whole(20, 160);
  const licensed = random.whole(8, 20);
  const gap = (share: number, value: number): number | null => (random.chance(share) ? null : value);
  return months
    .filter((month) => month >= firstMonth && (silentFrom === null || month < silentFrom))
    .map((month) => {
      const good = level(month);
      const noise = () => 0.94 + 0.12 * random.unit();
      const mau = Math.max(1, Math.round(size * (0.3 + 0.7 * good) * noise()));
      const pillar = (shift: number) => percent(100 * good * noise() + shift);
      return {
        month,
        dau: tenth(Math.max(0.2, mau * (0.08 + 0.32 * good) * noise())),
        mau: gap(0.01, mau),
        loginsPerUserWeek: gap(0.01, tenth(0.4 + 4.6 * good * noise())),
        featuresUsed: Math.min(licensed, Math.round(licensed * (0.15 + 0.65 * good) * noise())),
        featuresLicensed: gap(0.01, licensed),
        pillars: {
          messaging: gap(0.02, pillar(4)),
          automations: gap(0.03, pillar(-6)),
          contactless: gap(0.05, pillar(0)),
          requests: gap(0.02, pillar(6)),
          staff_adoption: gap(0.02, pillar(-2)),
        },
      };
    });
}
