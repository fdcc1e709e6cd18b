import type { ChampionTerm } from '../facts/index.ts';
import { daysBetween, type Reading } from '../scoring/index.ts';
import { defineMetric } from './define-metric.ts';
import { fromKnown } from './financial.ts';
import { measured, missing } from './measured.ts';

/**
 * Days since the champion role last changed hands, as of a day. A vacant role is 0 days stable: nobody
 * speaks for us there, however long ago the last champion left.
 *
 * @example championStability([{ since: '2026-10-01', until: null }], '2026-10-31') // => { value: 30 }
 */
function championStability(terms: readonly ChampionTerm[], asOf: string): Reading {
  const begun = terms.filter((term) => term.since !== null && term.since <= asOf);
  if (begun.length === 0) return missing('no_activity');
  const held = begun.some((term) => term.until === null || term.until > asOf);
  if (!held) return measured(0);
  const changes = begun
    .flatMap((term) => [term.since, term.until])
    .filter((day) => day !== null && day <= asOf);
  const last = changes.reduce<string>((latest, day) => (day !== null && day > latest ? day : latest), '');
  return measured(daysBetween(last, asOf));
}

/** Metrics of the relationship, from Salesforce. What they mean in detail: docs/decisions/0002. */
export const RELATIONSHIP = [
  defineMetric({
    id: 'qbr_attendance',
    label: 'QBR attendance',
    unit: 'percent',
    direction: 'higher',
    source: 'salesforce',
    description: 'Quarterly reviews attended of those held in the twelve months to the end of the window.',
    fixableBy: 'csm',
    read: (facts) =>
      fromKnown(facts.qbrs, (held) =>
        held.length === 0
          ? missing('no_activity')
          : measured((100 * held.filter(({ attended }) => attended).length) / held.length),
      ),
  }),
  defineMetric({
    id: 'champion_stability',
    label: 'Champion in place',
    unit: 'days',
    direction: 'higher',
    source: 'salesforce',
    description: 'Days since the champion role last changed hands; 0 while it is vacant.',
    fixableBy: 'nobody',
    // A vacant seat does not become stable by waiting.
    advance: (value, days) => (value === 0 ? 0 : value + days),
    read: (facts, window) => fromKnown(facts.champions, (terms) => championStability(terms, window.asOf)),
  }),
  defineMetric({
    id: 'expansion_signals',
    label: 'Open expansions',
    unit: 'count',
    direction: 'higher',
    source: 'salesforce',
    description: 'Expansion opportunities open at the end of the window.',
    fixableBy: 'csm',
    family: 'deal',
    read: (facts) => fromKnown(facts.openExpansions, measured),
  }),
] as const;
