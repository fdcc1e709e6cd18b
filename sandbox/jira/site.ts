import type { Base, JiraStatus, PlannedIssue } from '../data/customer.ts';

export type CategoryKey = 'new' | 'indeterminate' | 'done';

export interface Category {
  readonly id: number;
  readonly key: CategoryKey;
  readonly name: string;
  readonly colorName: string;
}

export interface Status {
  readonly id: string;
  readonly name: JiraStatus;
  readonly category: Category;
}

/** Anything of Jira that has an id and a name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Component extends Named {
  readonly project: string;
}

export interface Project extends Named {
  readonly key: string;
  readonly components: readonly Component[];
}

/** An issue as it is at one moment. */
export interface IssueNow {
  readonly id: string;
  readonly key: string;
  readonly project: Project;
  readonly components: readonly Component[];
  readonly type: Named;
  readonly priority: Named | null;
  readonly status: Status;
  readonly resolution: Named | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Since when it has its resolution. */
  readonly resolvedAt: number | null;
  /** Since when it is in the category of its status. */
  readonly categorySince: number;
  /** Its moves so far, oldest first. */
  readonly moves: readonly Move[];
}

export interface Move {
  readonly id: string;
  readonly at: number;
  readonly from: Status;
  readonly to: Status;
}

/** What the site consists of. */
export interface Site {
  readonly projects: readonly Project[];
  readonly issues: readonly IssueNow[];
  readonly issue: (idOrKey: string) => IssueNow | undefined;
}

export const CATEGORIES: Readonly<Record<CategoryKey, Category>> = {
  new: { id: 2, key: 'new', name: 'To Do', colorName: 'blue-gray' },
  indeterminate: { id: 4, key: 'indeterminate', name: 'In Progress', colorName: 'yellow' },
  done: { id: 3, key: 'done', name: 'Done', colorName: 'green' },
};

const status = (id: string, name: JiraStatus, category: CategoryKey): Status => ({
  id,
  name,
  category: CATEGORIES[category],
});

export const STATUSES: Readonly<Record<JiraStatus, Status>> = {
  'To Do': status('10000', 'To Do', 'new'),
  'In Progress': status('3', 'In Progress', 'indeterminate'),
  'In Review': status('10001', 'In Review', 'indeterminate'),
  Done: status('10002', 'Done', 'done'),
  "Won't Fix": status('10003', "Won't Fix", 'done'),
};

/** Most urgent first, which is also how Jira orders them. No `Critical`: names of priorities are each site's own. */
export const PRIORITIES: readonly Named[] = [
  { id: '10100', name: 'Blocker' },
  { id: '1', name: 'Highest' },
  { id: '2', name: 'High' },
  { id: '3', name: 'Medium' },
  { id: '4', name: 'Low' },
  { id: '5', name: 'Lowest' },
];

export const ISSUE_TYPES: readonly Named[] = [
  { id: '10004', name: 'Bug' },
  { id: '10002', name: 'Task' },
  { id: '10000', name: 'Epic' },
];

/** The only one that this site's workflow sets: a refused issue is done without a resolution, as on many sites. */
export const DONE: Named = { id: '10000', name: 'Done' };
export const RESOLUTIONS: readonly Named[] = [DONE, { id: '10001', name: "Won't Do" }];

interface Placed {
  readonly plan: PlannedIssue;
  readonly project: Project;
  readonly components: readonly Component[];
}

/**
 * The site of a customer base, as it is at a moment: what happens later is not there yet.
 *
 * @returns a function from a moment (ms since the epoch) to the site; the last two moments are kept
 */
export function makeSite(base: Base): (at: number) => Site {
  const projects = projectsOf(base);
  // By name: a project may have thousands of components, one per customer.
  const byKey = new Map(
    projects.map((project) => [
      project.key,
      { project, components: new Map(project.components.map((component) => [component.name, component])) },
    ]),
  );
  const placed = base.customers.flatMap(({ jira, issues }): Placed[] => {
    const place = jira === null ? undefined : byKey.get(jira.project);
    if (jira === null || place === undefined) return [];
    return issues.map((plan) => {
      const names = new Set([...(jira.component === null ? [] : [jira.component]), ...plan.otherComponents]);
      const components = [...names].flatMap((name) => place.components.get(name) ?? []);
      return { plan, project: place.project, components };
    });
  });
  // Two: with a lagging index every search asks for another moment than everything else does.
  let kept: { at: number; site: Site }[] = [];
  return (at) => {
    const known = kept.find((each) => each.at === at);
    if (known !== undefined) return known.site;
    const site = siteAt(projects, placed, at);
    kept = [{ at, site }, ...kept.slice(0, 1)];
    return site;
  };
}

function siteAt(projects: readonly Project[], placed: readonly Placed[], at: number): Site {
  const issues = placed.filter(({ plan }) => plan.createdAt <= at).map((each) => issueAt(each, at));
  const found = new Map(
    issues.flatMap((issue) => [
      [issue.id, issue],
      [issue.key, issue],
    ]),
  );
  return { projects, issues, issue: (idOrKey) => found.get(idOrKey.toUpperCase()) };
}

function projectsOf({ customers }: Base): Project[] {
  const names = new Map<string, Set<string>>();
  for (const { jira, issues } of customers) {
    if (jira === null) continue;
    const components = names.get(jira.project) ?? new Set();
    if (jira.component !== null) components.add(jira.component);
    for (const { otherComponents } of issues) for (const name of otherComponents) components.add(name);
    names.set(jira.project, components);
  }
  let components = 10_500;
  return [...names]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own], index) => ({
      id: String(10_000 + index),
      key,
      name: `Project ${key}`,
      components: [...own].toSorted().map((name) => ({ id: String(components++), name, project: key })),
    }));
}

function issueAt({ plan, project, components }: Placed, at: number): IssueNow {
  let now = STATUSES[plan.firstStatus];
  let resolvedAt = now === STATUSES.Done ? plan.createdAt : null;
  let categorySince = plan.createdAt;
  const moves: Move[] = [];
  for (const [index, move] of plan.moves.entries()) {
    if (move.at > at) break;
    const to = STATUSES[move.to];
    moves.push({ id: `${plan.id}${String(index + 1).padStart(3, '0')}`, at: move.at, from: now, to });
    if (to !== STATUSES.Done) resolvedAt = null;
    else if (now !== STATUSES.Done) resolvedAt = move.at;
    if (to.category !== now.category) categorySince = move.at;
    now = to;
  }
  return {
    id: plan.id,
    key: plan.key,
    project,
    components,
    type: ISSUE_TYPES.find(({ name }) => name === plan.type) ?? { id: '0', name: plan.type },
    priority: PRIORITIES.find(({ name }) => name === plan.priority) ?? null,
    status: now,
    resolution: resolvedAt === null ? null : DONE,
    createdAt: plan.createdAt,
    updatedAt: moves.at(-1)?.at ?? plan.createdAt,
    resolvedAt,
    categorySince,
    moves,
  };
}
