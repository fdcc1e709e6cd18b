import { storedMonths, USUAL } from './fixtures';
import { storyFrom as story } from './page';

const tenths = (text) => Math.round(Number(text.replace('−', '-').replace('+', '')) * 10);
const sum = (rows) => rows.reduce((total, { points }) => total + tenths(points), 0);

describe('The lists of the card', () => {
  it('shows five bars that add up to the change, and metric bars that add up to the first', () => {
    const { changes, inside } = story();
    const [from, ...rest] = changes.rows;
    const [bars, to] = [rest.slice(0, -1), rest.at(-1)];
    expect(bars.map(({ id }) => id)).toEqual(['behaviour', 'data', 'rules', 'calendar', 'signals']);
    expect(sum(bars)).toBe(tenths(changes.note));
    expect(tenths(to.points) - tenths(from.points)).toBe(tenths(changes.note));
    expect(sum(inside.rows)).toBe(tenths(bars[0].points));
    expect(inside.note).toBe(bars[0].points);
  });

  it('shows losses that add up to what the score is short of 100', () => {
    const { losses, headline } = story();
    expect(sum(losses.rows)).toBe(Math.round(Number(headline.score) * 10) - 1000);
    expect(losses.note).toBe(`${(100 - Number(headline.score)).toFixed(1)} of 100`);
    expect(losses.rows.filter(({ id }) => id !== 'rest').length).toBeLessThanOrEqual(4);
  });

  it('says that a first score has nothing to be compared with', () => {
    const { changes, inside } = story({ rows: storedMonths([{ readings: USUAL }]) });
    expect(changes).toMatchObject({ lead: expect.stringMatching(/first score/), rows: [] });
    expect(inside).toBeNull();
  });
});
