import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, openFlowWorld } from './flow-world.ts';
import type { Behaviour } from './scorer-stand-in.ts';

/** What becomes of one morning: nobody starts anything, or the scorer behaves in some way. */
type Morning = 'missed' | Behaviour;

const START = Date.parse('2027-12-01T00:00:00Z');
const DAYS = 125;
const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
const monthBefore = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return isoDay(Date.UTC(year, number - 2, 1)).slice(0, 7);
};

interface Month {
  finished: boolean;
  held: boolean;
  firstDegraded: number | undefined;
  runningSince: number | undefined;
}

/** Which months must end as finished: worked out from the rules in words, without any flow. */
function expected(mornings: readonly Morning[], runDay: number): { finished: string[]; orders: number } {
  const months = new Map<string, Month>();
  let orders = 0;
  for (const [n, morning] of mornings.entries()) {
    if (morning === 'missed') continue;
    const at = START + n * DAY;
    const last = monthBefore(isoDay(at).slice(0, 7));
    const reached = Number(isoDay(at).slice(8)) >= runDay;
    const due = reached ? last : monthBefore(last);
    // Before the run day a month is owed only to an org that has ever been asked for it or an earlier one.
    const asked = [...months.keys()].some((month) => month <= due);
    if (!reached && !asked) continue;
    const month = months.get(due) ?? {
      finished: false,
      held: false,
      firstDegraded: undefined,
      runningSince: undefined,
    };
    months.set(due, month);
    const { firstDegraded } = month;
    if (month.finished || month.held || (firstDegraded !== undefined && at - firstDegraded > 7 * DAY))
      continue;
    orders += 1;
    const began = month.runningSince ?? at;
    if (morning === 'down' || typeof morning === 'number') continue;
    month.runningSince = morning === 'Running' ? began : undefined;
    if (morning === 'Finished') month.finished = true;
    if (morning === 'Held') month.held = true;
    if (morning === 'Degraded') month.firstDegraded = Math.min(firstDegraded ?? began, began);
  }
  return { finished: [...months].filter(([, month]) => month.finished).map(([name]) => name), orders };
}

const morning = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Morning>('missed') },
  { weight: 6, arbitrary: fc.constantFrom<Morning>('down', 500, 401) },
  { weight: 3, arbitrary: fc.constantFrom<Morning>('Failed', 'Running', 'Degraded') },
  { weight: 1, arbitrary: fc.constantFrom<Morning>('Finished', 'Held') },
);

describe('any four months of luck and trouble', () => {
  it('end with at most one finished run a month, and with exactly one wherever the rules allow it', async () => {
    let seen = { finished: 0, open: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(morning, { minLength: DAYS, maxLength: DAYS }),
        fc.constantFrom(1, 3, 15, 28),
        async (mornings, runDay) => {
          const { org, clock, scorer, runs, close } = await openFlowWorld({
            start: new Date(START).toISOString(),
            runDay,
          });
          try {
            for (const how of mornings) {
              const next = clock.now() + DAY;
              if (how !== 'missed') {
                scorer.behave(how);
                await org.flows.runSchedules(clock.now(), next, clock.moveTo);
              }
              clock.moveTo(next);
            }
            const finished = runs("WHERE Status__c = 'Finished'").map((run) => run['Period__c'] as string);
            const rules = expected(mornings, runDay);
            expect(finished.sort()).toEqual(rules.finished.sort());
            const failures = runs("WHERE Run_Key__c LIKE 'flow-%'");
            expect(scorer.orders.length + failures.length).toBe(rules.orders);
            for (const failure of failures)
              expect(failure['Error__c']).toMatch(/Check|does not accept|fault of its own/);
            seen = { finished: seen.finished + finished.length, open: seen.open + (4 - finished.length) };
          } finally {
            await close();
          }
        },
      ),
      { seed: 7, numRuns: 12 },
    );
    // The luck of the draw must have shown both ends.
    expect(Math.min(seen.finished, seen.open)).toBeGreaterThan(3);
  });
});
