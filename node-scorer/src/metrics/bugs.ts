import type { Bug, Window } from '../facts/index.ts';
import { defineMetric } from './define-metric.ts';
import { mean, measured, missing } from './measured.ts';

type Bugs = readonly Bug[];

const DAY_MS = 86_400_000;

const inside = (at: number | null, { start, end }: Window): at is number =>
  at !== null && at >= start && at < end;

/**
 * Milliseconds from creation to the last move into done, of the bugs resolved inside the window. Whole numbers,
 * so that their sum is exact and no order of the bugs can move a last digit.
 */
const resolutionMs = (bugs: Bugs, window: Window): number[] =>
  bugs.flatMap(({ createdAt, resolvedAt }) => (inside(resolvedAt, window) ? [resolvedAt - createdAt] : []));

/** Metrics of bugs, from Jira. What they mean in detail: docs/decisions/0002. */
export const BUGS = [
  defineMetric({
    id: 'open_bugs',
    label: 'Open bugs',
    unit: 'count',
    direction: 'lower',
    source: 'jira',
    description: 'Bugs that are not done at the end of the window.',
    fixableBy: 'product',
    read: (bugs: Bugs) => measured(bugs.filter(({ doneAtEnd }) => !doneAtEnd).length),
  }),
  defineMetric({
    id: 'critical_bugs',
    label: 'Open critical bugs',
    unit: 'count',
    direction: 'lower',
    source: 'jira',
    description: 'Bugs of a critical priority that are not done at the end of the window.',
    fixableBy: 'product',
    read: (bugs: Bugs) => measured(bugs.filter((bug) => bug.critical && !bug.doneAtEnd).length),
  }),
  defineMetric({
    id: 'reopened_bugs',
    label: 'Reopened bugs',
    unit: 'count',
    direction: 'lower',
    source: 'jira',
    description: 'Bugs that moved from done back to not done inside the window, each counted once.',
    fixableBy: 'product',
    read: (bugs: Bugs) => measured(bugs.filter(({ reopenedInWindow }) => reopenedInWindow).length),
  }),
  defineMetric({
    id: 'avg_resolution_days',
    label: 'Bug resolution',
    unit: 'days',
    direction: 'lower',
    source: 'jira',
    description: 'Mean days from creation to done, of the bugs that were resolved inside the window.',
    fixableBy: 'product',
    read: (bugs: Bugs, window) => {
      const average = mean(resolutionMs(bugs, window));
      return average === null ? missing('no_activity') : measured(average / DAY_MS);
    },
  }),
  defineMetric({
    id: 'bug_trend',
    label: 'Bug trend',
    unit: 'ratio',
    direction: 'lower',
    source: 'jira',
    description:
      'Bugs created inside the window for each one resolved in it (at least 1): above 1 the pile grows.',
    fixableBy: 'product',
    read: (bugs: Bugs, window) => {
      const created = bugs.filter(({ createdAt }) => inside(createdAt, window)).length;
      const resolved = resolutionMs(bugs, window).length;
      return created === 0 && resolved === 0
        ? missing('no_activity')
        : measured(created / Math.max(resolved, 1));
    },
  }),
] as const;
