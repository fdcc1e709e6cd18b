import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import { differs, type Fields } from './health-score.ts';
import { writeScores } from './write.ts';

const details = (observedAt: string, value = 1) =>
  JSON.stringify({ readings: [{ id: 'open_bugs', value, observedAt }] });

const row: Fields = {
  Score_Key__c: '001000000000001AAA:2026-10',
  Health_Score__c: 86.7,
  Tier__c: 'Healthy',
  Cap__c: null,
  Provisional__c: false,
  Scored_At__c: '2026-11-03T05:00:00.000Z',
  Run__c: 'a02000000000001AAA',
  Details__c: details('2026-11-03T05:00:00.000Z'),
};

describe('a stored score', () => {
  it.each<[string, Fields, boolean]>([
    ['nothing', {}, false],
    ['the run', { Run__c: 'a02000000000002AAA' }, false],
    ['the time of scoring', { Scored_At__c: '2026-11-21T09:00:00.000Z' }, false],
    ['the times of the reads', { Details__c: details('2026-11-21T09:00:00.000Z') }, false],
    ['the score', { Health_Score__c: 86.8 }, true],
    ['a cap that is gone', { Cap__c: 'critical_signal (59)' }, true],
    ['a reading', { Details__c: details('2026-11-03T05:00:00.000Z', 2) }, true],
    ['details that somebody cut short', { Details__c: '{"readings":[' }, true],
    ['a score that became null', { Health_Score__c: null }, true],
  ])('is written again when it differs in %s: %o → %s', (_, changed, expected) => {
    expect(differs(row, { ...row, ...changed })).toBe(expected);
  });

  it('is written when there is none', () => {
    expect(differs(row, undefined)).toBe(true);
  });

  it('is not written again for a field that the org hides from us', () => {
    const stored = Object.fromEntries(Object.entries(row).filter(([field]) => field !== 'Cap__c'));
    expect(differs(row, stored)).toBe(false);
  });
});

describe('writing scores', () => {
  it('sends neighbours of one account together and reports each refused record', async () => {
    const sent: string[] = [];
    const keys = ['002:2026-10', '001:2026-11', '001:2026-10'];
    const outcome = await writeScores(
      {
        save: (_object, _key, records) => {
          sent.push(...records.map((row) => String(row['Score_Key__c'])));
          return Promise.resolve(
            records.map((_, i) =>
              i === 1
                ? { success: false, errors: ['STRING_TOO_LONG: Main_Reason__c'] }
                : { success: true, errors: [] },
            ),
          );
        },
      },
      keys.map((key) => ({ key, record: { Score_Key__c: key } })),
    );
    expect(sent).toEqual(['001:2026-10', '001:2026-11', '002:2026-10']);
    expect(outcome).toEqual({
      written: new Set(['001:2026-10', '002:2026-10']),
      rejected: [{ key: '001:2026-11', error: 'STRING_TOO_LONG: Main_Reason__c' }],
    });
  });
});

describe('the CSV of a dry run', () => {
  it('keeps numbers and neutralises what a spreadsheet would run', () => {
    const csv = toCsv([
      {
        Score_Key__c: '001:2026-10',
        Change__c: -6.1,
        Main_Reason__c: '=HYPERLINK("http://x")',
        Cap__c: null,
      },
    ]);
    expect(csv).toBe(
      `Score_Key__c,Change__c,Main_Reason__c,Cap__c\r\n001:2026-10,-6.1,"'=HYPERLINK(""http://x"")",\r\n`,
    );
  });
});
