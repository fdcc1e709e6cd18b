import type { Conversation } from '../facts/index.ts';
import type { Reading } from '../scoring/index.ts';
import { defineMetric } from './define-metric.ts';
import { measured, median, missing, unlessLost } from './measured.ts';

type Conversations = readonly Conversation[];

/** Share in percent of those that are true; nothing to share out is `no_activity`. */
const percentTrue = (all: readonly boolean[]): Reading =>
  all.length === 0 ? missing('no_activity') : measured((100 * all.filter((one) => one).length) / all.length);

/** Median in seconds of what is known; nothing known is `no_activity`. */
function medianSeconds(values: readonly (number | null)[]): Reading {
  const middle = median(values.filter((value) => value !== null));
  return middle === null ? missing('no_activity') : measured(middle);
}

/** Longer than anything that was ever waited for. */
const NEVER = Number.POSITIVE_INFINITY;

/** Ratings of 4 or 5 among those that were given. */
const satisfied = (ratings: readonly (number | null)[]): Reading =>
  percentTrue(ratings.filter((rating) => rating !== null).map((rating) => rating >= SATISFIED_FROM));

/** Was a rating given, of those that were asked for? Null where none was. */
const answered = ({ ratingRequested, rating }: Conversation) =>
  ratingRequested === false ? null : typeof rating === 'string' ? rating : rating !== null;

/** The lowest rating that counts as satisfied. */
export const SATISFIED_FROM = 4;

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
    family: 'ratio',
    read: (conversations: Conversations) =>
      unlessLost(
        conversations.map(({ p1p2 }) => p1p2),
        true,
        percentTrue,
      ),
  }),
  defineMetric({
    id: 'escalation_pct',
    label: 'Escalated conversations',
    unit: 'percent',
    direction: 'lower',
    source: 'intercom',
    description: 'Share of the conversations begun in the window that were escalated.',
    fixableBy: 'support',
    family: 'ratio',
    read: (conversations: Conversations) =>
      unlessLost(
        conversations.map(({ escalated }) => escalated),
        true,
        percentTrue,
      ),
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
    family: 'time',
    read: (conversations: Conversations) =>
      unlessLost(
        conversations.map(({ firstResponseSeconds }) => firstResponseSeconds),
        NEVER,
        medianSeconds,
      ),
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
    family: 'time',
    read: (conversations: Conversations) =>
      unlessLost(
        conversations.map(({ resolutionSeconds }) => resolutionSeconds),
        NEVER,
        medianSeconds,
      ),
  }),
  defineMetric({
    id: 'csat_score',
    label: 'Satisfaction',
    unit: 'percent',
    direction: 'higher',
    source: 'intercom',
    description: 'Ratings of 4 or 5 among the ratings given to conversations begun in the window.',
    fixableBy: 'support',
    family: 'ratio',
    read: (conversations: Conversations) =>
      unlessLost(
        conversations.map(({ rating }) => rating),
        1,
        satisfied,
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
    read: (conversations: Conversations) =>
      conversations.some(({ createdAt }) => createdAt === null)
        ? missing('invalid')
        : measured(conversations.length),
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
      unlessLost(conversations.map(answered), false, (all) => percentTrue(all.filter((one) => one !== null))),
  }),
] as const;
