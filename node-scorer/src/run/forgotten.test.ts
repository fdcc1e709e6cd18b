import { describe, expect, it } from 'vitest';
import type { Account } from '../facts/index.ts';
import { withoutForgotten } from './forgotten.ts';
import type { Row, Stored } from './stored.ts';

const A: Account = {
  id: '001000000000001AAA',
  name: 'Larkfield Hotels',
  segment: 'paid',
  intercomCompanyId: null,
  lookerCustomerId: null,
  jiraProjectKey: 'LARK',
  jiraComponent: null,
};
const NOT_MAPPED = { open_bugs: { value: null, missing: 'not_mapped' } } as const;
const TODAY = { open_bugs: 'same' };

/** September of an account, with this reading of its bugs. */
const september = (reading: object): Stored => {
  const row: Row = {
    Details__c: JSON.stringify({
      format: 1,
      asOf: '2026-09-30',
      signals: [],
      readings: [{ id: 'open_bugs', unit: 'count', source: 'jira', observedAt: null, ...reading }],
    }),
  };
  return { current: new Map(), earlier: new Map([[A.id, row]]) } as unknown as Stored;
};
const openBugs = (stored: Stored, account = A, readings: object = NOT_MAPPED) => {
  const found = withoutForgotten(readings as typeof NOT_MAPPED, account, stored, TODAY);
  return [found.readings['open_bugs'], found.notes.map(({ code }) => code)];
};

describe('an account that its source does not know', () => {
  it.each([
    ['a value', { value: 9, digest: 'same' }],
    ['a value of before it was kept what it was asked by', { value: 9 }],
    ['nothing to measure', { value: null, missing: 'no_activity', digest: 'same' }],
    ['an outage since', { value: null, missing: 'source_down', knew: true, digest: 'same' }],
    ['a loss of its own', { value: null, missing: 'unknown_name', digest: 'same' }],
  ])('and knew by the same id, with %s, has lost its readings', (_what, before) => {
    expect(openBugs(september(before))).toEqual([
      { value: null, missing: 'unknown_name' },
      ['forgotten_account'],
    ]);
  });

  it('is told to be read again with --force once the access is back and the month is final', () => {
    const [note] = withoutForgotten(NOT_MAPPED, A, september({ value: 9 }), TODAY).notes;
    expect(note?.message).toMatch(/access was given back, a month that is final .* only with --force$/);
  });

  it.each([
    ['by another id', september({ value: 9, digest: 'other' }), A],
    ['never', september({ value: null, missing: 'not_mapped', digest: 'same' }), A],
    ['nobody knows whether', september({ value: null, missing: 'source_down', digest: 'same' }), A],
    ['by an id that was taken away', september({ value: 9 }), { ...A, jiraProjectKey: null }],
  ])('and knew %s is not mapped', (_what, stored, account) => {
    expect(openBugs(stored, account)).toEqual([NOT_MAPPED.open_bugs, []]);
  });

  it('leaves what was read as it is', () => {
    const readings = { open_bugs: { value: 2 } };
    expect(openBugs(september({ value: 9 }), A, readings)).toEqual([{ value: 2 }, []]);
  });
});
