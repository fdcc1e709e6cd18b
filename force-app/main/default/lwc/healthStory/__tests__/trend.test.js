import { formatPoints } from 'c/scoringCore';
import { CRITICAL, MODEL, signalRow, storedMonths, USUAL, WORSE } from './fixtures';
import { storyFrom as story } from './page';

const marks = ({ paths }) => paths.map(({ id }) => id).filter((id) => !['bounds', 'line'].includes(id));

describe('The trend', () => {
  const other = { ...MODEL, version: 'shipped00002' };
  const rows = storedMonths([
    { readings: USUAL },
    { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 50, sources: ['jira'] } },
    { readings: USUAL, model: other },
    { readings: WORSE, model: other },
  ]);

  it('marks outages, changes of the rules and signals in their months', () => {
    const { trend } = story({ rows, signals: [signalRow(CRITICAL)] });
    expect(marks(trend)).toEqual(['outage-2026-08', 'rules-2026-09', 'signal-2026-10']);
    expect(trend.points).toHaveLength(4);
  });

  it('marks an outage that did not lower the score as well', () => {
    const { trend } = story({
      rows: storedMonths([
        { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 99, sources: ['jira'] } },
        { readings: USUAL },
      ]),
    });
    expect(marks(trend)).toEqual(['outage-2026-09']);
  });

  it.each(['', null, '2026', 'October'])('leaves a record of the month %j out', (Period__c) => {
    const { trend } = story({ rows: [...rows, { ...rows[0], Period__c }] });
    expect(trend.rows).toHaveLength(4);
  });

  it('gives each month its change statement in the table', () => {
    const { rows: table } = story({ rows }).trend;
    expect(table[0]).toMatchObject({ month: 'October 2026', change: formatPoints(rows[0].Change__c) });
    expect(table[0].why).toContain('What happened');
    expect(table).toHaveLength(4);
  });

  it('leaves a gap where a month has no record', () => {
    const { trend } = story({ rows: rows.filter(({ Period__c }) => Period__c !== '2026-08') });
    expect(trend.paths.at(-1).d.match(/M/g)).toHaveLength(2);
    expect(trend.rows[2]).toMatchObject({ month: 'August 2026', score: '–', tier: 'Not scored' });
  });

  it('draws nothing from a single month', () => {
    expect(story({ rows: rows.slice(0, 1) }).trend).toBeNull();
  });
});
