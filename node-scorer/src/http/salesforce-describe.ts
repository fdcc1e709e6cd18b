import type { Connection } from 'jsforce';
import { ScorerError } from '../errors.ts';
import type { Again } from './salesforce-again.ts';
import { checked, DESCRIPTION, VERSIONS } from './salesforce-answers.ts';
import { explain } from './salesforce-errors.ts';

export interface FieldDescription {
  readonly name: string;
  /** As describe says it: string, double, currency, date, datetime, picklist, reference, boolean … */
  readonly type: string;
  /** Active values of a picklist; empty for other types. */
  readonly values: readonly string[];
}

export interface Description {
  readonly name: string;
  readonly queryable: boolean;
  readonly fields: ReadonlyMap<string, FieldDescription>;
  /** Developer names and labels of its record types. */
  readonly recordTypes: readonly string[];
}

export type Describe = (object: string) => Promise<Description | null>;

/** Describes objects, each once; a failed read is not remembered. */
export function makeDescribe(connection: Connection, again: Again): Describe {
  const cache = new Map<string, Promise<Description | null>>();
  let versionThere: Promise<void> | undefined;
  const ask = async (object: string): Promise<Description | null> => {
    const what = `describe ${object}`;
    try {
      return await again(what, async () => {
        const answer = await connection.request<unknown>(`/sobjects/${object}/describe`);
        const { name, queryable, fields, recordTypeInfos } = checked(DESCRIPTION, answer, what);
        return {
          name,
          queryable,
          recordTypes: (recordTypeInfos ?? []).flatMap((type) => [type.developerName, type.name]),
          fields: new Map(
            fields.map(({ name: field, type, picklistValues }) => [
              field,
              {
                name: field,
                type,
                values: (picklistValues ?? [])
                  .filter(({ active }) => active)
                  .map(({ value }) => String(value)),
              },
            ]),
          ),
        };
      });
    } catch (error) {
      const code = (error as { errorCode?: unknown } | null)?.errorCode;
      if (code === 'INVALID_TYPE') return null;
      if (code !== 'NOT_FOUND') throw explain(error, what);
      await (versionThere ??= checkVersion(connection));
      return null;
    }
  };
  return (object) => {
    const known = cache.get(object) ?? ask(object);
    cache.set(object, known);
    known.catch(() => cache.delete(object));
    return known;
  };
}

/**
 * An org answers 404 for an object that it has not, and for everything of an API version that it has not.
 *
 * @throws ScorerError ENVIRONMENT_INVALID when it has not the version that we speak
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm
 */
export async function checkVersion(connection: Connection): Promise<void> {
  const { version } = connection;
  let offered: readonly string[];
  try {
    const answer = await connection.request<unknown>('/services/data');
    offered = checked(VERSIONS, answer, 'versions').map((each) => each.version);
  } catch {
    // An old or closed door tells no versions: what it said of the object has to do.
    return;
  }
  if (offered.includes(version)) return;
  throw new ScorerError(
    'ENVIRONMENT_INVALID',
    `Salesforce API version ${version}: found NOT_FOUND (the org offers ${offered[0]} to ${offered.at(-1)}), expected an org that has it; wait for the org's next release or use a scorer that speaks its version`,
  );
}
