import type { Conversation } from '../facts/index.ts';
import type { Reading } from '../scoring/index.ts';
import { defineMetric } from './define-metric.ts';
import { measured, median, missing } from './measured.ts';

type Conversations = readonly Conversation[];

/** Share in percent of those that pass; nothing to share out is `no_activity`. */
function percentOf<T>(all: readonly T[], passes: (one: T) => boolean): Reading {
  return all.length === 0 ? missing('no_activity') : measured((100 * all.filter(passes).length) / all.length);
}

/** Median in seconds of what is known; nothing known is `no_activity`. */
function medianSeconds(values: readonly (number | null)[]): Reading {
  const middle = median(values.filter((value) => value !== null));
  return middle === null ? missing('no_activity') : measured(middle);
}

const SATISFIED_FROM = 4;

/** Metrics of conversations with support, from Intercom. What they mean in detail: docs/decisions/0002. */
export const SUPPORT = [
  defineMetric({
    id: 'p1_p2_pct',
    label: 'Urgent conversations',
    unit: 'percent',
    direction: 'lower',
    source: 'intercom',
    description: 'Share of the conversations begun in the window that count as P1 or P2.',
    fixableBy: 'product',
    read: (conversations: Conversations) => percentOf(conversations, ({ p1p2 }) => p1p2),
  }),
  defineMetric({
    id: 'escalation_pct',
    label: 'Escalated conversations',
    unit: 'percent',
    direction: 'lower',
    source: 'intercom',
    description: 'Share of the conversations begun in the window that were escalated.',
    fixableBy: 'support',
    read: (conversations: Conversations) => percentOf(conversations, ({ escalated }) => escalated),
  }),
  defineMetric({
    id: 'median_first_response_seconds',
    label: 'First response',
    unit: 'seconds',
    direction: 'lower',
    source: 'intercom',
    description:
      "Median time until the team's first reply to a conversation begun in the window, office hours as Intercom counts them.",
    fixableBy: 'support',
    read: (conversations: Conversations) =>
      medianSeconds(conversations.map(({ firstResponseSeconds }) => firstResponseSeconds)),
  }),
  defineMetric({
    id: 'median_resolution_seconds',
    label: 'Resolution',
    unit: 'seconds',
    direction: 'lower',
    source: 'intercom',
    description:
      'Median time until a conversation begun in the window was last closed; open ones do not count.',
    fixableBy: 'support',
    read: (conversations: Conversations) =>
      medianSeconds(conversations.map(({ resolutionSeconds }) => resolutionSeconds)),
  }),
  defineMetric({
    id: 'csat_score',
    label: 'Satisfaction',
    unit: 'percent',
    direction: 'higher',
    source: 'intercom',
    description: 'Ratings of 4 or 5 among the ratings given to conversations begun in the window.',
    fixableBy: 'support',
    read: (conversations: Conversations) =>
      percentOf(
        conversations.map(({ rating }) => rating).filter((rating) => rating !== null),
        (rating) => rating >= SATISFIED_FROM,
      ),
  }),
  defineMetric({
    id: 'total_conversations',
    label: 'Conversations',
    unit: 'count',
    direction: 'lower',
    source: 'intercom',
    description: 'Conversations that the customer began in the window, never-closed ones included.',
    fixableBy: 'customer',
    contextOnly: true,
    read: (conversations: Conversations) => measured(conversations.length),
  }),
  defineMetric({
    id: 'csat_response_rate',
    label: 'Ratings answered',
    unit: 'percent',
    direction: 'higher',
    source: 'intercom',
    description: 'Ratings given among the ratings asked for, conversations begun in the window.',
    fixableBy: 'customer',
    contextOnly: true,
    read: (conversations: Conversations) =>
      percentOf(
        conversations.filter(({ ratingRequested }) => ratingRequested),
        ({ rating }) => rating !== null,
      ),
  }),
] as const;
