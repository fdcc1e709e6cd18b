import type { Answer } from 'local-org/http';
import { failure } from './answers.ts';
import { compileJql, type Context } from './jql/compile.ts';
import { JqlError } from './jql/tokens.ts';
import type { IssueNow, Site } from './site.ts';

export type Finder = (jql: string) => readonly IssueNow[] | Answer;

export interface FindOptions {
  readonly context: Context;
  /** False for who is not signed in. */
  readonly seesAll: boolean;
  /** Cloud refuses a query without any restriction, Data Center does not. */
  readonly boundedOnly: boolean;
}

const MAX_ORDER_FIELDS = 7;

/**
 * Finds issues by JQL, in the order of the query. Answers of the present moment are kept, so that a page costs no
 * second search.
 *
 * Who is not signed in sees no project: the query is still read, but answers with nothing instead of an error,
 * which is how bad credentials come to look like "no bugs".
 *
 * @returns issues, or the vendor's 400
 */
export function makeFind(): (jql: string, options: FindOptions) => readonly IssueNow[] | Answer {
  const known = new WeakMap<Site, Map<string, readonly IssueNow[]>>();
  return (jql, { context, seesAll, boundedOnly }) => {
    const ofSite = known.get(context.site) ?? new Map<string, readonly IssueNow[]>();
    known.set(context.site, ofSite);
    const kept = seesAll ? ofSite.get(jql) : undefined;
    if (kept !== undefined) return kept;
    try {
      const { test, order, bounded, orderFields } = compileJql(jql, context);
      if (boundedOnly && !bounded) {
        return failure(400, [
          'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
        ]);
      }
      if (boundedOnly && orderFields > MAX_ORDER_FIELDS) {
        return failure(400, [`The orderBy clause can contain a maximum of ${MAX_ORDER_FIELDS} fields.`]);
      }
      if (!seesAll) return [];
      const found = context.site.issues.filter(test).toSorted(order);
      ofSite.set(jql, found);
      return found;
    } catch (error) {
      if (error instanceof JqlError) return failure(400, error.messages);
      throw error;
    }
  };
}
