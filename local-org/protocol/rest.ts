// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html

import type { Answer, Request } from '../http/server.ts';
import { OrgError, notModelled } from '../errors.ts';
import { graphql } from '../graphql/execute.ts';
import type { OrgUser } from '../access.ts';
import type { Org } from '../org.ts';
import { createAll, deleteAll, updateAll, upsertAll } from './collections.ts';
import { composite } from './composite.ts';
import { makeBulk } from './bulk.ts';
import type { Context } from './context.ts';
import type { Deploys } from './deploys.ts';
import { describeGlobal, describeObject, seenObject } from './describe.ts';
import { namedCredentials } from './named-credentials.ts';
import { columnsOf, makeCursors } from './query.ts';
import { flowActions } from './flow-actions.ts';
import { readMultipart } from './multipart.ts';
import { createOne, deleteOne, readOne, updateOne, upsertOne } from './records.ts';
import { createTree } from './tree.ts';
import { uiApi } from './ui-api.ts';
import { isServed } from './versions.ts';

export interface Usage {
  used: number;
  daily: number;
}

const RESOURCES = [
  'sobjects',
  'query',
  'queryAll',
  'limits',
  'composite',
  'jobs',
  'metadata',
  'graphql',
  'ui-api',
  'actions',
  'named-credentials',
];

const segments = (path: string): string[] =>
  path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });

const limitsOf = (usage: Usage): Record<string, { Max: number; Remaining: number }> => ({
  DailyApiRequests: { Max: usage.daily, Remaining: Math.max(0, usage.daily - usage.used) },
  DailyBulkV2QueryJobs: { Max: 10_000, Remaining: 10_000 },
});

/** The REST API below /services/data/vXX.0, for a user who has proved who he is. */
export function makeRest(
  org: Org,
  usage: Usage,
  deploys: Deploys,
): (request: Request, user: OrgUser) => Answer | Promise<Answer> {
  const cursors = makeCursors();
  const bulk = makeBulk();
  const ok = (body: unknown): Answer => ({ status: 200, body });

  function soqlOf(context: Context): string {
    const soql = context.request.query.get('q');
    if (soql === null) throw new OrgError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
    return soql;
  }

  function sobjects(context: Context, method: string, rest: string[]): Answer {
    const [name, second, third] = rest;
    const { schema } = org;
    const { access } = context.user;
    if (name === undefined) return ok(describeGlobal(schema, access, context.version));
    if (second === undefined) {
      if (method === 'POST') return createOne(context, name);
      seenObject(schema, access, name);
      return ok({ objectDescribe: describeObject(schema, access, name, context.version), recentItems: [] });
    }
    if (second === 'describe' && third === undefined)
      return ok(describeObject(schema, access, name, context.version));
    const value = rest.slice(2).join('/');
    if (method === 'GET')
      return ok(
        third === undefined ? readOne(context, name, 'Id', second) : readOne(context, name, second, value),
      );
    if (method === 'PATCH')
      return third === undefined ? updateOne(context, name, second) : upsertOne(context, name, second, value);
    if (method === 'DELETE' && third === undefined) return deleteOne(context, name, second);
    throw notModelled(`${method} on a record`);
  }

  function compositeOf(context: Context, method: string, rest: string[]): Answer {
    const [kind, object, field] = rest;
    if (kind === undefined && method === 'POST') return ok(composite(context, dispatch));
    if (kind === 'sobjects' && object === undefined && method === 'POST') return ok(createAll(context));
    if (kind === 'sobjects' && object === undefined && method === 'PATCH') return ok(updateAll(context));
    if (kind === 'sobjects' && object !== undefined && field !== undefined && method === 'PATCH')
      return ok(upsertAll(context, object, field));
    if (kind === 'sobjects' && object === undefined && method === 'DELETE') return ok(deleteAll(context));
    if (kind === 'tree' && object !== undefined && method === 'POST') return createTree(context, object);
    throw notModelled(`${method} composite/${rest.join('/')}`);
  }

  /** metadata/deployRequest, as the CLI deploys when it is told to use REST. */
  function metadata(context: Context, method: string, rest: string[]): Answer {
    const [kind, id] = rest;
    if (kind !== 'deployRequest') throw notModelled(`${method} metadata/${rest.join('/')}`);
    if (method === 'POST' && id === undefined) {
      const parts = readMultipart(context.request.bytes, context.request.headers['content-type'] ?? '');
      const [zip, json] = [parts.get('file'), parts.get('json') ?? parts.get('entity_content')];
      if (!zip)
        throw new OrgError(
          400,
          'INVALID_MULTIPART_REQUEST',
          'found no part named file, expected the zip archive',
        );
      const { deployOptions = {} } = JSON.parse(json?.toString('utf8') ?? '{}') as {
        deployOptions?: { checkOnly?: boolean };
      };
      const started = deploys.start(zip, context.user, { checkOnly: deployOptions.checkOnly === true });
      return {
        status: 201,
        body: { id: started.id, deployOptions, deployResult: deploys.status(started.id) },
      };
    }
    if (method === 'GET' && id !== undefined) return ok({ id, deployResult: deploys.status(id) });
    throw notModelled(`${method} metadata/${rest.join('/')}`);
  }

  function dispatch(context: Context): Answer {
    const { method, path } = context.request;
    const [, , version = '', resource, ...rest] = segments(path);
    if (!isServed(version.replace(/^v/, '')))
      throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (resource === undefined)
      return ok(Object.fromEntries(RESOURCES.map((name) => [name, `/services/data/${version}/${name}`])));
    if (resource === 'sobjects') return sobjects(context, method, rest);
    if (resource === 'composite') return compositeOf(context, method, rest);
    if (resource === 'graphql' && method === 'POST') return ok(graphql(context));
    if (resource === 'ui-api') return uiApi(context, method, rest);
    if (resource === 'jobs') return bulk(context, method, rest);
    if (resource === 'metadata') return metadata(context, method, rest);
    if (resource === 'named-credentials') return namedCredentials(context, method, rest);
    if (method !== 'GET')
      throw new OrgError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed`);
    if (resource === 'limits') return ok(limitsOf(usage));
    if ((resource === 'query' || resource === 'queryAll') && rest[0] !== undefined)
      return ok(cursors.next(context, rest[0]));
    if (resource === 'query' && context.request.query.get('columns') === 'true')
      return ok(columnsOf(context, soqlOf(context)));
    if (resource === 'query') return ok(cursors.first(context, soqlOf(context), false));
    if (resource === 'queryAll') return ok(cursors.first(context, soqlOf(context), true));
    throw new OrgError(
      404,
      'NOT_FOUND',
      `The requested resource does not exist, or the local org does not model it: ${path}`,
    );
  }

  return (request, user) => {
    const version = /^\/services\/data\/v(\d+\.\d+)/.exec(request.path)?.[1] ?? '';
    const context = { org, user, request, version, world: org.writeWorld(user) };
    // Flows may call out, so they take their time: no part of a composite request.
    const [, , , resource, ...rest] = segments(request.path);
    if (resource === 'actions' && isServed(version)) return flowActions(context, request.method, rest);
    return dispatch(context);
  };
}
