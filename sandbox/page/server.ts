import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { API_VERSION, fieldOf, objectOf } from 'local-org';
import type { RunningOrg } from 'local-org';
import { buildPage, projectSources } from './build/build.ts';
import type { PageBuild, PageBuildOptions } from './build/build.ts';
import { readLightningPages } from './lightning-page.ts';
import type { LightningPage } from './lightning-page.ts';
import { createPeople } from './people.ts';
import type { Person } from './people.ts';
import { createTask, proposedTask, taskForm, taskInput } from './new-task.ts';
import { makeOrgProxy } from './org-proxy.ts';
import { knownObjects, objectOfId, readAccounts, readHead } from './records.ts';
import { accountList, notice, page, recordPage } from './views.ts';
import type { Appearance, Frame, Language } from './views.ts';
import { loadAssets, redirect, send, sendAsset } from './respond.ts';
import type { Html } from './html.ts';

export interface PageOptions {
  readonly org: RunningOrg;
  /** 0 or absent for any free one. */
  readonly port?: number;
  /** Components and labels; the project's own when absent. */
  readonly sources?: PageBuildOptions;
  /** Folder of Lightning pages; the project's own when absent. */
  readonly flexipages?: string;
}

export interface RunningPage {
  readonly url: string;
  readonly people: readonly Person[];
  readonly build: PageBuild;
  readonly close: () => Promise<void>;
}

const root = join(import.meta.dirname, '../..');
/**
 * Serves Lightning record pages with the project's own components over a local org, on the loopback address only. The
 * people who can look at them are created in the org.
 *
 * @throws Error when components do not build, import fields that the org lacks, or the port is in use
 * @example
 * const page = await startPage({ org: sandbox.org });
 * page.url // => 'http://127.0.0.1:…'
 */
export async function startPage(options: PageOptions): Promise<RunningPage> {
  const { org, port = 0, sources = projectSources() } = options;
  const build = await buildPage(sources);
  checkSchema(org, build);
  const layouts = readLightningPages(options.flexipages ?? join(root, 'force-app/main/default/flexipages'));
  const people = createPeople(org);
  const proxy = makeOrgProxy(org);
  const assets = loadAssets(build);

  async function record(frame: Frame, object: string, id: string): Promise<{ status: number; body: string }> {
    const found = await readHead(proxy.as(frame.person.userId), object, id);
    if (!found) {
      const text = 'It may have been deleted, or you do not have access to it.';
      return {
        status: 404,
        body: page(frame, 'No record', notice('This record is not available', text), null),
      };
    }
    const label = objectOf(org.org.schema, object)?.label ?? object;
    const reference = {
      type: 'standard__recordPage',
      attributes: { objectApiName: object, recordId: found.id, actionName: 'view' },
      state: {},
    };
    const content = recordPage(found, label, layoutOf(layouts, object));
    return { status: 200, body: page(frame, found.title, content, reference) };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://page');
    const path = url.pathname;
    if (!isOurs(request)) return send(response, 403, 'This address serves one local page only.');
    const asset = assets.get(path);
    if (asset) return sendAsset(request, response, asset);
    const frame = frameOf(request);
    if (proxy.serves(path)) return proxy.pass(request, response, frame.person.userId);
    if (path === '/sandbox/settings' && request.method === 'POST') return settings(request, response, people);
    if (path === '/lightning/o/Task/new') return newTask(request, response, url, frame);
    if (request.method !== 'GET') return send(response, 405, 'Pages are read with GET.');
    if (path === '/') return redirect(response, '/lightning/o/Account/list');
    const show = (status: number, title: string, content: Html): void =>
      send(response, status, page(frame, title, content, null), 'text/html; charset=utf-8');
    if (path === '/lightning/o/Account/list')
      return show(200, 'Accounts', accountList(await readAccounts(proxy.as(frame.person.userId))));
    const [, object, id = ''] = /^\/lightning\/r\/(?:(\w+)\/)?(\w{15,18})\/view$/.exec(path) ?? [];
    if (id !== '') {
      const name = object ?? (await objectOfId(proxy.as(frame.person.userId), id));
      if (name !== undefined && knownObjects().includes(name)) {
        const { status, body } = await record(frame, name, id);
        return send(response, status, body, 'text/html; charset=utf-8');
      }
    }
    show(404, 'Not modelled', notice('Salesforce has this page', `The local simulation does not: ${path}`));
  }

  async function newTask(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    frame: Frame,
  ): Promise<void> {
    const posted = request.method === 'POST';
    const input = posted
      ? taskInput(await readForm(request))
      : proposedTask(url.searchParams.get('defaultFieldValues') ?? '');
    const made = posted ? await createTask(proxy.as(frame.person.userId), input) : undefined;
    if (made && 'id' in made) return redirect(response, `/lightning/r/Task/${made.id}/view`);
    const content = taskForm(input, made?.problem);
    send(response, made ? 400 : 200, page(frame, 'New Task', content, null), 'text/html; charset=utf-8');
  }

  function frameOf(request: IncomingMessage): Frame {
    const chosen = cookies(request);
    const [first] = people;
    const person = people.find(({ key }) => key === chosen.get('sandbox_person')) ?? first;
    if (!person) throw new Error('The page has no people');
    const appearance: Appearance = chosen.get('sandbox_appearance') === 'dark' ? 'dark' : 'light';
    const language: Language = chosen.get('sandbox_language') === 'de' ? 'de' : 'en_US';
    const now = new Date(org.org.clock()).toISOString();
    return {
      person,
      people,
      appearance,
      language,
      path: request.url ?? '/',
      now,
      apiVersion: API_VERSION,
      buildKey: build.key,
    };
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (response.headersSent) response.destroy();
      else send(response, 500, `The local page failed:\n${message}`);
    });
  });
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    people,
    build,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: ReturnType<typeof createServer>, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = `The local page: found port ${port} in use, expected it to be free; stop what runs there or choose another`;
      reject(error.code === 'EADDRINUSE' ? new Error(busy) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });

/** What components import of the schema must be there, as a deploy would find. */
function checkSchema({ org }: RunningOrg, { schemaReferences }: PageBuild): void {
  const missing = schemaReferences.filter((reference) => {
    const [objectName = '', fieldName] = reference.split('.');
    const object = objectOf(org.schema, objectName);
    return !object || (fieldName !== undefined && !hasField(object, fieldName));
  });
  if (missing.length > 0)
    throw new Error(
      `@salesforce/schema: found ${missing.join(', ')}, expected fields and objects that exist`,
    );
}

const hasField = (object: NonNullable<ReturnType<typeof objectOf>>, name: string): boolean =>
  fieldOf(object, name) !== undefined ||
  [...object.fields.values()].some(({ relationshipName }) => relationshipName === name);

const layoutOf = (layouts: readonly LightningPage[], object: string): LightningPage | undefined => {
  const [first, ...more] = layouts.filter((layout) => layout.object === object);
  if (more.length > 0)
    throw new Error(
      `${object}: found ${more.length + 1} record pages, which of them is active is not modelled`,
    );
  return first;
};

/** A browser that was led here under another name, or from another page, gets nothing. */
function isOurs(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  const local = /^(?:127\.0\.0\.1|localhost):\d+$/.test(host);
  return local && (origin === undefined || origin === `http://${host}`);
}

const cookies = (request: IncomingMessage): Map<string, string> =>
  new Map(
    (request.headers.cookie ?? '').split(/;\s*/).map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name, value] as const;
    }),
  );

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

async function settings(
  request: IncomingMessage,
  response: ServerResponse,
  people: readonly Person[],
): Promise<void> {
  const form = await readForm(request);
  const person = people.find(({ key }) => key === form.get('person'));
  const appearance = form.get('appearance') === 'dark' ? 'dark' : 'light';
  const language = form.get('language') === 'de' ? 'de' : 'en_US';
  const back = form.get('back') ?? '/';
  response.writeHead(303, {
    'Set-Cookie': [
      ...(person ? [`sandbox_person=${person.key}; Path=/; SameSite=Strict; HttpOnly`] : []),
      `sandbox_appearance=${appearance}; Path=/; SameSite=Strict; HttpOnly`,
      `sandbox_language=${language}; Path=/; SameSite=Strict; HttpOnly`,
    ],
    // Only back into this page: a path, never another address.
    Location: /^\/(?![/\\])/.test(back) ? back : '/',
  });
  response.end();
}
