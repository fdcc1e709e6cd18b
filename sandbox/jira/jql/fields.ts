import type { IssueNow, Named, Site } from '../site.ts';
import { CATEGORIES, ISSUE_TYPES, PRIORITIES, RESOLUTIONS, STATUSES } from '../site.ts';

/** A field that holds things of the site: they have ids, names and perhaps keys. */
interface ChoiceField {
  readonly kind: 'choice';
  /** As messages name it. */
  readonly name: string;
  /** What there is to choose, on this site. */
  readonly choices: (site: Site) => readonly Choice[];
  /** Ids of what the issue has; none when it is empty. */
  readonly of: (issue: IssueNow) => readonly string[];
  /** Does the field know an order, so that `<` means something? Most urgent last. */
  readonly ordered: boolean;
}

export interface Choice {
  readonly id: string;
  readonly names: readonly string[];
}

interface DateField {
  readonly kind: 'date';
  readonly name: string;
  readonly of: (issue: IssueNow) => number | null;
}

interface KeyField {
  readonly kind: 'key';
  readonly name: string;
}

export type Field = ChoiceField | DateField | KeyField;

const named = ({ id, name }: Named): Choice => ({ id, names: [name] });
const choice = (field: Omit<ChoiceField, 'kind' | 'ordered'>): ChoiceField => ({
  kind: 'choice',
  ordered: false,
  ...field,
});

const project = choice({
  name: 'project',
  choices: ({ projects }) => projects.map(({ id, key, name }) => ({ id, names: [key, name] })),
  of: (issue) => [issue.project.id],
});
const component = choice({
  name: 'component',
  // The same name in two projects means both of its components.
  choices: ({ projects }) => projects.flatMap(({ components }) => components.map(named)),
  of: (issue) => issue.components.map(({ id }) => id),
});
const issuetype = choice({
  name: 'issuetype',
  choices: () => ISSUE_TYPES.map(named),
  of: (issue) => [issue.type.id],
});
const status = choice({
  name: 'status',
  choices: () => Object.values(STATUSES).map(named),
  of: (issue) => [issue.status.id],
});
const statusCategory = choice({
  name: 'statusCategory',
  choices: () =>
    Object.values(CATEGORIES).map(({ id, key, name }) => ({ id: String(id), names: [name, key] })),
  of: (issue) => [String(issue.status.category.id)],
});
const priority: ChoiceField = {
  ...choice({
    name: 'priority',
    choices: () => PRIORITIES.map(named).toReversed(),
    of: (issue) => (issue.priority === null ? [] : [issue.priority.id]),
  }),
  ordered: true,
};
const resolution = choice({
  name: 'resolution',
  choices: () => RESOLUTIONS.map(named),
  of: (issue) => (issue.resolution === null ? [] : [issue.resolution.id]),
});
const created: DateField = { kind: 'date', name: 'created', of: (issue) => issue.createdAt };
const updated: DateField = { kind: 'date', name: 'updated', of: (issue) => issue.updatedAt };
const resolved: DateField = { kind: 'date', name: 'resolved', of: (issue) => issue.resolvedAt };
const key: KeyField = { kind: 'key', name: 'key' };

const FIELDS: Readonly<Record<string, Field>> = {
  project,
  component,
  issuetype,
  type: issuetype,
  status,
  statuscategory: statusCategory,
  priority,
  resolution,
  created,
  createddate: created,
  updated,
  updateddate: updated,
  resolved,
  resolutiondate: resolved,
  key,
  issuekey: key,
  issue: key,
  id: key,
};

/**
 * The field of a name in JQL; names have no case. Undefined for a field that this site does not have.
 *
 * @example fieldOf('issueType')?.name // => 'issuetype'
 */
export const fieldOf = (name: string): Field | undefined =>
  Object.hasOwn(FIELDS, name.toLowerCase()) ? FIELDS[name.toLowerCase()] : undefined;
