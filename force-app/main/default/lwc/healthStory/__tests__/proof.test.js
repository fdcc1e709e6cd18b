import { storedMonths, USUAL } from './fixtures';
import { storyFrom as story } from './page';

const without = (row, field) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
const PROVEN = { kind: 'proven', text: 'Recalculated here: matches the stored score' };
const DOUBTFUL = { kind: 'disproven', title: 'Recalculated here: does not match the stored score' };

describe('A score that is scored again in the browser', () => {
  it('gives the stored score', () => {
    expect(story().proof).toMatchObject(PROVEN);
    expect(story().proof.quiet).toMatch(
      /^Read: Intercom, Jira, Salesforce, Looker 1 Nov 2026\nLast changed 1 Nov, 06:10 UTC\.\n/,
    );
  });

  it.each([
    ['Health_Score__c', 91, /^Recalculated here: \d+\.\d\.$/],
    ['Tier__c', 'Champion', /other values come out for: Tier\.$/],
    ['Coverage__c', 12, /other values come out for: Coverage\.$/],
    ['Band_Low__c', 1, /other values come out for: Band Low\.$/],
  ])('finds that %s was changed to %s', (field, value, title) => {
    const [row, ...rest] = storedMonths([{ readings: USUAL }]);
    const { proof, notices } = story({ rows: [{ ...row, [field]: value }, ...rest] });
    expect(proof).toMatchObject(DOUBTFUL);
    expect(notices[0]).toMatchObject({ id: 'differs', kind: 'error', title: expect.stringMatching(title) });
  });

  it('finds readings that were changed', () => {
    const [row] = storedMonths([{ readings: USUAL }]);
    const changed = row.Details__c.replace('"value":4800', '"value":480000');
    expect(changed).not.toBe(row.Details__c);
    expect(story({ rows: [{ ...row, Details__c: changed }] }).proof).toMatchObject(DOUBTFUL);
  });

  it('finds a segment that does not exist, and text that is no JSON', () => {
    const [row] = storedMonths([{ readings: USUAL }]);
    for (const text of [row.Details__c.replace('"segment":"paid"', '"segment":"gold"'), '{']) {
      const { proof, notices, parts } = story({ rows: [{ ...row, Details__c: text }] });
      expect(proof).toMatchObject(DOUBTFUL);
      expect(notices[0]).toMatchObject({ id: 'unread', kind: 'error' });
      expect(parts).toBeNull();
    }
  });

  it.each(['Details__c', 'Run__r.Model__c'])(
    'says what it cannot do when %s is hidden, and calls it no fault',
    (field) => {
      const [row] = storedMonths([{ readings: USUAL }]);
      const { proof, notices, headline } = story({ rows: [without(row, field)] });
      expect(proof).toMatchObject({ kind: 'unproven', text: expect.stringMatching(/^Not recalculated/) });
      expect(notices).toEqual([expect.objectContaining({ id: 'hidden', kind: 'info' })]);
      expect(headline.score).not.toBe('–');
    },
  );

  it('compares no field that is hidden', () => {
    const [row] = storedMonths([{ readings: USUAL }]);
    expect(story({ rows: [without(row, 'Coverage__c')] }).proof).toMatchObject(PROVEN);
  });
});
