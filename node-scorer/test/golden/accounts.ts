import type { AccountInput, Model, Reading } from '../../src/scoring/index.ts';
import { scoreAccount, type Scorecard } from '../../src/scoring/index.ts';
import { modelWith } from './models.ts';

/** Metrics of the direct model: each dimension's score, and platform value's. */
export const DIRECT = [
  'support_score',
  'financial_score',
  'adoption_score',
  'relationship_score',
  'platform_score',
] as const;

/** Readings of the direct model in that order; null is missing for want of activity. */
export const directReadings = (scores: readonly (number | null)[]): Record<string, Reading> =>
  Object.fromEntries(
    DIRECT.map((id, i): [string, Reading] => {
      const value = scores[i] ?? null;
      return [id, value === null ? { value, missing: 'no_activity' } : { value }];
    }),
  );

/** A paid account in October 2026, scored by the direct model unless told otherwise. */
export const cardOf = (
  scores: readonly (number | null)[],
  change: Partial<AccountInput> = {},
  model: Model = modelWith(),
): Scorecard =>
  scoreAccount(model, {
    accountId: '001000000000001AAA',
    name: 'Larkfield Hotels',
    segment: 'paid',
    period: '2026-10',
    asOf: '2026-10-31',
    readings: directReadings(scores),
    signals: [],
    ...change,
  });

/** The same account a month earlier. */
export const cardBefore = (
  scores: readonly (number | null)[],
  change: Partial<AccountInput> = {},
  model?: Model,
): Scorecard => cardOf(scores, { period: '2026-09', asOf: '2026-09-30', ...change }, model);
