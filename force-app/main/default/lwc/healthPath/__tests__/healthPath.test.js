import HealthPath from 'c/healthPath';
import { CRITICAL, MODEL, storedMonths, USUAL } from '../../healthStory/__tests__/fixtures';
import { clear, listen, open, problemsOf, storyFrom } from '../../healthStory/__tests__/page';

const show = (given) => open('c-health-path', HealthPath, { path: storyFrom(given).path });

describe('c-health-path', () => {
  afterEach(clear);

  it('shows steps in real units with points, and the score that they reach', async () => {
    const { all, text, element } = show();
    expect(all('[data-step]').length).toBeGreaterThan(0);
    expect(text('[data-step]')).toMatch(/ to .+\. .+\+\d+\.\d$/);
    expect(text('[data-id="reaches"]')).toMatch(/^Scored again with these values: [\d.]+$/);
    expect(await problemsOf(element)).toEqual([]);
  });

  it('asks for a task about its step', () => {
    const { element, find } = show();
    const heard = listen(element, 'task');
    find('lightning-button').click();
    const [step] = storyFrom().path.steps;
    expect(heard).toEqual([step.task]);
    expect(step.task.description).toContain('Larkfield Hotels');
  });

  it('says that nothing else moves a score which a signal holds', async () => {
    const { text, element } = show({ rows: storedMonths([{ readings: USUAL, signals: [CRITICAL] }]) });
    expect(text('[data-id="under"]')).toContain('while a signal holds it at 59.0');
    expect(await problemsOf(element)).toEqual([]);
  });

  it('names the source when that is what holds the score', () => {
    const readings = { ...USUAL, open_bugs: 'source_down' };
    const { text } = show({ rows: storedMonths([{ readings, hold: { at: 59, sources: ['jira'] } }]) });
    expect(text('[data-id="under"]')).toContain('until its source can be read again');
  });

  it('says why there are no steps', async () => {
    const best = Object.fromEntries(
      Object.keys(USUAL).map((id) => [id, MODEL.thresholds[id]?.paid.green ?? 1]),
    );
    const { text, all, element } = show({ rows: storedMonths([{ readings: best }]) });
    expect(text('[data-id="said"]')).toBe('Already Champion');
    expect(all('[data-step]')).toHaveLength(0);
    expect(await problemsOf(element)).toEqual([]);
  });
});
