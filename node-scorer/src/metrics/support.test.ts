import { describe, expect, it } from 'vitest';
import type { Conversation } from '../facts/index.ts';
import { OCTOBER } from '../facts/october-in-test.ts';
import type { Facts } from './define-metric.ts';
import { SUPPORT } from './support.ts';

const conversation = (over: Partial<Conversation> = {}): Conversation => ({
  id: '1',
  createdAt: Date.parse('2026-10-03T09:00:00Z'),
  p1p2: false,
  escalated: false,
  firstResponseSeconds: null,
  resolutionSeconds: null,
  ratingRequested: false,
  rating: null,
  ...over,
});

const factsOf = (intercom: Facts['intercom']): Facts => ({
  intercom,
  jira: { missing: 'not_configured' },
  looker: { missing: 'not_configured' },
  salesforce: { missing: 'not_configured' },
});

const read = (id: string, intercom: Facts['intercom']) =>
  SUPPORT.find((metric) => metric.id === id)?.read(factsOf(intercom), OCTOBER);

describe('support metrics', () => {
  it.each([
    ['p1_p2_pct', [{ p1p2: true }, {}, {}, {}], 25],
    ['p1_p2_pct', [{}, {}], 0],
    ['escalation_pct', [{ escalated: true }, {}, {}], 33.333333],
    ['median_first_response_seconds', [{ firstResponseSeconds: 60 }, { firstResponseSeconds: 180 }, {}], 120],
    ['median_first_response_seconds', [{ firstResponseSeconds: 0 }], 0],
    ['median_resolution_seconds', [{ resolutionSeconds: 7200 }, {}, {}], 7200],
    ['csat_score', [{ rating: 5 }, { rating: 4 }, { rating: 3 }, { ratingRequested: true }], 66.666667],
    ['csat_score', [{ rating: 1 }], 0],
    ['total_conversations', [{}, {}], 2],
    [
      'csat_response_rate',
      [{ ratingRequested: true, rating: 2 }, { ratingRequested: true }, { ratingRequested: false }],
      50,
    ],
  ] as const)('%s of %j is %d', (id, given, value) => {
    expect(read(id, { known: given.map((over) => conversation(over)) })).toEqual({ value });
  });

  it.each([
    ['total_conversations', { value: 0 }],
    ['p1_p2_pct', { value: null, missing: 'no_activity' }],
    ['escalation_pct', { value: null, missing: 'no_activity' }],
    ['median_first_response_seconds', { value: null, missing: 'no_activity' }],
    ['median_resolution_seconds', { value: null, missing: 'no_activity' }],
    ['csat_score', { value: null, missing: 'no_activity' }],
    ['csat_response_rate', { value: null, missing: 'no_activity' }],
  ])('of a known company without conversations: %s is %j', (id, reading) => {
    expect(read(id, { known: [] })).toEqual(reading);
  });

  it.each(['not_mapped', 'source_down', 'not_configured'] as const)(
    'pass on that Intercom is %s',
    (reason) => {
      for (const metric of SUPPORT) {
        expect(metric.read(factsOf({ missing: reason }), OCTOBER)).toEqual({ value: null, missing: reason });
      }
    },
  );

  it('know no satisfaction when ratings were asked for and none was given', () => {
    expect(read('csat_score', { known: [conversation({ ratingRequested: true })] })).toEqual({
      value: null,
      missing: 'no_activity',
    });
  });

  it.each([
    ['escalation_pct', [{ escalated: true, firstResponseSeconds: 'invalid' }, {}, {}], 33.333333],
    [
      'median_first_response_seconds',
      [{ firstResponseSeconds: 60 }, { firstResponseSeconds: 'invalid' }],
      null,
    ],
    // Whatever the lost one was, the middle of these is 60.
    [
      'median_first_response_seconds',
      [{ firstResponseSeconds: 60 }, { firstResponseSeconds: 60 }, { firstResponseSeconds: 'invalid' }],
      60,
    ],
    ['median_resolution_seconds', [{ resolutionSeconds: 'invalid' }, {}], null],
    ['escalation_pct', [{ escalated: 'invalid' }, {}], null],
    ['escalation_pct', [{ escalated: 'invalid' }, { escalated: true }], 100],
    ['p1_p2_pct', [{ p1p2: 'invalid' }], null],
    ['csat_score', [{ rating: 5 }, { rating: 'invalid' }], null],
    ['csat_score', [{ rating: 2 }, { rating: 'invalid' }], 0],
    ['csat_response_rate', [{ ratingRequested: true, rating: 'invalid' }, { ratingRequested: true }], 0],
    [
      'csat_response_rate',
      [
        { ratingRequested: true, rating: 'invalid' },
        { ratingRequested: true, rating: 5 },
      ],
      null,
    ],
    ['total_conversations', [{ firstResponseSeconds: 'invalid' }, {}, {}], 3],
    ['total_conversations', [{ createdAt: null }, {}], null],
  ] as const)('%s of %j is %j: what is lost makes nothing better', (id, given, value) => {
    const reading = read(id, { known: given.map((over) => conversation(over as Partial<Conversation>)) });
    expect(reading).toEqual(value === null ? { value, missing: 'invalid' } : { value });
  });

  it.each(['unknown_name', 'no_permission', 'not_configured'] as const)(
    'of a test that is not asked there is no share, but %s',
    (reason) => {
      const facts = { known: [conversation({ escalated: reason }), conversation({ escalated: reason })] };
      expect(read('escalation_pct', facts)).toEqual({ value: null, missing: reason });
      expect(read('p1_p2_pct', facts)).toEqual({ value: 0 });
    },
  );
});
