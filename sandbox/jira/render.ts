import { DONE, type Category, type IssueNow, type Move, type Named, type Status } from './site.ts';
import type { Zone } from './zone.ts';

/** What every answer is written with: the address that the caller used, and the user's zone. */
export interface Pen {
  /** `http://127.0.0.1:4612` */
  readonly origin: string;
  /** `2` or `3` */
  readonly version: string;
  readonly zone: Zone;
}

type Json = Readonly<Record<string, unknown>>;

const self = ({ origin, version }: Pen, path: string): string => `${origin}/rest/api/${version}/${path}`;

export const renderCategory = (category: Category, pen: Pen): Json => ({
  self: self(pen, `statuscategory/${category.id}`),
  ...category,
});

export const renderStatus = ({ id, name, category }: Status, pen: Pen): Json => ({
  self: self(pen, `status/${id}`),
  description: '',
  iconUrl: `${pen.origin}/images/icons/statuses/generic.png`,
  name,
  id,
  statusCategory: renderCategory(category, pen),
});

export const renderNamed = ({ id, name }: Named, kind: string, pen: Pen): Json => ({
  self: self(pen, `${kind}/${id}`),
  id,
  name,
});

export const renderType = (type: Named, pen: Pen): Json => ({
  ...renderNamed(type, 'issuetype', pen),
  description: '',
  subtask: false,
});

export const renderProject = ({ id, key, name }: Named & { key: string }, pen: Pen): Json => ({
  self: self(pen, `project/${id}`),
  id,
  key,
  name,
  projectTypeKey: 'software',
  simplified: false,
});

/**
 * Every field that this site knows of an issue, by id. Cloud also says since when an issue is in its category.
 *
 * @see https://support.atlassian.com/jira-software-cloud/docs/jql-fields/#Status-category-changed
 */
const FIELDS: Readonly<Record<string, (issue: IssueNow, pen: Pen) => unknown>> = {
  summary: ({ key, type }) => `${type.name} ${key}`,
  issuetype: ({ type }, pen) => renderType(type, pen),
  project: ({ project }, pen) => renderProject(project, pen),
  components: ({ components }, pen) => components.map((each) => renderNamed(each, 'component', pen)),
  priority: ({ priority }, pen) => (priority === null ? null : renderNamed(priority, 'priority', pen)),
  status: ({ status }, pen) => renderStatus(status, pen),
  statusCategory: ({ status }, pen) => renderCategory(status.category, pen),
  resolution: ({ resolution }, pen) =>
    resolution === null ? null : { ...renderNamed(resolution, 'resolution', pen), description: '' },
  resolutiondate: ({ resolvedAt }, { zone }) => (resolvedAt === null ? null : zone.format(resolvedAt)),
  statuscategorychangedate: ({ categorySince }, { zone, version }) =>
    version === '3' ? zone.format(categorySince) : undefined,
  created: ({ createdAt }, { zone }) => zone.format(createdAt),
  updated: ({ updatedAt }, { zone }) => zone.format(updatedAt),
  labels: () => [],
  description: () => null,
};

export const FIELD_IDS: readonly string[] = Object.keys(FIELDS);

/** Left out of `*navigable`. */
const NOT_NAVIGABLE = new Set(['description']);

/**
 * Which fields a request names: ids, `*all`, `*navigable`, and any with a dash in front left out. Unknown names are
 * ignored, as Jira does.
 *
 * @example fieldsWanted(['*all', '-summary']).includes('summary') // => false
 */
export function fieldsWanted(names: readonly string[]): string[] {
  const without = new Set(names.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  const onlyLeftOut = names.length > 0 && names.every((name) => name.startsWith('-'));
  return FIELD_IDS.filter(
    (id) =>
      !without.has(id) &&
      (names.includes(id) ||
        names.includes('*all') ||
        ((names.includes('*navigable') || onlyLeftOut) && !NOT_NAVIGABLE.has(id))),
  );
}

/** The issue as an element of a search result. */
export const renderIssue = (issue: IssueNow, fields: readonly string[], pen: Pen): Json => ({
  expand: 'operations,versionedRepresentations,editmeta,changelog,renderedFields',
  id: issue.id,
  self: self(pen, `issue/${issue.id}`),
  key: issue.key,
  ...(fields.length === 0
    ? {}
    : { fields: Object.fromEntries(fields.map((field) => [field, FIELDS[field]?.(issue, pen)])) }),
});

interface Item {
  readonly field: string;
  readonly fieldId: string;
  readonly fieldtype: 'jira';
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
}

/**
 * What a move changed: always the status, and the resolution where the move set or cleared it.
 *
 * @param fieldIds only changes of these fields; all when empty
 */
export function renderItems({ from, to }: Move, fieldIds: readonly string[]): Item[] {
  const item = (field: string, before: Named | null, after: Named | null): Item => ({
    field,
    fieldId: field,
    fieldtype: 'jira',
    from: before?.id ?? null,
    fromString: before?.name ?? null,
    to: after?.id ?? null,
    toString: after?.name ?? null,
  });
  const before = resolutionOf(from);
  const after = resolutionOf(to);
  const items = [item('status', from, to), ...(before === after ? [] : [item('resolution', before, after)])];
  return items.filter(({ fieldId }) => fieldIds.length === 0 || fieldIds.includes(fieldId));
}

const resolutionOf = ({ name }: Status): Named | null => (name === 'Done' ? DONE : null);
