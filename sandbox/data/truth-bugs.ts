import { DAY } from './calendar.ts';
import type { Base, Customer, JiraStatus, PlannedIssue } from './customer.ts';
import { missing, value, valueOr, type Expected, type Span } from './truth-values.ts';

const IDS = ['open_bugs', 'critical_bugs', 'reopened_bugs', 'avg_resolution_days', 'bug_trend'];
const isDone = (status: JiraStatus): boolean => status === 'Done' || status === "Won't Fix";

/** Bugs of a customer: those of its own plan, and those of others that carry its component. */
function bugsOf(customer: Customer, base: Base): PlannedIssue[] {
  const { jira } = customer;
  const shared = base.customers
    .filter((other) => other.index !== customer.index && other.jira?.project === jira?.project)
    .flatMap(({ issues }) => issues)
    .filter(({ otherComponents }) => jira?.component != null && otherComponents.includes(jira.component));
  return [...customer.issues, ...shared].filter(({ type }) => type === 'Bug');
}

interface Life {
  readonly bornInMonth: boolean;
  readonly openAtEnd: boolean;
  /** Days from creation to the last time it became done, when that was in the month and it stayed so. */
  readonly resolvedAfterDays: number | null;
  readonly cameBack: boolean;
}

/** One bug's life up to the end of the month, step by step. */
function lifeOf(bug: PlannedIssue, { start, end }: Span): Life {
  let done = isDone(bug.firstStatus);
  let doneSince = done ? bug.createdAt : null;
  let cameBack = false;
  for (const { at, to } of bug.moves) {
    if (at >= end) break;
    const now = isDone(to);
    if (now && !done) doneSince = at;
    if (!now && done) {
      doneSince = null;
      if (at >= start) cameBack = true;
    }
    done = now;
  }
  const resolvedInMonth = doneSince !== null && doneSince >= start;
  return {
    bornInMonth: bug.createdAt >= start,
    openAtEnd: !done,
    resolvedAfterDays: resolvedInMonth && doneSince !== null ? (doneSince - bug.createdAt) / DAY : null,
    cameBack,
  };
}

/** What a month with bugs was like for one customer. */
export function bugTruth(customer: Customer, base: Base, span: Span): Record<string, Expected> {
  if (customer.jira === null) return Object.fromEntries(IDS.map((id) => [id, missing('not_mapped')]));
  const bugs = bugsOf(customer, base).filter(({ createdAt }) => createdAt < span.end);
  const lives = bugs.map((bug) => ({ bug, life: lifeOf(bug, span) }));
  const open = lives.filter(({ life }) => life.openAtEnd);
  const days = lives.flatMap(({ life }) => (life.resolvedAfterDays === null ? [] : [life.resolvedAfterDays]));
  const born = lives.filter(({ life }) => life.bornInMonth).length;
  const total = days.reduce((sum, each) => sum + each, 0);
  return {
    open_bugs: value(open.length),
    critical_bugs: value(
      open.filter(({ bug }) => bug.priority === 'Highest' || bug.priority === 'Blocker').length,
    ),
    reopened_bugs: value(lives.filter(({ life }) => life.cameBack).length),
    avg_resolution_days: valueOr(days.length === 0 ? null : total / days.length, 'no_activity'),
    bug_trend: valueOr(
      born === 0 && days.length === 0 ? null : born / Math.max(days.length, 1),
      'no_activity',
    ),
  };
}
