import { z } from 'zod';
import type { Transport } from '../../http/transport.ts';

/** From here on conversation attributes have an address of their own, and priority has five levels. */
const NEW_SINCE = 16;

const ID = z.union([z.string().min(1), z.number()]).transform(String);
const TAGS = z.object({ data: z.array(z.object({ name: z.string() })) });
const TEAMS = z.object({ teams: z.array(z.object({ id: ID, name: z.string().nullish() })) });
const OPTION = z.union([z.string(), z.object({ label: z.string() }).transform(({ label }) => label)]);
const ATTRIBUTES = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      model: z.string().nullish(),
      data_type: z.string().nullish(),
      options: z.array(OPTION).nullish(),
    }),
  ),
});

/** What may be filled in on a conversation. */
export interface Attribute {
  readonly name: string;
  /** `boolean`, `string`, `list`, `integer` …; empty when Intercom does not say. */
  readonly type: string;
  /** What may be chosen; empty where anything may be written. */
  readonly options: readonly string[];
}

/** The calls that say which names a workspace knows. */
export interface NameCalls {
  readonly tags: () => Promise<readonly string[]>;
  readonly teams: () => Promise<readonly { readonly id: string; readonly name: string }[]>;
  readonly attributes: () => Promise<readonly Attribute[]>;
  /** The vendor's own words for priority, which no workspace can change. */
  readonly priorities: readonly string[];
}

/**
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/listtags
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/listteams
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listconversationattributes
 */
export function makeNameCalls(transport: Transport, apiVersion: string): NameCalls {
  const isNew = !/^2\.\d+$/.test(apiVersion) || Number(apiVersion.slice(2)) >= NEW_SINCE;
  return {
    tags: async () => {
      const { data } = await transport.request({
        method: 'GET',
        path: '/tags',
        endpoint: 'tags',
        schema: TAGS,
      });
      return data.map(({ name }) => name);
    },
    teams: async () => {
      const { teams } = await transport.request({
        method: 'GET',
        path: '/teams',
        endpoint: 'teams',
        schema: TEAMS,
      });
      return teams.map(({ id, name }) => ({ id, name: name ?? '' }));
    },
    attributes: async () => {
      const { data } = await transport.request({
        method: 'GET',
        ...(isNew
          ? { path: '/conversations/attributes' }
          : { path: '/data_attributes', query: { model: 'conversation' } }),
        endpoint: 'attributes',
        schema: ATTRIBUTES,
      });
      return data
        .filter(({ model }) => model == null || model === 'conversation')
        .map(({ name, data_type: type, options }) => ({ name, type: type ?? '', options: options ?? [] }));
    },
    priorities: isNew ? ['none', 'low', 'medium', 'high', 'urgent'] : ['priority', 'not_priority'],
  };
}
