import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { defineMetric } from './define-metric.ts';
import { metricsPage } from './metrics-page.ts';

describe('the page of metrics', () => {
  const page = metricsPage(CATALOGUE);

  it('has one row per metric of the catalogue', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map((line) => line.split('`')[1]).toSorted()).toEqual(
      CATALOGUE.map(({ id }) => id).toSorted(),
    );
  });

  it('says of each source what silence means', () => {
    expect(page.match(/^## /gm)).toHaveLength(4);
    expect(page).toContain('the trend is −100');
    expect(page).toContain('Generated from node-scorer/src/metrics');
  });

  it('is the same every time', () => {
    expect(metricsPage(CATALOGUE)).toBe(page);
  });

  it('keeps a bar in a description from breaking the table', () => {
    const odd = defineMetric({
      id: 'odd',
      label: 'Odd',
      unit: 'count',
      direction: 'lower',
      source: 'jira',
      description: 'One | two\nlines.',
      fixableBy: 'nobody',
      contextOnly: true,
      read: () => ({ value: 0 }),
    });
    expect(metricsPage([odd])).toContain(
      '| `odd` | Odd | count | lower | no | nobody | One \\| two lines. |',
    );
  });
});
