import { describe, expect, it } from 'vitest';
import { projectSources } from './build.ts';
import { componentSize } from './size.ts';

describe('the size of a component', () => {
  it('counts every file of the project that the card imports, and nothing of the platform', async () => {
    const { bytes, files } = await componentSize('healthCard', projectSources());
    const names = files.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'healthCard/healthCard.html',
        'scoringCore/scoringCore.js',
        'healthStory/parts.js',
      ]),
    );
    expect(names.filter((name) => !/^(?:health|scoringCore|metricCatalogue)/.test(name))).toEqual([]);
    expect(bytes).toBe(files.reduce((sum, [, own]) => sum + own, 0));
  });

  it('leaves out what the caller names', async () => {
    const { files } = await componentSize('healthCard', { ...projectSources(), without: ['c/scoringCore'] });
    expect(files.filter(([name]) => name.startsWith('scoringCore'))).toEqual([]);
    expect(files.filter(([name]) => name.startsWith('metricCatalogue'))).not.toEqual([]);
  });
});
