import { DAY, monthEnd, monthStart } from './calendar.ts';
import type { JiraStatus, PlannedIssue } from './customer.ts';
import type { Random } from './random.ts';

export interface IssuesRequest {
  readonly index: number;
  readonly project: string;
  readonly months: readonly string[];
  /** 0 to 1, by month. */
  readonly level: (month: string) => number;
  readonly from: number;
  readonly until: number;
  /** Components of other customers that some issues carry too. */
  readonly otherComponents: readonly string[];
}

const ISSUE_IDS = 1_000;

/** What was reported as broken or wanted, and how it moved. */
export function planIssues(request: IssuesRequest, random: Random): PlannedIssue[] {
  const { index, project, months, from, until, otherComponents } = request;
  const planned: PlannedIssue[] = [];
  for (const month of months) {
    const level = request.level(month);
    const count = random.whole(0, 2) + (level < 0.5 ? random.whole(0, 2) : 0);
    for (let n = 0; n < count; n++) {
      const seconds = (monthEnd(month) - monthStart(month)) / 1_000;
      const createdAt =
        monthStart(month) + random.whole(n === 0 && index % 10 === 2 ? 0 : 60, seconds - 60) * 1_000;
      const number = index * ISSUE_IDS + planned.length + 1;
      const issue: PlannedIssue = {
        id: String(10_000 + number),
        key: `${project}-${number}`,
        createdAt,
        type: random.chance(0.8) ? 'Bug' : 'Task',
        priority: random.chance(0.06) ? null : priorityAt(level, random),
        ...movesFrom(createdAt, level, until, random),
        otherComponents: random.chance(0.3) ? otherComponents : [],
      };
      if (createdAt >= from && createdAt < until) planned.push(issue);
    }
  }
  return planned;
}

const priorityAt = (level: number, random: Random) =>
  random.chance(0.05 + 0.25 * (1 - level))
    ? random.pick(['Highest', 'Blocker'] as const)
    : random.pick(['High', 'Medium', 'Medium', 'Low'] as const);

/** A life: worked on, perhaps reviewed, done or refused, and some come back. */
function movesFrom(
  createdAt: number,
  level: number,
  until: number,
  random: Random,
): Pick<PlannedIssue, 'firstStatus' | 'moves'> {
  if (random.chance(0.04)) return { firstStatus: 'Done', moves: [] };
  const moves: { at: number; to: JiraStatus }[] = [];
  let at = createdAt;
  const move = (to: JiraStatus, days: number) => {
    // Whole seconds, and never on a whole minute: nothing hangs on how a window's edge is read.
    at += Math.round((days * DAY) / 60_000) * 60_000 + random.whole(1, 59) * 1_000;
    moves.push({ at, to });
  };
  move('In Progress', 0.2 + 4 * random.unit());
  if (random.chance(0.4)) move('In Review', 0.5 + 3 * random.unit());
  if (random.chance(0.9)) {
    move(random.chance(0.08) ? "Won't Fix" : 'Done', 1 + (6 + 40 * (1 - level)) * random.unit());
    if (random.chance(0.05 + 0.2 * (1 - level))) {
      move('In Progress', 1 + 12 * random.unit());
      if (random.chance(0.7)) move('Done', 1 + 10 * random.unit());
    }
  }
  return { firstStatus: 'To Do', moves: moves.filter((each) => each.at < until) };
}
