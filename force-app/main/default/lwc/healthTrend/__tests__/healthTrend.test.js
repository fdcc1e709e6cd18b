import HealthTrend from 'c/healthTrend';
import { CRITICAL, MODEL, signalRow, storedMonths, USUAL, WORSE } from '../../healthStory/__tests__/fixtures';
import { clear, open, problemsOf, settled, storyFrom } from '../../healthStory/__tests__/page';

const rows = storedMonths([
  { readings: USUAL },
  { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 50, sources: ['jira'] } },
  { readings: USUAL, model: { ...MODEL, version: 'shipped00002' } },
  { readings: WORSE, model: { ...MODEL, version: 'shipped00002' } },
]);
const show = () =>
  open('c-health-trend', HealthTrend, { trend: storyFrom({ rows, signals: [signalRow(CRITICAL)] }).trend });

describe('c-health-trend', () => {
  afterEach(clear);

  it('draws a line with its marks, each kind named once, and says what it shows', async () => {
    const { all, find, text, element } = show();
    expect(all('circle').map((circle) => circle.getAttribute('r'))).toEqual(['2', '2', '2', '4']);
    expect(all('[data-path]').map(({ dataset }) => dataset.path)).toEqual([
      'bounds',
      'outage-2026-08',
      'rules-2026-09',
      'signal-2026-10',
      'line',
    ]);
    expect(text('[data-id="legend"]')).toMatch(/Source down.*Rules changed.*Signal/);
    expect(find('svg').getAttribute('aria-label')).toMatch(/^4 months, from [\d.]+ to [\d.]+/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('is a table on demand, newest month first, with what changed in each', async () => {
    const { find, all, text, element } = show();
    find('lightning-button').click();
    await settled();
    expect(find('svg')).toBeNull();
    expect(all('tbody tr')).toHaveLength(4);
    expect(text('tbody tr')).toMatch(/^October 2026.*What happened −\d+\.\d/);
    expect(await problemsOf(element)).toEqual([]);
  });
});
