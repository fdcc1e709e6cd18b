import { afterEach, describe, expect, it } from 'vitest';
import { DAY, openFlowWorld } from './flow-world.ts';
import type { FlowWorld, FlowWorldOptions } from './flow-world.ts';

let open: FlowWorld | undefined;
const world = async (options: FlowWorldOptions): Promise<FlowWorld> => (open = await openFlowWorld(options));
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
const monthBefore = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return isoDay(Date.UTC(year, number - 2, 1)).slice(0, 7);
};
const finished = (runs: readonly Readonly<Record<string, unknown>>[]): string[] =>
  runs.filter((run) => run['Status__c'] === 'Finished').map((run) => String(run['Period__c']));

describe('two years of the schedule', () => {
  it.each([
    ['GMT', 3],
    ['GMT', 1],
    ['GMT', 28],
    ['America/New_York', 3],
    ['America/Los_Angeles', 1],
    ['Pacific/Pago_Pago', 1],
    ['Europe/Berlin', 28],
    ['Asia/Tokyo', 1],
    ['Pacific/Auckland', 1],
    ['Pacific/Kiritimati', 1],
  ])(
    'in %s with run day %i: every month once, on the first day that the schedule ran',
    async (timeZone, runDay) => {
      const { org, scorer, clock, runs } = await world({ start: '2027-01-01T00:00:00Z', runDay, timeZone });
      // Days without any schedule: the run day itself, month's and year's end, the leap day.
      const missed = new Set([
        '2027-02-01',
        '2027-02-03',
        '2027-02-28',
        '2027-12-31',
        '2028-01-01',
        '2028-02-29',
        '2028-03-01',
      ]);
      const ran: string[] = [];
      while (clock.now() < Date.parse('2029-01-01T00:00:00Z')) {
        const next = clock.now() + DAY;
        if (missed.has(isoDay(clock.now()))) clock.moveTo(next);
        else {
          const ends = await org.flows.runSchedules(clock.now(), next, clock.moveTo);
          expect(ends.map((end) => end.status)).not.toContain('Error');
          ran.push(...ends.map((end) => isoDay(end.at)));
          clock.moveTo(next);
        }
      }
      // Worked out by the calendar of UTC alone: the first day on which a month was due and the schedule ran.
      const first = new Map<string, string>();
      for (const day of ran) {
        const last = monthBefore(day.slice(0, 7));
        const due = Number(day.slice(8)) >= runDay ? last : monthBefore(last);
        if (due >= '2026-12' && !first.has(due)) first.set(due, day);
      }
      expect(scorer.orders.map(({ period, at }) => [period, at.slice(0, 10)])).toEqual([...first]);
      expect(scorer.orders.every(({ mode, accountId }) => mode === 'ensure' && accountId === null)).toBe(
        true,
      );
      expect(finished(runs())).toEqual(scorer.orders.map(({ period }) => period));
      expect(new Set(finished(runs())).size).toBe(24);
    },
  );
});

describe('what is due', () => {
  it('takes a run day beyond 28 for 28, and one before 1 for 1', async () => {
    const late = await world({ start: '2027-02-20T00:00:00Z', runDay: 31 });
    await late.until('2027-03-01T00:00:00Z');
    expect(late.scorer.orders.map((order) => order.at.slice(0, 10))).toEqual(['2027-02-28']);
    await late.close();
    const early = await world({ start: '2027-03-01T00:00:00Z', runDay: 0 });
    await early.until('2027-03-02T00:00:00Z');
    expect(early.scorer.orders.map((order) => order.period)).toEqual(['2027-02']);
  });

  it('does nothing while it is switched off, and starts when it is switched on', async () => {
    const { until, setting, scorer } = await world({ start: '2027-02-03T00:00:00Z' });
    setting({ Enabled__c: 0 });
    await until('2027-02-06T00:00:00Z');
    expect(scorer.orders).toEqual([]);
    setting({ Enabled__c: 1 });
    await until('2027-02-07T00:00:00Z');
    expect(scorer.orders).toHaveLength(1);
  });

  it('owes nothing before the run day to an org that never ran', async () => {
    const { until, scorer } = await world({ start: '2027-02-01T00:00:00Z', runDay: 10 });
    await until('2027-02-09T23:00:00Z');
    expect(scorer.orders).toEqual([]);
  });

  it('owes nothing for months before the first one that the org was asked for', async () => {
    const { until, scorer, org } = await world({ start: '2027-02-01T00:00:00Z', runDay: 10 });
    org.load([
      {
        object: 'Health_Score_Run__c',
        fields: {
          Period__c: '2027-01',
          Scope__c: 'all',
          Window__c: 'complete',
          Status__c: 'Finished',
          Run_Key__c: 'by-hand',
        },
      },
    ]);
    await until('2027-02-09T23:00:00Z');
    expect(scorer.orders).toEqual([]);
  });

  it('runs a month again on the days after the scorer was down for three', async () => {
    const { until, scorer, runs } = await world({ start: '2027-02-03T00:00:00Z' });
    scorer.behave('down');
    await until('2027-02-06T00:00:00Z');
    scorer.behave('Finished');
    await until('2027-02-20T00:00:00Z');
    expect(runs().map((run) => run['Status__c'])).toEqual(['Failed', 'Failed', 'Failed', 'Finished']);
  });

  it('catches a month up before the next run day, after an outage across the end of the month', async () => {
    const { until, scorer, runs } = await world({ start: '2027-02-01T00:00:00Z', runDay: 5 });
    scorer.behave('down');
    await until('2027-03-02T00:00:00Z');
    expect(new Set(runs().map((run) => run['Period__c']))).toEqual(new Set(['2027-01']));
    scorer.behave('Finished');
    await until('2027-03-10T00:00:00Z');
    expect(finished(runs())).toEqual(['2027-01', '2027-02']);
  });

  it('leaves a month alone that a person holds', async () => {
    const { until, scorer, runs } = await world({ start: '2027-02-03T00:00:00Z' });
    scorer.behave('Held');
    await until('2027-02-28T00:00:00Z');
    expect(runs().map((run) => run['Status__c'])).toEqual(['Held']);
    expect(scorer.orders).toHaveLength(1);
  });

  it('tries a degraded month once a day for a week, then leaves it to a person', async () => {
    const { until, scorer, runs } = await world({ start: '2027-02-03T00:00:00Z' });
    scorer.behave('Degraded');
    await until('2027-02-28T00:00:00Z');
    expect(scorer.orders.map((order) => order.at.slice(0, 10))).toEqual(
      [3, 4, 5, 6, 7, 8, 9, 10].map((day) => `2027-02-${String(day).padStart(2, '0')}`),
    );
    expect(new Set(runs().map((run) => run['Status__c']))).toEqual(new Set(['Degraded']));
  });

  it('ends a degraded month as finished as soon as the source is back', async () => {
    const { until, scorer, runs } = await world({ start: '2027-02-03T00:00:00Z' });
    scorer.behave('Degraded');
    await until('2027-02-05T00:00:00Z');
    scorer.behave('Finished');
    await until('2027-02-28T00:00:00Z');
    expect(runs().map((run) => run['Status__c'])).toEqual(['Degraded', 'Degraded', 'Finished']);
  });

  it('waits 24 hours for a run that is still going, then asks again so that a stuck one is taken up', async () => {
    const { until, scorer, runs } = await world({ start: '2027-02-03T00:00:00Z' });
    scorer.behave('Running');
    await until('2027-02-03T06:00:00Z');
    expect(runs().map((run) => run['Status__c'])).toEqual(['Running']);
    scorer.behave('Finished');
    await until('2027-02-04T04:00:00Z');
    expect(scorer.orders).toHaveLength(1);
    await until('2027-02-06T00:00:00Z');
    expect(runs().map((run) => run['Status__c'])).toEqual(['Finished']);
    expect(scorer.orders.map((order) => order.at.slice(0, 10))).toEqual(['2027-02-03', '2027-02-04']);
  });

  it.each([
    ['a run of one account', { Scope__c: '001000000000001AAA', Window__c: 'complete' }],
    ['a run of the last 30 days', { Scope__c: 'all', Window__c: 'running' }],
  ])('never counts %s in the same month', async (_what, fields) => {
    const { until, scorer, org } = await world({ start: '2027-02-02T00:00:00Z' });
    org.load([
      {
        object: 'Health_Score_Run__c',
        fields: {
          ...fields,
          Period__c: '2027-01',
          Status__c: 'Finished',
          Run_Key__c: 'other',
          Started_At__c: '2027-02-02T00:00:00Z',
        },
      },
    ]);
    await until('2027-02-04T00:00:00Z');
    expect(scorer.orders.map((order) => order.period)).toEqual(['2027-01']);
  });

  it('gives one run when two schedules start at once', async () => {
    const { org, scorer, runs, clock } = await world({ start: '2027-02-03T05:00:00Z' });
    scorer.behave('Running');
    await Promise.all([1, 2].map(() => org.flows.startScheduled('Health_Refresh_Schedule')));
    expect(runs()).toHaveLength(1);
    scorer.behave('Finished');
    clock.moveTo(Date.parse('2027-02-03T06:00:00Z'));
    await Promise.all([1, 2].map(() => org.flows.startScheduled('Health_Refresh_Schedule')));
    expect(runs()).toHaveLength(1);
  });
});
