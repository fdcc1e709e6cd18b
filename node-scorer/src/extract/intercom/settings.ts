import { z } from 'zod';
import { expecting, note, text, textOf, texts, type DeepReadonly } from '../../config/schema-parts.ts';

const KINDS = ['priority', 'tag', 'team', 'custom_attribute'] as const;

/** One test of a conversation: any of the named priorities, tags or teams, or one custom attribute's value. */
export type ConversationTest =
  | { readonly priority: readonly string[] }
  | { readonly tag: readonly string[] }
  | { readonly team: readonly string[] }
  | { readonly custom_attribute: { readonly name: string; readonly equals: string | number | boolean } };

const conversationTests = z.array(
  z
    .strictObject({
      priority: texts.optional(),
      tag: texts.optional(),
      team: texts.optional(),
      custom_attribute: z
        .strictObject({
          name: text(),
          equals: expecting(
            z.union([z.string(), z.number(), z.boolean()]),
            'a text, a number, true or false',
          ),
        })
        .optional(),
    })
    .superRefine((test, context) => {
      const given = KINDS.filter((kind) => Object.hasOwn(test, kind));
      if (given.length === 1) return;
      const found = given.length === 0 ? 'no test' : given.join(' and ');
      note(context, [], found, `one of ${KINDS.join(', ')}`, 'make each a test of its own');
    })
    .transform((test) => test as ConversationTest),
);

/** What `sources.yaml` says of Intercom. */
export const SETTINGS = z.strictObject({
  /** Sent as `Intercom-Version`, such as `2.16`. */
  api_version: textOf(/^(\d+\.\d+|Preview)$/, 'a version such as "2.16"', 'put it in quotes'),
  base_url: textOf(
    /^https?:\/\/[^\s?#@]+$/,
    'an http(s) address without user, query or fragment',
    'for example https://api.intercom.io',
  ),
  /** What the mapping holds: Intercom's own company id, or the `company_id` that we gave it. */
  company_id: z.enum(['intercom', 'external']),
  /** Values of `source.delivered_as` that no customer began. */
  exclude_delivered_as: texts,
  /** Any of these makes a conversation P1/P2. */
  p1_p2: conversationTests,
  /** Any of these makes it an escalation. */
  escalation: conversationTests,
});

export type IntercomSource = DeepReadonly<z.output<typeof SETTINGS>>;
