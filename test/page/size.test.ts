import { describe, expect, it } from 'vitest';
import { projectSources } from '../../sandbox/page/build/build.ts';
import { componentSize } from '../../sandbox/page/build/size.ts';

/** What the scorer runs as well, because the card says it anew, and what only names labels. */
const SHARED = ['c/scoringCore', 'c/healthAdvice', 'c/metricCatalogue', 'c/healthPhrases', 'c/healthLabels'];

describe('what the card brings to a page', () => {
  it('is at most 80 kB of its own, minified', async () => {
    const { bytes, files } = await componentSize('healthCard', { ...projectSources(), without: SHARED });
    expect(files.map(([name]) => name)).toContain('healthStory/healthStory.js');
    expect(bytes).toBeLessThanOrEqual(80_000);
  });
});
