import { describe, expect, it } from 'vitest';
import { pointAtNewest, toPoint } from './current-score.ts';

const scores = [{ accountId: '001A', key: '001A:2026-10', storedId: 'a01NEW' }];
const row = (id: string | null, period: string | null) => ({
  Current_Health_Score__c: id,
  Current_Health_Score__r: period === null ? null : { Period__c: period },
});

describe('the newest score of an account', () => {
  it.each([
    ['nothing', row(null, null), true],
    ['an older period', row('a01OLD', '2026-09'), true],
    ['another record of this period', row('a01OTHER', '2026-10'), true],
    ['a record that is gone or hidden', row('a01GONE', null), true],
    ['this very record', row('a01NEW', '2026-10'), false],
    ['a newer period', row('a01LATER', '2026-11'), false],
    ['who knows what, because the field is hidden', {}, false],
  ])('when the account points at %s is written: %o → %s', (_, accountRow, moves) => {
    const request = { scores, accountRows: new Map([['001A', accountRow]]), period: '2026-10' };
    expect(toPoint(request)).toEqual(
      moves ? [{ Id: '001A', 'Current_Health_Score__r.Score_Key__c': '001A:2026-10' }] : [],
    );
  });

  it('that was just made is pointed at by its key, whatever the account shows', () => {
    const made = [{ accountId: '001A', key: '001A:2026-10', storedId: null }];
    const request = { scores: made, accountRows: new Map([['001A', row(null, null)]]), period: '2026-10' };
    expect(toPoint(request)).toHaveLength(1);
  });

  it('that cannot be written is told and fails nothing', async () => {
    const request = { scores, accountRows: new Map([['001A', row(null, null)]]), period: '2026-10' };
    const refused = { id: null, success: false, errors: ['INSUFFICIENT_ACCESS: no'] };
    const down = () => Promise.reject(new Error('Salesforce update records: status 503'));
    expect(await pointAtNewest({ save: () => Promise.resolve([refused]) }, request)).toEqual([
      'Account 001A Current_Health_Score__c: INSUFFICIENT_ACCESS: no; the next run tries again',
    ]);
    expect(await pointAtNewest({ save: down }, request)).toEqual([
      'Account Current_Health_Score__c: Salesforce update records: status 503; the next run tries again',
    ]);
  });
});
