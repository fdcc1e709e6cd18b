import { readAnswer, rowsOf } from 'c/healthData';
import { ACCOUNT_ID, dataOf, signalRow, CRITICAL } from '../../healthStory/__tests__/fixtures';

describe('The answer of the org', () => {
  it('is none until it has come', () => {
    expect(readAnswer(undefined)).toBeNull();
    expect(readAnswer({ uiapi: {} })).toBeNull();
  });

  it('gives account, newest score, history and signals as plain rows', () => {
    const answer = readAnswer(dataOf({ signals: [signalRow(CRITICAL)] }));
    expect(answer.account).toMatchObject({ Id: ACCOUNT_ID, Name: 'Larkfield Hotels' });
    expect(answer.score['Run__r.Model__c']).toContain('"dimensions"');
    expect(answer.history.map(({ Period__c }) => Period__c)).toEqual(['2026-10', '2026-09']);
    expect(answer.signals[0]).toMatchObject({ Severity__c: 'Critical', 'CreatedBy.Name': 'Account owner' });
    expect(answer).toMatchObject({ mayRaise: true, mayResolve: true });
  });

  it('keeps an empty field apart from a hidden one', () => {
    const [row] = rowsOf({ edges: [{ node: { Id: 'a', Tier__c: { value: null } } }] });
    expect(row).toEqual({ Id: 'a', Tier__c: null });
    expect('Health_Score__c' in row).toBe(false);
  });

  it('lets nobody raise or resolve who may not', () => {
    expect(readAnswer(dataOf({ may: false }))).toMatchObject({ mayRaise: false, mayResolve: false });
    const data = dataOf();
    data.uiapi.objectInfos = [null];
    expect(readAnswer(data)).toMatchObject({ mayRaise: false, mayResolve: false });
  });

  it('has no rows where the connection is hidden', () => {
    expect(rowsOf(null)).toEqual([]);
    expect(rowsOf(undefined)).toEqual([]);
  });
});
