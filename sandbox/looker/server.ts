import { startServer } from 'local-org/http';
import type { Answer, Request, StandIn } from 'local-org/http';
import type { Base } from '../data/customer.ts';
import { answerOf, invalid, notFound, Refusal } from './answers.ts';
import { describeField, writeResult, writeSqlError } from './format.ts';
import { EXPLORES, MODEL, type Explore } from './model.ts';
import { noQuirks, type Quirks } from './quirks.ts';
import { checkQuery, readQuery, type Query } from './query.ts';
import { makeWarehouse, runQuery } from './run.ts';
import { LOOKS, makeSaved, type Look } from './saved.ts';
import { makeSessions } from './session.ts';

export interface LookerOptions {
  readonly base: Base;
  /** Milliseconds since the epoch: months that begin later are not there yet, and tokens expire by it. */
  readonly clock: () => number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** 0 for any free one. */
  readonly port?: number;
  /** How long a token lives, seconds. */
  readonly tokenSeconds?: number;
  /** Without this permission a limit of -1 means 5,000 rows. */
  readonly downloadWithoutLimit?: boolean;
  readonly looks?: readonly Look[];
  readonly quirks?: Quirks;
}

const API = '/api/4.0/';
const DEFAULT_LIMIT = 500;
const CAP_WITHOUT_PERMISSION = 5_000;
const CAP = 100_000;

/**
 * Starts Looker over a customer base: model `alliants` with one explore each for sessions, features and platform
 * value, a saved Look per explore (42, 43, 44), inline and saved queries, and query tasks.
 *
 * Numbers come as numbers only with `apply_formatting=false`; 500 rows come unless a limit is named, and the one in
 * the address wins over the one in the body. Ids are numbers when all of them are made of digits.
 *
 * @throws Error naming the stand-in and port when the port is in use
 * @example
 * const looker = await startLooker({ base, clock, clientId: 'id', clientSecret: 'secret' });
 * await fetch(`${looker.url}/api/4.0/login`, { method: 'POST', body: new URLSearchParams({ client_id: 'id', client_secret: 'secret' }) })
 * // => 200, { access_token: '…', token_type: 'Bearer', expires_in: 3600, refresh_token: null }
 */
export async function startLooker(options: LookerOptions): Promise<StandIn> {
  const { base, clock, port = 0, tokenSeconds = 3_600, downloadWithoutLimit = true, looks = LOOKS } = options;
  const { clientId, clientSecret, quirks = noQuirks() } = options;
  const sessions = makeSessions({ clientId, clientSecret, tokenSeconds, clock });
  const saved = makeSaved(looks, clock);
  const warehouse = makeWarehouse(base);

  function run(query: Query, format: string, { query: options }: Pick<Request, 'query'>): Answer {
    const checked = checkQuery(query);
    if (quirks.sqlError !== null) return writeSqlError(format, quirks.sqlError);
    const now = clock();
    const newest = newestMonth(now, quirks.monthsMissing);
    const rows = runQuery(checked, warehouse, { now, newest });
    const limit = limitOf(options.get('limit'), query.limit, downloadWithoutLimit);
    const result = { explore: checked.explore, fields: checked.fields, filters: query.filters };
    return writeResult(
      format,
      { ...result, rows: rows.slice(0, limit) },
      {
        asText: options.get('apply_formatting') !== 'false',
        numericIds: warehouse.numericIds,
        reshape: quirks.reshape,
      },
    );
  }

  const describeQuery = (id: string, query: Query, { headers }: Request) => ({
    can: { run: true, show: true },
    id,
    ...query,
    pivots: null,
    url: `http://${headers['host'] ?? 'localhost'}/explore/${query.model}/${query.view}`,
    has_table_calculations: false,
  });
  const describeLook = ({ id, title, query }: Look, request: Request) => {
    const queryId = saved.save(query);
    return {
      id,
      title,
      deleted: false,
      public: false,
      model: { id: query.model, label: query.model },
      query_id: queryId,
      query: describeQuery(queryId, query, request),
    };
  };
  const describeTask = (id: string) => {
    const { queryId, format, polls } = saved.poll(id);
    return { id, query_id: queryId, result_format: format, status: polls < 2 ? 'running' : 'complete' };
  };

  /** Path patterns (`:id` is any one part) and their answers, in the order in which they are tried. */
  const routes: Readonly<Record<string, (request: Request, parts: readonly string[]) => Answer>> = {
    'DELETE logout': (request) => sessions.logout(request),
    'GET user': () => ({
      status: 200,
      body: { id: '7', display_name: 'Health Score Reader', is_disabled: false },
    }),
    'GET versions': (request) => ({ status: 200, body: versions(request) }),
    'POST queries/run/:format': (request, [format = '']) => run(readQuery(request.json()), format, request),
    'POST queries': (request) => {
      const query = readQuery(request.json());
      checkQuery(query);
      return { status: 200, body: describeQuery(saved.save(query), query, request) };
    },
    'GET queries/:id': (request, [id = '']) => ({
      status: 200,
      body: describeQuery(id, saved.query(id), request),
    }),
    'GET queries/:id/run/:format': (request, [id = '', format = '']) => run(saved.query(id), format, request),
    'GET looks/:id': (request, [id = '']) => ({ status: 200, body: describeLook(saved.look(id), request) }),
    'GET looks/:id/run/:format': (request, [id = '', format = '']) =>
      run(saved.look(id).query, format, request),
    'POST query_tasks': (request) => {
      const { query_id: queryId, result_format: format } = (request.json() ?? {}) as Record<string, unknown>;
      if (typeof queryId !== 'string') throw invalid('query_id', 'query_id is required', 'missing_field');
      if (typeof format !== 'string')
        throw invalid('result_format', 'result_format is required', 'missing_field');
      saved.query(queryId);
      const { id } = saved.startTask(queryId, format);
      return { status: 200, body: { id, query_id: queryId, result_format: format, status: 'added' } };
    },
    'GET query_tasks/:id': (_request, [id = '']) => ({ status: 200, body: describeTask(id) }),
    'GET query_tasks/:id/results': (request, [id = '']) => {
      const { queryId, format, polls } = saved.task(id);
      return polls < 2 ? { status: 202, body: '' } : run(saved.query(queryId), format, request);
    },
    'GET lookml_models/:model/explores/:explore': (_request, [model, name]) => {
      const explore = model === MODEL ? EXPLORES.find((each) => each.name === name) : undefined;
      if (explore === undefined) throw notFound();
      return { status: 200, body: describeExplore(explore, warehouse.numericIds) };
    },
  };
  const compiled = Object.entries(routes).map(([pattern, answer]) => ({
    pattern: new RegExp(`^${pattern.replaceAll(/:\w+/g, '([^/]+)')}$`),
    name: pattern.replace(' ', '/').replace(/^[A-Z]+/, (method) => method.toLowerCase()),
    answer,
  }));

  return startServer({
    name: 'Looker',
    port,
    clock,
    handle: (request) => {
      const line = `${request.method} ${request.path.startsWith(API) ? request.path.slice(API.length) : ''}`;
      const route = compiled.find(({ pattern }) => pattern.test(line));
      try {
        if (line === 'POST login') return sessions.login(request);
        sessions.require(request);
        if (route === undefined) throw notFound();
        return route.answer(request, (route.pattern.exec(line) ?? []).slice(1));
      } catch (error) {
        if (error instanceof Refusal)
          return answerOf(error, line === 'POST login' ? 'post/login' : (route?.name ?? ''));
        throw error;
      }
    },
  });
}

/** The moment up to which months have begun, when the last ones are missing. */
const newestMonth = (now: number, missing: number): number => {
  const at = new Date(now);
  return missing === 0 ? now : Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - missing + 1) - 1;
};

/**
 * How many rows come at most: the limit of the address, else of the query, else 500; -1 is all of them.
 *
 * @throws Refusal 400 for what is no whole number
 */
function limitOf(inAddress: string | null, inQuery: string | null, withoutLimit: boolean): number {
  const text = inAddress ?? inQuery ?? String(DEFAULT_LIMIT);
  if (!/^(-1|\d{1,9})$/.test(text)) throw new Refusal(400, `limit "${text}" is not a whole number`);
  if (text === '-1') return withoutLimit ? Number.POSITIVE_INFINITY : CAP_WITHOUT_PERMISSION;
  return Math.min(Number(text), CAP);
}

const describeExplore = ({ name, label, fields }: Explore, numericIds: boolean) => ({
  id: `${MODEL}::${name}`,
  name,
  label,
  title: label,
  model_name: MODEL,
  view_name: name,
  project_name: MODEL,
  hidden: false,
  can_save: true,
  has_timezone_support: true,
  fields: {
    dimensions: fields
      .filter(({ kind }) => kind === 'dimension')
      .map((field) => describeField(field, numericIds)),
    measures: fields
      .filter(({ kind }) => kind === 'measure')
      .map((field) => describeField(field, numericIds)),
    filters: [],
    parameters: [],
  },
});

function versions({ headers }: Request) {
  const origin = `http://${headers['host'] ?? 'localhost'}`;
  const current = { version: '4.0', full_version: '4.0.26.12', status: 'current', swagger_url: '' };
  return {
    looker_release_version: '26.12.3',
    current_version: current,
    supported_versions: [current],
    api_server_url: origin,
    web_server_url: origin,
  };
}
