/** What jsforce hands on, checked: what does not fit is a failed read, never a TypeError further on. */
import { z, type ZodError, type ZodType } from 'zod';
import { ScorerError } from '../errors.ts';

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rows as they came, not copied: a page of stored scores has 30 MB. */
const rows = z.custom<readonly Row[]>(
  (value) => Array.isArray(value) && value.every(isRow),
  'expected a list of records',
);

/**
 * One page of a query. Where the next one is must be an address of the same kind: the session goes along with it.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
 */
export const QUERY_PAGE = z.object({
  totalSize: z.int().nonnegative(),
  done: z.boolean(),
  nextRecordsUrl: z
    .string()
    .regex(/^\/services\/data\/v\d+\.0\/query(All)?\/[^/?]+$/i)
    .nullish(),
  records: rows,
});

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm */
export const DESCRIPTION = z.object({
  name: z.string(),
  queryable: z.boolean(),
  recordTypeInfos: z.array(z.object({ developerName: z.string(), name: z.string() })).nullish(),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      picklistValues: z
        .array(z.object({ active: z.boolean(), value: z.union([z.string(), z.number(), z.boolean()]) }))
        .nullish(),
    }),
  ),
});

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_upsert.htm */
export const SAVE_RESULTS = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z
      .array(z.object({ statusCode: z.string().nullish(), message: z.string().nullish() }))
      .nullish()
      .transform((errors) => errors ?? []),
  }),
);

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_info.htm */
export const BULK_JOB = z.object({
  id: z.string().min(1),
  state: z.string().min(1),
  errorMessage: z.string().nullish(),
  numberRecordsProcessed: z.int().nullish(),
  numberRecordsFailed: z.int().nullish(),
});

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm */
export const VERSIONS = z.array(z.object({ version: z.string() })).min(1);

/**
 * An answer that fits its schema.
 *
 * @param what the call, as errors name it
 * @throws ScorerError SOURCE_UNEXPECTED naming the first field that does not
 * @example checked(QUERY_PAGE, {}, 'query Account') // throws "Salesforce query Account: field totalSize: …"
 */
export function checked<T>(schema: ZodType<T>, answer: unknown, what: string): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw unexpected(what, firstProblem(read.error));
}

/** The org answered something that contradicts itself, or that is no answer. */
export const unexpected = (what: string, why: string): ScorerError =>
  new ScorerError('SOURCE_UNEXPECTED', `Salesforce ${what}: ${why}; try again later`);

function firstProblem({ issues }: ZodError): string {
  const [issue] = issues;
  const path = issue === undefined || issue.path.length === 0 ? '(the whole answer)' : issue.path.join('.');
  return `field ${path}: ${issue?.message ?? 'not as expected'}`;
}
