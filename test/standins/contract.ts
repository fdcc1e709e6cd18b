import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

type Json = Record<string, unknown>;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: Json; example?: unknown }>> }>
  >;
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  // Jira writes offsets without a colon: the vendor's own examples would not pass RFC 3339.
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:?\d{2})$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  'uri-reference': /^\S*$/,
};

/**
 * The vendor's description as a judge of answers.
 *
 * @param file path below test/contracts
 * @returns `problems(path, method, status, body)`: what the description finds wrong, empty when nothing; throws when
 * the description has no such answer, so that a test cannot judge nothing
 */
export function readContract(file: string) {
  const document = JSON.parse(
    readFileSync(join(import.meta.dirname, '../contracts', file), 'utf8'),
  ) as Document;
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
  for (const name of ['int32', 'int64', 'float', 'double', 'password']) ajv.addFormat(name, true);
  ajv.addSchema(withNullableRefs(document) as Json, 'contract');
  const known = new Map<string, ValidateFunction>();

  const validator = (pointer: string): ValidateFunction => {
    const validate = known.get(pointer) ?? ajv.compile({ $ref: `contract#${pointer}` });
    known.set(pointer, validate);
    return validate;
  };
  const judge = (pointer: string, body: unknown): string[] => {
    const validate = validator(pointer);
    validate(body);
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`.trim(),
    );
  };

  return {
    problems: (path: string, method: string, status: number, body: unknown): string[] => {
      const content = document.paths[path]?.[method]?.responses[status]?.content?.['application/json'];
      if (content === undefined) {
        throw new Error(`found no ${method} ${path} ${status} with a schema in ${file}`);
      }
      const escape = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');
      const parts = [
        'paths',
        path,
        method,
        'responses',
        String(status),
        'content',
        'application/json',
        'schema',
      ];
      return judge(encodeURI(`/${parts.map(escape).join('/')}`), body);
    },
    /** Against a named schema, where the description gives an answer no schema of its own. */
    problemsOf: (schema: string, body: unknown): string[] => judge(`/components/schemas/${schema}`, body),
  };
}

/** OpenAPI 3.0 lets `nullable` stand beside `$ref`, where JSON Schema looks away. */
function withNullableRefs(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNullableRefs);
  if (typeof node !== 'object' || node === null) return node;
  const wrapped: Json = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withNullableRefs(value)]),
  );
  if (wrapped['nullable'] !== true || 'type' in wrapped) return wrapped;
  const bare = Object.fromEntries(Object.entries(wrapped).filter(([key]) => key !== 'nullable'));
  return { anyOf: [bare, { type: 'null' }] };
}
