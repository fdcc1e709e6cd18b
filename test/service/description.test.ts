import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { externalServiceDocument } from '../../node-scorer/src/service/openapi.ts';
import { openService, type Opened } from './service-fixture.ts';

interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description: string;
    readonly schema: { readonly type: string };
  }[];
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { schema: Schema }>> }
    >
  >;
}
interface Schema {
  readonly type: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly type: string }>>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let opened: Opened;
let full: Document;
beforeAll(async () => {
  opened = await openService();
  full = (await opened.app.inject({ method: 'GET', url: '/openapi.json' })).json<Document>();
});
afterAll(() => opened.app.close());

describe('the description at /openapi.json', () => {
  it('is OpenAPI 3.0.3 and names every operation once', () => {
    expect(full.openapi).toBe('3.0.3');
    const operations = Object.entries(full.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(operations.toSorted()).toEqual([
      'get /healthz isAlive',
      'get /metrics getMetrics',
      'get /readyz isReady',
      'get /v1/runs/{runId} getRun',
      'get /v1/runs/{runId}/scores.csv getScores',
      'post /v1/runs startRun',
    ]);
  });

  it('asks for proof everywhere but where anyone may ask', () => {
    expect(full.security).toEqual([{ bearer: [] }]);
    expect(full.paths['/v1/runs']?.['post']?.security).toBeUndefined();
    expect(full.paths['/metrics']?.['get']?.security).toBeUndefined();
    expect(full.paths['/healthz']?.['get']?.security).toEqual([]);
  });

  it('knows nothing that version 3.0.3 does not: no list of types, no null type, no const', () => {
    const text = JSON.stringify(full);
    expect(text).not.toMatch(/"type":\[|"type":"null"|"const":|"examples":/);
  });

  it('describes refusals as problem documents', () => {
    const responses = full.paths['/v1/runs']?.['post']?.responses ?? {};
    expect(Object.keys(responses)).toEqual(['202', '4XX', '5XX']);
    expect(Object.keys(responses['4XX']?.content ?? {})).toEqual(['application/problem+json']);
  });
});

describe('the description for External Services', () => {
  const document = externalServiceDocument();
  const post = document.paths['/v1/runs'].post as unknown as Operation;

  it('is the part of the full one that starts runs', () => {
    const ofFull = full.paths['/v1/runs']?.['post'];
    expect(document.info.version).toBe(full.info.version);
    expect(post.operationId).toBe(ofFull?.operationId);
    const plain = (operation: Operation | undefined) =>
      operation?.parameters?.map(({ name, in: place, required, description, schema: { type } }) => ({
        name,
        place,
        required,
        description,
        type,
      }));
    expect(plain(post)).toEqual(plain(ofFull));
    expect(plain(post)).toHaveLength(6);
    const schemaOf = (operation: Operation | undefined) =>
      operation?.responses['202']?.content?.['application/json']?.schema;
    expect(schemaOf(post)?.required).toEqual(schemaOf(ofFull)?.required);
    expect(Object.keys(schemaOf(post)?.properties ?? {})).toEqual(
      Object.keys(schemaOf(ofFull)?.properties ?? {}),
    );
  });

  it('declares 202 alone, so that every other answer takes the fault path', () => {
    expect(Object.keys(post.responses)).toEqual(['202']);
    expect(Object.keys(document.paths)).toEqual(['/v1/runs']);
  });

  it('holds texts and booleans only: no enumeration, number, list or body', () => {
    const types = [...JSON.stringify(document).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
    expect(new Set(types)).toEqual(new Set(['string', 'boolean', 'object']));
    expect(JSON.stringify(document)).not.toMatch(/enum|pattern|default|requestBody|nullable|format/);
  });
});
