import { ScorerError } from '../errors.ts';
import type { HeldRun } from './request.ts';
import type { StartRequest } from './runs.ts';

/**
 * Refuses a release that also says what to run: the held run says it, and nothing but writing it is left to be asked.
 * A dry run of it would end the held run without having written anything.
 *
 * @throws ScorerError USAGE
 * @example refuseBesideConfirm({ confirm: '2026-10-all-…', mode: 'refresh', dryRun: true }) // throws
 */
export function refuseBesideConfirm({ confirm, dryRun, accountId, force }: StartRequest): void {
  if (confirm === undefined) return;
  const others = Object.entries({ dryRun, accountId, force }).filter(
    ([, value]) => value !== undefined && value !== false,
  );
  if (others.length === 0) return;
  throw new ScorerError(
    'USAGE',
    `confirm: found ${others.map(([name]) => name).join(' and ')} too, expected none: the held run says what to run; leave it out`,
  );
}

/**
 * Refuses a release that names another month than the held run has.
 *
 * @throws ScorerError USAGE
 */
export function refuseOtherPeriod({ period, id }: HeldRun, asked: string | undefined): void {
  if (asked === undefined || asked === period) return;
  throw new ScorerError(
    'USAGE',
    `confirm ${id}: found period ${asked} too, expected ${period}, which is held; leave the period out`,
  );
}
