import type { UsageFacts } from '../facts/index.ts';
import type { Reading } from '../scoring/index.ts';
import { defineMetric, type Metric } from './define-metric.ts';
import { measured, missing } from './measured.ts';

/** A pillar comes from the platform's own model as a score; one outside 0–100 is no score. */
function pillarScore({ platform }: UsageFacts, id: string): Reading {
  if ('missing' in platform) return missing(platform.missing);
  const score = platform.known[id] ?? null;
  if (score === null) return missing('no_activity');
  if (typeof score === 'string') return missing(score);
  return score < 0 || score > 100 ? missing('invalid') : measured(score);
}

const pillar = (id: string, label: string, about: string): Metric =>
  defineMetric({
    id,
    label,
    unit: 'score',
    direction: 'higher',
    source: 'looker',
    description: `Score of 0 to 100 for ${about} in the window, from the platform's own model.`,
    fixableBy: 'csm',
    family: 'pillar',
    read: (usage: UsageFacts) => pillarScore(usage, id),
  });

/** Pillars of platform value, from Looker: what the customer gets out of each part of the product. */
export const PLATFORM_VALUE = [
  pillar('messaging', 'Messaging', 'the use made of messaging'),
  pillar('automations', 'Automations', 'the work done by automations'),
  pillar('contactless', 'Contactless', 'the use made of contactless journeys'),
  pillar('requests', 'Requests', 'the requests handled on the platform'),
  pillar('staff_adoption', 'Staff adoption', "the share of the customer's staff who work on the platform"),
] as const;
