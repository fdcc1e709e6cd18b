import { describe, expect, it } from 'vitest';
import { fieldsIn, functionsIn, parseFlowFormula } from '../metadata/formula.ts';
import { evaluate, isKnownFunction } from './formula.ts';
import type { Value } from './value.ts';

const NOW = Date.parse('2026-11-01T15:30:00Z');
const FIELDS: Readonly<Record<string, { value: Value; picklist?: boolean }>> = {
  '$Flow.CurrentDateTime': { value: { at: NOW } },
  name: { value: 'Hotel' },
  blank: { value: null },
  two: { value: 2 },
  tier: { value: 'At Risk', picklist: true },
  started: { value: { at: NOW - 36 * 3_600_000 } },
  due: { value: { date: '2026-10-31' } },
  yes: { value: true },
};
const of = (text: string): Value =>
  evaluate(parseFlowFormula(text), {
    meaning: (path) => FIELDS[path] ?? { value: null },
    now: NOW,
    today: '2026-11-02',
  });

describe('formulas of flows', () => {
  it.each<[string, Value]>([
    ['LEFT(TEXT({!$Flow.CurrentDateTime}), 10)', '2026-11-01'],
    ['TEXT({!$Flow.CurrentDateTime})', '2026-11-01 15:30:00Z'],
    ['{!$Flow.CurrentDateTime} - 1', { at: NOW - 86_400_000 }],
    ['{!$Flow.CurrentDateTime} - {!started}', 1.5],
    ['{!$Flow.CurrentDateTime} - {!started} > 1', true],
    ['TODAY() - {!due}', 2],
    ['{!due} + 1', { date: '2026-11-01' }],
    ['NOW()', { at: NOW }],
    ['IF(ISBLANK({!blank}), "none", {!blank})', 'none'],
    ['BLANKVALUE({!blank}, 0) + {!two}', 2],
    ['BLANKVALUE({!two}, 0)', 2],
    ['TEXT({!tier}) & "!"', 'At Risk!'],
    ['ISPICKVAL({!tier}, "At Risk")', true],
    ['ISBLANK({!tier})', false],
    ['MID("2026-11", 6, 2)', '11'],
    ['RIGHT("0" & TEXT(MOD(24320, 12) + 1), 2)', '09'],
    ['MOD(-1, 12)', 11],
    ['FLOOR(24322 / 12)', 2026],
    ['MIN(28, MAX(1, 31))', 28],
    ['VALUE("07") + 1', 8],
    ['0.1 + 0.2', 0.3],
    ['70 - (-10) / 2', 75],
    ['AND({!yes}, NOT({!yes}))', false],
    ['OR({!yes}, VALUE("no") = 1)', true],
    ['CONTAINS({!name}, "tel")', true],
    ['{!name} = "hotel"', false],
    ['{!blank} = ""', true],
    ['"a" & {!blank} & "b"', 'ab'],
  ])('%s is %j', (text, expected) => {
    expect(of(text)).toEqual(expected);
  });

  it.each([
    ['{!tier} = "At Risk"', 'needs TEXT or ISPICKVAL'],
    ['{!blank} + 1', 'found a blank in +'],
    ['{!name} * 2', 'found a string in *'],
    ['{!name} < "z"', 'found a string in <'],
    ['SQRT(2)', 'function SQRT is not modelled'],
    ['VALUE("x")', 'is no number'],
    ['1 / 0', 'division by zero'],
    ['{!yes} = 1', 'is not modelled'],
    ['2 ^ 3', 'operator ^ is not modelled'],
    ['IF({!two}, 1, 2)', 'expected true or false'],
    ['LEFT({!two}, 1)', 'expected text'],
  ])('refuses %s rather than guess', (text, words) => {
    expect(() => of(text)).toThrow(words);
  });

  it('names its references and the functions that it does not know', () => {
    const tree = parseFlowFormula('IF({!a.B__c} > 1, SQRT({!b}), LOG(TEXT({!$Flow.CurrentDate})))');
    expect(fieldsIn(tree).map((path) => path.join('.'))).toEqual(['a.B__c', 'b', '$Flow.CurrentDate']);
    expect(functionsIn(tree).filter((name) => !isKnownFunction(name))).toEqual(['SQRT', 'LOG']);
  });
});
