import { describe, expect, it } from 'vitest';
import { holds, parseLogic, written } from './logic.ts';

const truth = (values: boolean[]) => (index: number) => values[index] ?? false;

describe('condition logic', () => {
  it.each([
    ['and', [true, true, true], true],
    ['and', [true, false, true], false],
    ['or', [false, false, true], true],
    ['or', [false, false, false], false],
    ['1 AND (2 OR 3)', [true, false, true], true],
    ['1 AND (2 OR 3)', [false, true, true], false],
    ['1 AND (2 OR 3)', [true, false, false], false],
    ['(1 OR 2) and 3', [false, true, true], true],
    ['1 OR (2 AND 3)', [true, false, false], true],
  ])('%s over %j is %s', (text, values, expected) => {
    expect(holds(parseLogic(text, values.length), truth(values))).toBe(expected);
  });

  it.each([
    ['1 AND 2 OR 3', 'found OR at part 4'],
    ['1 AND (2', 'found the end'],
    ['1 AND 4', 'found 4 at part 3, expected numbers 1 to 3'],
    ['1 AND NOT 2', 'found NOT at part 3'],
    ['1 AND 2', 'found the end'],
    ['1 2 3', 'found 2 at part 2'],
  ])('refuses %s, which has no one meaning for three conditions', (text, words) => {
    expect(() => parseLogic(text, 3)).toThrow(words);
  });

  it('keeps brackets when it is written out again', () => {
    const logic = parseLogic('1 AND 2 AND (3 OR (4 AND 5))', 5);
    expect(written(logic, (i) => 'abcde'.charAt(i))).toBe('a AND b AND (c OR (d AND e))');
  });

  it('asks no condition that no longer matters', () => {
    const asked: number[] = [];
    holds(parseLogic('or', 3), (i) => asked.push(i) > 1);
    expect(asked).toEqual([0, 1]);
  });
});
