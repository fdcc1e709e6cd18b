import { describe, expect, it } from 'vitest';
import { projectSources } from '../../sandbox/page/build/build.ts';
import { componentSize } from '../../sandbox/page/build/size.ts';

/** What the scorer runs as well: the proof needs it, and every change of the model may change it. */
const SHARED = ['c/scoringCore', 'c/metricCatalogue'];

describe('what the card brings to a page', () => {
  it('is at most 60 kB of its own, minified', async () => {
    const { bytes, files } = await componentSize('healthCard', { ...projectSources(), without: SHARED });
    expect(files.map(([name]) => name)).toContain('healthStory/healthStory.js');
    expect(bytes).toBeLessThanOrEqual(60_000);
  }, 60_000);
});
