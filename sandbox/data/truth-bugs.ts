import { DAY } from './calendar.ts';
import type { Base, Customer, JiraStatus, PlannedIssue } from './customer.ts';
import { missing, value, valueOr, type Expected, type Span } from './truth-values.ts';

const IDS = ['open_bugs', 'critical_bugs', 'reopened_bugs', 'avg_resolution_days', 'bug_trend'];
const isDone = (status: JiraStatus): boolean => status === 'Done' || status === "Won't Fix";

/** Issues that carry the component of somebody else too, by project and component. */
export type SharedIssues = ReadonlyMap<string, readonly PlannedIssue[]>;

const placeOf = (project: string, component: string): string => JSON.stringify([project, component]);

/** Looked through once: each customer then finds its own at once. */
export function sharedIssues(base: Base): SharedIssues {
  const shared = new Map<string, PlannedIssue[]>();
  for (const { jira, issues } of base.customers) {
    for (const issue of jira === null ? [] : issues) {
      for (const component of issue.otherComponents) {
        const place = placeOf(jira?.project ?? '', component);
        shared.set(place, [...(shared.get(place) ?? []), issue]);
      }
    }
  }
  return shared;
}

/** Bugs of a customer: those of its own plan, and those of others that carry its component. */
function bugsOf({ jira, issues }: Customer, shared: SharedIssues): PlannedIssue[] {
  const others = jira?.component == null ? [] : (shared.get(placeOf(jira.project, jira.component)) ?? []);
  return [...issues, ...others].filter(({ type }) => type === 'Bug');
}

interface Life {
  readonly bornInMonth: boolean;
  readonly openAtEnd: boolean;
  /** Milliseconds from creation to the last time it became done, when that was in the month and it stayed so. */
  readonly resolvedAfter: number | null;
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
    resolvedAfter: resolvedInMonth && doneSince !== null ? doneSince - bug.createdAt : null,
    cameBack,
  };
}

/** What a month with bugs was like for one customer. */
export function bugTruth(customer: Customer, shared: SharedIssues, span: Span): Record<string, Expected> {
  if (customer.jira === null) return Object.fromEntries(IDS.map((id) => [id, missing('not_mapped')]));
  const bugs = bugsOf(customer, shared).filter(({ createdAt }) => createdAt < span.end);
  const lives = bugs.map((bug) => ({ bug, life: lifeOf(bug, span) }));
  const open = lives.filter(({ life }) => life.openAtEnd);
  const times = lives.flatMap(({ life }) => (life.resolvedAfter === null ? [] : [life.resolvedAfter]));
  const born = lives.filter(({ life }) => life.bornInMonth).length;
  const total = times.reduce((sum, each) => sum + each, 0);
  return {
    open_bugs: value(open.length),
    critical_bugs: value(
      open.filter(({ bug }) => bug.priority === 'Highest' || bug.priority === 'Blocker').length,
    ),
    reopened_bugs: value(lives.filter(({ life }) => life.cameBack).length),
    avg_resolution_days: valueOr(times.length === 0 ? null : total / times.length / DAY, 'no_activity'),
    bug_trend: valueOr(
      born === 0 && times.length === 0 ? null : born / Math.max(times.length, 1),
      'no_activity',
    ),
  };
}
