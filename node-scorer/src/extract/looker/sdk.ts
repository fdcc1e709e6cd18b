import type { NodeSession as Session } from '@looker/sdk-node';
import type { ITransport, SDKResponse } from '@looker/sdk-rtl';
import { z } from 'zod';
import { ScorerError } from '../../errors.ts';
import { makeTransport, type Runtime, type Transport, type TransportOptions } from '../../http/transport.ts';

const LOGIN_PATH = '/api/4.0/login';
const LOGIN_DEADLINE_MS = 30_000;
/** A query may run for minutes; one that did not answer by then is not asked again. */
const QUERY_DEADLINE_MS = 300_000;
const ACCESS =
  'LOOKER_BASE_URL, LOOKER_CLIENT_ID and LOOKER_CLIENT_SECRET, and that the API user may see the model and has "download_without_limit"';

const TOKEN = z.object({ access_token: z.string().min(1), expires_in: z.number() });

export interface LookerCredentials {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A query over one explore, without any limit on its rows. */
export interface InlineQuery {
  readonly model: string;
  readonly view: string;
  readonly fields: readonly string[];
  readonly filters: Readonly<Record<string, string>>;
  readonly sorts: readonly string[];
  readonly timezone: string;
}

/** What we use of Looker. */
export interface LookerSdk {
  /** Signs in now, so that bad credentials fail before anything is asked. */
  readonly login: () => Promise<void>;
  readonly runQuery: (query: InlineQuery) => Promise<unknown>;
  readonly runLook: (lookId: number) => Promise<unknown>;
  /** Fields of an explore; null when there is none of that name, or none that we may see. */
  readonly explore: (model: string, name: string) => Promise<readonly string[] | null>;
  /** What a saved Look asks; null when there is none of that number, or none that we may see. */
  readonly look: (lookId: number) => Promise<SavedLook | null>;
}

/** A saved Look's own question. */
export interface SavedLook {
  readonly fields: readonly string[];
  /** So many rows come at most; null where it has no limit of its own. */
  readonly limit: number | null;
}

const NAMED = z.array(z.object({ name: z.string() })).nullish();
const EXPLORE = z.object({ fields: z.object({ dimensions: NAMED, measures: NAMED }) });
const LOOK = z.object({
  query: z.object({ fields: z.array(z.string()), limit: z.union([z.string(), z.number()]).nullish() }),
});

type RuntimeOptions = Runtime & Pick<Partial<TransportOptions>, 'deadlineMs' | 'maxTries' | 'attempt'>;

/**
 * The vendor's SDK over our own transport, loaded here and not before: it is a big package.
 *
 * Not the SDK's own transport: its timeout has no effect, it does not honour Retry-After, it loses the HTTP
 * status, and it prints a line per request. Not credentials in its settings object either: its session reads
 * them through `readConfig`, which by default looks at the environment and at nothing else.
 *
 * @see https://github.com/looker-open-source/sdk-codegen/tree/main/packages/sdk-node
 * @example const sdk = await makeLookerSdk({ baseUrl: 'https://example.cloud.looker.com', clientId, clientSecret }, runtime);
 */
export async function makeLookerSdk(
  credentials: LookerCredentials,
  runtime: RuntimeOptions,
): Promise<LookerSdk> {
  const [{ NodeSession, NodeSettings }, { Looker40SDK }] = await Promise.all([
    import('@looker/sdk-node'),
    import('@looker/sdk'),
  ]);
  const baseUrl = credentials.baseUrl.replace(/\/+$/, '');
  const readConfig = (): Record<string, string> => ({
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  });
  class Settings extends NodeSettings {
    override readConfig(): Record<string, string> {
      return readConfig();
    }
  }
  const settings = new Settings('', {
    base_url: baseUrl,
    verify_ssl: true,
    timeout: QUERY_DEADLINE_MS / 1_000,
    agentTag: '',
    readConfig,
    isConfigured: () => true,
  });
  const common = {
    deadlineMs: QUERY_DEADLINE_MS,
    ...runtime,
    vendor: { name: 'looker', title: 'Looker', addressIn: 'LOOKER_BASE_URL' },
    baseUrl,
    access: ACCESS,
    contact: { answered: false },
  } as const;
  const session: Session = new NodeSession(
    settings,
    underSdk(baseUrl, credentials, {
      login: makeTransport({
        ...common,
        deadlineMs: Math.min(common.deadlineMs, LOGIN_DEADLINE_MS),
        headers: () => ({}),
      }),
      api: makeTransport({
        ...common,
        totalMs: common.deadlineMs,
        secrets: [credentials.clientSecret],
        headers: async () => ({ Authorization: `Bearer ${(await session.getToken()).access_token}` }),
        renew: () => Promise.resolve(session.reset()),
      }),
    }),
  );
  const sdk = new Looker40SDK(session);
  const options = { result_format: 'json', limit: -1, apply_formatting: false, cache: false } as const;
  return {
    login: async () => {
      await session.login();
    },
    runQuery: ({ model, view, fields, filters, sorts, timezone }) =>
      sdk.ok<unknown, unknown>(
        sdk.run_inline_query({
          ...options,
          body: {
            model,
            view,
            fields: [...fields],
            filters: { ...filters },
            sorts: [...sorts],
            // A text in the body, a number in the address; without either the server picks its own limit.
            limit: '-1',
            query_timezone: timezone,
          },
        }),
      ),
    runLook: (lookId) => sdk.ok<unknown, unknown>(sdk.run_look({ ...options, look_id: String(lookId) })),
    explore: async (model, name) => {
      const call = sdk.lookml_model_explore({
        lookml_model_name: model,
        explore_name: name,
        fields: 'fields',
      });
      const found = await unlessAbsent(EXPLORE, `explore ${name}`, sdk.ok<unknown, unknown>(call));
      const { dimensions, measures } = found?.fields ?? {};
      return found && [...(dimensions ?? []), ...(measures ?? [])].map((field) => field.name);
    },
    look: async (lookId) => {
      const found = await unlessAbsent(
        LOOK,
        `Look ${lookId}`,
        sdk.ok<unknown, unknown>(sdk.look(String(lookId))),
      );
      if (found === null) return null;
      const limit = Number(found.query.limit ?? -1);
      return { fields: found.query.fields, limit: limit > 0 ? limit : null };
    },
  };
}

/** An answer of the form that we expect; null where Looker says that there is no such thing. */
async function unlessAbsent<T>(
  schema: z.ZodType<T>,
  what: string,
  answer: Promise<unknown>,
): Promise<T | null> {
  let value: unknown;
  try {
    value = await answer;
  } catch (error) {
    if (error instanceof ScorerError && error.vendorStatus === 404) return null;
    throw error;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ScorerError(
    'SOURCE_UNEXPECTED',
    `Looker: ${what}: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'not as expected'}`,
  );
}

/** Our transport in the place where the SDK expects its own. Only what our calls need; the rest is refused. */
function underSdk(
  baseUrl: string,
  { clientId, clientSecret }: LookerCredentials,
  { login, api }: { readonly login: Transport; readonly api: Transport },
): ITransport {
  const unused = (): never => {
    throw new ScorerError('DEFECT', 'Looker: a call that this transport does not make');
  };
  return {
    observer: undefined,
    retry: unused,
    rawRequest: unused,
    parseResponse: unused,
    stream: unused,
    request: async <TSuccess, TError>(
      method: string,
      address: string,
      query?: Readonly<Record<string, unknown>> | null,
      body?: unknown,
    ): Promise<SDKResponse<TSuccess, TError>> => {
      const path = address.startsWith(baseUrl) ? address.slice(baseUrl.length) : address;
      const value: unknown =
        path === LOGIN_PATH
          ? await signIn(login, { client_id: clientId, client_secret: clientSecret })
          : await api.request({
              method: method === 'GET' ? 'GET' : 'POST',
              path,
              endpoint: endpointOf(path),
              query: given(query),
              ...(body === undefined ? {} : { body }),
              schema: z.unknown(),
            });
      return { ok: true, value: value as TSuccess };
    },
  };
}

const endpointOf = (path: string): string => {
  if (path.startsWith('/api/4.0/lookml_models/')) return 'explore';
  return path.startsWith('/api/4.0/looks/') ? 'look' : 'query';
};

/** Looker answers 404 to a wrong pair of credentials. */
async function signIn(login: Transport, form: Record<string, string>): Promise<unknown> {
  try {
    return await login.request({ method: 'POST', path: LOGIN_PATH, endpoint: 'login', form, schema: TOKEN });
  } catch (error) {
    if (!(error instanceof ScorerError) || error.code !== 'SOURCE_SETTINGS') throw error;
    throw new ScorerError('SOURCE_REFUSED', `${error.message.split(';')[0] ?? ''}; check ${ACCESS}`);
  }
}

const given = (query: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    ),
  );
