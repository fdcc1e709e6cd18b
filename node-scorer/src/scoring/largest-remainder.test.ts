import { expect, it } from 'vitest';
import { shareOut } from './largest-remainder.ts';

it.each([
  ['what is whole already', -61, [-4.5, -0.7, -0.5, -0.4], [-45, -7, -5, -4]],
  ['rests to the largest remainders', -61, [-4.52, -0.73, -0.51, -0.34], [-45, -7, -5, -4]],
  ['binary residue: 0.1 + 0.2 is three tenths', 3, [0.1 + 0.2, 0], [3, 0]],
  ['equal remainders to the first', 1, [0.05, 0.05], [1, 0]],
  ['equal remainders below zero to the first', -1, [-0.05, -0.05], [0, -1]],
  ['nothing to nothing', 0, [0, 0, 0], [0, 0, 0]],
  ['no tenth to a part of exactly 0', 1, [0, 0.04, 0], [0, 1, 0]],
  ['no tenth to a part that is whole, while another has a rest', 4, [0.3, 0.06], [3, 1]],
  ['a rest that rounding of both shown scores has eaten', 0, [0.06, 0.02], [0, 0]],
  ['one tenth less, from the smallest remainder', 3, [0.2, 0.2], [2, 1]],
  ['two rests at once', 2, [0.07, 0.06, 0.05], [1, 1, 0]],
  ['more rests than parts', 3, [0.06], [3]],
])('Tenths are shared out: %s', (_, total, parts, tenths) => {
  expect(shareOut(total, parts)).toEqual(tenths);
});

it('No part comes out as a negative zero', () => {
  expect(shareOut(0, [-0.04, 0.04]).every((tenth) => !Object.is(tenth, -0))).toBe(true);
});
