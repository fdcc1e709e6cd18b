import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Window } from '../facts/index.ts';
import { CATALOGUE, metricById, readMetrics } from './catalogue.ts';
import type { Facts } from './define-metric.ts';

const config = (name: string): unknown =>
  parse(readFileSync(new URL(`../../../config/${name}`, import.meta.url), 'utf8'));

const { metrics: thresholds } = config('thresholds.yaml') as {
  metrics: Record<string, object>;
};
const weights = config('weights.yaml') as {
  dimensions: Record<string, { metrics: Record<string, unknown> }>;
  platform_value: { metrics: Record<string, unknown> };
};

const WINDOW: Window = { period: '2026-10', start: 0, end: 1, asOf: '2026-10-31', complete: true };
const NOTHING: Facts = {
  intercom: { missing: 'not_configured' },
  jira: { missing: 'not_mapped' },
  looker: { missing: 'source_down' },
  salesforce: { missing: 'no_permission' },
};

describe('the catalogue', () => {
  const scored = CATALOGUE.filter(({ contextOnly }) => contextOnly !== true).map(({ id }) => id);

  it('lists what the shipped model scores, in its order', () => {
    const inModel = [...Object.values(weights.dimensions), weights.platform_value].flatMap(({ metrics }) =>
      Object.keys(metrics),
    );
    expect(scored).toEqual(inModel);
  });

  it('declares every metric once', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  });

  it('finds a metric by its id and nothing by another', () => {
    expect(metricById('open_bugs')?.label).toBe('Open bugs');
    expect(metricById('constructor')).toBeUndefined();
  });

  it('gives each metric a reading or the reason of its source', () => {
    const readings = readMetrics(NOTHING, WINDOW);
    expect(Object.keys(readings)).toEqual(CATALOGUE.map(({ id }) => id));
    for (const { id, source } of CATALOGUE) {
      expect(readings[id]).toEqual({ value: null, ...NOTHING[source] });
    }
  });

  it('lets only the calendar move what nobody can fix', () => {
    for (const { fixableBy, advance } of CATALOGUE) {
      expect(advance !== undefined).toBe(fixableBy === 'nobody');
    }
  });

  it('says a day less to renewal and a day more of stability after one day', () => {
    expect(metricById('days_to_renewal')?.advance?.(10, 1)).toBe(9);
    expect(metricById('champion_stability')?.advance?.(10, 1)).toBe(11);
    // A vacant seat does not become stable by waiting.
    expect(metricById('champion_stability')?.advance?.(0, 31)).toBe(0);
  });
});

describe.each(CATALOGUE.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  it('is described in a sentence', () => {
    expect(metric.description).toMatch(/^[A-Z0-9].+\.$/u);
    expect(metric.label.length).toBeGreaterThan(2);
  });

  it('has thresholds exactly when it is scored, and says alone what it is', () => {
    const keys = metric.contextOnly === true ? undefined : ['paid', 'standard'];
    expect(thresholds[id] && Object.keys(thresholds[id])).toEqual(keys);
  });
});
