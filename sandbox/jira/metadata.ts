import type { Answer, Request } from 'local-org/http';
import { failure, listed, whole } from './answers.ts';
import { renderNamed, renderProject, FIELD_IDS, type Pen } from './render.ts';
import type { Project, Site } from './site.ts';

const PROJECT_PAGE = { usual: 50, most: 100 };
const PROJECT_KEYS = 50;

/** One page by startAt and maxResults, with links, as Cloud has it. */
function paged<T>(request: Request, all: readonly T[], pen: Pen, size: number, startAt: number) {
  const values = all.slice(startAt, startAt + size);
  const reached = startAt + values.length;
  const address = (from: number) => `${pen.origin}${request.path}?maxResults=${size}&startAt=${from}`;
  return {
    self: address(startAt),
    ...(reached < all.length ? { nextPage: address(reached) } : {}),
    maxResults: size,
    startAt,
    total: all.length,
    isLast: reached >= all.length,
    values,
  };
}

/** GET /rest/api/{2,3}/project/search; who is not signed in sees no project. */
export function searchProjects(request: Request, projects: readonly Project[], pen: Pen): Answer {
  const startAt = whole(request.query.get('startAt'), 0);
  const maxResults = whole(request.query.get('maxResults'), PROJECT_PAGE.usual);
  const keys = listed(request.query, 'keys');
  const text = request.query.get('query')?.toLowerCase() ?? '';
  if (startAt === null || maxResults === null) {
    return failure(400, ['startAt and maxResults must be whole numbers.']);
  }
  if (keys.length > PROJECT_KEYS)
    return failure(400, [`Up to ${PROJECT_KEYS} project keys can be provided.`]);
  const found = projects
    .filter(({ key }) => keys.length === 0 || keys.includes(key))
    .filter(({ key, name }) => key.toLowerCase().includes(text) || name.toLowerCase().includes(text));
  const size = Math.min(maxResults, PROJECT_PAGE.most);
  const rendered = found.map((project) => renderProject(project, pen));
  return { status: 200, body: paged(request, rendered, pen, size, startAt) };
}

/** GET /rest/api/3/priority/search. */
export function searchPriorities(
  request: Request,
  priorities: readonly { id: string; name: string }[],
  pen: Pen,
): Answer {
  const startAt = whole(request.query.get('startAt'), 0);
  const maxResults = whole(request.query.get('maxResults'), 50);
  if (startAt === null || maxResults === null) {
    return failure(400, ['startAt and maxResults must be whole numbers.']);
  }
  const rendered = priorities.map((each) => ({
    ...renderNamed(each, 'priority', pen),
    description: '',
    statusColor: '#505F79',
    isDefault: each.name === 'Medium',
  }));
  return { status: 200, body: paged(request, rendered, pen, Math.min(maxResults, 50), startAt) };
}

/** GET /rest/api/{2,3}/project/{projectIdOrKey}/components; keys are case sensitive. */
export function projectComponents(idOrKey: string, { projects }: Pick<Site, 'projects'>, pen: Pen): Answer {
  const project = projects.find(({ id, key }) => id === idOrKey || key === idOrKey);
  if (project === undefined) return noProject(idOrKey);
  return {
    status: 200,
    body: project.components.map((component) => ({
      ...renderNamed(component, 'component', pen),
      assigneeType: 'PROJECT_DEFAULT',
      isAssigneeTypeValid: false,
      project: project.key,
      projectId: Number(project.id),
    })),
  };
}

export const noProject = (idOrKey: string): Answer =>
  failure(404, [`No project could be found with key '${idOrKey}'.`]);

/** GET /rest/api/{2,3}/field. */
export const fields = (): Answer => ({
  status: 200,
  body: FIELD_IDS.map((id) => ({
    id,
    key: id,
    name: id,
    custom: false,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [id],
  })),
});
