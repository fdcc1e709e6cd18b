import type { Bug, BugFacts, Told, Window } from '../facts/index.ts';
import { defineMetric } from './define-metric.ts';
import { mean, measured, missing } from './measured.ts';

const DAY_MS = 86_400_000;

const inside = (at: number | null, { start, end }: Window): at is number =>
  at !== null && at >= start && at < end;

/** Three answers: yes, no, and nobody knows, which a lost field leaves behind. */
const not = (known: Told<boolean>): Told<boolean> => (known === 'unreadable' ? known : !known);
const both = (one: Told<boolean>, other: Told<boolean>): Told<boolean> => {
  if (one === false || other === false) return false;
  return one === 'unreadable' || other === 'unreadable' ? 'unreadable' : true;
};

/** How many bugs are so. Where it is not known of one of them, a lost bug would look like a better number. */
function count({ bugs }: BugFacts, is: (bug: Bug) => Told<boolean>) {
  const known = bugs.map(is);
  return known.includes('unreadable')
    ? missing('invalid')
    : measured(known.filter((yes) => yes === true).length);
}

/** Bugs that were resolved inside the window, as far as it is known. */
const resolvedInside = ({ bugs }: BugFacts, window: Window): Bug[] =>
  bugs.filter(({ resolvedAt }) => resolvedAt !== 'unreadable' && inside(resolvedAt, window));

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
    family: 'stock',
    read: (facts: BugFacts) => count(facts, ({ doneAtEnd }) => not(doneAtEnd)),
  }),
  defineMetric({
    id: 'critical_bugs',
    label: 'Open critical bugs',
    unit: 'count',
    direction: 'lower',
    source: 'jira',
    description: 'Bugs of a critical priority that are not done at the end of the window.',
    fixableBy: 'product',
    family: 'stock',
    read: (facts: BugFacts) =>
      facts.criticalMissing === null
        ? count(facts, ({ critical, doneAtEnd }) => both(critical, not(doneAtEnd)))
        : missing(facts.criticalMissing),
  }),
  defineMetric({
    id: 'reopened_bugs',
    label: 'Reopened bugs',
    unit: 'count',
    direction: 'lower',
    source: 'jira',
    description: 'Bugs that moved from done back to not done inside the window, each counted once.',
    fixableBy: 'product',
    family: 'flow',
    read: (facts: BugFacts) => count(facts, ({ reopenedInWindow }) => reopenedInWindow),
  }),
  defineMetric({
    id: 'avg_resolution_days',
    label: 'Bug resolution',
    unit: 'days',
    direction: 'lower',
    source: 'jira',
    description: 'Mean days from creation to done, of the bugs that were resolved inside the window.',
    fixableBy: 'product',
    family: 'time',
    read: (facts: BugFacts, window) => {
      const resolved = resolvedInside(facts, window);
      // One that took long may be among those that cannot be told.
      const lost =
        facts.bugs.some(({ resolvedAt }) => resolvedAt === 'unreadable') ||
        resolved.some(({ createdAt }) => createdAt === 'unreadable');
      if (lost) return missing('invalid');
      // Whole milliseconds, so that their sum is exact and no order of the bugs can move a last digit.
      const average = mean(
        resolved.map(({ createdAt, resolvedAt }) => Number(resolvedAt) - Number(createdAt)),
      );
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
    family: 'flow',
    read: (facts: BugFacts, window) => {
      // A new bug that cannot be told would make the pile look smaller; a resolved one only larger.
      if (facts.bugs.some(({ createdAt }) => createdAt === 'unreadable')) return missing('invalid');
      const created = facts.bugs.filter(
        ({ createdAt }) => createdAt !== 'unreadable' && inside(createdAt, window),
      ).length;
      const resolved = resolvedInside(facts, window).length;
      return created === 0 && resolved === 0
        ? missing('no_activity')
        : measured(created / Math.max(resolved, 1));
    },
  }),
] as const;
